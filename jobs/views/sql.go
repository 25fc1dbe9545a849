package views

import _ "embed"

// SQLName is the file of the views beside the batches.
const SQLName = "views.sql"

// SQL are the views for DuckDB that is started in the directory of the batches.
//
//go:embed views.sql
var SQL []byte
