package payments_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/fund"
	"regul/writers/payments"
)

// A refund leaves as a transfer to the affiliate's account: the amount, the account, the name, the communication, the day.
func TestRefundIsTransferred(t *testing.T) {
	files, totals := write(t, 0, nil, settle(person(1), refund(2023, 123_45)))
	want := transaction{file: "payments/pain.001-00001.xml", message: "SPECIMEN-" + batchName + "-R00001", id: batchName + "-R0000001",
		account: belgian, name: "Anne Peeters", reference: "000001012335", on: "2026-06-30", amount: 123_45}
	if got := bank(t, files); len(got) != 1 || got[0] != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if totals[payments.Refund][payments.Sent] != (payments.Sum{Count: 1, Amount: 123_45}) {
		t.Errorf("totals %v", totals)
	}
	if got := files.xml(); !slices.Equal(got, []string{"payments/pain.001-00001.xml"}) {
		t.Errorf("files %v", got)
	}
}

// A claim on an affiliate with a mandate is collected by it, in time.
func TestClaimIsCollected(t *testing.T) {
	files, _ := write(t, 0, nil, settle(person(1), claim(2023, 123_45)))
	want := transaction{file: "payments/pain.008-00001.xml", message: "SPECIMEN-" + batchName + "-C00001", id: batchName + "-C0000001",
		account: belgian, name: "Anne Peeters", reference: "000001012335", mandate: "MDT00000101-1", signedOn: "2019-08-22",
		on: "2026-09-30", amount: 123_45}
	if got := bank(t, files); len(got) != 1 || got[0] != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := files.xml(); !slices.Equal(got, []string{"payments/pain.008-00001.xml"}) {
		t.Errorf("files %v", got)
	}
}

// Every year has its transaction, since it has its communication.
func TestYearsAreNotAddedUp(t *testing.T) {
	settlements := []pipeline.Settlement{settle(person(1), refund(2021, 100), claim(2022, 200), refund(2023, 300))}
	files, totals := write(t, 0, nil, settlements...)
	var got []string
	for _, tx := range bank(t, files) {
		got = append(got, tx.reference[8:10]+" "+tx.amount.String())
	}
	if want := []string{"21 1.00", "23 3.00", "22 2.00"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	agree(t, files, totals, settlements)
}

// A surcharge that is given back leaves even if a supplement of the same year is claimed.
func TestRefundAndClaimOfOneYear(t *testing.T) {
	both := claim(2023, 500)
	both.Surcharge, both.PaidOfSurcharge = -70, 70
	settlements := []pipeline.Settlement{settle(person(1), both)}
	files, totals := write(t, 0, nil, settlements...)
	if got := bank(t, files); len(got) != 2 || got[0].amount != 70 || got[1].amount != 500 {
		t.Errorf("%+v", got)
	}
	agree(t, files, totals, settlements)
}

// ofARealFund makes the fund one of which the account is its own.
func ofARealFund(s *payments.Settings) { real := *s.Fund; real.Specimen = false; s.Fund = &real }

// What is wrong with an account or a mandate is listed, and never sent.
func TestFaultsAreListedNotSent(t *testing.T) {
	for _, c := range []struct {
		status string
		year   pipeline.SettledYear
		change func(*pipeline.Contact)
	}{
		{"refund_without_account", refund(2023, 100), func(c *pipeline.Contact) { c.IBAN = "" }},
		{"wrong_account", refund(2023, 100), func(c *pipeline.Contact) { c.IBAN = "BE32954995642503" }},
		{"wrong_account", refund(2023, 100), func(c *pipeline.Contact) { c.IBAN = "US32954995642502" }},
		{"amount_too_large", refund(2023, 1_000_000_000_00), func(*pipeline.Contact) {}},
		{"by_transfer", claim(2023, 100), func(c *pipeline.Contact) { c.Mandate = "" }},
		{"by_transfer", claim(2023, 100), func(c *pipeline.Contact) { c.Mandate, c.IBAN = "", "wrong" }},
		{"mandate_without_account", claim(2023, 100), func(c *pipeline.Contact) { c.IBAN = "" }},
		{"wrong_account", claim(2023, 100), func(c *pipeline.Contact) { c.IBAN = "BE32954995642503" }},
		{"wrong_mandate", claim(2023, 100), func(c *pipeline.Contact) { c.Mandate = "MDT é" }},
		{"wrong_mandate", claim(2023, 100), func(c *pipeline.Contact) { c.Mandate = strings.Repeat("1", 36) }},
		{"mandate_without_date", claim(2023, 100), func(c *pipeline.Contact) { c.MandateSignedOn = 0 }},
		{"mandate_in_future", claim(2023, 100), func(c *pipeline.Contact) { c.MandateSignedOn = asOf + 1 }},
		{"address_missing", claim(2023, 100), func(c *pipeline.Contact) { c.IBAN, c.City = british, "" }},
		{"address_missing", claim(2023, 100), func(c *pipeline.Contact) { c.IBAN, c.Country = british, "United Kingdom" }},
		{"amount_too_large", claim(2023, 1_000_000_000_00), func(*pipeline.Contact) {}},
		{"mandate_shared", claim(2023, 10_00), func(c *pipeline.Contact) { c.MandateShared = true }},
		{"own_account", claim(2023, 10_00), func(c *pipeline.Contact) { c.IBAN = fund.Specimen().IBAN }},
	} {
		settlements := []pipeline.Settlement{settle(of(1, c.change), c.year)}
		files, totals := write(t, 0, ofARealFund, settlements...)
		if got := files.xml(); len(got) > 0 {
			t.Errorf("%s: there is a payment file", c.status)
		}
		if r := index(t, files).Map(0); r["status"] != c.status || r["file"] != "" || r["transaction"] != "" {
			t.Errorf("%v, want %s", r, c.status)
		}
		agree(t, files, totals, settlements)
	}
}

// A small claim on who left is not collected, and a small refund to who left does not go out while no account is known (RGS art. 50bis).
func TestSmallAmountsOfWhoLeftAreHeld(t *testing.T) {
	f := *fund.Specimen()
	f.RefundBelow, f.DebtBelow = 25_00, 500_00
	left := func(iban string) *pipeline.Party {
		return of(1, func(c *pipeline.Contact) { c.Former, c.IBAN = true, iban })
	}
	const account = "BE32954995642502"
	for _, c := range []struct {
		a      *pipeline.Party
		amount money.Cents
		refund payments.Reason
		claim  payments.Reason
	}{
		{left(""), 24_99, payments.RefundBelow, payments.DebtBelow}, {left(""), 25_00, payments.NoReason, payments.DebtBelow},
		{left(account), 24_99, payments.NoReason, payments.DebtBelow},
		{left(""), 499_99, payments.NoReason, payments.DebtBelow}, {left(""), 500_00, payments.NoReason, payments.NoReason},
		{of(1, func(c *pipeline.Contact) { c.IBAN = "" }), 1, payments.NoReason, payments.NoReason},
	} {
		if got := payments.RefundReason(&f, c.a, c.amount); got != c.refund ||
			payments.RefundStatus(&f, c.a, c.amount) == payments.Held != (c.refund != payments.NoReason) {
			t.Errorf("a refund of %s: %d", c.amount, got)
		}
		if got := payments.ClaimReason(&f, c.a, c.amount); got != c.claim ||
			payments.ClaimStatus(&f, c.a, asOf, asOf+90, c.amount) == payments.Held != (c.claim != payments.NoReason) {
			t.Errorf("a claim of %s: %d", c.amount, got)
		}
		if payments.ClaimReason(fund.Specimen(), c.a, c.amount) != payments.NoReason ||
			payments.RefundReason(fund.Specimen(), c.a, c.amount) != payments.NoReason {
			t.Error("it is off by default")
		}
	}
}

// At the limits of what is allowed a transaction is sent.
func TestLimitsAreSent(t *testing.T) {
	settlements := []pipeline.Settlement{
		settle(person(1), refund(2023, 999_999_999_99)),
		settle(of(2, func(c *pipeline.Contact) { c.Mandate = strings.Repeat("m", 35) }), claim(2023, 999_999_999_99)),
		settle(of(3, func(c *pipeline.Contact) { c.MandateSignedOn = asOf }), claim(2023, 1)),
		settle(of(4, func(c *pipeline.Contact) { c.IBAN = "be32 9549 9564 2502" }), refund(2023, 1)),
		settle(of(5, func(c *pipeline.Contact) { c.IBAN = german }), claim(2023, 1)),
		settle(of(6, func(c *pipeline.Contact) { c.IBAN = british }), claim(2023, 1)),
		settle(of(7, func(c *pipeline.Contact) { c.IBAN, c.City = british, "" }), refund(2023, 1)),
	}
	files, totals := write(t, 0, nil, settlements...)
	if len(bank(t, files)) != len(settlements) {
		t.Error(totals)
	}
	valid(t, files)
}

// A collection from outside the EEA gives the debtor's address, one from inside does not.
func TestAddressOfDebtors(t *testing.T) {
	files, _ := write(t, 0, nil, settle(person(1), claim(2023, 1)),
		settle(of(2, func(c *pipeline.Contact) { c.IBAN = british }), claim(2023, 1)))
	document, err := parse(files["payments/pain.008-00001.xml"].Bytes())
	if err != nil {
		t.Fatal(err)
	}
	debtors := document.at("CstmrDrctDbtInitn/PmtInf/DrctDbtTxInf/Dbtr")
	if got := debtors[0].the("PstlAdr/TwnNm") + ", " + debtors[1].the("PstlAdr/TwnNm"); got != ", Gent" {
		t.Errorf("towns %q", got)
	}
}

// A fund without a creditor identifier collects nothing.
func TestFundWithoutDirectDebits(t *testing.T) {
	settlements := []pipeline.Settlement{settle(person(1), claim(2023, 100))}
	files, totals := write(t, 0, func(s *payments.Settings) { s.Fund.CreditorID = "" }, settlements...)
	if r := index(t, files).Map(0); r["status"] != "by_transfer" || r["due_on"] != "2026-09-30" || len(files.xml()) > 0 {
		t.Errorf("%v, files %v", r, files.xml())
	}
	agree(t, files, totals, settlements)
}

// A year in which nothing is paid or claimed has no row; the index is there all the same.
func TestNothingToPay(t *testing.T) {
	files, totals := write(t, 0, nil, settle(person(1), refund(2023, 0), claim(2022, 0)))
	if rows := index(t, files).Rows; len(rows) != 0 || len(files.xml()) != 0 || totals != (payments.Totals{}) {
		t.Errorf("%d rows, files %v, totals %v", len(rows), files.xml(), totals)
	}
}

// Full files are written as they fill; the last holds the rest.
func TestFilesAreSplitAtTheLimit(t *testing.T) {
	for count, want := range map[int][]int{2: {2}, 3: {3}, 4: {3, 1}, 6: {3, 3}, 7: {3, 3, 1}} {
		var settlements []pipeline.Settlement
		for i := range count {
			settlements = append(settlements, settle(person(i), refund(2023, money.Cents(i+1))),
				settle(of(100+i, func(c *pipeline.Contact) { c.IBAN = "" }), refund(2023, 7)))
		}
		files, totals := write(t, 3, nil, settlements...)
		var got []int
		for _, name := range files.xml() {
			transactions, err := transactionsOf(files[name].Bytes())
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, len(transactions))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d transactions: files of %v, want %v", count, got, want)
		}
		agree(t, files, totals, settlements)
	}
}

// The real limit is 50 000.
func TestFiftyThousandTransactions(t *testing.T) {
	a, years := person(1), []pipeline.SettledYear{refund(2023, 1)}
	settlements := make([]pipeline.Settlement, payments.MaxTransactions+1)
	for i := range settlements {
		settlements[i] = pipeline.Settlement{Party: a, Years: years}
	}
	files, totals := write(t, 0, nil, settlements...)
	agree(t, files, totals, settlements)
	valid(t, files)
	second, err := transactionsOf(files["payments/pain.001-00002.xml"].Bytes())
	if err != nil || len(second) != 1 || len(files.xml()) != 2 {
		t.Errorf("files %v; %v; the second holds %d", files.xml(), err, len(second))
	}
}

// The same settlements give the same bytes, and their memory may be used again after each call.
func TestSameBytesFromReusedMemory(t *testing.T) {
	var settlements []pipeline.Settlement
	for i := range 50 {
		settlements = append(settlements, settle(of(i, func(c *pipeline.Contact) { c.LastName = fmt.Sprint("Peeters ", i) }),
			refund(2022, money.Cents(i+1)), claim(2023, money.Cents(i+1))))
	}
	want, _ := write(t, 7, nil, settlements...)
	got := store{}
	w, err := payments.NewWriter(settings(got))
	if err != nil {
		t.Fatal(err)
	}
	w.SetLimit(7)
	var party pipeline.Party
	reused := pipeline.Settlement{Party: &party}
	for _, s := range settlements {
		party = *s.Party
		name := []byte(party.Contact.LastName)
		party.Contact.LastName = string(name)
		reused.Years = append(reused.Years[:0], s.Years...)
		if err := w.Settlement(&reused); err != nil {
			t.Fatal(err)
		}
		party = pipeline.Party{}
		clear(reused.Years)
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want))) {
		t.Fatalf("files %v", got.xml())
	}
	for name := range want {
		if !bytes.Equal(got[name].Bytes(), want[name].Bytes()) {
			t.Errorf("%s differs", name)
		}
	}
}

// The bank must not collect on another day than the notice says.
func TestClaimOfAnotherDayIsAnError(t *testing.T) {
	w, err := payments.NewWriter(settings(store{}))
	if err != nil {
		t.Fatal(err)
	}
	other := claim(2023, 100)
	other.DueDate++
	s := settle(person(1), other)
	if err := w.Settlement(&s); err == nil || !strings.Contains(err.Error(), "2026-10-01") {
		t.Error(err)
	}
	if _, err := w.Close(); err == nil {
		t.Error("Close forgets the error")
	}
}

// Refunds of a weekend are executed on Monday, claims that fall due on one are collected before it.
func TestDaysOfExecutionAndCollection(t *testing.T) {
	saturday := pipeline.DateOf(2026, time.February, 28) // due on 30 June 2026, a Tuesday
	files, _ := write(t, 0, func(s *payments.Settings) { s.AsOf, s.DueDate = saturday, pipeline.DateOf(2026, time.May, 31) },
		settle(person(1), refund(2023, 1)), func() pipeline.Settlement {
			c := claim(2023, 1)
			c.DueDate = pipeline.DateOf(2026, time.May, 31) // a Sunday
			return settle(person(2), c)
		}())
	if got := bank(t, files); got[0].on != "2026-03-02" || got[1].on != "2026-05-29" {
		t.Errorf("on %s and %s", got[0].on, got[1].on)
	}
}

// Only what a specimen fund sends is marked as a specimen.
func TestSpecimenIsMarked(t *testing.T) {
	for _, specimen := range []bool{true, false} {
		files, _ := write(t, 0, func(s *payments.Settings) { s.Fund.Specimen = specimen }, settle(person(1), refund(2023, 1)),
			settle(person(2), claim(2023, 1)))
		for _, name := range files.xml() {
			content := files[name].String()
			marked := strings.Contains(content, "<MsgId>SPECIMEN-") &&
				strings.Contains(content, "<!-- SPECIMEN of a fund that does not exist: this file must not be sent to a bank. -->")
			if marked != specimen || !specimen && strings.Contains(content, "SPECIMEN") {
				t.Errorf("%s of a specimen (%v): marked %v", name, specimen, marked)
			}
		}
		valid(t, files)
	}
}

// The fund is named in the language that is asked for.
func TestLanguageOfTheFund(t *testing.T) {
	for language, want := range map[pipeline.Language]string{0: "Caisse d'assurances sociales Specimen",
		2: "Socialeverzekeringsfonds Specimen", 3: "Sozialversicherungskasse Muster"} {
		files, _ := write(t, 0, func(s *payments.Settings) { s.Language = language }, settle(person(1), refund(2023, 1)))
		if !strings.Contains(files["payments/pain.001-00001.xml"].String(), "<Nm>"+want+"</Nm>") {
			t.Errorf("language %d: not %s", language, want)
		}
	}
}

// Settings that would make wrong files are refused before there is one.
func TestSettingsAreChecked(t *testing.T) {
	for want, change := range map[string]func(*payments.Settings){
		"fund.iban":      func(s *payments.Settings) { s.Fund.IBAN = "BE68539007547035" },
		"fund.name":      func(s *payments.Settings) { s.Fund.Name = fund.Same("社會") },
		"fund.country":   func(s *payments.Settings) { s.Fund.Country = "Belgium" },
		"name of the ba": func(s *payments.Settings) { s.Batch = strings.Repeat("b", 20) },
		"be 1 to 19 cha": func(s *payments.Settings) { s.Batch = "été" },
		"collected":      func(s *payments.Settings) { s.DueDate = s.AsOf },
	} {
		files := store{}
		s := settings(files)
		change(&s)
		if _, err := payments.NewWriter(s); err == nil || !strings.Contains(err.Error(), want) || len(files) > 0 {
			t.Errorf("%v, want %s; files %d", err, want, len(files))
		}
	}
}

var errDisk = errors.New("no space left")

// failing fails to make or to write the n-th file, or to close it.
type failing struct {
	files                int
	create, write, close int
}

type failingFile struct{ write, close bool }

func (f *failing) make(string) (io.WriteCloser, error) {
	f.files++
	if f.files == f.create {
		return nil, errDisk
	}
	return &failingFile{f.files == f.write, f.files == f.close}, nil
}

func (f *failingFile) Write(p []byte) (int, error) {
	if f.write {
		return 0, errDisk
	}
	return len(p), nil
}

func (f *failingFile) Close() error {
	if f.close {
		return errDisk
	}
	return nil
}

// An error of any file (1 is the index, 2 a full file, 3 and 4 those that Close writes) comes out, and stays.
func TestErrorsOfFilesComeOut(t *testing.T) {
	for n := range 4 {
		for what, storage := range map[string]*failing{"create": {create: n + 1}, "write": {write: n + 1}, "close": {close: n + 1}} {
			s := settings(store{})
			s.Create = storage.make
			w, err := payments.NewWriter(s)
			if err != nil {
				if n != 0 || what != "create" || !errors.Is(err, errDisk) {
					t.Errorf("%s %d: %v", what, n+1, err)
				}
				continue
			}
			w.SetLimit(2)
			for i := range 3 {
				settled := settle(person(i), refund(2022, 1), claim(2023, 1))
				if i == 2 {
					settled.Years = append(settled.Years[:0:0], refund(2022, 1), claim(2023, 1))
				}
				err = w.Settlement(&settled)
			}
			if early := n == 1 || n == 2; early != errors.Is(err, errDisk) {
				t.Errorf("%s %d: settlements end with %v", what, n+1, err)
			}
			if _, err := w.Close(); !errors.Is(err, errDisk) {
				t.Errorf("%s %d: Close says %v", what, n+1, err)
			}
		}
	}
}

// Errors tell nobody's name, number or account.
func TestErrorsHoldNoPerson(t *testing.T) {
	w, err := payments.NewWriter(settings(store{}))
	if err != nil {
		t.Fatal(err)
	}
	other := claim(2023, 100)
	other.DueDate++
	a := person(1)
	s := settle(a, other)
	err = w.Settlement(&s)
	for _, secret := range []string{string(a.Append(nil)), a.Contact.LastName, a.Contact.IBAN, a.Contact.Mandate} {
		if err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%v", err)
		}
	}
}
