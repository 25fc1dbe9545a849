package notice

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"regul/pipeline"
	"regul/writers/notice/index"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// The address as the window shows it: its height, and the sizes of its letters, from the usual one down to the smallest that the post
// reads.
const (
	windowHeight   = 21 * millimetre
	usualAddress   = 10.0
	smallestPosted = 7.0
	addressStep    = 0.5
	smallestShown  = 2.0 // of an address that is not posted
)

// addressHand is how an address is written in letters of that size.
func addressHand(size float64) hand {
	return hand{pdf.Regular, size, float64(size * 1.18), black}
}

// addressBlock is an address laid out: its lines, and the hand in which they fit into the window.
type addressBlock struct {
	lines [mostAddressLines]string
	count int
	hand  hand
}

// mostAddressLines is how many lines the window holds in the smallest letters.
const mostAddressLines = 25

// addressee writes the address.
func (l *letter) addressee() {
	l.mark(wording.SpecimenAddressee, windowY+8)
	contact := l.s.Party.Contact
	if l.s.Copied {
		contact = contact.CopyContact()
	}
	block, why := l.layAddress(l.s.Party.Language, &contact)
	l.reason = why
	l.enter(pdf.Paragraph)
	defer l.leave()
	for i, line := range block.lines[:block.count] {
		l.write(block.hand, windowX, float64(windowY)+9+float64(float64(i)*block.hand.leading), line)
	}
}

// Postable says whether a letter can be posted to an address, and why not.
func (p *Press) Postable(language pipeline.Language, c *pipeline.Contact) index.Reason {
	_, why := p.layAddress(language, c)
	return why
}

// layAddress lays an address out: name (of whoever the letter is addressed to instead: heirs, a trustee, a guardian), street, postcode and
// town, and the country, in capitals on the last line, if it is not the fund's. What is missing takes no line. It is never cut: what is
// too wide is written smaller, then in two lines, and what does not fit then is not postable.
func (p *Press) layAddress(language pipeline.Language, c *pipeline.Contact) (addressBlock, index.Reason) {
	lines := [4]string{cmp.Or(clean(c.Addressee), join(clean(c.FirstName), clean(c.LastName))), clean(c.Street),
		joinWith(wording.Fixed, clean(c.Postcode), clean(c.City)), p.country(language, clean(c.Country))}
	why := p.incomplete(&lines, c)
	for _, at := range [3]wrap{nowhere, atSpaces, atHyphens} {
		for size := usualAddress; size >= smallestPosted; size -= addressStep {
			if block, fits := p.wrapAddress(&lines, size, at); fits {
				return block, why
			}
		}
	}
	if why == index.Posted {
		why = index.TooLong
	}
	for size := smallestPosted; ; size-- {
		if block, fits := p.wrapAddress(&lines, size, anywhere); fits || size <= smallestShown {
			return block, why
		}
	}
}

// incomplete says what an address lacks.
func (p *Press) incomplete(lines *[4]string, c *pipeline.Contact) index.Reason {
	if lines[0] == "" {
		return index.NoName
	}
	if lines[1] == "" {
		return index.NoStreet
	}
	if clean(c.City) == "" {
		return index.NoTown
	}
	if country := clean(c.Country); country == "" && p.fund.Country == belgium && !belgianPostcode(clean(c.Postcode)) ||
		p.noCountry(country) {
		return index.NoCountry
	}
	for _, line := range lines {
		if !p.fonts.Covers(line) {
			return index.UnknownLetters
		}
	}
	return index.Posted
}

// belgium is the one country whose postcodes are known here: an address without a country is taken for the fund's only if its postcode is.
const belgium = "BE"

// belgianPostcode says whether a postcode may be Belgian: four digits, or none at all.
func belgianPostcode(code string) bool {
	digits := 0
	for _, r := range code {
		if r < '0' || r > '9' {
			return false
		}
		digits++
	}
	return digits == 0 || digits == 4
}

// noCountry says whether what stands for the country is two letters that no country has.
func (p *Press) noCountry(given string) bool {
	_, known := p.countries[1][strings.ToUpper(given)]
	return len(given) == 2 && !known
}

// wrap says where the lines of an address may break.
type wrap uint8

const (
	nowhere wrap = iota
	atSpaces
	atHyphens // and at spaces
	anywhere
)

// wrapAddress breaks the lines at a size. It does not fit when they must break elsewhere, or when there are too many.
func (p *Press) wrapAddress(lines *[4]string, size float64, most wrap) (block addressBlock, fits bool) {
	h := addressHand(size)
	room := int(windowHeight / h.leading)
	block, fits = addressBlock{hand: h}, true
	for _, text := range lines {
		for text != "" {
			line, rest := p.line(h, windowWidth, text)
			if rest != "" {
				at := anywhere
				switch {
				case text[len(line)] == ' ':
					at = atSpaces
				case strings.HasSuffix(line, "-"):
					at = atHyphens
				}
				fits = fits && at <= most
			}
			if !fits && size > smallestShown || block.count == min(room, mostAddressLines) {
				return block, false
			}
			block.lines[block.count] = strings.ReplaceAll(line, wording.Fixed, " ") // the postcode and its town stay together
			block.count++
			text = rest
		}
	}
	return block, fits
}

func join(first, second string) string { return joinWith(" ", first, second) }

func joinWith(space, first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + space + second
}

// clean is a text of the register on one line: without control characters, with single spaces. Bytes that are no text become a
// character that no face has.
func clean(text string) string {
	plain := true
	for i := 0; i < len(text) && plain; i++ {
		plain = text[i] > ' ' && text[i] < utf8.RuneSelf || text[i] == ' ' && i > 0 && i < len(text)-1 && text[i+1] != ' '
	}
	if plain {
		return text
	}
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, string(utf8.RuneError)), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
}

// country is the name of a country, given by its code or as a name, in capitals, or "" for the fund's own. What is no code
// stays as it is.
func (p *Press) country(language pipeline.Language, given string) string {
	code := strings.ToUpper(given)
	if code == p.fund.Country {
		return ""
	}
	for _, names := range p.countries {
		if names != nil && code == names[p.fund.Country] {
			return ""
		}
	}
	if name, found := p.countries[language][code]; found {
		return name
	}
	return code
}

// countryNames are the names of the countries in capitals, by language and code.
func countryNames() []map[string]string {
	all := make([]map[string]string, len(pipeline.Languages()))
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
