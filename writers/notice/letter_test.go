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
)

// Every amount of a settlement stands in its letter, as the language writes it.
func TestEveryAmountIsInTheLetter(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		for i, s := range letters(t, language) {
			text := strings.Join(textsOf(p, s), "\n")
			for _, amount := range amountsOf(s) {
				want := string(styles[language].appendNumber(nil, amount))
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
		all = append(all, y.NetIncome, y.AnnualIncome, y.Contribution, y.Fee, y.Definitive, y.Called, y.Paid, y.Supplement, y.SurplusApplied, y.ToPay,
			y.Cancelled, y.RefundGross, y.Refund, y.Arrears, max(y.Surcharge, -y.Surcharge), y.SurchargeTotal, y.Before.Income, y.Before.Definitive,
			y.Claim(), y.Payout())
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
		want := Placed{Number: s.Party.Number, Digits: 11, Dossier: s.Party.Dossier, Place: Place{Language: 1, Postcode: s.Party.Contact.Postcode,
			FirstPage: next, Pages: at.Pages, Claim: claim, Payout: payout}}
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
		return p.words[1].texts[contestCourt][0].literal + strings.Join(rightsOf(p), "\n")
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
	l.rightsOfReader()
	for _, o := range l.sheets[0] {
		all = append(all, o.text)
	}
	return all
}

// A letter asks for an account in its headline, and never says that nothing is due while something is.
func TestTheHeadlineSaysWhatIsDueInAll(t *testing.T) {
	p := press(t, false)
	for _, c := range []struct{ situation, want string }{
		{"supplement", "il vous reste 1\u202f495,64\u00a0€ à payer"},
		{"cancelled", "il vous reste 2\u202f244,78\u00a0€ à payer"},
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
