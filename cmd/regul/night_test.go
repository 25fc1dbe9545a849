package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"regul/cmd/regul/config"
)

const systemd = "../../docs/systemd/"

// deliver fills the folder of a fund as docs/night.md describes it, with the settings that stand there.
func deliver(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for _, name := range []string{"state", "inbox", "prometheus"} {
		if err := os.Mkdir(filepath.Join(folder, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"affiliates.csv", "account.csv", "payments.csv"} {
		copyFile(t, "testdata/fund/"+name, filepath.Join(folder, "state", name), 0o600)
	}
	manual := readFile(t, "../../docs/night.md")
	settings := regexp.MustCompile("(?s)```yaml file=regul.yaml\n(inputs:.*?)```").FindStringSubmatch(manual)
	if settings == nil {
		t.Fatal("docs/night.md shows no settings")
	}
	writeFile(t, filepath.Join(folder, "regul.yaml"), settings[1], 0o600)
	if output, err := exec.Command("regul", "run", "--config", folder+"/regul.yaml", "--new-ledger",
		"--quiet").CombinedOutput(); err != nil {
		t.Fatalf("a new ledger: %v: %s", err, output)
	}
	copyFile(t, "testdata/fund/revenue.csv", filepath.Join(folder, "inbox", "revenue.csv"), 0o600)
	return folder
}

// machine is a folder of programs in the place of /usr/local/bin: regul and regul-night.
func machine(t *testing.T) string {
	t.Helper()
	programs := t.TempDir()
	regul, err := exec.LookPath("regul")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(regul, filepath.Join(programs, "regul")); err != nil {
		t.Fatal(err)
	}
	copyFile(t, systemd+"regul-night", filepath.Join(programs, "regul-night"), 0o700)
	return programs
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func writeFile(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t *testing.T, from, to string, mode os.FileMode) {
	t.Helper()
	writeFile(t, to, readFile(t, from), mode)
}

// here lists what matches a pattern in a folder, by its path there.
func here(t *testing.T, folder, pattern string) (found []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		found = append(found, strings.TrimPrefix(path, folder+"/"))
	}
	return found
}

// The line of cron, run as cron runs it, settles what has arrived and moves it; the next night has nothing to do.
func TestCronLineRunsTheNight(t *testing.T) {
	t.Parallel()
	folder, programs, logs := deliver(t), machine(t), t.TempDir()
	writeFile(t, folder+"/inbox/.later.csv.part", "", 0o600)
	table := strings.NewReplacer("/usr/local/bin", programs, "/srv/fund", folder, "/var/log/regul",
		logs).Replace(readFile(t, systemd+"regul.cron"))
	line := regexp.MustCompile(`(?m)^(?:[0-9*]+ +){5}regul +(.*)$`).FindStringSubmatch(table)
	path := regexp.MustCompile(`(?m)^PATH=.*$`).FindString(table)
	if line == nil || path == "" || !strings.Contains(readFile(t, "../../docs/night.md"),
		strings.Split(readFile(t, systemd+"regul.cron"), "\n")[2]) {
		t.Fatalf("the table of cron is\n%s", table)
	}
	for night := range 2 {
		command := exec.Command("/bin/sh", "-c", line[1])
		command.Env = []string{path, "HOME=" + folder, "GORACE=atexit_sleep_ms=0"}
		if output, err := command.CombinedOutput(); err != nil || len(output) > 0 {
			t.Fatalf("night %d: %v; cron would mail %q; the log has\n%s", night, err, output, readFile(t, logs+"/log.jsonl"))
		}
	}
	summary := readFile(t, logs+"/summary.txt")
	if strings.Count(summary, "Published batch ") != 1 || !strings.Contains(summary, "Nothing new: no revenue file matches") {
		t.Error(summary)
	}
	if got := here(t, folder, "batches/batch=*"); len(got) != 1 {
		t.Errorf("batches %q", got)
	}
	if got := here(t, folder, "archive/20*/revenue.csv"); len(got) != 1 {
		t.Errorf("archive %q", here(t, folder, "archive/*/*"))
	}
	if manifests, verified := here(t, folder, "archive/20*/batch=*.json"),
		here(t, folder, "archive/20*/batch=*.verify"); len(manifests) != 1 || len(verified) != 1 ||
		!strings.Contains(readFile(t, filepath.Join(folder, verified[0])), "checks hold") {
		t.Errorf("kept of the batch: %q", here(t, folder, "archive/20*/batch=*"))
	}
	if got := here(t, folder, "inbox/*"); len(got) != 1 || got[0] != "inbox/.later.csv.part" {
		t.Errorf("inbox %q", got)
	}
	if text := readFile(t, folder+"/prometheus/regul.prom"); !strings.Contains(text, "\nregul_last_run_exit_status 0\n") {
		t.Error(text)
	}
}

// What a night could not settle stays in the inbox.
func TestNightThatFailsMovesNothing(t *testing.T) {
	t.Parallel()
	folder, programs := deliver(t), machine(t)
	writeFile(t, folder+"/state/payments.csv", "Dear fund\n", 0o600)
	status, output := startNight(folder, programs)
	if status != 1 || !strings.Contains(output, "payments.csv: missing columns: ") {
		t.Errorf("status %d: %s", status, output)
	}
	if got := here(t, folder, "inbox/*"); len(got) != 1 || len(here(t, folder, "archive/*")) > 0 {
		t.Errorf("inbox %q", got)
	}
}

// A letter among the communications is set aside: the others are settled and moved, it stays.
func TestNightGoesOnWithoutAFileThatIsNone(t *testing.T) {
	t.Parallel()
	folder, programs := deliver(t), machine(t)
	writeFile(t, folder+"/inbox/letter.csv", "Dear fund\n", 0o600)
	status, output := startNight(folder, programs)
	if status != 0 || !strings.Contains(output, "Published batch") ||
		!strings.Contains(output, "  inbox/letter.csv: letter.csv: missing columns: ") {
		t.Errorf("status %d: %s", status, output)
	}
	if got := here(t, folder, "inbox/*"); len(got) != 1 || got[0] != "inbox/letter.csv" {
		t.Errorf("inbox %q", got)
	}
	if got := here(t, folder, "archive/20*/*.csv"); len(got) != 1 {
		t.Errorf("archive %q", got)
	}
}

// startNight runs regul-night on a folder.
func startNight(folder, programs string) (status int, output string) {
	command := exec.Command(programs+"/regul-night", folder)
	command.Env = []string{"PATH=" + programs + ":/usr/bin:/bin", "GORACE=atexit_sleep_ms=0"}
	text, _ := command.CombinedOutput()
	return command.ProcessState.ExitCode(), string(text)
}

// A batch that does not hold when it is verified is told, and the night fails, though it is published.
func TestNightWhoseBatchDoesNotHoldFails(t *testing.T) {
	t.Parallel()
	folder, programs := deliver(t), machine(t)
	regul := readLink(t, programs+"/regul")
	if err := os.Remove(programs + "/regul"); err != nil {
		t.Fatal(err)
	}
	writeFile(t, programs+"/regul", "#!/bin/sh\n[ \"$1\" != verify ] || { echo 'check totals FAILED'; exit 1; }\nexec "+regul+" \"$@\"\n",
		0o700)
	command := exec.Command(programs+"/regul-night", folder)
	command.Env = []string{"PATH=" + programs + ":/usr/bin:/bin", "GORACE=atexit_sleep_ms=0"}
	output, _ := command.CombinedOutput()
	if status := command.ProcessState.ExitCode(); status != 1 || !strings.Contains(string(output), "does not hold: send nothing of it") {
		t.Errorf("status %d: %s", status, output)
	}
}

// A folder that is not there is told, by what the environment names.
func TestNightWithoutItsFolderTells(t *testing.T) {
	t.Parallel()
	programs, metrics := machine(t), t.TempDir()+"/regul.prom"
	command := exec.Command(programs+"/regul-night", "/not/mounted")
	command.Env = []string{"PATH=" + programs + ":/usr/bin:/bin", "GORACE=atexit_sleep_ms=0", "REGUL_METRICS=" + metrics}
	output, _ := command.CombinedOutput()
	if status := command.ProcessState.ExitCode(); status != 2 ||
		!strings.Contains(readFile(t, metrics), "\nregul_last_run_exit_status 2\n") {
		t.Errorf("status %d: %s", status, output)
	}
}

func readLink(t *testing.T, path string) string {
	t.Helper()
	to, err := os.Readlink(path)
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// systemd reads the units without a complaint, and finds the service well shut in.
func TestSystemdAcceptsTheUnits(t *testing.T) {
	t.Parallel()
	units := t.TempDir()
	service := strings.ReplaceAll(readFile(t, systemd+"regul.service"), "/usr/local/bin/", machine(t)+"/")
	writeFile(t, units+"/regul.service", service, 0o600)
	copyFile(t, systemd+"regul.timer", units+"/regul.timer", 0o600)
	for _, bound := range []string{"MemoryMax=", "MemorySwapMax=0", "TasksMax=", "LimitCORE=0", "IPAddressDeny=any", "NoNewPrivileges=yes",
		"ProtectSystem=strict"} {
		if !strings.Contains(service, "\n"+bound) {
			t.Errorf("the service does not say %s", bound)
		}
	}
	for _, args := range [][]string{
		{"verify", units + "/regul.service", units + "/regul.timer"},
		{"security", "--offline=true", "--threshold=15", "--no-pager", units + "/regul.service"}, // tenths: 1.5 of 10
	} {
		output, err := exec.Command("systemd-analyze", args...).CombinedOutput()
		if err != nil || args[0] == "verify" && len(output) > 0 {
			t.Errorf("systemd-analyze %s: %v\n%s", args[0], err, output)
		}
	}
}

// The manual lists every setting and its flag, and every metric.
func TestManualOfTheNightIsWhole(t *testing.T) {
	t.Parallel()
	manual := readFile(t, "../../docs/night.md")
	for i := range config.Keys {
		k := &config.Keys[i]
		if last := k.Name[strings.LastIndexByte(k.Name, '.')+1:]; !k.FlagOnly && !strings.Contains(manual, "`"+k.Name+"`") &&
			!strings.Contains(manual, "`"+last+"`") {
			t.Errorf("docs/night.md does not name %s", k.Name)
		}
		if k.Flag != "" && !strings.HasPrefix(k.Name, "inputs.") && !strings.Contains(manual, "`--"+k.Flag+"`") {
			t.Errorf("docs/night.md does not name --%s", k.Flag)
		}
	}
	folder := deliver(t)
	command := exec.Command("regul", "run", "--config", folder+"/regul.yaml", "--quiet")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	told := map[string]bool{}
	for _, help := range regexp.MustCompile(`(?m)^# HELP (\w+)`).FindAllStringSubmatch(readFile(t, folder+"/prometheus/regul.prom"), -1) {
		if !strings.Contains(manual, "| `"+help[1]+"` |") {
			t.Errorf("docs/night.md does not name %s", help[1])
		}
		told[help[1]] = true
	}
	for _, alerted := range regexp.MustCompile(`(?m)^ +expr:.*$`).FindAllString(manual, -1) {
		for _, metric := range regexp.MustCompile(`regul_\w+`).FindAllString(alerted, -1) {
			if !told[metric] {
				t.Errorf("an alert of docs/night.md looks at %s, which no night tells", metric)
			}
		}
	}
}
