package notice

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/notice/pdf"
)

// anything makes a settlement that no stage would: any amounts, years, quarters and texts.
func anything(r *rand.Rand, l *law.Law) *pipeline.Settlement {
	amount := func() money.Cents {
		switch r.IntN(4) {
		case 0:
			return 0
		case 1:
			return money.Cents(r.Int64N(1000_00))
		case 2:
			return money.Cents(r.Int64N(100_000_00))
		}
		return money.Cents(r.Int64N(800_000_000_000) - 400_000_000_000)
	}
	date := func() pipeline.Date { return pipeline.DateOf(2015+r.IntN(30), 1, 1+r.IntN(365)) }
	alphabet := []rune("aZ09 -'’éŁωЖß\t\n\u00ad\u200b拝\U0001f600\u0301\x00/")
	text := func() string {
		var b strings.Builder
		for range r.IntN(4) * r.IntN(40) {
			b.WriteRune(alphabet[r.IntN(len(alphabet))])
		}
		if r.IntN(10) == 0 {
			b.WriteString("\xff\xfe")
		}
		return b.String()
	}
	s := &pipeline.Settlement{Party: &pipeline.Party{Number: 85073003328, Digits: 11,
		Dossier: pipeline.Dossier{Number: r.Uint32N(100_000_000), Digits: 8}, Language: pipeline.Language(1 + r.IntN(3)),
		Contact: pipeline.Contact{LastName: text(), FirstName: text(), Street: text(), Postcode: text(),
			City: text(), Country: text(), IBAN: text(), Mandate: text(), MandateSignedOn: pipeline.Date(r.IntN(2) * 18_000)}}}
	if r.IntN(2) == 0 {
		s.Party.Contact.IBAN, s.Party.Contact.Mandate = "BE32954995642502", "MDT"+strings.Repeat("W", r.IntN(32))
	}
	for year := range r.IntN(7) {
		y := pipeline.SettledYear{Regularisation: pipeline.Regularisation{
			Year: 2015 + year, Version: 1 + r.IntN(3), Communication: text(), CommunicatedOn: date(), NetIncome: amount(),
			SubjectQuarters: 1 + r.IntN(4), AnnualIncome: max(0, amount()), Contribution: amount(), Fee: amount(), Definitive: amount(),
			Called: amount(), Paid: amount(), Supplement: amount(), SurplusApplied: amount(), ToPay: amount(), Cancelled: amount(),
			RefundGross: amount(), Refund: amount(), Offset: amount(), OffsetReceived: amount(), Arrears: amount(), Surcharge: amount(),
			SurchargeTotal: amount(), PaidOfSurcharge: max(0, amount()), Outcome: pipeline.Outcome(1 + r.IntN(int(pipeline.OutcomeCount)-1)), NotifiedOn: date(),
			DueDate: date(), SevenPercentOn: date(), LegalProvisional: amount(), Reduced: amount(), Interrupted: r.IntN(4) == 0,
		}}
		if y.Version > 1 {
			y.Before = pipeline.Before{Communication: text(), NotifiedOn: date(), Income: amount(), Definitive: amount()}
		}
		for quarter := range r.IntN(5) {
			y.Quarters = append(y.Quarters, pipeline.QuarterResult{Year: y.Year, Quarter: quarter + 1,
				Category: law.Category(r.IntN(len(l.Codes()))), Standing: pipeline.Standing(1 + r.IntN(4)), Starter: uint8(r.IntN(4)),
				Called: amount(), Article: r.IntN(len(l.Articles())),
				Contribution: law.Contribution{Band1: amount(), Band2: amount(), Annual: amount(), Quarter: amount(), Fee: amount(),
					Definitive: amount()}})
		}
		for range r.IntN(3) * r.IntN(20) {
			y.Terms = append(y.Terms, pipeline.SurchargeTerm{On: date(), Rate: 30_000, Paid: amount(), Unpaid: amount(), Amount: amount()})
		}
		s.Years = append(s.Years, y)
		for range r.IntN(3) {
			s.Offsets = append(s.Offsets, pipeline.Offset{From: 2015 + r.IntN(7), To: 2015 + r.IntN(7), Arrears: r.IntN(2) == 0,
				Amount: amount()})
		}
	}
	for range r.IntN(3) {
		s.Withdrawn = append(s.Withdrawn, pipeline.WithdrawnNotice{Year: int16(2015 + r.IntN(7)), NotifiedOn: date(),
			Claim: amount(), Payout: amount(), Again: date()})
	}
	return s
}

// With anything settled and anything in the register a letter can be laid out, and nothing of it leaves the sheet.
func TestAnythingStaysOnTheSheet(t *testing.T) {
	p := press(t, false)
	r := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		onTheSheet(t, p, anything(r, p.law))
	}
}

// Names and addresses of any kind do as well.
func FuzzAddress(f *testing.F) {
	p := press(f, false)
	settled := anything(rand.New(rand.NewPCG(3, 4)), p.law)
	f.Add("Anne", "Van den Broeck", "Rue 1", "5000", "Namur", "BE", "BE32954995642502", "M1")
	f.Add(strings.Repeat("W", 300), "\x00\xff", strings.Repeat("é ", 99), "", "\u0301", "ZZ", "BE", strings.Repeat("9", 40))
	f.Fuzz(func(t *testing.T, first, last, street, postcode, city, country, iban, mandate string) {
		settled.Party.Contact = pipeline.Contact{FirstName: first, LastName: last, Street: street, Postcode: postcode, City: city,
			Country: country, IBAN: iban, Mandate: mandate, MandateSignedOn: 18_000}
		onTheSheet(t, p, settled)
	})
}

func onTheSheet(t *testing.T, p *Press, s *pipeline.Settlement) {
	t.Helper()
	l := layOut(p, s)
	defer p.letters.Put(l)
	if len(l.sheets) == 0 || len(l.sheets) > 60 {
		t.Fatalf("a letter of %d pages", len(l.sheets))
	}
	for i, page := range l.sheets {
		for _, o := range page {
			if o.kind == forms {
				continue // see TestTextsThatTakeTooMuchRoom
			}
			width, height := o.width, o.height
			if o.kind == codes {
				height = width
			}
			if o.kind == texts {
				width, height = p.fonts.Width(o.face, o.size, o.text), 0
				if !utf8.ValidString(o.text) || strings.ContainsAny(o.text, "\x00\t\n") {
					t.Fatalf("a text holds characters that nobody sees: %q", o.text)
				}
			}
			low := float64(bottom + 1)
			if i == 0 && o.y < bodyY {
				low = bodyY // the address ends above the text
			}
			if o.x < 4*millimetre || o.x+width > right+0.5 || o.y < 0 || o.y+height > low || o.y+height > pdf.PageHeight {
				t.Fatalf("page %d: %v of %.1f by %.1f at %.1f, %.1f leaves the sheet: %q", i+1, o.kind, width, height, o.x, o.y, o.text)
			}
		}
	}
}
