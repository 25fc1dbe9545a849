package dictionary

import (
	"encoding/json"
	"io"
	"strings"

	"regul/writers/parquet"
)

// PackageName is the name of the file of a data package.
const PackageName = "datapackage.json"

// The descriptor of a data package (specs.frictionlessdata.io, version 1, tabular data resources). The properties unit, sign,
// article, decimals and from_path of a field, partitions of a resource, and the views of the package are additions that the specification
// allows.
type (
	dataPackage struct {
		Name        string     `json:"name"`
		Title       string     `json:"title"`
		Description string     `json:"description"`
		Resources   []resource `json:"resources"`
		Views       []view     `json:"views"`
	}
	resource struct {
		Name        string      `json:"name"`
		Path        string      `json:"path"`
		Format      string      `json:"format"`
		MediaType   string      `json:"mediatype"`
		Description string      `json:"description"`
		Schema      tableSchema `json:"schema"`
	}
	tableSchema struct {
		Fields      []field      `json:"fields"`
		PrimaryKey  []string     `json:"primaryKey"`
		ForeignKeys []foreignKey `json:"foreignKeys,omitempty"`
	}
	field struct {
		Name        string      `json:"name"`
		Type        string      `json:"type"`
		Description string      `json:"description"`
		Unit        string      `json:"unit,omitempty"`
		Sign        string      `json:"sign,omitempty"`
		Decimals    int         `json:"decimals,omitempty"`
		Article     string      `json:"article,omitempty"`
		FromPath    bool        `json:"from_path,omitempty"`
		Constraints constraints `json:"constraints"`
	}
	constraints struct {
		Required bool     `json:"required"`
		Minimum  *int     `json:"minimum,omitempty"`
		Enum     []string `json:"enum,omitempty"`
	}
	foreignKey struct {
		Fields    []string       `json:"fields"`
		Reference referenceField `json:"reference"`
	}
	referenceField struct {
		Resource string   `json:"resource"`
		Fields   []string `json:"fields"`
	}
)

// WritePackage writes the data package of tables, and of the views over them. The same tables give the same bytes.
func WritePackage(w io.Writer, tables []Table, views []View) error {
	p := dataPackage{
		Name: "regul", Title: "Regularised contributions of the self-employed and of companies",
		Description: "Tables of the published batches of a social insurance fund. Batches that were withdrawn are among them: " +
			"views.sql leaves them out.",
	}
	for i := range tables {
		p.Resources = append(p.Resources, tables[i].resource())
	}
	for i := range views {
		p.Views = append(p.Views, views[i].described())
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(p)
}

func (t *Table) resource() resource {
	r := resource{
		Name: resourceName(t.Name), Path: t.Glob(), Format: "parquet", MediaType: "application/vnd.apache.parquet",
		Description: plainText(t.Meaning),
		Schema:      tableSchema{PrimaryKey: t.Key},
	}
	for _, c := range t.FromPath() {
		f := c.field()
		f.FromPath = true
		r.Schema.Fields = append(r.Schema.Fields, f)
	}
	for i := range t.Columns {
		r.Schema.Fields = append(r.Schema.Fields, t.Columns[i].field())
	}
	for _, f := range t.References {
		r.Schema.ForeignKeys = append(r.Schema.ForeignKeys, foreignKey{f.Columns, referenceField{resourceName(f.Table), f.To}})
	}
	return r
}

func (c *Column) field() field {
	f := field{
		Name: c.Name, Description: plainText(c.Meaning), Unit: c.UnitOf(), Article: plainText(c.Article),
		Type: [...]string{parquet.Text: "string", parquet.Code: "string", parquet.Integer: "integer", parquet.Long: "integer",
			parquet.Amount: "number", parquet.Income: "number", parquet.Date: "date", parquet.Boolean: "boolean"}[c.Type],
		Constraints: constraints{Required: !c.Optional, Enum: c.ClosedList()},
	}
	if c.isMoney() {
		f.Decimals, f.Sign = 2, "not negative"
		f.Constraints.Minimum = new(int)
		if c.Signed {
			f.Sign, f.Constraints.Minimum = "any", nil
		}
	}
	return f
}

// plainText is a Markdown text without its marks.
func plainText(markdown string) string {
	text := strings.NewReplacer("**", "", "`", "").Replace(markdown)
	for {
		open := strings.Index(text, "](")
		if open < 0 {
			return text
		}
		start := strings.LastIndex(text[:open], "[")
		end := open + strings.Index(text[open:], ")")
		text = text[:start] + text[start+1:open] + text[end+1:]
	}
}
