package main

import (
	"errors"
	"strconv"

	"github.com/spf13/cobra"
)

// value is what a flag holds (pflag.Value).
type value interface {
	String() string
	Set(text string) error
	Type() string
}

// named is a value with a name in help, instead of its type.
type named struct {
	value
	name string
}

func (n named) Type() string { return n.name }

// Set says more simply than strconv what is wrong with a number.
func (n named) Set(text string) error {
	err := n.value.Set(text)
	if errors.Is(err, strconv.ErrSyntax) {
		return errors.New("it must be a whole number")
	}
	return err
}

// severalValue is what a flag holds that may be given more than once (pflag.SliceValue).
type severalValue interface {
	Append(text string) error
	Replace(texts []string) error
	GetSlice() []string
}

type severalNamed struct {
	named
	severalValue
}

// nameValues gives the values of flags their name in help.
func nameValues(command *cobra.Command, names map[string]string) {
	for flag, name := range names {
		f := command.Flags().Lookup(flag)
		n := named{f.Value, name}
		if several, ok := f.Value.(severalValue); ok {
			f.Value, f.DefValue = severalNamed{n, several}, ""
		} else {
			f.Value = n
		}
	}
}
