package tables

import (
	"strconv"

	"regul/writers/parquet"
)

// SchemaVersion counts the changes to the tables by which a query could give something else: a column that is added does not.
const SchemaVersion = 1

// Facts are what every file of a batch says of itself in its footer, so that a file that was copied away still tells where it
// comes from: its batch, the version of the law, and that of the tables.
func Facts(batch, lawVersion string) []parquet.Fact {
	return []parquet.Fact{
		{Key: "regul.batch", Value: batch}, {Key: "regul.law_version", Value: lawVersion},
		{Key: "regul.schema_version", Value: strconv.Itoa(SchemaVersion)},
	}
}
