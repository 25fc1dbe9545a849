package outgoing

import (
	"fmt"

	"regul/jobs"
	"regul/writers/notice"
)

// finishing reads what the machine that folds and inserts needs of the letters, and says everything that is wrong.
func (s *Settings) finishing() (f notice.Finishing, wrong []error) {
	switch s.Duplex {
	case "true":
		f.Duplex = true
	case "", "false":
	default:
		wrong = append(wrong, &jobs.SettingError{Setting: "notices.duplex", Text: s.Duplex,
			Err: fmt.Errorf("%q is neither true nor false", s.Duplex)})
	}
	switch s.Marks {
	case "omr":
		f.Marks = true
	case "", "none":
	default:
		wrong = append(wrong, &jobs.SettingError{Setting: "notices.marks", Text: s.Marks,
			Err: fmt.Errorf("%q is neither omr nor none", s.Marks)})
	}
	return f, wrong
}
