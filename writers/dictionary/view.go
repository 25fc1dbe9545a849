package dictionary

import "strings"

// View is a view of tables: its columns are computed, or it is another name of a table.
type View struct {
	Table
	Of string // the table of which it is another name, and has the columns; "": it has its own
}

// view is a view in a data package: a resource without a file is none, so the package lists views beside the resources.
type view struct {
	Name        string       `json:"name"`
	Description string       `json:"description"`
	Resource    string       `json:"resource,omitempty"` // of which it is another name
	Schema      *tableSchema `json:"schema,omitempty"`
}

func (v *View) described() view {
	r := v.resource()
	described := view{Name: v.Name, Description: r.Description, Resource: resourceName(v.Of)}
	if v.Of == "" {
		described.Schema = &r.Schema
	}
	return described
}

// resourceName is the name of a table as a resource, which may hold no slash.
func resourceName(table string) string { return strings.ReplaceAll(table, "/", "-") }
