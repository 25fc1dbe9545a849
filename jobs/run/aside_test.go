package run_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"regul/fixtures/cases"
	"regul/jobs"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/pipeline"
)

// inboxNight writes the example with its revenue in an inbox, and gives the settings of a night on it.
func inboxNight(t *testing.T) (s *run.Settings, inbox string) {
	t.Helper()
	folder := t.TempDir()
	inbox = filepath.Join(folder, "inbox")
	if err := os.Mkdir(inbox, 0o700); err != nil {
		t.Fatal(err)
	}
	in := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00")).In
	in["payments"] = [][]string{{jobstest.Someone, "2023", "1", "2023-03-31", "1000.00"}}
	s = &run.Settings{AsOf: "2026-06-30", Fee: "0", Workers: 2, Out: filepath.Join(folder, "out"), NewLedger: true,
		Inputs: map[string][]string{}}
	s.Outgoing.Without = []string{"notices", "payments"}
	for input, paths := range jobstest.WriteCSV(t, folder, in, cases.Comma) {
		if len(paths) > 0 {
			s.Inputs[pipeline.Input(input).String()] = paths
		}
	}
	if err := os.Rename(filepath.Join(folder, "revenue.csv"), filepath.Join(inbox, "good.csv")); err != nil {
		t.Fatal(err)
	}
	s.Inputs["revenue"] = []string{inbox + "/*"}
	return s, inbox
}

// nightOn runs a night; it must end within a time in which no night waits for a file.
func nightOn(t *testing.T, s *run.Settings) (*run.Result, []string, error) {
	t.Helper()
	o, err := s.Options()
	if err != nil {
		return nil, nil, err
	}
	o.Log, o.Progress = slog.New(slog.DiscardHandler), jobstest.Quiet{}
	type ended struct {
		result *run.Result
		err    error
	}
	done := make(chan ended, 1)
	go func() {
		result, err := run.Run(context.Background(), o)
		done <- ended{result, err}
	}()
	select {
	case e := <-done:
		var taken []string
		if e.result != nil {
			for _, path := range e.result.Taken {
				taken = append(taken, filepath.Base(path))
			}
		}
		return e.result, taken, e.err
	case <-time.After(time.Minute):
		t.Fatal("the night waits for a file")
		return nil, nil, nil
	}
}

// One bad file in the inbox is set aside and told, and the night settles the others as if it were not there.
func TestBadFileOfTheInboxIsSetAside(t *testing.T) {
	t.Parallel()
	sound, _ := inboxNight(t)
	want, _, err := nightOn(t, sound)
	if err != nil {
		t.Fatal(err)
	}
	s, inbox := inboxNight(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(syscall.Mkfifo(filepath.Join(inbox, "pipe.csv"), 0o600))
	must(os.Symlink("gone", filepath.Join(inbox, "link.csv")))
	must(os.Mkdir(filepath.Join(inbox, "folder.csv"), 0o700))
	socket := jobstest.Must[net.Listener](t)(net.Listen("unix", filepath.Join(inbox, "s.csv")))
	defer socket.Close()
	jobstest.WriteFile(t, inbox, "garbage.csv", "\x00\x01\xff\xfe\x00\x00 garbage \x80\n\x00")
	jobstest.WriteFile(t, inbox, "empty.csv", "")
	jobstest.WriteFile(t, inbox, "cut.csv.gz", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x04")
	jobstest.WriteFile(t, inbox, "bad.parquet", "PAR1 nothing PAR1")
	jobstest.WriteFile(t, inbox, "header.csv", "niss,when\n1,2\n")
	got, taken, err := nightOn(t, s)
	if err != nil {
		t.Fatal(err)
	}
	why := map[string]string{}
	for _, a := range got.Aside {
		why[filepath.Base(a.Path)] = a.Why
	}
	for name, want := range map[string]string{"pipe.csv": "is no regular file", "s.csv": "is no regular file",
		"link.csv": "can't be followed", "garbage.csv": "garbage.csv: ", "empty.csv": "empty.csv: the file is empty",
		"cut.csv.gz": "cut off", "bad.parquet": "bad.parquet: ", "header.csv": "missing columns"} {
		if !strings.Contains(why[name], want) {
			t.Errorf("%s: %q, want %q", name, why[name], want)
		}
	}
	if len(got.Aside) != 8 || !got.Published || got.Batch != want.Batch {
		t.Errorf("%d files aside, batch %s, want %s", len(got.Aside), got.Batch, want.Batch)
	}
	if strings.Join(taken, " ") != "good.csv" {
		t.Errorf("taken: %q", taken)
	}
}

// Without one of the files the night would compute wrongly, or there is nothing left: it refuses.
func TestNightThatCantGoOnWithoutAFileRefuses(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(s *run.Settings, inbox string) error{
		"payments": func(s *run.Settings, inbox string) error {
			more := filepath.Join(filepath.Dir(inbox), "payments-2.csv")
			s.Inputs["payments"] = []string{filepath.Dir(inbox) + "/payments*.csv"}
			return os.WriteFile(more, []byte("garbage"), 0o600)
		},
		"a pipe among the payments": func(s *run.Settings, inbox string) error {
			s.Inputs["payments"] = []string{filepath.Dir(inbox) + "/payments*.csv"}
			return syscall.Mkfifo(filepath.Join(filepath.Dir(inbox), "payments-2.csv"), 0o600)
		},
		"the register": func(s *run.Settings, inbox string) error {
			s.Inputs["affiliates"] = []string{filepath.Dir(inbox) + "/affiliates*.csv"}
			return os.WriteFile(filepath.Join(filepath.Dir(inbox), "affiliates-2.csv"), nil, 0o600)
		},
		"the only revenue": func(s *run.Settings, inbox string) error {
			return os.WriteFile(filepath.Join(inbox, "good.csv"), []byte("garbage"), 0o600)
		},
		"a file that was named": func(s *run.Settings, inbox string) error {
			s.Inputs["revenue"] = append(s.Inputs["revenue"], filepath.Join(filepath.Dir(inbox), "named.csv"))
			return os.WriteFile(filepath.Join(filepath.Dir(inbox), "named.csv"), []byte("garbage"), 0o600)
		},
		"a pipe that was named": func(s *run.Settings, inbox string) error {
			s.Inputs["revenue"] = append(s.Inputs["revenue"], filepath.Join(filepath.Dir(inbox), "named.csv"))
			return syscall.Mkfifo(filepath.Join(filepath.Dir(inbox), "named.csv"), 0o600)
		},
	} {
		s, inbox := inboxNight(t)
		if err := spoil(s, inbox); err != nil {
			t.Fatal(err)
		}
		if result, _, err := nightOn(t, s); err == nil {
			t.Errorf("%s: %+v", name, result)
		}
	}
}

// No file of the ledger is waited for, or followed out of it.
func TestStateThatIsNoRegularFileIsRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"manifest.json", "ledger.json", ".lock"} {
		for kind, put := range map[string]func(path string) error{
			"pipe": func(path string) error { return syscall.Mkfifo(path, 0o600) },
			"link": func(path string) error { return os.Symlink("/etc/hostname", path) },
		} {
			s, _ := inboxNight(t)
			result, _, err := nightOn(t, s)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(s.Out, name)
			if name == "manifest.json" {
				path = filepath.Join(s.Out, result.Folder, name)
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := put(path); err != nil {
				t.Fatal(err)
			}
			s.NewLedger = false
			if result, _, err := nightOn(t, s); err == nil {
				t.Errorf("%s as a %s: %+v", name, kind, result)
			}
		}
	}
}

// Where deliveries must come with their SHA-256, one without or with another is not read.
func TestDeliveriesComeWithTheirDigest(t *testing.T) {
	t.Parallel()
	seal := func(path string) {
		sum := sha256.Sum256(jobstest.Must[[]byte](t)(os.ReadFile(path)))
		jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path)+".sha256", fmt.Sprintf("%x  %s\n", sum, filepath.Base(path)))
	}
	sealed := func() (*run.Settings, string) {
		s, inbox := inboxNight(t)
		s.RequireSHA256 = true
		s.Inputs["revenue"] = []string{inbox + "/*.csv"}
		for _, input := range []string{"affiliates", "account", "payments"} {
			seal(s.Inputs[input][0])
		}
		seal(filepath.Join(inbox, "good.csv"))
		return s, inbox
	}
	s, inbox := sealed()
	header := "niss,income_year,communication,communicated_on,nature,net_income,assessment\n"
	jobstest.WriteFile(t, inbox, "unsealed.csv", header)
	jobstest.WriteFile(t, inbox, "changed.csv", header)
	seal(filepath.Join(inbox, "changed.csv"))
	jobstest.WriteFile(t, inbox, "changed.csv", header+strings.Join(jobstest.Revenue(2022, "B", "2026-06-01", "0.00"), ",")+"\n")
	result, _, err := nightOn(t, s)
	if err != nil {
		t.Fatal(err)
	}
	var aside []string
	for _, a := range result.Aside {
		aside = append(aside, a.Why)
	}
	if got, want := strings.Join(aside, "|"), "its .sha256 file can't be read: no such file or directory|"+
		"changed.csv: its SHA-256 is not the one that came with it: it was changed on its way, or is not whole"; got != want ||
		!result.Published || len(result.Left) != 0 {
		t.Errorf("%s; left %v", got, result.Left)
	}

	for name, spoil := range map[string]func(s *run.Settings){
		"the payments have none": func(s *run.Settings) { _ = os.Remove(s.Inputs["payments"][0] + ".sha256") },
		"the payments have another": func(s *run.Settings) {
			jobstest.WriteFile(t, filepath.Dir(s.Inputs["payments"][0]), "payments.csv.sha256", strings.Repeat("0", 64)+"\n")
		},
		"the payments have a pipe": func(s *run.Settings) {
			p := s.Inputs["payments"][0] + ".sha256"
			_ = os.Remove(p)
			_ = syscall.Mkfifo(p, 0o600)
		},
		"the payments have nonsense": func(s *run.Settings) {
			jobstest.WriteFile(t, filepath.Dir(s.Inputs["payments"][0]), "payments.csv.sha256", "abc\n")
		},
	} {
		s, _ := sealed()
		spoil(s)
		if result, _, err := nightOn(t, s); err == nil || jobs.KindOf(err) == jobs.Refused {
			t.Errorf("%s: %+v, %v", name, result, err)
		}
	}
}
