package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the commands print into the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"regul": main})
}

// TestScripts runs the command lines of testdata: a script for each behaviour. Every script starts with the small fund
// of testdata/fund in the folder fund; script_test.go has the commands that testscript lacks.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata",
		Cmds: scriptCommands,
		Setup: func(e *testscript.Env) error {
			e.Setenv("GORACE", "atexit_sleep_ms=0") // else the race detector sleeps for a second at every exit
			return os.CopyFS(filepath.Join(e.WorkDir, "fund"), os.DirFS("testdata/fund"))
		},
		UpdateScripts:      *update,
		RequireUniqueNames: true,
	})
}
