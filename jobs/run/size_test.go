package run_test

import (
	"testing"

	"regul/jobs/run"
)

func TestParseSize(t *testing.T) {
	for text, want := range map[string]int64{"1B": 1, "2KB": 2000, "3MB": 3e6, "1GB": 1e9, "2KiB": 2048, "512MiB": 512 << 20,
		"16GiB": 16 << 30} {
		if got, err := run.ParseSize(text); err != nil || got != want {
			t.Errorf("ParseSize(%q) = %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "GiB", "0GiB", "-1GiB", "1", "1 GiB", "1.5GiB", "1TiB", "99999999999GiB"} {
		if got, err := run.ParseSize(text); err == nil {
			t.Errorf("ParseSize(%q) = %d, want an error", text, got)
		}
	}
}
