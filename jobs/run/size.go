package run

import (
	"fmt"
	"strconv"
	"strings"
)

// ParseSize reads a size such as 512MiB or 1GiB, in bytes.
func ParseSize(text string) (int64, error) {
	for _, unit := range []struct {
		suffix string
		bytes  int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3}, {"B", 1}} {
		if number, found := strings.CutSuffix(text, unit.suffix); found {
			if n, err := strconv.ParseInt(number, 10, 32); err == nil && n > 0 {
				return n * unit.bytes, nil
			}
		}
	}
	return 0, fmt.Errorf("%q is not a size such as 512MiB or 1GiB", text)
}
