package dictionary

import (
	"slices"
	"strings"

	"regul/writers/parquet"
)

// Markdown is the list of the columns for the documentation: a table with a row for each column.
func (t *Table) Markdown() string {
	var b strings.Builder
	columns := 3
	if slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Article != "" }) {
		columns = 4
	}
	cells := func(all ...string) {
		for _, cell := range all[:columns] {
			b.WriteString("| ")
			if cell != "" {
				b.WriteString(cell + " ")
			}
		}
		b.WriteString("|\n")
	}
	cells("column", "type", "meaning", "article")
	b.WriteString(strings.Repeat("|---", columns) + "|\n")
	for i := range t.Columns {
		c := &t.Columns[i]
		cells("`"+c.Name+"`", c.kind(), c.described(), c.Article)
	}
	return b.String()
}

// kind is the type in words, and whether the column may be null.
func (c *Column) kind() string {
	kind := [...]string{parquet.Text: "text", parquet.Code: "code", parquet.Integer: "integer", parquet.Long: "integer (64 bits)",
		parquet.Amount: "12,2", parquet.Income: "14,2", parquet.Date: "date", parquet.Boolean: "boolean"}[c.Type]
	if c.Optional {
		kind += ", null"
	}
	return kind
}

// longList is the number of codes above which a list is not printed in a table of the documentation: the data package has it.
const longList = 12

// described is the meaning, with the sign and the closed list.
func (c *Column) described() string {
	text := c.Meaning
	if c.Signed {
		text += "; **may be negative**"
	}
	if codes := c.ClosedList(); len(codes) > 0 && len(codes) <= longList {
		text += ": `" + strings.Join(codes, "`, `") + "`"
	}
	return text
}
