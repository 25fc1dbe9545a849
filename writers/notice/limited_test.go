package notice

import (
	"strings"
	"testing"
)

// A refund that a limit of the fund holds is promised without a day; one of another year that leaves keeps its own.
func TestARefundThatALimitHoldsHasNoDay(t *testing.T) {
	p := press(t, false)
	const sent, waits, day = "Nous versons 1\u202f932,52", "1\u202f932,52 € suivront", "vers le"
	for _, c := range []struct {
		name    string
		limited []bool // a year each
		says    []string
		not     []string
	}{
		{"it leaves", []bool{false}, []string{sent, day}, []string{waits}},
		{"it waits", []bool{true}, []string{waits, "vérifions le versement"}, []string{sent, day}},
		{"one of two leaves", []bool{false, true}, []string{sent, day, waits}, nil},
	} {
		s := *settled(t, "refund", 1)
		first := s.Years[0]
		s.Years = nil
		for i, limited := range c.limited {
			y := first
			y.Year, y.Limited = first.Year-i, limited
			s.Years = append(s.Years, y)
		}
		text := strings.ReplaceAll(strings.Join(textsOf(p, &s), " "), "\u00a0", " ")
		for _, want := range c.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the letter does not say %q", c.name, want)
			}
		}
		for _, not := range c.not {
			if strings.Contains(text, not) {
				t.Errorf("%s: the letter says %q", c.name, not)
			}
		}
	}
}
