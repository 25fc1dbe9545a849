package intake

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/storage"
	"regul/readers/table"
)

// partitioned says of a file that lacks columns whether the folders in which it lies tell one of them: a partitioned data set has it there
// alone, such as year=2023. regul does not read names of folders.
func (f *File) partitioned(err error) error {
	var missing *table.MissingError
	if !errors.As(err, &missing) {
		return err
	}
	folders := strings.Split(filepath.ToSlash(filepath.Dir(storage.Bare(f.path))), "/")
	for _, folder := range folders {
		if name, _, found := strings.Cut(folder, "="); found && slices.Contains(missing.Columns, strings.ToLower(name)) {
			return fmt.Errorf("%w; the folder %s has the value of all rows, as a partitioned data set keeps it: write it into the file as a column",
				err, jobs.Printable(folder))
		}
	}
	return err
}
