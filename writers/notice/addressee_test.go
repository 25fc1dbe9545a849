package notice

import (
	"slices"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/writers/notice/index"
)

func contact(change func(*pipeline.Contact)) *pipeline.Contact {
	c := &pipeline.Contact{FirstName: "Anne", LastName: "Janssens", Street: "Rue Neuve 1", Postcode: "1000", City: "Bruxelles",
		Country: "BE"}
	change(c)
	return c
}

func TestWhatCanNotBePosted(t *testing.T) {
	p := press(t, false)
	long := strings.Repeat("Avenue du Général Médecin Derache et des Combattants ", 6)
	for _, c := range []struct {
		name   string
		change func(*pipeline.Contact)
		want   index.Reason
	}{
		{"whole", func(*pipeline.Contact) {}, index.Posted},
		{"last name alone", func(c *pipeline.Contact) { c.FirstName = "" }, index.Posted},
		{"no name", func(c *pipeline.Contact) { c.FirstName, c.LastName = " ", "" }, index.NoName},
		{"no street", func(c *pipeline.Contact) { c.Street = "" }, index.NoStreet},
		{"no town", func(c *pipeline.Contact) { c.City = "\t" }, index.NoTown},
		{"no postcode", func(c *pipeline.Contact) { c.Postcode = "" }, index.Posted},
		{"no country, a Belgian postcode", func(c *pipeline.Contact) { c.Country = "" }, index.Posted},
		{"no country, a foreign postcode", func(c *pipeline.Contact) { c.Country, c.Postcode = "", "51290" }, index.NoCountry},
		{"no such country", func(c *pipeline.Contact) { c.Country = "ZZ" }, index.NoCountry},
		{"a country by its name", func(c *pipeline.Contact) { c.Country = "France" }, index.Posted},
		{"Armenian", func(c *pipeline.Contact) { c.LastName = "Խաչատրյան" }, index.Posted},
		{"Arabic", func(c *pipeline.Contact) { c.LastName = "ا" }, index.UnknownLetters},
		{"Chinese", func(c *pipeline.Contact) { c.Street = "王 1" }, index.UnknownLetters},
		{"an emoji", func(c *pipeline.Contact) { c.City = "😀" }, index.UnknownLetters},
		{"bytes that are no text", func(c *pipeline.Contact) { c.LastName = "Andr\xe9" }, index.UnknownLetters},
		{"marks of direction", func(c *pipeline.Contact) { c.LastName = "\u202eevil" }, index.Posted},
		{"too long", func(c *pipeline.Contact) { c.Street = long }, index.TooLong},
		{"a word that is too long", func(c *pipeline.Contact) { c.City = strings.Repeat("Llanfair", 8) }, index.TooLong},
	} {
		if got := p.Postable(1, contact(c.change)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The addresses that the window must take whole, as they are laid out.
func TestLongAddressesAreWhole(t *testing.T) {
	p := press(t, false)
	for _, c := range []struct {
		change func(*pipeline.Contact)
		size   float64
		want   []string
	}{
		{func(*pipeline.Contact) {}, 10, []string{"Anne Janssens", "Rue Neuve 1", "1000 Bruxelles"}},
		{func(c *pipeline.Contact) {
			c.FirstName, c.LastName, c.City = "Jean-Christophe Alexandre", "de Lichtervelde", "Rhode-Saint-Genèse / Sint-Genesius-Rode"
		}, 8.5, []string{"Jean-Christophe Alexandre de Lichtervelde", "Rue Neuve 1", "1000 Rhode-Saint-Genèse / Sint-Genesius-Rode"}},
		{func(c *pipeline.Contact) {
			c.FirstName, c.LastName = "Marie-Antoinette Joséphine", "Vandenbroucke-De Clercq"
			c.Street, c.Postcode = "Chaussée de Saint-Job 506 boîte 12, Résidence Les Hauts Prés", "51290"
			c.City, c.Country = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson", "FR"
		}, 7.5, []string{"Marie-Antoinette Joséphine Vandenbroucke-De Clercq", "Chaussée de Saint-Job 506 boîte 12, Résidence Les",
			"Hauts Prés", "51290 Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson", "FRANCE"}},
	} {
		block, why := p.layAddress(1, contact(c.change))
		if why != index.Posted || block.hand.size != c.size || !slices.Equal(block.lines[:block.count], c.want) {
			t.Errorf("%q at %.1f points (%s), want %q at %.1f", block.lines[:block.count], block.hand.size, why, c.want, c.size)
		}
	}
}

// A letter that is not posted shows the address whole as well.
func TestAnAddressThatIsTooLongIsNotCut(t *testing.T) {
	p := press(t, false)
	street := strings.TrimSpace(strings.Repeat("Avenue du Général Médecin Derache et des Combattants ", 6))
	block, _ := p.layAddress(1, contact(func(c *pipeline.Contact) { c.Street = street }))
	if got := strings.Join(block.lines[:block.count], " "); !strings.Contains(got, street) {
		t.Errorf("%q", got)
	}
}

func TestThePlaceOfALetterSaysWhyItIsNotPosted(t *testing.T) {
	p := press(t, false)
	settled := letters(t, 1)[:2]
	settled[1].Party.Contact.City = ""
	placed, err := p.Write(new(counter), "b", 1, each(settled))
	if err != nil {
		t.Fatal(err)
	}
	if placed[0].NotPostable != index.Posted || placed[1].NotPostable != index.NoTown {
		t.Errorf("%v", placed)
	}
}

// Heirs, a trustee in bankruptcy or a guardian get the letter in the place of the affiliate.
func TestLetterGoesToTheAddressee(t *testing.T) {
	block, why := press(t, false).layAddress(1, contact(func(c *pipeline.Contact) { c.Addressee = "Les héritiers de Anne Janssens" }))
	if why != index.Posted || block.lines[0] != "Les héritiers de Anne Janssens" ||
		slices.Contains(block.lines[:block.count], "Anne Janssens") {
		t.Errorf("%q, %v", block.lines[:block.count], why)
	}
}
