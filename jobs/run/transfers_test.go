package run_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
)

// redirecting is a storage that gives another payment file than was written, once its digest was compared.
type redirecting struct {
	storage.Storage
	from, to string
	opened   int
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

func (r *redirecting) Open(name string) (storage.ReadFile, error) {
	file, err := r.Storage.Open(name)
	if err != nil || filepath.Ext(name) != ".xml" {
		return file, err
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if r.opened++; r.opened > 1 {
		content = bytes.ReplaceAll(content, []byte(r.from), []byte(r.to))
	}
	return inMemory{bytes.NewReader(content)}, err
}

// refundOf prepares a night that refunds the example, whose account is given.
func refundOf(t *testing.T, out, account string) (o run.Options, register string) {
	t.Helper()
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "17000.00"))
	n.In["affiliates"][0][9] = account
	n.In["payments"] = [][]string{{jobstest.Someone, "2023", "1", "2023-03-31", "6000.00"}}
	files := jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma)
	o = n.Options(t, out, files)
	checked, _ := (&run.Settings{AsOf: "2026-06-30", Fee: "0", Workers: 1, Out: out}).Check()
	o.Outgoing = checked.Outgoing
	return o, files[pipeline.Affiliates][0]
}

// A transfer that is not what the index says is not published, nor is one whose account is not that of the register.
func TestRedirectedTransferIsNotPublished(t *testing.T) {
	t.Parallel()
	const account, other = "BE71096123456769", "NL91ABNA0417164300"
	out := t.TempDir()
	o, _ := refundOf(t, out, account)
	o.Out = &redirecting{Storage: o.Out, from: account, to: other}
	_, err := run.Run(context.Background(), o)
	if err == nil || !strings.Contains(err.Error(), "transfer 1: the account is not that of row 1 of the index") ||
		strings.Contains(err.Error(), account) {
		t.Errorf("%v", err)
	}
	if found := jobstest.Batches(t, out); len(found) != 0 {
		t.Errorf("%v", found)
	}

	o, register := refundOf(t, out, account)
	o.Progress = onStage{"publish", func() { // the register is another one now, of the same size and age
		info := jobstest.Must[os.FileInfo](t)(os.Stat(register))
		text := strings.Replace(string(jobstest.Must[[]byte](t)(os.ReadFile(register))), account, "BE68539007547034", 1)
		jobstest.WriteFile(t, filepath.Dir(register), filepath.Base(register), text)
		if err := os.Chtimes(register, info.ModTime(), info.ModTime()); err != nil {
			t.Error(err)
		}
	}}
	_, err = run.Run(context.Background(), o)
	if err == nil || !strings.Contains(err.Error(), "its account is not that of the register") {
		t.Errorf("%v", err)
	}
	if found := jobstest.Batches(t, out); len(found) != 0 {
		t.Errorf("%v", found)
	}
}

// onStage does something when a stage begins.
type onStage struct {
	stage string
	do    func()
}

func (s onStage) Stage(name string, _ int64) {
	if name == s.stage {
		s.do()
	}
}
func (onStage) Step(int) {}
