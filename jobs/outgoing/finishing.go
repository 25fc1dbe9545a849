package outgoing

import (
	"fmt"

	"regul/jobs"
	"regul/writers/notice"
)

// finishing reads what the machine that folds and inserts needs of the letters, and says everything that is wrong.
func (s *Settings) finishing() (f notice.Finishing, wrong []error) {
	choose := func(setting, text, on, off string) bool {
		if text != on && text != off && text != "" {
			wrong = append(wrong, &jobs.SettingError{Setting: setting, Text: text, Err: fmt.Errorf("%q is neither %s nor %s", text, on, off)})
		}
		return text == on
	}
	f.Duplex = choose("notices.duplex", s.Duplex, "true", "false")
	f.Marks = choose("notices.marks", s.Marks, "omr", "none")
	return f, wrong
}
