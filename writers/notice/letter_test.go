package notice

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"regul/fixtures/pdfcheck"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/fund"
	"regul/writers/notice/index"
	"regul/writers/notice/wording"
)

// Every amount of a settlement stands in its letter, as the language writes it.
func TestEveryAmountIsInTheLetter(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		for i, s := range letters(t, language) {
			text := strings.Join(textsOf(p, s), "\n")
			for _, amount := range amountsOf(s) {
				want := string(wording.Styles[language].AppendNumber(nil, amount))
				if !strings.Contains(text, want) {
					t.Errorf("%s, %s: the letter lacks %s", language, situations[i].name, want)
				}
			}
		}
	}
}

// amountsOf are the amounts of a settlement that are not 0. Offsets stand one by one.
func amountsOf(s *pipeline.Settlement) []money.Cents {
	var all []money.Cents
	for i := range s.Years {
		y := &s.Years[i]
		all = append(all, y.NetIncome, y.AnnualIncome, y.Contribution, y.Fee, y.Definitive, y.Called, y.Paid, y.Supplement,
			y.SurplusApplied, y.ToPay, y.Cancelled, y.RefundGross, y.Refund, y.Arrears, y.SurchargeToPay(), y.SurchargeCancelled(), y.SurchargeRefund(), y.SurchargeTotal,
			y.Before.Income, y.Before.Definitive, y.Claim(), y.Payout())
		if len(y.Terms) > 0 {
			all = append(all, y.LegalProvisional, y.Reduced)
		}
		for _, q := range y.Quarters {
			all = append(all, q.Band1, q.Band2, q.Annual, q.Contribution.Quarter, q.Fee, q.Definitive, q.Called)
		}
		for i := 0; i < len(y.Terms); { // those that are alike stand in one line
			n := 1
			for i+n < len(y.Terms) && alikeTerms(&y.Terms[i], &y.Terms[i+n]) {
				n++
			}
			all = append(all, y.Terms[i].Paid, y.Terms[i].Unpaid, y.Terms[i].Amount*money.Cents(n))
			i += n
		}
	}
	for _, o := range s.Offsets {
		all = append(all, o.Amount)
	}
	return slices.DeleteFunc(all, func(c money.Cents) bool { return c == 0 })
}

// layOut composes a letter without writing it.
func layOut(p *Press, s *pipeline.Settlement) *letter {
	l := p.open(io.Discard, "2026-06-30-93171ce0", s.Party.Language)
	l.compose(s)
	return l
}

// textsOf are the texts of a letter.
func textsOf(p *Press, s *pipeline.Settlement) (all []string) {
	for _, page := range layOut(p, s).sheets {
		for _, o := range page {
			if o.kind == texts {
				all = append(all, o.text)
			}
		}
	}
	return all
}

// The window of an envelope shows the address and nothing else, however the sheet slides in it.
func TestTheWindowShowsTheAddressAlone(t *testing.T) {
	p := press(t, false)
	for i, s := range letters(t, 1) {
		l := layOut(p, s)
		for _, o := range l.sheets[0] {
			if o.kind != texts || o.y < 29*millimetre || o.y-o.size > 93*millimetre {
				continue
			}
			end := o.x + l.width(hand{face: o.face, size: o.size}, o.text)
			if end <= 98*millimetre {
				continue
			}
			if o.x < windowX-0.1 || end > right || o.y-0.73*o.size < 48*millimetre || o.y > 69*millimetre {
				t.Errorf("%s: %q stands in the window, or the address out of it", situations[i].name, o.text)
			}
		}
	}
}

func TestSpecimenSaysSoOnEveryPage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "specimen.pdf")
	var out bytes.Buffer
	if err := press(t, false).Specimen(&out, 1); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(pdfcheck.Text(t, path), "\f"), "\f")
	for i, page := range pages {
		if !strings.Contains(page, "SPÉCIMEN") {
			t.Errorf("page %d does not say that it is a specimen", i+1)
		}
	}
	if !strings.Contains(pages[0], "NE PAS PAYER") {
		t.Error("the slip of the specimen does not forbid to pay")
	}
}

// The same letters give the same bytes: again, from used memory, and from several goroutines.
func TestLettersAreDeterministic(t *testing.T) {
	p := press(t, false)
	settlements := letters(t, 3)
	print := func(p *Press) string {
		var out bytes.Buffer
		if _, err := p.Write(&out, "b", 3, each(settlements)); err != nil {
			t.Error(err)
		}
		return out.String()
	}
	want := print(press(t, false))
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 3 {
				if print(p) != want {
					t.Error("the same letters gave other bytes")
				}
			}
		})
	}
	group.Wait()
}

func TestPlaces(t *testing.T) {
	p := press(t, false)
	settlements := letters(t, 1)
	_, placed := printAll(t, p, 1)
	next := 1
	for i, at := range placed {
		s := settlements[i]
		var claim, payout money.Cents
		for j := range s.Years {
			claim += s.Years[j].Claim()
			payout += s.Years[j].Payout()
		}
		want := index.Placed{Number: s.Party.Number, Digits: 11, Dossier: s.Party.Dossier,
			Place: index.Place{Language: 1, Postcode: s.Party.Contact.Postcode,
				FirstPage: next, Pages: at.Pages, Claim: claim, Payout: payout}}
		if s.Party.Contact.Street == "" {
			want.NotPostable = index.NoStreet
		}
		if s.Copied { // the letter has the amounts
			want.Postcode, want.Claim, want.Copy = s.Party.Contact.Copy.Postcode, 0, true
		}
		if len(s.Years) > 0 {
			want.Year = s.Years[0].Year
		} else {
			want.Year = int(s.Withdrawn[0].Year)
		}
		if at != want || at.Pages < 1 {
			t.Errorf("%s: placed %+v, want %+v", situations[i].name, at, want)
		}
		next += at.Pages
	}
}

func TestLettersThatCannotBeWritten(t *testing.T) {
	p := press(t, false)
	french := letters(t, 1)[:1]
	broken := errors.New("broken")
	for _, c := range []struct {
		name    string
		letters func(func(*pipeline.Settlement, error) bool)
		want    string
	}{
		{"of another language", each(letters(t, 2)[:1]), "a letter in nl among those in fr"},
		{"too many", each(slices.Repeat(french, MaxLetters+1)), "more than 1000 letters"},
		{"broken", func(yield func(*pipeline.Settlement, error) bool) { yield(nil, broken) }, "broken"},
		{"none", each(nil), "without pages"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := p.Write(io.Discard, "b", 1, c.letters)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
	if _, err := p.Write(io.Discard, "b", 1, each(french)); err != nil {
		t.Errorf("after errors: %v", err)
	}
}

// The court and the time limit are said only if the fund gives them.
func TestTheCourtIsSaidIfItIsKnown(t *testing.T) {
	said := func(court string) string {
		l := standard(t)
		f := fund.Specimen()
		f.Court = fund.Same(court)
		p, err := New(Settings{Fund: f, Law: l, Fees: fees(l), AsOf: day(t, asOf)})
		if err != nil {
			t.Fatal(err)
		}
		return p.words[1].Literal(wording.ContestCourt) + strings.Join(rightsOf(p), "\n")
	}
	if !strings.Contains(said("arbeidsrechtbank Gent"), "arbeidsrechtbank Gent") || strings.Count(said(""), "Tribunal\u202f:") != 1 {
		t.Error("the court is not said, or said without being known")
	}
}

// rightsOf are the texts at the foot of the last page in French.
func rightsOf(p *Press) (all []string) {
	l := p.open(io.Discard, "b", 1)
	l.begin(&pipeline.Settlement{Party: &pipeline.Party{}})
	l.nextPage()
	l.rightsOfReader(loose)
	for _, o := range l.sheets[0] {
		all = append(all, o.text)
	}
	return all
}

// A letter asks for an account in its headline, and never says that nothing is due while something is.
func TestTheHeadlineSaysWhatIsDueInAll(t *testing.T) {
	p := press(t, false)
	for _, c := range []struct{ situation, want string }{
		{"supplement", "il vous reste 1\u202f267,48\u00a0€ à payer"},
		{"refund", "nous vous remboursons 1\u202f932,52\u00a0€"},
		{"refund that is held", "1\u202f932,52\u00a0€ vous reviennent, le versement est suspendu"},
		{"refund to heirs", "1\u202f932,52\u00a0€ reviennent à la succession"},
		{"cancelled", "il vous reste 1\u202f908,70\u00a0€ à payer"},
		{"correction", "Correction – Cotisations sociales 2023"},
		{"notice withdrawn", "Retrait de notre avis"},
	} {
		for i, s := range letters(t, 1) {
			if situations[i].name != c.situation {
				continue
			}
			if got := layOut(p, s).headline(); !strings.Contains(got, c.want) {
				t.Errorf("%s: %q, want %q", c.situation, got, c.want)
			}
		}
	}
}

// Only a surcharge on what is still unpaid is asked; the rest of it was claimed with what was paid late.
func TestSurchargesOfWhatIsPaidAreNotAsked(t *testing.T) {
	const quarterly, yearly = 30_000, 70_000
	end := func(quarter int) pipeline.Date { return pipeline.QuarterEnd(2023, quarter) }
	late := func(on pipeline.Date, rate money.Rate, paid, unpaid money.Cents) pipeline.SurchargeTerm {
		return pipeline.SurchargeTerm{Basis: pipeline.LatePayment, On: on, Rate: rate, Paid: paid, Unpaid: unpaid, Amount: rate.Of(unpaid)}
	}
	// 1000 a quarter is called, nothing is paid in the year.
	terms := []pipeline.SurchargeTerm{late(end(1), quarterly, 0, 1000_00), late(end(2), quarterly, 0, 2000_00),
		late(end(3), quarterly, 0, 3000_00), late(end(4), quarterly, 0, 4000_00), late(end(4)+1, yearly, 0, 4000_00)}
	for _, c := range []struct {
		name                  string
		paid, arrears, barred money.Cents
		surcharges            money.Cents // that were paid
		want, apart           money.Cents
	}{
		{"nothing is paid", 0, 4000_00, 0, 0, 580_00, 0},
		{"all is paid", 4000_00, 0, 0, 0, 0, 580_00},
		{"the first three quarters are paid", 3000_00, 1000_00, 0, 0, 100_00, 480_00},
		{"a part of the last is paid", 3500_00, 500_00, 0, 0, 50_00, 530_00},
		{"a part is cancelled", 0, 2500_00, 0, 0, 30_00 + 60_00 + 75_00 + 75_00 + 175_00, 165_00},
		{"it is barred", 0, 4000_00, 4000_00, 0, 0, 580_00},
		{"the surcharges are paid, and nothing else", 0, 4000_00, 0, 50_00 + 580_00, 0, 0},
		{"a part of them is paid", 0, 4000_00, 0, 50_00 + 80_00, 500_00, 0},
		{"only those of art. 11bis are paid", 0, 4000_00, 0, 50_00, 580_00, 0},
		{"those of what was paid late are paid", 3000_00, 1000_00, 0, 50_00 + 480_00, 100_00, 0},
		{"all is paid, surcharges too", 4000_00, 0, 0, 50_00 + 580_00, 0, 0},
	} {
		y := &pipeline.SettledYear{Late: terms,
			Regularisation: pipeline.Regularisation{Paid: c.paid, Arrears: c.arrears, ArrearsBarred: c.barred,
				LateSurcharge: 580_00, SurchargeTotal: 70_00, Surcharge: 20_00, SurchargesPaid: c.surcharges, PaidOfSurcharge: min(c.surcharges, 50_00)}}
		if got, apart := y.Running(); got != c.want || apart != c.apart {
			t.Errorf("%s: %s are asked and %s apart, want %s and %s", c.name, got, apart, c.want, c.apart)
		}
	}
}

// longest is the longest literal of a text.
func longest(t wording.Text) string {
	return slices.MaxFunc(t, func(a, b wording.Segment) int { return len(a.Literal) - len(b.Literal) }).Literal
}

// The box adds up: each sum above the line is in the total, and the slips and the collection ask it. It says that nothing is due only then.
func TestTheBoxAddsUp(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		for i, s := range letters(t, language) {
			l := layOut(p, s)
			var above, total money.Cents
			for _, r := range l.boxRows {
				switch {
				case r.total:
					total = r.amount
				case r.when != l.w.Literal(wording.BoxPayout) && r.when != l.w.Literal(wording.BoxAccount) &&
					r.when != l.w.Literal(wording.BoxHeld) && r.when != l.w.Literal(wording.BoxHeirs) && r.when != l.w.Literal(wording.BoxChecked):
					above += r.amount
				}
			}
			due := l.claim + l.before + l.late
			if above != due || total != 0 && total != due {
				t.Errorf("%s, %s: the sums of the box are %s, its total %s, %s is due", language, situations[i].name, above, total, due)
			}
			said := strings.Join(textsOf(p, s), "\n")
			says := func(t wording.Term) bool { return strings.Contains(said, longest(l.w.Texts[t])) }
			if says(wording.BoxNothing) && due+l.payout+l.settled > 0 || says(wording.BoxOnly) && l.before+l.late+l.settled > 0 {
				t.Errorf("%s, %s: nothing is due, says the box", language, situations[i].name)
			}
		}
	}
}
