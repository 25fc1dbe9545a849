// Package data owns the parameters of the law as they are typed: a table a file, each row with its article or source. The
// kernel and the second computation (regul/pipeline/law, regul/pipeline/law/reference) read the same tables, each with a reader
// that the other does not use.
package data

import "embed"

// Files are the tables, by name: indices.csv, bases.csv, rates.csv, categories.csv and companies.csv.
//
//go:embed *.csv
var Files embed.FS
