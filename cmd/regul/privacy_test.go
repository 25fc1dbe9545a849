package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// telling is what a run wrote for those who look after it: log, errors, metrics and summary.
type telling struct {
	t      *testing.T
	folder string
	args   []string
	all    bytes.Buffer
}

// run runs the sample with other flags on top and keeps what is told of it; it returns the exit status.
func (o *telling) run(args ...string) int {
	o.t.Helper()
	metrics := filepath.Join(o.folder, "regul.prom")
	command := exec.Command("regul", append(slices.Clone(o.args), args...)...)
	command.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0", "REGUL_METRICS="+metrics)
	command.Stdout, command.Stderr = &o.all, &o.all
	command.Run()
	if text, err := os.ReadFile(metrics); err == nil {
		o.all.Write(text)
	}
	return command.ProcessState.ExitCode()
}

// want is run, and holds its exit status.
func (o *telling) want(status int, args ...string) {
	o.t.Helper()
	if got := o.run(args...); got != status {
		o.t.Errorf("%q: status %d, want %d; the last that was told is\n%.2000s", args, got, status,
			o.all.Bytes()[max(0, o.all.Len()-2000):])
	}
}

// damage writes a file with some of its bytes changed.
func damage(t *testing.T, random *rand.Rand, from, to string) {
	t.Helper()
	content := []byte(readFile(t, from))
	for range 1 + random.IntN(3) {
		switch at := random.IntN(len(content)); random.IntN(4) {
		case 0:
			content = content[:at+1]
		default:
			content[at] ^= 1 << random.IntN(8)
		}
	}
	writeFile(t, to, string(content), 0o600)
}

// persons is a pattern of everything in the inputs that says who somebody is: national numbers, names, account numbers.
func persons(t *testing.T, folder string) *regexp.Regexp {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(readFile(t, folder+"/affiliates.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, row := range rows[1:] {
		for _, column := range []string{"niss", "last_name", "first_name", "street", "iban", "mandate"} {
			if text := row[slices.Index(rows[0], column)]; len(text) > 2 {
				known[regexp.QuoteMeta(text)] = true
			}
		}
	}
	var words []string
	for word := range known {
		words = append(words, word)
	}
	return regexp.MustCompile(`\b(` + strings.Join(words, "|") + `)\b|\b[0-9]{11}\b|\b[A-Z]{2}[0-9]{14}\b`)
}

// Whatever goes wrong, what a run tells holds nobody's national number, name or account number.
func TestNothingThatIsToldNamesAPerson(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	sample := "../../fixtures/sample"
	o := &telling{t: t, folder: folder, args: []string{"run", "--new-ledger", "--as-of", "2026-06-30", "--fund-fee", "3.05", "--without",
		"notices,payments"}}
	for _, input := range []string{"affiliates", "account", "payments", "revenue"} {
		copyFile(t, sample+"/"+input+".csv", folder+"/"+input+".csv", 0o600)
	}
	inputs := func(replaced, by string) (args []string) {
		for _, input := range []string{"affiliates", "account", "payments", "revenue"} {
			path := folder + "/" + input + ".csv"
			if input == replaced {
				path = by
			}
			args = append(args, "--"+input, path)
		}
		return args
	}
	whole := inputs("", "")
	out := folder + "/batches"
	o.want(3, append(whole, "--out", out)...)
	o.want(0, append(whole, "--out", out)...)
	o.want(4, append(whole, "--out", folder+"/refused", "--max-rejects", "0")...)
	o.want(2, append(inputs("revenue", folder+"/none.csv"), "--out", out)...)
	o.want(2, append(inputs("revenue", folder), "--out", out)...)
	o.want(2, append(inputs("revenue", folder+"/none/*.csv"), "--out", out)...)
	o.want(0, append(inputs("revenue", folder+"/none*.csv"), "--out", out)...)
	o.want(2, append(whole, "--out", folder+"/revenue.csv")...)
	o.want(2, append(whole, "--out", out, "--workers", "0", "--memory", "x", "--max-rejects", "y")...)
	o.want(1, append(inputs("revenue", folder+"/payments.csv"), "--out", out)...)

	// Rows without a header, rows in the wrong file, cells in the wrong column, rows that keep others waiting.
	lines := strings.SplitAfter(readFile(t, folder+"/affiliates.csv"), "\n")
	writeFile(t, folder+"/headless.csv", strings.Join(lines[1:], ""), 0o600)
	o.want(1, append(inputs("affiliates", folder+"/headless.csv"), "--out", out)...)
	writeFile(t, folder+"/twice.csv", strings.Replace(lines[0], "niss", "niss,niss", 1)+lines[1], 0o600)
	o.want(1, append(inputs("affiliates", folder+"/twice.csv"), "--out", out)...)
	writeFile(t, folder+"/shifted.csv", lines[0]+","+strings.Join(lines[1:], ","), 0o600)
	o.want(3, append(inputs("affiliates", folder+"/shifted.csv"), "--out", folder+"/shifted", "--max-rejects", "100%")...)

	// Damage of every format, of the batch, and a lock.
	generate := exec.Command("regul", "generate", "--affiliates", "400", "--out", folder+"/parquet", "--format", "parquet")
	zipped := exec.Command("regul", "generate", "--affiliates", "400", "--out", folder+"/zipped", "--format", "csv.gz")
	for _, command := range []*exec.Cmd{generate, zipped} {
		if output, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%s", output)
		}
	}
	random := rand.New(rand.NewPCG(7, 0))
	for i := range 24 {
		input := []string{"affiliates", "account", "payments", "revenue"}[i%4]
		from := []string{folder + "/" + input + ".csv", folder + "/parquet/" + input + ".parquet", folder + "/zipped/" + input +
			".csv.gz"}[i/8]
		broken := folder + "/broken" + strings.TrimPrefix(filepath.Base(from), input)
		damage(t, random, from, broken)
		o.run(append(inputs(input, broken), "--out", fmt.Sprint(folder, "/damage-", i), "--max-rejects", "100%")...)
	}
	lock, err := os.OpenFile(out+"/.lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		err = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX)
	}
	if err != nil {
		t.Fatal(err)
	}
	o.want(75, append(whole, "--out", out)...)
	lock.Close()
	for _, pattern := range []string{"regularisations/*/*.parquet", "quarters/*/*.parquet", "manifest.json"} {
		file := out + "/" + here(t, out, "batch=*/"+pattern)[0]
		before := readFile(t, file)
		damage(t, random, file, file)
		o.want(1, append(whole, "--out", out)...)
		writeFile(t, file, before, 0o600)
	}

	told, pattern := o.all.String(), persons(t, folder)
	if rejects := readFile(t, out+"/"+here(t, out, "batch=*/rejects/affiliates.csv")[0]); len(pattern.FindAllString(rejects, -1)) < 10 {
		t.Error("the test would not find a person in the rejects")
	}
	if found := pattern.FindString(told); found != "" {
		at := strings.Index(told, found)
		t.Errorf("%q is told: %s", found, told[max(0, at-300):min(len(told), at+300)])
	}
	for _, part := range []string{`"msg":"run failed"`, "regul_last_run_exit_status 75", "regul: ", "Published batch", "Refused"} {
		if !strings.Contains(told, part) {
			t.Errorf("nothing told holds %q: the test does not look at it", part)
		}
	}
	checkLog(t, told)
}

// checkLog checks that every line of the log is JSON with what every line has.
func checkLog(t *testing.T, told string) {
	t.Helper()
	line := regexp.MustCompile(`^\{"time":"[^"]+","level":"(INFO|WARN|ERROR)","msg":"[^"]+",.*"stage":"[a-z]+".*\}$`)
	lines := 0
	for text := range strings.Lines(told) {
		text = strings.TrimSuffix(text, "\n")
		if !strings.HasPrefix(text, "{") {
			continue
		}
		if lines++; !line.MatchString(text) {
			t.Errorf("line of the log: %s", text)
		}
		if strings.Contains(text, `"msg":"batch published"`) && !strings.Contains(text, `"batch":"2026-06-30-`) {
			t.Errorf("no batch: %s", text)
		}
	}
	if lines < 100 {
		t.Errorf("the log has %d lines", lines)
	}
}
