// Package generate writes the inputs of a fictitious fund, as files of any format that a run reads.
package generate
