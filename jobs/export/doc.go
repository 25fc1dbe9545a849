// Package export writes the tables of a batch for analysts, without who is who.
package export
