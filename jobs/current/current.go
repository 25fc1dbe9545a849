// Package current owns what lies ready for analysts beside the batches: the compacted tables of all batches that count (current/),
// the views over them (views.sql), and the data package that describes every table and column (datapackage.json).
//
// All of it is derived: it can be thrown away and made again, and no run reads it to settle.
package current
