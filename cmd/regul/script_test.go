package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"

	"golang.org/x/text/encoding/charmap"

	"regul/jobs/batch"
	"regul/jobs/jobstest"

	"regul/readers/parquet"
	"regul/readers/table"
)

var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"exits":     scriptExits,
	"interrupt": scriptInterrupt,
	"lock":      scriptLock,
	"batch":     scriptFolder("batch="),
	"draft":     scriptFolder("draft="),
	"digest":    scriptDigest,
	"dump":      scriptDump,
	"template":  scriptTemplate,
	"private":   scriptPrivate,
	"json":      scriptJSON,
	"pack":      scriptPack,
	"recode":    scriptRecode,
	"damage":    scriptDamage,
	"sign":      scriptSign,
	"store":     scriptStore,
	"fetch":     scriptFetch,
	"lease":     scriptLease,
	"object":    scriptObject,
}

// scriptExits runs a program that must end with a status: exits STATUS PROGRAM ARGUMENT...
func scriptExits(ts *testscript.TestScript, _ bool, args []string) {
	status, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	checkStatus(ts, err, status)
}

func checkStatus(ts *testscript.TestScript, err error, want int) {
	status := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		status = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if status != want {
		ts.Fatalf("exit status %d, want %d", status, want)
	}
}

// scriptInterrupt starts a program, sends it a signal once a file is there, and checks how it ends (-1: killed):
// interrupt SIGNAL FILE STATUS PROGRAM ARGUMENT...
func scriptInterrupt(ts *testscript.TestScript, _ bool, args []string) {
	told := map[string]os.Signal{"TERM": syscall.SIGTERM, "INT": os.Interrupt, "HUP": syscall.SIGHUP, "KILL": os.Kill}[args[0]]
	status, err := strconv.Atoi(args[2])
	ts.Check(err)
	command := exec.Command(args[3], args[4:]...)
	command.Dir, command.Stdout, command.Stderr = ts.MkAbs("."), ts.Stdout(), ts.Stderr()
	taken := make(chan os.Signal, 1) // tests may run where a signal is ignored, as under nohup: a program must not inherit that
	if told != os.Kill {
		signal.Notify(taken, told)
		defer signal.Stop(taken)
	}
	ts.Check(command.Start())
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	for {
		if _, err := os.Stat(ts.MkAbs(args[1])); err == nil {
			break
		}
		select {
		case <-ended:
			ts.Fatalf("the program ended before it made %s", args[1])
		case <-time.After(time.Millisecond):
		}
	}
	ts.Check(command.Process.Signal(told))
	checkStatus(ts, <-ended, status)
}

// scriptLock takes the lock that a run takes, for the rest of the script: lock FILE
func scriptLock(ts *testscript.TestScript, _ bool, args []string) {
	file, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR|os.O_CREATE, 0o600)
	ts.Check(err)
	ts.Check(syscall.Flock(int(file.Fd()), syscall.LOCK_EX))
	ts.Defer(func() { file.Close() })
}

// scriptFolder sets a variable to the name of the n-th batch, or draft, of a directory: batch VARIABLE DIRECTORY N
func scriptFolder(prefix string) func(ts *testscript.TestScript, neg bool, args []string) {
	return func(ts *testscript.TestScript, _ bool, args []string) {
		found, err := filepath.Glob(filepath.Join(ts.MkAbs(args[1]), prefix+"*"))
		ts.Check(err)
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		if n > len(found) {
			ts.Fatalf("%s holds %d of %s", args[1], len(found), prefix)
		}
		ts.Setenv(args[0], strings.TrimPrefix(filepath.Base(found[n-1]), prefix))
	}
}

// scriptDigest sets a variable to the SHA-256 of a file, as people are told it: digest VARIABLE FILE
func scriptDigest(ts *testscript.TestScript, _ bool, args []string) {
	m := batch.Manifest{Digest: fmt.Sprintf("%x", sha256.Sum256([]byte(ts.ReadFile(args[1]))))}
	ts.Setenv(args[0], m.Told())
}

// scriptTemplate writes names into a file: template FILE NAME ... in the place of BATCH1, BATCH2 ...
func scriptTemplate(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	text := ts.ReadFile(path)
	for i, name := range args[1:] {
		text = strings.ReplaceAll(text, fmt.Sprint("BATCH", i+1), name)
	}
	ts.Check(os.WriteFile(path, []byte(text), 0o600))
}

// scriptDump writes columns of the Parquet files that match a pattern, as CSV: dump PATTERN COLUMN...
func scriptDump(ts *testscript.TestScript, _ bool, args []string) {
	found, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(found) == 0 {
		ts.Fatalf("no file matches %s", args[0])
	}
	for _, path := range found {
		text, err := dump(path, args[1:])
		ts.Check(err)
		fmt.Fprint(ts.Stdout(), text)
	}
}

func dump(path string, names []string) (string, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	file, err := parquet.Open(bytes.NewReader(content))
	if err != nil {
		return "", err
	}
	var columns []table.Column
	for _, name := range names {
		column := table.Column{Name: name, Kind: table.Text} // the first kind that the column can be read as
		for ; column.Kind < table.Boolean; column.Kind++ {
			if _, err := file.Source([]table.Column{column}, 0, 0); err == nil {
				break
			}
		}
		columns = append(columns, column)
	}
	source, err := file.Source(columns, 0, file.RowGroups())
	if err != nil {
		return "", err
	}
	var text strings.Builder
	var block table.Block
	for {
		more, err := source.Next(&block)
		if err != nil || !more {
			return text.String(), err
		}
		for row := range block.Rows {
			fmt.Fprintf(&text, "%s\n", source.RowText(row))
		}
	}
}

// scriptPrivate checks that nobody else can read a directory: private DIRECTORY
func scriptPrivate(ts *testscript.TestScript, _ bool, args []string) {
	files := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		} else {
			files++
		}
		if info.Mode().Perm() != want {
			return fmt.Errorf("%s has mode %o, want %o", path, info.Mode().Perm(), want)
		}
		return nil
	}))
	if files == 0 {
		ts.Fatalf("%s holds no file", args[0])
	}
}

// scriptJSON checks that a text is JSON, one value or one a line: json stdout|stderr|FILE
func scriptJSON(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	if text == "" {
		ts.Fatalf("%s is empty", args[0])
	}
	for d := json.NewDecoder(strings.NewReader(text)); d.More(); {
		var value any
		ts.Check(d.Decode(&value))
	}
}

// scriptPack compresses a file as the name of the other says: pack FILE FILE.gz|FILE.zst
func scriptPack(ts *testscript.TestScript, _ bool, args []string) {
	var packed bytes.Buffer
	if strings.HasSuffix(args[1], ".gz") {
		w := gzip.NewWriter(&packed)
		fmt.Fprint(w, ts.ReadFile(args[0]))
		ts.Check(w.Close())
	} else {
		w, err := zstd.NewWriter(&packed)
		ts.Check(err)
		fmt.Fprint(w, ts.ReadFile(args[0]))
		ts.Check(w.Close())
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), packed.Bytes(), 0o600))
}

// scriptRecode writes a file as a Belgian spreadsheet would: Windows-1252, semicolons, decimal commas, line ends of
// Windows; a comma inside quotes does not occur: recode FILE FILE
func scriptRecode(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.NewReplacer(",", ";", ".", ",", "\n", "\r\n").Replace(ts.ReadFile(args[0]))
	encoded, err := charmap.Windows1252.NewEncoder().String(text)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(encoded), 0o600))
}

// scriptSign signs a file as minisign does, by the owner of a key that it derives from a name, and writes the public key: sign NAME FILE
// SIGNATURE KEY
func scriptSign(ts *testscript.TestScript, _ bool, args []string) {
	signature, key, err := jobstest.Sign(args[0], []byte(ts.ReadFile(args[1])))
	ts.Check(err)
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[2])), 0o700))
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), signature, 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[3]), key, 0o600))
}

// scriptDamage cuts a file in half, or flips a bit in its middle: damage cut|flip FILE
func scriptDamage(ts *testscript.TestScript, _ bool, args []string) {
	content := []byte(ts.ReadFile(args[1]))
	if args[0] == "cut" {
		content = content[:len(content)/2]
	} else {
		content[len(content)/2] ^= 1
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), content, 0o600))
}
