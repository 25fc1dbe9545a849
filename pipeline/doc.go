// Package pipeline owns the records and the stages of a regularisation: rows are scattered by range
// of national number (package rows), and each shard goes through match, qualify, assess and settle, pure functions
// of the shard and the parameters, on as many workers as there are (Run).
//
// It knows neither files nor formats: readers fill a Scatter, writers take the Results. The result depends on
// the content of the inputs alone, not on the workers, on the order of rows or on their split into files.
// Every row is accounted for by one fate. All amounts are cents of EUR.
package pipeline
