package tables

import (
	"regul/pipeline/law"
	"regul/writers/parquet"
)

// Columns are the columns of a table as they are published; none of a table that is not one of settled years.
func Columns(table string, l *law.Law) []parquet.Column {
	switch table {
	case RegularisationsTable:
		return regularisationsTable().schema.Columns
	case QuartersTable:
		return quartersTable(l).schema.Columns
	case SurchargesTable:
		return surchargesTable().schema.Columns
	case EntriesTable:
		return entriesTable(DefaultChart()).schema.Columns
	case BalancesTable:
		return balancesTable().schema.Columns
	}
	return nil
}
