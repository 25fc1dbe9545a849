package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Structured writes a structured communication as on a transfer: +++123/4567/89012+++.
func Structured(reference string) string {
	if len(reference) != 12 {
		return reference
	}
	return "+++" + reference[:3] + "/" + reference[3:7] + "/" + reference[7:] + "+++"
}

// Said is a phrase in a language, with amounts as it writes them. English keeps the codes.
func Said(language string, p law.Phrase) string { return In(language).Phrase(p) }

// Outcome is the name of an outcome in a language.
func Outcome(language, code string) string { return In(language).Name("outcome", code) }

// Article is a legal basis as a language cites it: AR 38 art. 12 §1 al. 2 is KB 38 art. 12 §1 lid 2 in Dutch.
func Article(language, article string) string { return In(language).Article(article) }

// citations say how a language cites the law; English cites it in French.
var citations = map[string]*strings.Replacer{
	"fr": strings.NewReplacer(" and ", " et ", "law of ", "loi du "),
	"nl": strings.NewReplacer("AR 38", "KB 38", "RGS", "ARS", " and ", " en ", " al. ", " lid ", "law of ", "wet van "),
	"de": strings.NewReplacer("AR 38", "KE 38", "RGS", "KE 1967", "art. ", "Art. ", " and ", " und ", " al. ", " Abs. ", "law of ",
		"Gesetz vom "),
}

func (w *Words) Article(article string) string {
	if text, known := w.Texts[article]; known {
		return text
	}
	if c := citations[w.Language]; c != nil {
		return c.Replace(article)
	}
	return article
}

// Text is a text of the page in a language; the text itself where the dictionary has none.
func Text(language, english string) string { return In(language).Say(english) }

func (w *Words) Phrase(p law.Phrase) string {
	for i, filled := range p.Values() {
		switch v := filled.(type) {
		case money.Cents:
			p.Filled[i] = w.Amount(v)
		case law.Percent:
			p.Filled[i] = w.Decimal(string(v))
		case law.Term:
			if w.Language != English { // there a code is a name
				p.Filled[i] = w.Name(v.Of, v.Code)
			}
		}
	}
	p.Format = w.Say(p.Format)
	return p.String()
}

// Upper begins a text with a capital.
func Upper(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}
