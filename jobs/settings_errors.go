package jobs

import (
	"errors"
	"strings"
)

// SettingError is what is wrong with one setting.
type SettingError struct {
	Setting string // its name in the configuration, such as max_rejects, or fees.2023 of a table
	Text    string // the element of a list that it is about; "" is the whole setting
	Err     error
}

func (e *SettingError) Error() string { return e.Setting + ": " + e.Err.Error() }
func (e *SettingError) Unwrap() error { return e.Err }

// EachError lists the errors that were joined.
func EachError(err error) []error {
	var usage *Error
	if errors.As(err, &usage) && err == error(usage) {
		err = usage.Err
	}
	joined, several := err.(interface{ Unwrap() []error })
	if !several {
		return []error{err}
	}
	var list []error
	for _, e := range joined.Unwrap() {
		list = append(list, EachError(e)...)
	}
	return list
}

// NamedErrors are the errors that were joined, each of which begins with the name of its setting.
func NamedErrors(err error) (list []error) {
	for _, e := range EachError(err) {
		setting, what, _ := strings.Cut(e.Error(), ": ")
		list = append(list, &SettingError{Setting: setting, Err: errors.New(what)})
	}
	return list
}
