package payments_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/fund"
	"regul/writers/payments"
)

// withCheckDigits is an account number of a country whose check digits are right, with any rest.
func withCheckDigits(country, rest string) string {
	check := 98 - pipeline.Remainder97(rest+country+"00")
	return country + string(byte('0'+check/10)) + string(byte('0'+check%10)) + rest
}

// randomText mixes what names are made of with what they should not hold, some of it no UTF-8.
func randomText(rng *rand.Rand) string {
	pieces := []string{"Anne", "é", "ß", "Œ", "Ł", "ı", "ψ", "Щ", "李", "م", "’", "&", "<", ">", "\"", "]]>", "//", "/", " ", "  ", "\t",
		"\x00", "\xff", "\u0301", "\ufeff", "🙂", "a", "Z", "0", "."}
	var b strings.Builder
	for range rng.IntN(12) {
		if rng.IntN(6) == 0 {
			b.WriteRune(rune(rng.IntN(0x11000)))
		} else {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
	}
	return b.String()
}

// randomContact is often usable and sometimes anything.
func randomContact(rng *rand.Rand) pipeline.Contact {
	pick := func(usual ...string) string {
		if n := rng.IntN(len(usual) + 1); n < len(usual) {
			return usual[n]
		}
		return randomText(rng)
	}
	return pipeline.Contact{LastName: randomText(rng), FirstName: randomText(rng), Street: randomText(rng),
		Postcode: pick("9000", "SW1A 1AA"), City: pick("Gent", ""), Country: pick("BE", "GB", "be", ""),
		IBAN:            pick(belgian, belgian, german, british, british, "", withCheckDigits("BE", "539007547035"), fund.Specimen().IBAN),
		Mandate:         pick("MDT1-2", "MDT2", "", "a/b"),
		MandateSignedOn: []pipeline.Date{0, signed, signed, signed, asOf, asOf + 1}[rng.IntN(6)], MandateShared: rng.IntN(20) == 0}
}

// Whatever the register holds, the files are what a bank accepts, and nothing vanishes.
func TestRandomContacts(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var settlements []pipeline.Settlement
	for i := range 5_000 {
		a := person(i)
		a.Contact = randomContact(rng)
		if rng.IntN(30) == 0 {
			a.Hold = pipeline.Hold(1 + rng.IntN(len(pipeline.Holds())-1))
		}
		years := []pipeline.SettledYear{refund(2022, money.Cents(rng.IntN(1_000_000))), claim(2023, money.Cents(rng.IntN(1_000_000)))}
		if rng.IntN(20) == 0 {
			years[0].Refund, years[1].ToPay = 1_000_000_000_00, 1_000_000_000_00
		}
		settlements = append(settlements, settle(a, years...))
	}
	files, totals := write(t, 1_000, ofARealFund, settlements...)
	valid(t, files)
	agree(t, files, totals, settlements)
	for kind := range payments.KindCount {
		for status := range payments.StatusCount {
			possible := status != payments.RefundWithoutAccount || kind == payments.Refund
			if kind == payments.Refund {
				possible = status == payments.Sent || status == payments.RefundWithoutAccount || status == payments.WrongAccount ||
					status == payments.AmountTooLarge || status == payments.OwnAccount || status == payments.Held
			}
			if got := totals[kind][status].Count; got > 0 != possible {
				t.Errorf("%s %s: %d", kind, status, got)
			}
		}
	}
}

// FuzzContacts writes the refund and the claim of one affiliate, with any bytes in the register.
func FuzzContacts(f *testing.F) {
	f.Add("Anne", "Peeters", "Dorpsstraat 1", "9000", "Gent", "BE", belgian, "MDT1-2", int32(signed), int64(100))
	f.Add("Ève\xff", "<&]]>", "//", "\x00", "\u0301", "GB", british, "a//b", int32(0), int64(1))
	f.Add("", "", "", "", "Τρίπολη", "GR", german, "a/b", int32(signed), int64(999_999_999_99))
	f.Fuzz(func(t *testing.T, first, last, street, postcode, city, country, iban, mandate string, on int32, amount int64) {
		day := pipeline.Date(on)
		if !day.Valid() && day != 0 {
			return // the readers refuse it
		}
		a := person(1)
		a.Contact = pipeline.Contact{FirstName: first, LastName: last, Street: street, Postcode: postcode, City: city, Country: country,
			IBAN: iban, Mandate: mandate, MandateSignedOn: day}
		cents := money.Cents(uint64(amount) % 200_000_000_000)
		settlements := []pipeline.Settlement{settle(a, refund(2022, cents), claim(2023, cents))}
		files, totals := write(t, 0, nil, settlements...)
		agree(t, files, totals, settlements)
		valid(t, files)
	})
}
