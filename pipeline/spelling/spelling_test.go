package spelling

import "testing"

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"out", "out", 0}, {"uot", "out", 1}, {"afiliates", "affiliates", 1}, {"as-off", "as-of", 1}, {"", "ab", 2},
		{"kitten", "sitting", 3}} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("%s, %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
