package readers

import "regul/pipeline"

// Described is what a column of an input holds, for those who write the file.
type Described struct {
	Name    string
	Must    string // what a cell must be, or must not; "" of free text
	Empty   bool   // a cell may be empty
	Lacking bool   // a file may lack the column
}

// Describe lists the columns of an input, in the order of the contract.
func Describe(in pipeline.Input) []Described {
	var columns []Described
	for _, f := range inputs[in].fields {
		columns = append(columns, Described{Name: f.Name, Must: f.must, Empty: f.optional && !f.Key, Lacking: f.Optional})
	}
	return columns
}
