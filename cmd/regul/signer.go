package main

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"regul/jobs"
	"regul/jobs/minisig"
	"regul/jobs/verify"
)

// signerFlags say who must have signed a batch.
type signerFlags struct{ key, signature string }

func (f *signerFlags) add(command *cobra.Command) {
	command.Flags().StringVar(&f.key, "public-key", "", "public key of minisign, or its file: its owner must have signed the manifest")
	command.Flags().StringVar(&f.signature, "signature", "", "file of the signature (default signatures/BATCH.minisig beside the batches)")
	nameValues(command, map[string]string{"public-key": "KEY", "signature": "FILE"})
	command.MarkFlagFilename("public-key", "pub")
	command.MarkFlagFilename("signature", "minisig")
}

// set reads what the flags name.
func (f *signerFlags) set(o *verify.Options) (err error) {
	if f.key == "" {
		if f.signature != "" {
			return jobs.UsageError("--signature goes with --public-key: a signature proves nothing without the key")
		}
		return nil
	}
	key := f.key
	if text, err := readShort(f.key); err == nil {
		key = string(text)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return jobs.UsageError("--public-key can't be read: %w", jobs.Cause(err))
	}
	if o.PublicKey, err = minisig.Parse(key); err != nil {
		return jobs.UsageError("--public-key is %w", err)
	}
	if f.signature == "" {
		return nil
	}
	if o.Signature, err = readShort(f.signature); err != nil {
		return jobs.UsageError("--signature can't be read: %w", jobs.Cause(err))
	}
	return nil
}

// readShort reads the beginning of a file that should be short.
func readShort(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, 4096))
}
