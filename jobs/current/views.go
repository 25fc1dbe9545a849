package current

import _ "embed"

// ViewsName is the file of the views.
const ViewsName = "views.sql"

//go:embed views.sql
var viewsSQL []byte

// views are the views over the compacted tables, for DuckDB that is started in the directory of the batches.
func views() []byte { return viewsSQL }
