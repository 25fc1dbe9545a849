package notice

import (
	"fmt"
	"slices"
	"strings"

	"regul/pipeline"
)

// field is a placeholder of the wording: a position in fields.
type field uint8

var fields []string

func placeholder(name string) field {
	fields = append(fields, name)
	return field(len(fields) - 1)
}

// The placeholders. What each stands for in a term is said in docs/notices.md.
var (
	noField            = placeholder("")
	fieldAccount       = placeholder("account")
	fieldAfter         = placeholder("after")
	fieldAmount        = placeholder("amount")
	fieldApproval      = placeholder("approval")
	fieldBase          = placeholder("base")
	fieldBatch         = placeholder("batch")
	fieldBefore        = placeholder("before")
	fieldClaim         = placeholder("claim")
	fieldCategory      = placeholder("category")
	fieldCommunication = placeholder("communication")
	fieldCourt         = placeholder("court")
	fieldDate          = placeholder("date")
	fieldDeduct        = placeholder("deduct")
	fieldDefinitive    = placeholder("definitive")
	fieldDossier       = placeholder("dossier")
	fieldDue           = placeholder("due")
	fieldEarned        = placeholder("earned")
	fieldEmail         = placeholder("email")
	fieldEnterprise    = placeholder("enterprise")
	fieldFloor         = placeholder("floor")
	fieldFrom          = placeholder("from")
	fieldIncome        = placeholder("income")
	fieldLimit         = placeholder("limit")
	fieldLowest        = placeholder("lowest")
	fieldMonths        = placeholder("months")
	fieldNotified      = placeholder("notified")
	fieldPage          = placeholder("page")
	fieldPages         = placeholder("pages")
	fieldPaid          = placeholder("paid")
	fieldPayout        = placeholder("payout")
	fieldPhone         = placeholder("phone")
	fieldQuarters      = placeholder("quarters")
	fieldRate          = placeholder("rate")
	fieldReason        = placeholder("reason")
	fieldReduction     = placeholder("reduction")
	fieldStarter       = placeholder("starter")
	fieldSubject       = placeholder("subject")
	fieldDeclared      = placeholder("declared")
	fieldThreshold     = placeholder("threshold")
	fieldTop           = placeholder("top")
	fieldTopic         = placeholder("topic")
	fieldVersion       = placeholder("version")
	fieldWebsite       = placeholder("website")
	fieldYear          = placeholder("year")
	fieldYears         = placeholder("years")
)

// fieldCount is at least the number of placeholders.
const fieldCount = 56

// text is a term compiled: literals, each followed by a placeholder or none.
type text []segment

type segment struct {
	literal string
	field   field
}

// compile splits a text at its placeholders and holds them against those that the term must and may have.
func compile(raw string, s spec) (text, error) {
	if strings.TrimSpace(raw) == "" {
		return nil, fmt.Errorf("%s: is empty", s.name)
	}
	must, may := strings.Fields(s.must), strings.Fields(s.may)
	var t text
	for rest := raw; rest != ""; {
		literal, after, found := strings.Cut(rest, "{")
		if strings.Contains(literal, "}") {
			return nil, fmt.Errorf("%s: a } without a {", s.name)
		}
		part := segment{literal: literal}
		if rest = after; found {
			name, after, closed := strings.Cut(after, "}")
			if !closed {
				return nil, fmt.Errorf("%s: a { without a }", s.name)
			}
			if !slices.Contains(must, name) && !slices.Contains(may, name) {
				return nil, fmt.Errorf("%s: unknown placeholder {%s}: there is %s", s.name, name, list(append(must, may...)))
			}
			part.field, rest = field(slices.Index(fields, name)), after
		}
		t = append(t, part)
	}
	for _, name := range must {
		if !slices.ContainsFunc(t, func(s segment) bool { return fields[s.field] == name }) {
			return nil, fmt.Errorf("%s: the placeholder {%s} is missing", s.name, name)
		}
	}
	return t, nil
}

func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return "{" + strings.Join(names, "}, {") + "}"
}

// values are what the placeholders stand for at the moment.
type values [fieldCount][]byte

// append appends the text with its placeholders filled in.
func (t text) append(dst []byte, v *values) []byte {
	for i := range t {
		dst = append(append(dst, t[i].literal...), v[t[i].field]...)
	}
	return dst
}

// unbroken are the spaces that never end a line, in every language; french are those of French besides.
var (
	unbroken = strings.NewReplacer(" %", fixed+"%", " EUR", fixed+"EUR", " €", fixed+"€", "€ ", "€"+fixed, "§ ", "§"+fixed, "art. ", "art."+
		fixed, "Art. ", "Art."+fixed, "n° ", "n°"+fixed, "nr. ", "nr."+fixed, "Nr. ", "Nr."+fixed, "Tél. ", "Tél."+fixed, "Tel. ", "Tel."+
		fixed)
	french = strings.NewReplacer(" ;", narrow+";", " :", narrow+":", " !", narrow+"!", " ?", narrow+"?", "« ", "«"+narrow, " »", narrow+"»")
)

// typeset replaces spaces of a text by the ones that belong there.
func typeset(language pipeline.Language, raw string) string {
	raw = unbroken.Replace(raw)
	if language == 1 {
		raw = french.Replace(raw)
	}
	return raw
}
