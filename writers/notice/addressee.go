package notice

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"regul/pipeline"
)

// addressLines is the number of lines of an address that the window shows.
const addressLines = 5

// addressee writes the address: name, street, postcode and city, and the country, in capitals on the last line, if it is not
// the fund's. What is missing takes no line. A line that is too long goes on in the next while there is room, and is cut
// with an ellipsis otherwise.
func (l *letter) addressee() {
	l.mark(specimenAddressee, windowY+8)
	c := &l.s.Affiliate.Contact
	var lines [4]string
	lines[0] = join(l.clean(c.FirstName), l.clean(c.LastName))
	lines[1] = l.clean(c.Street)
	lines[2] = join(l.clean(c.Postcode), l.clean(c.City))
	lines[3] = l.country(l.clean(c.Country))
	spare := addressLines
	for _, line := range lines {
		if line != "" {
			spare--
		}
	}
	y := float64(windowY)
	for _, text := range lines {
		for text != "" {
			var line string
			if line, text = l.line(address, windowWidth, text); text != "" && spare == 0 {
				line, text = l.cut(line), ""
			} else if text != "" {
				spare--
			}
			l.write(address, windowX, y+9, line)
			y += address.leading
		}
	}
}

// cut takes characters off a line until it fits with an ellipsis.
func (l *letter) cut(line string) string {
	for {
		if text := strings.TrimRight(line, " ") + "…"; line == "" || l.width(address, text) <= windowWidth {
			return text
		}
		_, size := utf8.DecodeLastRuneInString(line)
		line = line[:len(line)-size]
	}
}

func join(first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + " " + second
}

// clean is a text of the register on one line: without control characters, with single spaces.
func (l *letter) clean(text string) string {
	plain := true
	for i := 0; i < len(text) && plain; i++ {
		plain = text[i] > ' ' && text[i] < utf8.RuneSelf || text[i] == ' ' && i > 0 && i < len(text)-1 && text[i+1] != ' '
	}
	if plain {
		return text
	}
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "?"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
}

// country is the name of a country, given by its code or as a name, in capitals, or "" for the fund's own. What is no code
// stays as it is.
func (l *letter) country(given string) string {
	code := strings.ToUpper(given)
	if code == l.fund.Country {
		return ""
	}
	for _, names := range l.countries {
		if names != nil && code == names[l.fund.Country] {
			return ""
		}
	}
	if name, found := l.countries[l.w.language][code]; found {
		return name
	}
	return code
}

// countryNames are the names of the countries in capitals, by language and code.
func countryNames() [4]map[string]string {
	var all [4]map[string]string
	for i := 1; i < len(all); i++ {
		all[i] = map[string]string{}
		names := display.Regions(language.Make(pipeline.Languages()[i]))
		for first := 'A'; first <= 'Z'; first++ {
			for second := 'A'; second <= 'Z'; second++ {
				code := string([]rune{first, second})
				if region, err := language.ParseRegion(code); err == nil && region.IsCountry() {
					if name := names.Name(region); name != "" {
						all[i][code] = strings.ToUpper(name)
					}
				}
			}
		}
	}
	return all
}
