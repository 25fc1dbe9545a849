package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every setting of the file that config --init writes is one, once its # is taken away.
func TestInitTextIsAConfiguration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "regul.yaml")
	text := strings.ReplaceAll("\n"+initText(), "\n# ", "\n")
	_, settings, _ := strings.Cut(text, "\n\n") // the first lines are about the file
	if err := os.WriteFile(path, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	conf, err := readConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range keys {
		if _, set := conf.values[keys[i].name]; !set && !keys[i].flagOnly {
			t.Errorf("%s is not in the file", keys[i].name)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"out", "out", 0}, {"uot", "out", 1}, {"afiliates", "affiliates", 1}, {"as-off", "as-of", 1}, {"", "ab", 2},
		{"kitten", "sitting", 3}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%s, %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
