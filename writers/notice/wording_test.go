package notice

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"regul/writers/fund"
	"regul/writers/notice/wording"
)

// files are the built-in wordings, which a test may change.
func files(t *testing.T) fstest.MapFS {
	t.Helper()
	all := fstest.MapFS{}
	for _, name := range []string{"fr.yaml", "nl.yaml", "de.yaml"} {
		content, err := fs.ReadFile(wording.BuiltIn(), ""+name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = &fstest.MapFile{Data: content}
	}
	return all
}

func change(t *testing.T, files fstest.MapFS, name, old, new string) {
	t.Helper()
	before := string(files[name].Data)
	if strings.Count(before, old) != 1 {
		t.Fatalf("%s holds %q %d times", name, old, strings.Count(before, old))
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(before, old, new, 1))}
}

func newPress(t *testing.T, wording fs.FS, sender *fund.Fund) (*Press, error) {
	t.Helper()
	l := standard(t)
	return New(Settings{Fund: sender, Wording: wording, Law: l, Fees: fees(l), AsOf: day(t, asOf)})
}

// Every fault of the wording is said, with its file and term, all at once.
func TestFaultsOfTheWordingAreSaid(t *testing.T) {
	all := files(t)
	change(t, all, "fr.yaml", `  bic: "BIC"`, `  bicc: "BIC"`)
	change(t, all, "fr.yaml", "Année de cotisations {year}\"", "Année de cotisations\"")
	change(t, all, "nl.yaml", `  late: "Verhogingen tot {date}"`, `  late: "Verhogingen tot {dat}"`)
	change(t, all, "nl.yaml", `  main: "Hoofdberoep"`, `  mian: "Hoofdberoep"`)
	change(t, all, "nl.yaml", `  "RGS art. 37": "ARS, art. 37"`, `  "RGS art. 38": "ARS, art. 37"`)
	change(t, all, "de.yaml", `  due: "Beitrag geschuldet"`, `  due: " "`)
	change(t, all, "de.yaml", "Akte {dossier} · Ref. {batch}", "Akte {dossier")
	change(t, all, "de.yaml", `  enterprise: "ZDU {enterprise}"`, `  enterprise: "ZDU enterprise}"`)
	_, err := newPress(t, all, fund.Specimen())
	if err == nil {
		t.Fatal("there are faults")
	}
	for _, want := range []string{
		"fr.yaml: pay.bic: is missing", "fr.yaml: pay.bicc: there is no such term",
		"fr.yaml: year.title: the placeholder {year} is missing", "nl.yaml: box.late: unknown placeholder {dat}: there is {date}",
		"nl.yaml: category.main: is missing", "nl.yaml: category.mian: there is no such term", "nl.yaml: articles.RGS art. 37: is missing",
		"nl.yaml: articles.RGS art. 38: there is no such term", "de.yaml: standing.due: is empty",
		"de.yaml: footer.reference: a { without a }", "de.yaml: header.enterprise: a } without a {",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say: %s\n%v", want, err)
		}
	}
}

func TestFilesOfTheWordingThatCannotBeRead(t *testing.T) {
	all := files(t)
	delete(all, "nl.yaml")
	all["de.yaml"] = &fstest.MapFile{Data: []byte("header: [1")}
	change(t, all, "fr.yaml", `  scan: "Scanner pour payer"`, `  scan: "拝啓"`)
	_, err := newPress(t, all, fund.Specimen())
	if err == nil || !strings.Contains(err.Error(), "nl.yaml") || !strings.Contains(err.Error(), "de.yaml") {
		t.Errorf("%v", err)
	}
}

func TestCharactersThatCannotBePrinted(t *testing.T) {
	all := files(t)
	change(t, all, "fr.yaml", `  scan: "Scanner pour payer"`, `  scan: "拝啓"`)
	_, err := newPress(t, all, fund.Specimen())
	if err == nil || !strings.Contains(err.Error(), "fr.yaml: pay.scan: holds a character that can't be printed") {
		t.Errorf("%v", err)
	}
}

func TestIdentityIsChecked(t *testing.T) {
	sender := fund.Specimen()
	sender.IBAN, sender.Logo = "", []byte("no picture")
	_, err := newPress(t, nil, sender)
	if err == nil || !strings.Contains(err.Error(), "fund.iban") || !strings.Contains(err.Error(), "fund.logo") {
		t.Errorf("%v", err)
	}
}

// What does not fit on the page is refused as well.
func TestTextsThatTakeTooMuchRoom(t *testing.T) {
	sender := fund.Specimen()
	sender.Name[1] = strings.Repeat("Caisse d’assurances sociales ", 20)
	all := files(t)
	change(t, all, "de.yaml", "Gesetz vom 22. November 2013 zur", strings.Repeat("Gesetz vom 22. November 2013 zur ", 200))
	_, err := newPress(t, all, sender)
	if err == nil || !strings.Contains(err.Error(), "fund: name, street and city in fr take too much room") ||
		!strings.Contains(err.Error(), "de.yaml: contest and basis") {
		t.Errorf("%v", err)
	}
}

// The digest tells wordings and identities apart, and nothing else.
func TestDigest(t *testing.T) {
	digest := func(wording fs.FS, sender *fund.Fund) [32]byte {
		t.Helper()
		p, err := newPress(t, wording, sender)
		if err != nil {
			t.Fatal(err)
		}
		return p.Digest()
	}
	first := digest(nil, fund.Specimen())
	if digest(files(t), fund.Specimen()) != first {
		t.Error("the same wording from elsewhere has another digest")
	}
	all := files(t)
	change(t, all, "de.yaml", "So zahlen Sie", "So bezahlen Sie")
	if digest(all, fund.Specimen()) == first {
		t.Error("another wording has the same digest")
	}
	sender := fund.Specimen()
	sender.Phone = "02 000 00 01"
	if digest(nil, sender) == first {
		t.Error("another identity has the same digest")
	}
}
