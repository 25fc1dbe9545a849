package law

import (
	"fmt"
	"slices"
)

// Category is a category of contribution payers (the ones of data/categories.csv, in its order).
type Category uint8

// definition says in names of parameters how a category pays while it is in force.
type definition struct {
	valid                   Validity
	rate1, rate2            string
	starterRates            bool
	exemptBelow             string
	floorFrom, floor        string
	deductBelow, deduct     string
	quarterReduction        string
	unqualified             string
	status, article, detail string
}

// addDefinition reads one row of categories.csv; a category may have several, one after the other in time.
func (l *Law) addDefinition(row map[string]string) error {
	valid, err := parseValidity(row["from"], row["to"])
	if err != nil {
		return err
	}
	code := row["category"]
	category, known := l.categories[code]
	if !known {
		category = Category(len(l.codes))
		l.categories[code] = category
		l.codes = append(l.codes, code)
		l.definitions = append(l.definitions, nil)
	}
	if row["starter_rates"] != "yes" && row["starter_rates"] != "no" {
		return fmt.Errorf("starter_rates is %q, not yes or no", row["starter_rates"])
	}
	if !slices.Contains(l.articles, row["article"]) {
		l.articles = append(l.articles, row["article"])
	}
	l.definitions[category] = append(l.definitions[category], definition{
		valid: valid, rate1: row["rate1"], rate2: row["rate2"], starterRates: row["starter_rates"] == "yes",
		exemptBelow: row["exempt_below"], floorFrom: row["floor_from"], floor: row["floor"],
		deductBelow: row["deduct_below"], deduct: row["deduct"], quarterReduction: row["quarter_reduction"], unqualified: row["unqualified"],
		status: row["status"], article: row["article"], detail: row["meaning"],
	})
	return nil
}

// Category finds a category by its code.
func (l *Law) Category(code string) (Category, bool) {
	c, found := l.categories[code]
	return c, found
}

// Unqualified is the category that applies instead where the evidence of a quarter fails its test; false for a category that rests on
// no evidence (RGS art. 35, 36).
func (l *Law) Unqualified(c Category) (Category, bool) {
	if l.unqualified[c] < 0 {
		return c, false
	}
	return Category(l.unqualified[c]), true
}

// resolveUnqualified finds the categories that definitions name for failing evidence.
func (l *Law) resolveUnqualified() error {
	for category, definitions := range l.definitions {
		name := definitions[0].unqualified
		l.unqualified = append(l.unqualified, -1)
		if name == "" {
			continue
		}
		other, known := l.categories[name]
		if !known {
			return fmt.Errorf("categories.csv: category %s: there is no category %q", l.codes[category], name)
		}
		l.unqualified[category] = int(other)
	}
	return nil
}

// Code is the code of a category, such as "main".
func (l *Law) Code(c Category) string { return l.codes[c] }

// Articles lists the articles on which categories rest, in the order of the data.
func (l *Law) Articles() []string { return l.articles }

// Codes lists the codes of all categories, in the order of the data.
func (l *Law) Codes() []string { return l.codes }
