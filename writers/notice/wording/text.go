package wording

import (
	"fmt"
	"slices"
	"strings"

	"regul/pipeline"
)

// Field is a placeholder of the wording: a position in fields.
type Field uint8

var fields []string

func placeholder(name string) Field {
	fields = append(fields, name)
	return Field(len(fields) - 1)
}

// The placeholders. What each stands for in a term is said in docs/notices.md.
var (
	NoField            = placeholder("")
	FieldAccount       = placeholder("account")
	FieldAfter         = placeholder("after")
	FieldAmount        = placeholder("amount")
	FieldApproval      = placeholder("approval")
	FieldBase          = placeholder("base")
	FieldBatch         = placeholder("batch")
	FieldBefore        = placeholder("before")
	FieldClaim         = placeholder("claim")
	FieldCategory      = placeholder("category")
	FieldCommunication = placeholder("communication")
	FieldCourt         = placeholder("court")
	FieldDate          = placeholder("date")
	FieldDeduct        = placeholder("deduct")
	FieldDefinitive    = placeholder("definitive")
	FieldDossier       = placeholder("dossier")
	FieldDue           = placeholder("due")
	FieldEarned        = placeholder("earned")
	FieldEmail         = placeholder("email")
	FieldEnterprise    = placeholder("enterprise")
	FieldFloor         = placeholder("floor")
	FieldFrom          = placeholder("from")
	FieldIncome        = placeholder("income")
	FieldLimit         = placeholder("limit")
	FieldLowest        = placeholder("lowest")
	FieldMonths        = placeholder("months")
	FieldName          = placeholder("name")
	FieldNotified      = placeholder("notified")
	FieldPage          = placeholder("page")
	FieldPages         = placeholder("pages")
	FieldPaid          = placeholder("paid")
	FieldPayout        = placeholder("payout")
	FieldPhone         = placeholder("phone")
	FieldQuarters      = placeholder("quarters")
	FieldRate          = placeholder("rate")
	FieldReason        = placeholder("reason")
	FieldReduction     = placeholder("reduction")
	FieldStarter       = placeholder("starter")
	FieldSubject       = placeholder("subject")
	FieldDeclared      = placeholder("declared")
	FieldThreshold     = placeholder("threshold")
	FieldTop           = placeholder("top")
	FieldTopic         = placeholder("topic")
	FieldVersion       = placeholder("version")
	FieldWebsite       = placeholder("website")
	FieldYear          = placeholder("year")
	FieldYears         = placeholder("years")
)

// fieldCount is at least the number of placeholders.
const fieldCount = 56

// Text is a term compiled: literals, each followed by a placeholder or none.
type Text []Segment

type Segment struct {
	Literal string
	Field   Field
}

// compile splits a text at its placeholders and holds them against those that the term must and may have.
func compile(raw string, s spec) (Text, error) {
	if strings.TrimSpace(raw) == "" {
		return nil, fmt.Errorf("%s: is empty", s.Name)
	}
	must, may := strings.Fields(s.Must), strings.Fields(s.May)
	var t Text
	for rest := raw; rest != ""; {
		literal, after, found := strings.Cut(rest, "{")
		if strings.Contains(literal, "}") {
			return nil, fmt.Errorf("%s: a } without a {", s.Name)
		}
		part := Segment{Literal: literal}
		if rest = after; found {
			name, after, closed := strings.Cut(after, "}")
			if !closed {
				return nil, fmt.Errorf("%s: a { without a }", s.Name)
			}
			if !slices.Contains(must, name) && !slices.Contains(may, name) {
				return nil, fmt.Errorf("%s: unknown placeholder {%s}: there is %s", s.Name, name, list(append(must, may...)))
			}
			part.Field, rest = Field(slices.Index(fields, name)), after
		}
		t = append(t, part)
	}
	for _, name := range must {
		if !slices.ContainsFunc(t, func(s Segment) bool { return fields[s.Field] == name }) {
			return nil, fmt.Errorf("%s: the placeholder {%s} is missing", s.Name, name)
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

// Values are what the placeholders stand for at the moment.
type Values [fieldCount][]byte

// Append appends the text with its placeholders filled in.
func (t Text) Append(dst []byte, v *Values) []byte {
	for i := range t {
		dst = append(append(dst, t[i].Literal...), v[t[i].Field]...)
	}
	return dst
}

// unbroken are the spaces that never end a line, in every language; french are those of French besides.
var (
	unbroken = strings.NewReplacer(" %", Fixed+"%", " EUR", Fixed+"EUR", " €", Fixed+"€", "€ ", "€"+Fixed, "§ ", "§"+Fixed, "art. ", "art."+
		Fixed, "Art. ", "Art."+Fixed, "n° ", "n°"+Fixed, "nr. ", "nr."+Fixed, "Nr. ", "Nr."+Fixed, "Tél. ", "Tél."+Fixed, "Tel. ", "Tel."+
		Fixed)
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
