package verify

import (
	"fmt"
	"os"
	"path/filepath"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/jobs/transfers"
	"regul/pipeline"
	"regul/readers"
)

// checkRegister compares names, accounts and mandates of the index with the register of the inputs, where its files still lie where the
// night read them and are the same. Otherwise it can't be known, and is said.
func (v *verifier) checkRegister(register *transfers.Register) {
	c := v.add("register", "names and accounts")
	input := v.subject.Register
	register.Fail = func(row int64, format string, args ...any) {
		c.fail(v.subject.Money.File, row, format, args...)
	}
	for i := range v.manifest.Inputs {
		in := &v.manifest.Inputs[i]
		if in.Input != input.String() {
			continue
		}
		if err := readRegister(register, input, in); err != nil {
			c.Note = fmt.Sprintf("not checked: the register %s is not at hand as the night read it", in.Source)
			return
		}
	}
	c.Number = register.Close()
}

// readRegister reads a file of the register, if it is the one of the night.
func readRegister(register *transfers.Register, input pipeline.Input, in *batch.ManifestInput) error {
	file, err := storage.OpenFile(in.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	sum, err := digest(file)
	if err != nil {
		return err
	}
	if sum != in.SHA256 {
		return os.ErrNotExist
	}
	return register.Read(&readers.File{Input: input, Name: filepath.Base(in.Path), Content: file, Size: file.Size()})
}
