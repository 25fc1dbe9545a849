package intake_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"regul/jobs"
	"regul/jobs/intake"
	"regul/jobs/run"
	"regul/pipeline"
)

// inbox is a folder with these files: a path, or LINK -> TARGET, or a folder that ends in /.
func inbox(t *testing.T, names ...string) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range names {
		link, target, isLink := strings.Cut(name, " -> ")
		path := filepath.Join(folder, link)
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		switch {
		case err != nil:
		case isLink:
			err = os.Symlink(target, path)
		case strings.HasSuffix(name, "/"):
			err = os.MkdirAll(path, 0o700)
		default:
			err = os.WriteFile(path, []byte(name), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// arrived finds the revenue files of patterns in a folder, by their names in it, and what is wrong with them.
func arrived(t *testing.T, folder string, patterns ...string) (files []string, a intake.Arrived, wrong []string) {
	t.Helper()
	s := run.Settings{Inputs: map[string][]string{}, Out: t.TempDir(), NewLedger: true, AsOf: "2026-06-30", Fee: "3.05", Workers: 1}
	for _, input := range jobs.InputNames() {
		s.Inputs[input] = []string{filepath.Join(inbox(t, "file.csv"), "file.csv")}
	}
	s.Inputs["revenue"] = nil
	for _, pattern := range patterns {
		s.Inputs["revenue"] = append(s.Inputs["revenue"], filepath.Join(folder, pattern))
	}
	o, errs := s.Check()
	for _, file := range o.Inputs[pipeline.Revenue] {
		files = append(files, strings.TrimPrefix(file, folder+"/"))
	}
	for i, file := range o.Arrived.Skipped {
		o.Arrived.Skipped[i] = strings.TrimPrefix(file, folder+"/")
	}
	for _, err := range errs {
		var e *jobs.SettingError
		if !errors.As(err, &e) || e.Setting != "inputs.revenue" {
			t.Errorf("%v", err)
		}
		wrong = append(wrong, strings.ReplaceAll(err.Error(), folder+"/", ""))
	}
	return files, o.Arrived, wrong
}

func wantTexts(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestPatternsAreExpandedInOrder(t *testing.T) {
	t.Parallel()
	folder := inbox(t, "week-2.csv", "week-10.csv", "week-1.csv", "other.parquet", "2026/b.csv", "2026/a.csv", "2025/z.csv", "early.csv")
	files, _, wrong := arrived(t, folder, "week-?.csv", "*/*.csv", "early.csv", "week-1[0-9].csv")
	wantTexts(t, "files", files, "week-1.csv", "week-2.csv", "2025/z.csv", "2026/a.csv", "2026/b.csv", "early.csv", "week-10.csv")
	wantTexts(t, "wrong", wrong)
}

func TestNameWithAWildcardThatIsAFileStandsForItself(t *testing.T) {
	t.Parallel()
	files, _, wrong := arrived(t, inbox(t, "[2026].csv", "2.csv"), "[2026].csv")
	wantTexts(t, "files", files, "[2026].csv")
	wantTexts(t, "wrong", wrong)
}

// What is hidden or still being written is not taken, and said; a folder is none of the files.
func TestPatternsSkipWhatIsNotReady(t *testing.T) {
	t.Parallel()
	folder := inbox(t, "a.csv", "b.csv.part", "c.csv.tmp", "d.csv~", ".e.csv", ".#a.csv -> nobody@nowhere:1", "done.csv/", ".old/f.csv",
		"g.part")
	files, a, wrong := arrived(t, folder, "*.csv")
	wantTexts(t, "files", files, "a.csv")
	wantTexts(t, "skipped", a.Skipped, ".#a.csv", ".e.csv", "b.csv.part", "c.csv.tmp", "d.csv~")
	wantTexts(t, "wrong", wrong)
	files, _, _ = arrived(t, folder, "*/*.csv")
	wantTexts(t, "files", files)
}

// Payments that are read twice would count twice.
func TestFileThatMatchesTwiceIsTakenOnce(t *testing.T) {
	t.Parallel()
	files, a, wrong := arrived(t, inbox(t, "a.csv", "b.csv -> a.csv", "c.csv"), "c.csv", "*.csv", "a.*")
	wantTexts(t, "files", files, "c.csv", "a.csv")
	wantTexts(t, "skipped", a.Skipped, "b.csv", "c.csv", "a.csv")
	wantTexts(t, "wrong", wrong)
}

// Who may write in the inbox may not make the fund read something else.
func TestSymbolicLinkOutOfTheInboxIsRefused(t *testing.T) {
	t.Parallel()
	outside := filepath.Join(inbox(t, "register.csv"), "register.csv")
	for name, folder := range map[string]string{
		"file":   inbox(t, "in/a.csv", "in/out.csv -> "+outside),
		"above":  inbox(t, "secret.csv", "in/out.csv -> ../secret.csv"),
		"folder": inbox(t, "in/a.csv", "in/out.csv -> sub/x.csv", "in/sub -> "+filepath.Dir(outside), "in/sub2/x.csv"),
	} {
		if name == "folder" {
			if err := os.WriteFile(filepath.Join(filepath.Dir(outside), "x.csv"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, _, wrong := arrived(t, folder, "in/*.csv")
		if len(wrong) != 1 || !strings.HasSuffix(wrong[0], "in/out.csv is a symbolic link out of in: copy the file") {
			t.Errorf("%s: %q", name, wrong)
		}
	}
	_, _, wrong := arrived(t, inbox(t, "in/sub -> "+filepath.Dir(outside)), "in/*/*.csv")
	if len(wrong) != 1 || !strings.Contains(wrong[0], "in/sub/register.csv is a symbolic link out of in") {
		t.Errorf("%q", wrong)
	}
	// the inbox itself may be one
	files, _, wrong := arrived(t, inbox(t, "in -> real", "real/a.csv -> b/c.csv", "real/b/c.csv"), "in/*.csv")
	wantTexts(t, "files", files, "in/a.csv")
	wantTexts(t, "wrong", wrong)
}

func TestPatternsThatCantBeUsed(t *testing.T) {
	t.Parallel()
	folder := inbox(t, "a.csv", "dangling.txt -> gone", "file/x")
	if err := syscall.Mkfifo(filepath.Join(folder, "pipe.log"), 0o600); err != nil {
		t.Fatal(err)
	}
	for pattern, want := range map[string]string{
		"none/*.csv": "inputs.revenue: the pattern none/*.csv of the revenue files: the folder none can't be read: no such file or directory",
		"[.csv":      "inputs.revenue: the pattern [.csv of the revenue files: [.csv is no pattern: a [ has no ]",
		"**/a.csv":   "inputs.revenue: the pattern **/a.csv of the revenue files: ** is not known: * stands for any name in one folder",
		"*.txt":      "inputs.revenue: the pattern *.txt of the revenue files: dangling.txt can't be followed: no such file or directory",
		"*.log":      "inputs.revenue: the pattern *.log of the revenue files: pipe.log is no regular file",
		"none.csv":   "inputs.revenue: the revenue file none.csv can't be opened: no such file or directory",
		"a.csv/*":    "inputs.revenue: the pattern a.csv/* of the revenue files: the folder a.csv can't be read: not a directory",
	} {
		_, _, wrong := arrived(t, folder, pattern)
		wantTexts(t, pattern, wrong, want)
	}
}

// Nothing new is a success for the revenue alone: without payments nobody would have paid.
func TestPatternThatNothingMatches(t *testing.T) {
	t.Parallel()
	folder := inbox(t, "a.txt")
	_, a, wrong := arrived(t, folder, "*.csv", "*.parquet")
	wantTexts(t, "nothing", a.Nothing, folder+"/*.csv", folder+"/*.parquet")
	wantTexts(t, "wrong", wrong)
	files, a, _ := arrived(t, folder, "*.csv", "a.txt")
	wantTexts(t, "files", files, "a.txt")
	wantTexts(t, "nothing", a.Nothing)
	recheck := run.Settings{Inputs: map[string][]string{"revenue": {folder + "/*.csv"}}, Recheck: []string{"account"}}
	o, _ := recheck.Check()
	wantTexts(t, "nothing of a recheck, which needs no new income", o.Arrived.Nothing)
	s := run.Settings{Inputs: map[string][]string{"payments": {folder + "/*.csv"}, "interruptions": {folder + "/*.csv"}}}
	_, errs := s.Check()
	if text := errors.Join(errs...).Error(); !strings.Contains(text, "no payments file matches "+folder+"/*.csv") ||
		strings.Contains(text, "interruptions") {
		t.Error(text)
	}
}
