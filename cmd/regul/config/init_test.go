package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every setting of the file that config --init writes is one, once its # is taken away.
func TestInitTextIsAConfiguration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "regul.yaml")
	text := strings.ReplaceAll("\n"+InitText(), "\n# ", "\n")
	_, settings, _ := strings.Cut(text, "\n\n") // the first lines are about the file
	if err := os.WriteFile(path, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	conf, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range Keys {
		if _, set := conf.values[Keys[i].Name]; !set && !Keys[i].FlagOnly {
			t.Errorf("%s is not in the file", Keys[i].Name)
		}
	}
}
