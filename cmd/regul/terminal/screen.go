package terminal

import (
	"os"
	"strconv"

	"golang.org/x/term"
)

// screen is how many columns a table may have: those of the terminal, or what COLUMNS says. 0 is as many as it needs: whoever reads the
// text from a file or a pipe gets each row on one line.
var screen = screenColumns()

// leastScreen is the narrowest screen that tables are made for.
const leastScreen = 40

// HasScreen says whether a table has a width to fit.
func HasScreen() bool { return screen > 0 }

func screenColumns() int {
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && columns >= leastScreen {
		return columns
	}
	if columns, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		return max(columns, leastScreen)
	}
	return 0
}
