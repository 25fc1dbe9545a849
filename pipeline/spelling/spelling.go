// Package spelling finds what was meant by a name that was not written right: a column, a setting, a flag.
package spelling

// Nearest is the name that was probably meant by another: one letter away, two in a longer word; "": none is.
func Nearest(word string, names []string) string {
	best, least := "", 2
	if len(word) > 4 {
		least = 3
	}
	for _, name := range names {
		if d := Distance(word, name); d < least || d == least && best != "" && name < best {
			best, least = name, d
		}
	}
	return best
}

// Distance is how many letters must be put in, taken out, replaced, or swapped with the next to make one word of the other;
// a word of over 64 letters is far from all.
func Distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			replaced := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			rows[i][j] = min(replaced, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
