package law

import (
	"errors"
	"fmt"
	"slices"
)

// Occupation is what a category is where a status is lost, or begins (AR 38 art. 12 §1bis al. 2, RGS art. 35).
type Occupation uint8

// The occupations; those of other categories are not told apart.
const (
	OtherOccupation Occupation = iota
	MainOccupation             // main, primostarters, assisting spouses under the full status
	Article37                  // main, assimilated to complementary
	Complementary              // beside another one: rests on evidence
)

var occupations = map[string]Occupation{"": OtherOccupation, "main": MainOccupation, "article37": Article37, "complementary": Complementary}

// Category is a category of contribution payers (the ones of data/categories.csv, in its order).
type Category uint8

// definition says in names of parameters how a category pays while it is in force.
type definition struct {
	valid                   Validity
	rate1, rate2            string
	starterRates            bool
	starterBase             string
	exemptBelow             string
	floorFrom, floor        string
	deductBelow, deduct     string
	quarterReduction        string
	status, article, detail string
}

// addDefinition reads one row of categories.csv; a category may have several, one after the other in time.
func (l *Law) addDefinition(row map[string]string) error {
	valid, err := parseValidity(row["from"], row["to"])
	if err != nil {
		return err
	}
	occupation, known := occupations[row["occupation"]]
	if !known {
		return fmt.Errorf("occupation is %q, not main, article37, complementary or empty", row["occupation"])
	}
	code := row["category"]
	category, known := l.categories[code]
	if !known {
		category = Category(len(l.codes))
		l.categories[code] = category
		l.codes = append(l.codes, code)
		l.definitions = append(l.definitions, nil)
		l.occupations = append(l.occupations, occupation)
	} else if l.occupations[category] != occupation {
		return fmt.Errorf("category %s has two occupations", code)
	}
	if row["starter_rates"] != "yes" && row["starter_rates"] != "no" {
		return fmt.Errorf("starter_rates is %q, not yes or no", row["starter_rates"])
	}
	if row["starter_base"] == "" {
		return errors.New("starter_base is empty")
	}
	if !slices.Contains(l.articles, row["article"]) {
		l.articles = append(l.articles, row["article"])
	}
	l.definitions[category] = append(l.definitions[category], definition{
		valid: valid, rate1: row["rate1"], rate2: row["rate2"], starterRates: row["starter_rates"] == "yes",
		starterBase: row["starter_base"], exemptBelow: row["exempt_below"], floorFrom: row["floor_from"], floor: row["floor"],
		deductBelow: row["deduct_below"], deduct: row["deduct"], quarterReduction: row["quarter_reduction"],
		status: row["status"], article: row["article"], detail: row["meaning"],
	})
	return nil
}

// Category finds a category by its code.
func (l *Law) Category(code string) (Category, bool) {
	c, found := l.categories[code]
	return c, found
}

// Occupation is what a category is where a status is lost.
func (l *Law) Occupation(c Category) Occupation { return l.occupations[c] }

// Fallback are the categories that may apply where a complementary status fails (AR 38 art. 12 §1, §1bis al. 2, §1ter).
type Fallback struct{ Main, PrimostarterFirst, Primostarter, SpouseMaxi Category }

// Fallback finds them.
func (l *Law) Fallback() Fallback { return l.fallback }

// resolveFallback finds them in the data; one that is not there is an error.
func (l *Law) resolveFallback() error {
	for code, to := range map[string]*Category{"main": &l.fallback.Main, "primostarter_first": &l.fallback.PrimostarterFirst,
		"primostarter": &l.fallback.Primostarter, "spouse_maxi": &l.fallback.SpouseMaxi} {
		category, known := l.categories[code]
		if !known {
			return fmt.Errorf("categories.csv: there is no category %q", code)
		}
		*to = category
	}
	return nil
}

// InForce says whether a category is in force in a quarter, whether or not the law of its year is known.
func (l *Law) InForce(c Category, q Quarter) bool {
	return slices.ContainsFunc(l.definitions[c], func(d definition) bool { return d.valid.Holds(q) })
}

// Code is the code of a category, such as "main".
func (l *Law) Code(c Category) string { return l.codes[c] }

// Articles lists the articles on which categories rest, in the order of the data.
func (l *Law) Articles() []string { return l.articles }

// Codes lists the codes of all categories, in the order of the data.
func (l *Law) Codes() []string { return l.codes }
