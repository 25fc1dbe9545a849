package intake_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/fixtures/readback"
	"regul/fixtures/reference"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/pipeline"
)

// rejectLines are the rejects of an input as CSV, read by another reader; nil if there is no such file.
func rejectLines(t *testing.T, p *jobstest.Published, input string) (lines []map[string]string) {
	t.Helper()
	file, err := os.Open(filepath.Join(p.Folder, "rejects", input+".csv"))
	if os.IsNotExist(err) {
		return nil
	}
	rows := jobstest.Must[[][]string](t)(csv.NewReader(jobstest.Must[*os.File](t)(file, err)).ReadAll())
	file.Close()
	for _, row := range rows[1:] {
		line := map[string]string{}
		for i, name := range rows[0] {
			line[name] = row[i]
		}
		lines = append(lines, line)
	}
	return lines
}

// runFiles publishes what is in the files.
func runFiles(t *testing.T, asOf string, files [pipeline.InputCount][]string) *jobstest.Published {
	t.Helper()
	out := t.TempDir()
	return jobstest.ReadBatch(t, out, jobstest.Must[*run.Result](t)(run.Run(t.Context(),
		jobstest.Night{AsOf: asOf}.Options(t, out, files))))
}

// People correct a line and send the file as it is: the other columns do not disturb.
func TestRejectsAsCSVAreCorrectedAndSentAgain(t *testing.T) {
	t.Parallel()
	director := jobstest.Revenue(2023, "A", "2026-06-01", "1e3")
	director[4] = "director"
	out := t.TempDir()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"), director)
	p := n.Publish(t, out)
	text := string(jobstest.Must[[]byte](t)(os.ReadFile(filepath.Join(p.Folder, "rejects", "revenue.csv"))))
	expected := `niss,income_year,communication,communicated_on,nature,net_income,assessment,admitted_income,code,message,source,row,content
85010112387,2023,A,2026-06-01,trader,40000.00,,,incomplete_communication,another row of this communication was rejected: correct it and resend the whole communication,revenue.csv,1,
85010112387,2023,A,2026-06-01,director,1e3,,,bad_value,"column net_income: must be an amount in EUR with at most two decimals, without a thousands separator, such as 1234.56; this one is in scientific notation, in which a spreadsheet writes long numbers: format the column as text or as a plain number",revenue.csv,2,
`
	if text != expected {
		t.Errorf("%s", text)
	}
	files := jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma)
	files[pipeline.Revenue] = []string{jobstest.WriteFile(t, t.TempDir(), "corrected.csv", strings.Replace(text, "1e3", "1000.00", 1))}
	again := jobstest.ReadBatch(t, out, jobstest.Must[*run.Result](t)(run.Run(t.Context(), n.Options(t, out, files))))
	jobstest.Want(t, again.Only(t), "net_income", "41000.00")
}

// Sent again uncorrected, in the place of the rows they came from, the rejects give the same batch: nothing of a row is lost on
// the way out and back, in any dialect.
func TestRejectsAsCSVSentAgainAsTheyAreGiveTheSameBatch(t *testing.T) {
	t.Parallel()
	for name, dialect := range map[string]cases.Dialect{"comma": cases.Comma, "semicolon": cases.Semicolon} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := jobstest.Maker(t, 77, "2025-10-31", 40).Affiliates(*jobstest.Affiliates / 4)
			first := runFiles(t, "2025-10-31", jobstest.WriteCSV(t, t.TempDir(), in, dialect))
			folder, kept := t.TempDir(), reference.Inputs{}
			var files [pipeline.InputCount][]string
			for _, input := range reference.InputNames() {
				lines := rejectLines(t, first, input)
				gone := map[int]bool{}
				for _, line := range lines {
					if (line["content"] != "") != (line["code"] == "bad_row") {
						t.Errorf("%s: %q", input, line)
					}
					gone[jobstest.Must[int](t)(strconv.Atoi(line["row"]))] = true
				}
				for i, row := range in[input] {
					if !gone[i+1] {
						kept[input] = append(kept[input], row)
					}
				}
				if len(lines) > 0 {
					files[jobstest.InputNumbers[input]] = []string{filepath.Join(first.Folder, "rejects", input+".csv")}
				}
			}
			for input, paths := range jobstest.WriteCSV(t, folder, kept, dialect) {
				files[input] = append(files[input], paths...)
			}
			second := runFiles(t, "2025-10-31", files)
			for _, tables := range [][2]*readback.Table{{first.Regularisations, second.Regularisations},
				{first.Quarters, second.Quarters}} {
				if !slices.EqualFunc(tables[0].Rows, tables[1].Rows, slices.Equal) {
					t.Errorf("%d rows became %d others", len(tables[0].Rows), len(tables[1].Rows))
				}
			}
			jobstest.CompareLists(t, "reasons", reasons(second), reasons(first))
		})
	}
}

// reasons are the rejects of a batch without their places, sorted. A row that can't be split comes back with its national
// number alone: it is as unreadable as before.
func reasons(p *jobstest.Published) (list []string) {
	for i := range p.Rejects.Rows {
		r := p.Rejects.Map(i)
		if r["year"] == "" && (r["code"] == "bad_row" || r["code"] == "bad_value") {
			r["code"], r["message"] = "unreadable", ""
		}
		list = append(list, strings.Join([]string{r["niss"], r["year"], r["code"], r["message"]}, "|"))
	}
	slices.Sort(list)
	return list
}

// A spreadsheet runs no formula that a stranger sent, and the row comes back as it was.
func TestRejectsAsCSVHoldNoFormula(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	evil := []string{"70052004188", "9999999999", "nl", `=HYPERLINK("http://x")`, "@SUM(A1)", "+1+1", "-1000", "-2+3", "\tBE", "='x", "",
		""}
	n.In["affiliates"] = append(n.In["affiliates"], evil)
	n.In["revenue"] = append(n.In["revenue"],
		[]string{jobstest.Someone, "2022", "=cmd|' /C calc'!A0", "2026-06-01", "trader", "-12.345", "-12.30"})
	n.In["revenue"] = append(n.In["revenue"], []string{"=1+1", "2022"})
	const split = "C1;=HYPERLINK(1);\t\u00a0＝1;x"
	n.In["revenue"] = append(n.In["revenue"], []string{jobstest.Someone, "2022", split, "2026-06-01", "trader", "x", ""})
	p := n.Publish(t, t.TempDir())
	affiliate := rejectLines(t, p, "affiliates")[0]
	jobstest.Want(t, affiliate, "last_name", `'=HYPERLINK("http://x")`, "first_name", "'@SUM(A1)", "street", "'+1+1", "postcode", "-1000",
		"city", "'-2+3", "country", "BE", "iban", "'='x", "code", "bad_value")
	income := rejectLines(t, p, "revenue")
	jobstest.Want(t, income[0], "communication", "'=cmd|' /C calc'!A0", "net_income", "-12.345", "assessment", "-12.30", "content", "")
	jobstest.Want(t, income[1], "niss", "'=1+1", "communication", "", "code", "bad_row", "content", "'=1+1,2022")
	jobstest.Want(t, income[2], "communication", "C1;'=HYPERLINK(1);\t'\u00a0＝1;x", "code", "bad_value")
	files := jobstest.WriteCSV(t, t.TempDir(),
		jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")).In, cases.Comma)
	files[pipeline.Affiliates] = append(files[pipeline.Affiliates], filepath.Join(p.Folder, "rejects", "affiliates.csv"))
	files[pipeline.Revenue] = append(files[pipeline.Revenue], filepath.Join(p.Folder, "rejects", "revenue.csv"))
	again := runFiles(t, "2026-06-30", files)
	if line := rejectLines(t, again, "affiliates")[0]; line["last_name"] != affiliate["last_name"] || line["iban"] != affiliate["iban"] {
		t.Errorf("sent again: %q", line)
	}
	if lines := rejectLines(t, again, "revenue"); lines[2]["communication"] != income[2]["communication"] {
		t.Errorf("sent again: %q", lines[2])
	}
}

// A line end in a cell, many separators, a row that is too long: the file stays readable, one line a reject.
func TestRejectsAsCSVAreOneLineEach(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := jobstest.WriteCSV(t, dir, jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")).In,
		cases.Comma)
	rows := []string{
		"niss;income_year;communication;communicated_on;nature;net_income;assessment",
		jobstest.Someone + ";2022;A;2026-06-01;trader;\"1\n,,,,,,,,,,,,,,,,\";x",
		jobstest.Someone + ";2022;\"\"\"quoted\"\" , \r\n\";2026-06-01;trader;x;x",
		jobstest.Someone + ";2022;" + strings.Repeat("x", 5000) + ";2026-06-01;trader;x;x",
		jobstest.Someone + ";2022;\x00;2026-06-01;trader;x;x",
		"\"" + strings.Repeat(",", 100),
		";;;;x;;",
	}
	files[pipeline.Revenue] = append(files[pipeline.Revenue], jobstest.WriteFile(t, dir, "=bad;.csv", strings.Join(rows, "\n")+"\n"))
	p := runFiles(t, "2026-06-30", files)
	lines := rejectLines(t, p, "revenue")
	text := string(jobstest.Must[[]byte](t)(os.ReadFile(filepath.Join(p.Folder, "rejects", "revenue.csv"))))
	if len(lines) != 7 || strings.Count(text, "\n") != 8 || strings.ContainsAny(text, "\r\x00") {
		t.Fatalf("%d lines: %.2000q", len(lines), text)
	}
	jobstest.Want(t, lines[0], "niss", jobstest.Someone, "net_income", "1 ,,,,,,,,,,,,,,,,", "code", "bad_value", "source", "'=bad;.csv",
		"row", "1", "content", "")
	jobstest.Want(t, lines[1], "communication", `"quoted" ,`, "code", "bad_value")
	jobstest.Want(t, lines[2], "niss", jobstest.Someone, "income_year", "", "code", "bad_value", "content",
		(jobstest.Someone + ";2022;" + strings.Repeat("x", 5000))[:4096])
	jobstest.Want(t, lines[3], "niss", jobstest.Someone, "code", "bad_row", "content", jobstest.Someone+
		";2022;\uFFFD;2026-06-01;trader;x;x")
	jobstest.Want(t, lines[4], "code", "bad_row", "content", `"`+strings.Repeat(",", 100))
	jobstest.Want(t, lines[5], "niss", "", "code", "bad_value", "content", "")
	jobstest.Want(t, lines[6], "code", "incomplete_communication", "source", "revenue.csv")
}

// The rejects of several files stand in the order of their names, not in that in which the files were given.
func TestRejectsStandInTheOrderOfTheNames(t *testing.T) {
	t.Parallel()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"))
	dir := t.TempDir()
	n.In["revenue"] = nil
	var texts []string
	for _, order := range [][]string{{"a.csv", "b.csv"}, {"b.csv", "a.csv"}} {
		files := jobstest.WriteCSV(t, dir, n.In, cases.Comma)
		files[pipeline.Revenue] = nil
		for _, name := range order {
			path := jobstest.WriteFile(t, dir, name,
				cases.Comma.CSV("revenue", [][]string{jobstest.Revenue(2021, name, "2026-06-01", "x"),
					jobstest.Revenue(2022, name, "2026-06-01", "x")}))
			files[pipeline.Revenue] = append(files[pipeline.Revenue], path)
		}
		p := runFiles(t, "2026-06-30", files)
		text := ""
		for _, f := range p.Result.Manifest.Files {
			if strings.HasPrefix(f.Path, "rejects/") {
				text += f.Path + " " + f.SHA256 + " " + strconv.FormatInt(f.Rows, 10) + "\n"
			}
		}
		texts = append(texts, text)
	}
	if texts[0] != texts[1] || strings.Count(texts[0], " 4\n") != 2 {
		t.Errorf("%q", texts)
	}
}
