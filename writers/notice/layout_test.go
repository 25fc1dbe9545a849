package notice

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/wording"
)

// settled is a situation by its name, in a language.
func settled(t *testing.T, name string, language pipeline.Language) *pipeline.Settlement {
	t.Helper()
	for i, s := range situations {
		if s.name == name {
			f := newFile(t)
			s.make(f)
			return f.settle(language, uint32(900_001+i))
		}
	}
	t.Fatalf("there is no situation %s", name)
	return nil
}

// A usual letter is one sheet: what it asks on the front, the calculation and the rights on the back.
func TestUsualLettersAreOneSheet(t *testing.T) {
	p := press(t, false)
	for _, name := range []string{"supplement", "refund", "refund without account", "cancelled", "settled by surplus", "direct debit",
		"correction", "correction after a change of the account", "notice withdrawn and replaced", "surcharge", "surcharge given back",
		"main occupation after the evidence", "contested income", "a correction corrected", "two years to pay", "starter before 2015",
		"offset with a supplement", "two refunds, one beyond the limit"} {
		for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
			if l := layOut(p, settled(t, name, language)); len(l.sheets) != 2 || !l.helped && l.claim+l.before+l.late > 0 {
				t.Errorf("%s, %s: %d pages, help on the first: %v", language, name, len(l.sheets), l.helped)
			}
		}
	}
}

// One of two slips is one sheet as well; what can be done by who can't pay stands on its back.
func TestArrearsAndAClaimAreOneSheet(t *testing.T) {
	p := press(t, false)
	for _, name := range []string{"arrears and a claim", "arrears that are barred"} {
		for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
			if l := layOut(p, settled(t, name, language)); len(l.sheets) != 2 {
				t.Errorf("%s, %s: %d pages", language, name, len(l.sheets))
			}
		}
	}
}

// An income that is contested does not make the contribution final: the front says on what it is computed.
func TestTheFrontSaysThatAnIncomeIsContested(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		said := strings.Join(textsOfPage(layOut(p, settled(t, "contested income", language)), 0), " ")
		amount := func(c money.Cents) string { return string(p.words[language].Style.AppendAmount(nil, c)) }
		for _, want := range []string{amount(30_000_00), amount(52_000_00)} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: the front does not say %s", language, want)
			}
		}
	}
}

// The rights never take a sheet for themselves while what comes before them has room beside them.
func TestTheLastPageOfALongLetterHoldsMoreThanTheRights(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		l := layOut(p, settled(t, "ten years", language))
		last := textsOfPage(l, len(l.sheets)-1)
		if help := p.words[language].Literal(wording.HelpTitle); !slices.Contains(last, help) {
			t.Errorf("%s: the last of %d pages lacks %q", language, len(l.sheets), help)
		}
	}
}

// Both slips stand on the first page, and the table of a settlement on one.
func TestSlipsAndSettlementsAreNotParted(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		l := layOut(p, settled(t, "several years", language))
		slips := 0
		for _, o := range l.sheets[0] {
			if o.kind == codes {
				slips++
			}
		}
		if slips != 2 {
			t.Errorf("%s: %d slips on the first page", language, slips)
		}
		for _, page := range l.sheets[1:] {
			begun, ended := 0, 0
			for _, o := range page {
				if strings.HasPrefix(o.text, l.w.Literal(wording.SettlementTitle)) {
					begun++
				}
				if o.text == l.say(wording.SettlementLateSettled) {
					ended++
				}
			}
			if begun != ended {
				t.Errorf("%s: a page begins %d settlements and ends %d", language, begun, ended)
			}
		}
	}
}

// The summary of years has a column for what there is, and none that is empty.
func TestSummaryHidesEmptyColumns(t *testing.T) {
	p := press(t, false)
	columns := []wording.Term{wording.SummarySupplement, wording.SummaryRefund, wording.SummaryOffsets, wording.SummarySurcharges,
		wording.SummaryPay, wording.SummaryPayout}
	for _, c := range []struct {
		situation string
		want      []wording.Term
	}{
		{"several years", []wording.Term{wording.SummarySupplement, wording.SummaryPay}},
		{"offset with a supplement", []wording.Term{wording.SummarySupplement, wording.SummaryRefund, wording.SummaryOffsets,
			wording.SummaryPay}},
	} {
		said := textsOf(p, settled(t, c.situation, 1))
		var got []string
		for _, column := range columns {
			if name := p.words[1].Literal(column); slices.Contains(said[:slices.Index(said,
				p.words[1].Literal(wording.SummaryTotal))], name) {
				got = append(got, wording.Specs[column].Name)
			}
		}
		var want []string
		for _, column := range c.want {
			want = append(want, wording.Specs[column].Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: columns %s, want %s", c.situation, got, want)
		}
	}
}

// The first page says of every quarter that counts otherwise than declared why it does.
func TestEveryFailedStatusIsExplained(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		for _, name := range []string{"main occupation after the evidence", "two years, a status fails in one"} {
			s := settled(t, name, language)
			said := strings.Join(textsOfPage(layOut(p, s), 0), " ")
			last := &s.Years[len(s.Years)-1]
			for i := range last.Quarters {
				if reason := last.Quarters[i].Reason; reason != pipeline.AsDeclared &&
					!strings.Contains(said, p.words[language].Reasons[reason]) {
					t.Errorf("%s, %s: quarter %d is not explained: %s", name, language, i+1, said)
				}
			}
		}
	}
}

func textsOfPage(l *letter, page int) (all []string) {
	for _, o := range l.sheets[page] {
		if o.kind == texts {
			all = append(all, o.text)
		}
	}
	return all
}

// What stands within a sentence begins as it does there, and a line begins with a capital.
func TestReasonsBeginAsTheirPlaceWants(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		l := layOut(p, settled(t, "supplement", language))
		for _, reason := range p.words[language].Reasons[1:] {
			first, _ := utf8.DecodeRuneInString(l.sentence(reason))
			if !unicode.IsUpper(first) {
				t.Errorf("%s: a line begins with %q", language, l.sentence(reason))
			}
			if inside, _ := utf8.DecodeRuneInString(reason); language != 3 && !unicode.IsLower(inside) {
				t.Errorf("%s: in a sentence, %q", language, reason)
			}
		}
	}
}

// A line for several quarters speaks of them in the plural.
func TestQuartersTogetherAreSaidInThePlural(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		w := p.words[language]
		has := func(situation, text string) bool {
			return slices.ContainsFunc(textsOf(p, settled(t, situation, language)),
				func(said string) bool { return strings.HasPrefix(said, text+" · ") })
		}
		if !has("supplement", w.Plural[pipeline.Due]) || has("supplement", w.Standings[pipeline.Due]) {
			t.Errorf("%s: four quarters are not said in the plural", language)
		}
		if !has("main occupation after the evidence", w.Standings[pipeline.Due]) {
			t.Errorf("%s: one quarter is not said in the singular", language)
		}
	}
}

// A wording of before, which still has terms that are not said any more and lacks later ones, is whole.
func TestWordingsOfBeforeAreWhole(t *testing.T) {
	given := files(t)
	for name, file := range given {
		file.Data = append(file.Data, "\n"...)
		given[name].Data = []byte(strings.Replace(string(file.Data), "summary:\n", "summary:\n  offset: \"{result}, x\"\n", 1))
	}
	if _, err := New(Settings{Fund: press(t, false).fund, Wording: given, Law: standard(t), Fees: fees(standard(t)),
		AsOf: day(t, asOf)}); err != nil {
		t.Error(err)
	}
}

// A sentence about one quarter is in the singular.
func TestOneQuarterIsSaidInTheSingular(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		w := p.words[language]
		ends := func(of func(*file), term wording.Term) bool {
			f := newFile(t)
			of(f)
			parts := w.Texts[term]
			return strings.Contains(strings.Join(textsOf(p, f.settle(language, 900_001)), " "), parts[len(parts)-1].Literal)
		}
		exempt := func(standing pipeline.Standing) func(*file) {
			return func(f *file) {
				f.quarter(2023, 1, "complementary", pipeline.Due, 90_00)
				for quarter := 2; quarter <= 4; quarter++ {
					f.quarter(2023, quarter, "complementary", standing, 90_00)
				}
				f.income(2023, "2026-W25-000910", "2026-06-15", 1_000_00)
			}
		}
		if !ends(exempt(pipeline.NotDue), wording.WhyExemptOne) || !ends(exempt(pipeline.Due), wording.WhyExempt) {
			t.Errorf("%s: exempt quarters do not agree in number", language)
		}
		said := textsOf(p, settled(t, "starter before 2015", language))
		if !slices.ContainsFunc(said, func(line string) bool { return strings.HasPrefix(line, w.Literal(wording.IncomeBorrowedOne)) }) {
			t.Errorf("%s: the one quarter of a starter is said in the plural", language)
		}
	}
}

// A letter to heirs says on its front whom the money is for, and what it waits for.
func TestTheFrontTellsHeirs(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		said := textsOfPage(layOut(p, settled(t, "refund to heirs", language)), 0)
		if box := p.words[language].Literal(wording.BoxHeirs); !slices.Contains(said, box) {
			t.Errorf("%s: the box lacks %q: %q", language, box, said)
		}
	}
}
