package table

// A spreadsheet takes a cell that begins with one of these for a formula, and runs it: files of strangers must not get there.
func beginsFormula(c byte) bool {
	return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r'
}

// Neutralise is a cell for a file that people open in a spreadsheet: what it would take for a formula begins with an apostrophe, by which
// it is text. A negative number stays as it is.
func Neutralise(cell []byte) []byte {
	if len(cell) == 0 || !beginsFormula(cell[0]) || isNegative(cell) {
		return cell
	}
	return append([]byte{'\''}, cell...)
}

// Bare is a cell without the apostrophe of Neutralise, so that a file that was exported is read as it was.
func Bare(cell []byte) []byte {
	if len(cell) > 1 && cell[0] == '\'' && beginsFormula(cell[1]) {
		return cell[1:]
	}
	return cell
}

// isNegative says whether a cell is a plain negative number: -12.30, or -12,30.
func isNegative(cell []byte) bool {
	digits, points := 0, 0
	for i, c := range cell {
		switch {
		case i == 0 && c == '-':
		case c >= '0' && c <= '9':
			digits++
		case (c == '.' || c == ',') && digits > 0 && i < len(cell)-1:
			points++
		default:
			return false
		}
	}
	return cell[0] == '-' && digits > 0 && points <= 1
}
