// Package current owns what lies ready for analysts beside the batches: the compacted tables of all batches that count (current/),
// the views over them (views.sql), the data package that describes every table and column (datapackage.json), and a page of all
// batches for people (index.html).
//
// All of it is derived: it can be thrown away and made again, and no run reads it to settle.
package current
