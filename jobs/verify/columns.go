package verify

import (
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers/second"
)

// verifiedColumn is a column of a published table: what it must be called and hold, and where a row keeps it.
type verifiedColumn[Row any] struct {
	second.Column
	set   func(r *Row, cells *second.Cells, at int)
	added bool // after tables without it were published: they end before it
}

func textColumn[Row any](name string, to func(*Row) *string) verifiedColumn[Row] {
	return verifiedColumn[Row]{Column: second.Column{Name: name, Type: "text"},
		set: func(r *Row, c *second.Cells, at int) { *to(r) = c.Texts[at] }}
}

func numberColumn[Row any, N ~int | ~int32 | ~int64](name, kind string, to func(*Row) *N) verifiedColumn[Row] {
	return verifiedColumn[Row]{Column: second.Column{Name: name, Type: kind},
		set: func(r *Row, c *second.Cells, at int) { *to(r) = N(c.Ints[at]) }}
}

func integerColumn[Row any](name string, to func(*Row) *int) verifiedColumn[Row] {
	return numberColumn(name, "int32", to)
}

func dayColumn[Row any](name string, to func(*Row) *pipeline.Date) verifiedColumn[Row] {
	return numberColumn(name, "date", to)
}

func amountColumn[Row any](name string, to func(*Row) *money.Cents) verifiedColumn[Row] {
	return numberColumn(name, "decimal(12,2)", to)
}

// maybeAmountColumn is an amount that may be null, which a row keeps as pipeline.Unsaid.
func maybeAmountColumn[Row any](name string, to func(*Row) *money.Cents) verifiedColumn[Row] {
	return amountColumn(name, to).orNull().nullAs(func(r *Row) { *to(r) = pipeline.Unsaid })
}

func incomeColumn[Row any](name string, to func(*Row) *money.Cents) verifiedColumn[Row] {
	return numberColumn(name, "decimal(14,2)", to)
}

func flagColumn[Row any](name string, to func(*Row) *bool) verifiedColumn[Row] {
	return verifiedColumn[Row]{Column: second.Column{Name: name, Type: "boolean"},
		set: func(r *Row, c *second.Cells, at int) { *to(r) = c.Ints[at] != 0 }}
}

// unread is a column whose values no check looks at.
func unread[Row any](name, kind string) verifiedColumn[Row] {
	return verifiedColumn[Row]{Column: second.Column{Name: name, Type: kind}, set: func(*Row, *second.Cells, int) {}}
}

// addedLater says that tables which were published before it came do not have the column. Such columns are the last ones.
func (c verifiedColumn[Row]) addedLater() verifiedColumn[Row] {
	c.added = true
	return c
}

// orNull says that the column may hold null, which a row keeps as the zero value.
func (c verifiedColumn[Row]) orNull() verifiedColumn[Row] {
	c.Optional = true
	return c
}

// nullAs says what a row keeps instead of the zero value where the column holds null.
func (c verifiedColumn[Row]) nullAs(null func(*Row)) verifiedColumn[Row] {
	set := c.set
	c.set = func(r *Row, cells *second.Cells, at int) {
		if set(r, cells, at); cells.Nulls[at] {
			null(r)
		}
	}
	return c
}
