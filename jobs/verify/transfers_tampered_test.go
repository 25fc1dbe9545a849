package verify_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/fixtures/reference"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/outgoing"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/jobs/verify"
)

// The accounts of those who are paid, and one of somebody else.
const (
	account1  = "BE71096123456769"
	account2  = "BE68539007547034"
	account3  = "BE62510007547061"
	thiefs    = "NL91ABNA0417164300"
	transfers = "payments/pain.001-00001.xml"
	debits    = "payments/pain.008-00001.xml"
	index     = "payments/index.parquet"
)

// paidPeople publishes a night that pays two affiliates and collects from a third, and gives the folders of its inputs and of the batch.
func paidPeople(t testing.TB, out string) (inputs, folder string) {
	t.Helper()
	people := []struct{ niss, dossier, name, iban, mandate, signed, income string }{
		{"70052004188", "77", "Dupont", account1, "", "", "17000.00"},
		{"80010100107", "78", "Müller", account2, "", "", "17500.00"},
		{"81010100227", "79", "Janssens", account3, "M-79", "2020-01-02", "60000.00"},
	}
	in := reference.Inputs{}
	for _, p := range people {
		in["affiliates"] = append(in["affiliates"],
			[]string{p.niss, p.dossier, "fr", p.name, "Anne", "Rue Haute 1", "1000", "Bruxelles", "BE", p.iban, p.mandate, p.signed})
		in["revenue"] = append(in["revenue"], []string{p.niss, "2023", "C" + p.dossier, "2026-06-01", "trader", p.income, ""})
		for quarter := 1; quarter <= 4; quarter++ {
			q := fmt.Sprint(quarter)
			in["account"] = append(in["account"], []string{p.niss, "2023", q, "main", "due", "", "1500.00", "1500.00", "false"})
			in["payments"] = append(in["payments"], []string{p.niss, "2023", q, "2023-03-31", "1500.00"})
		}
	}
	inputs = t.TempDir()
	n := jobstest.Night{In: in, AsOf: "2026-06-30", Fees: jobstest.NoFee}
	o := n.Options(t, out, jobstest.WriteCSV(t, inputs, in, cases.Comma))
	o.Outgoing = outgoingOf(t, run.People)
	result := jobstest.Must[*run.Result](t)(run.Run(context.Background(), o))
	return inputs, filepath.Join(out, result.Folder)
}

// outgoingOf are letters and payment files of the specimen.
func outgoingOf(t testing.TB, of *run.Subject) outgoing.Options {
	t.Helper()
	s := run.Settings{Subject: of, AsOf: "2026-06-30", Fee: "0", Workers: 1, Out: t.TempDir()}
	o, _ := s.Check()
	return o.Outgoing
}

// edit changes a file of a batch by its text.
func edit(t testing.TB, folder, name string, change func(text string) string) {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	before := string(jobstest.Must[[]byte](t)(os.ReadFile(path)))
	after := change(before)
	if after == before {
		t.Fatalf("%s was not changed", name)
	}
	jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path), after)
}

// instead replaces a text by another, the first time that it stands there.
func instead(old, new string) func(string) string {
	return func(text string) string { return strings.Replace(text, old, new, 1) }
}

// swapped exchanges two texts.
func swapped(a, b string) func(string) string { return strings.NewReplacer(a, b, b, a).Replace }

// exchanged exchanges the first two elements of a name.
func exchanged(element string) func(string) string {
	return func(text string) string {
		begin, end := "<"+element+">", "</"+element+">"
		first := strings.Index(text, begin)
		last := strings.LastIndex(text, begin)
		firstEnd := first + strings.Index(text[first:], end) + len(end)
		lastEnd := last + strings.Index(text[last:], end) + len(end)
		return text[:first] + text[last:lastEnd] + text[firstEnd:last] + text[first:firstEnd] + text[lastEnd:]
	}
}

// Who changes a payment file and renews every digest is found by the index; who changes both by the register, the regularisations or the
// letters.
func TestTamperedTransferIsFound(t *testing.T) {
	t.Parallel()
	type attack func(t *testing.T, folder string)
	in := func(name string, change func(string) string) attack {
		return func(t *testing.T, folder string) { edit(t, folder, name, change) }
	}
	both := func(xml func(string) string, row int, cells ...string) attack {
		return func(t *testing.T, folder string) {
			edit(t, folder, transfers, xml)
			rewrite(t, folder, index, func(f *tableFile) {
				for i := 0; i < len(cells); i += 2 {
					f.set(row, cells[i], cells[i+1])
				}
			})
		}
	}
	toThief := func(text string) string { return strings.NewReplacer(account1, thiefs, account2, thiefs).Replace(text) }
	for _, c := range []struct {
		name string
		do   attack
		want []string
	}{
		{"nothing", func(*testing.T, string) {}, nil},
		{"a refund is redirected", in(transfers, instead(account1, thiefs)), []string{"payments"}},
		{"every refund is redirected", in(transfers, toThief), []string{"payments"}},
		{"two accounts are swapped", in(transfers, swapped(account1, account2)), []string{"payments"}},
		{"two transfers are swapped", in(transfers, exchanged("CdtTrfTxInf")), []string{"payments"}},
		{"another name", in(transfers, instead("Anne Dupont", "Anne Durand")), []string{"payments"}},
		{"another identifier", in(transfers, instead("-R0000001<", "-R0000009<")), []string{"payments"}},
		{"another message", in(transfers, instead("-R00001<", "-R00002<")), []string{"payments"}},
		{"another reference", in(transfers, instead("<Ref>0000007", "<Ref>0000008")), []string{"payments"}},
		{"another day", in(transfers, instead("<Dt>2026-06-30", "<Dt>2026-07-30")), []string{"payments"}},
		{"another currency", in(transfers, instead(`Ccy="EUR"`, `Ccy="USD"`)), []string{"payments"}},
		{"paid from elsewhere", in(transfers, instead("<DbtrAcct><Id><IBAN>BE", "<DbtrAcct><Id><IBAN>NL")), []string{"payments"}},
		{"everything from elsewhere", func(t *testing.T, folder string) {
			edit(t, folder, transfers, instead("<DbtrAcct><Id><IBAN>BE", "<DbtrAcct><Id><IBAN>NL"))
			edit(t, folder, debits, instead("<CdtrAcct><Id><IBAN>BE", "<CdtrAcct><Id><IBAN>NL"))
		}, []string{"payments"}},
		{"a second account", in(transfers, instead("</CdtrAcct>", "</CdtrAcct><CdtrAcct><Id><IBAN>"+thiefs+"</IBAN></Id></CdtrAcct>")),
			[]string{"payments"}},
		{"an ultimate creditor", in(transfers, instead("<RmtInf>", "<UltmtCdtr><Nm>X</Nm></UltmtCdtr><RmtInf>")), []string{"payments"}},
		{"a comment", in(transfers, instead("<RmtInf>", "<!-- x --><RmtInf>")), []string{"payments"}},
		{"a second group", in(transfers, instead("</PmtInf>", "</PmtInf><PmtInf><PmtInfId>X</PmtInfId></PmtInf>")), []string{"payments"}},
		{"something after the end", in(transfers, func(text string) string { return text + "<Document></Document>" }),
			[]string{"payments"}},
		{"cut off", in(transfers, instead("</Document>", "")), []string{"payments"}},
		{"no XML", in(transfers, func(string) string { return "<a><b></a>" }), []string{"payments"}},
		{"another mandate", in(debits, instead("M-79", "M-80")), []string{"payments"}},
		{"another day of the mandate", in(debits, instead("2020-01-02", "2020-01-03")), []string{"payments"}},
		{"another sequence", in(debits, instead("RCUR", "FRST")), []string{"payments"}},
		{"another scheme", in(debits, instead("CORE", "B2B")), []string{"payments"}},
		{"collected for somebody else", in(debits, instead("<CdtrAcct><Id><IBAN>BE", "<CdtrAcct><Id><IBAN>NL")), []string{"payments"}},
		{"a refund is redirected in the index too", both(instead(account1, thiefs), 0, "iban", thiefs), []string{"register"}},
		{"another name in the index too", both(instead("Anne Dupont", "Anne Durand"), 0, "name", "Anne Durand"), []string{"register"}},
		{"another dossier in the index too", both(instead("Anne Dupont", "Anne Durand"), 0, "name", "Anne Durand", "dossier", "123"),
			[]string{"register"}},
		{"a collection from another account", func(t *testing.T, folder string) {
			edit(t, folder, debits, instead(account3, thiefs))
			rewrite(t, folder, index, func(f *tableFile) { f.set(f.rowWhere(t, "kind", "claim"), "iban", thiefs) })
		}, []string{"register"}},
		{"a collection under another mandate", func(t *testing.T, folder string) {
			edit(t, folder, debits, instead("M-79", "M-80"))
			rewrite(t, folder, index, func(f *tableFile) { f.set(f.rowWhere(t, "kind", "claim"), "mandate", "M-80") })
		}, []string{"register"}},
		{"two amounts are swapped in both", func(t *testing.T, folder string) {
			rewrite(t, folder, index, func(f *tableFile) {
				a, b := f.rows[0][f.column("amount")], f.rows[1][f.column("amount")]
				edit(t, folder, transfers, swapped(">"+a+"<", ">"+b+"<"))
				f.set(0, "amount", b)
				f.set(1, "amount", a)
			})
		}, []string{"payments"}},
		{"the letters tell other people", func(t *testing.T, folder string) {
			rewrite(t, folder, "notices/index.parquet", func(f *tableFile) {
				a, b := f.rows[0][f.column("payout")], f.rows[1][f.column("payout")]
				f.set(0, "payout", b)
				f.set(1, "payout", a)
			})
		}, []string{"payments"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			_, folder := paidPeople(t, out)
			c.do(t, folder)
			resealed(t, folder, nil)
			v := jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))
			if got := failed(v); !slices.Equal(got, c.want) {
				t.Errorf("%v failed, want %v: %s", got, c.want, failuresOf(v))
			}
			if text := failuresOf(v); strings.Contains(text, "Anne") || strings.Contains(text, account1) || strings.Contains(text, thiefs) {
				t.Errorf("a failure tells whom it is about: %s", text)
			}
		})
	}
}

// What the files alone can't tell is said: the register was changed, or is gone, since.
func TestRegisterThatIsNotAtHandIsSaid(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(path string) error{
		"gone":    os.Remove,
		"changed": func(path string) error { return os.WriteFile(path, []byte("x"), 0o600) },
	} {
		out := t.TempDir()
		inputs, _ := paidPeople(t, out)
		if err := change(filepath.Join(inputs, "affiliates.csv")); err != nil {
			t.Fatal(err)
		}
		v := jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))
		at := slices.IndexFunc(v.Checks, func(c verify.Check) bool { return c.Name == "register" })
		if at < 0 || !v.Holds || v.Checks[at].Note != "not checked: the register affiliates.csv is not at hand as the night read it" {
			t.Errorf("%s: %+v", name, v.Checks)
		}
	}
}

// A count or sum that the manifest tells whoever signs at the bank is that of the file.
func TestSumThatTheManifestTellsOfAPaymentFile(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	_, folder := paidPeople(t, out)
	resealed(t, folder, func(m *batch.Manifest) {
		at := slices.IndexFunc(m.Files, func(f batch.ManifestFile) bool { return f.Path == transfers })
		if m.Files[at].Rows != 2 || m.Files[at].Sum == nil {
			t.Fatalf("%+v", m.Files[at])
		}
		*m.Files[at].Sum++
	})
	if got := failed(jobstest.Must[*verify.Verification](t)(OpenVerified(t, out))); !slices.Equal(got, []string{"payments"}) {
		t.Errorf("%v failed", got)
	}
}

// Companies are paid by the same files: their refunds are compared too.
func TestTamperedTransferToACompanyIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		index bool
		want  []string
	}{"in the file": {false, []string{"payments"}}, "in the index too": {true, []string{"register"}}} {
		// The account is that of the specimen too, which stands before it.
		out := t.TempDir()
		row := jobstest.CompanyRow(4_000_001, "100.00", "", "387.34", "967.52")
		job := jobstest.CompaniesJob(t, out, "2025-03-15", jobstest.CompanyText([]string{row}))
		job.Outgoing = outgoingOf(t, run.Companies)
		job.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
		result := jobstest.RunCompanies(t, job)
		folder := filepath.Join(out, result.Folder)
		verified := func() *verify.Verification {
			return jobstest.Must[*verify.Verification](t)(verify.Batch(t.Context(),
				verify.Options{Out: storage.Directory(out), Batch: filepath.Base(folder), Workers: 1}))
		}
		if v := verified(); !v.Holds {
			t.Fatalf("%s", failuresOf(v))
		}
		edit(t, folder, transfers, instead("<CdtrAcct><Id><IBAN>"+account2, "<CdtrAcct><Id><IBAN>"+thiefs))
		if c.index {
			rewrite(t, folder, "company_payments/index.parquet", func(f *tableFile) { f.set(0, "iban", thiefs) })
		}
		resealed(t, folder, nil)
		if v := verified(); !slices.Equal(failed(v), c.want) {
			t.Errorf("%s: %v failed, want %v: %s", name, failed(v), c.want, failuresOf(v))
		}
	}
}
