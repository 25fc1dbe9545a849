package report

import (
	"slices"
	"strings"
	"testing"

	"regul/pipeline/money"
)

func testSides(less, more []int64) *sides {
	s := &sides{label: "label", write: number, short: rounded, less: series{"less", 2, less}, more: series{"more", 4, more}}
	for range less {
		s.names = append(s.names, "main")
	}
	return s
}

// Where there is nothing on either side, there is no chart.
func TestSidesOfNothing(t *testing.T) {
	if c, err := testSides([]int64{0, 0}, []int64{0, 0}).draw(); c != nil || err != nil {
		t.Errorf("%v, %v", c, err)
	}
}

// Bars carry their values on both sides, without a sign; what is 0 has neither a bar nor a value, and one line stands at 0.
func TestSidesCarryValues(t *testing.T) {
	c, err := testSides([]int64{12_345, 0, 7}, []int64{0, 0, 54_321}).draw()
	if err != nil {
		t.Fatal(err)
	}
	m := read(t, "<!DOCTYPE html>"+string(c.Wide))
	if want := "main main main 0 12" + thinSpace + "345 7 54" + thinSpace + "321"; !sameTexts(m.texts, want) {
		t.Errorf("%q, want %q", m.texts, want)
	}
	if less, more := strings.Count(string(c.Wide), "fill:var(--series-2)"), strings.Count(string(c.Wide), "fill:var(--series-4)"); less != 2 || more != 1 {
		t.Errorf("%d bars to the left and %d to the right", less, more)
	}
}

// sameTexts says whether these are the words, in any order.
func sameTexts(texts []string, words string) bool {
	left := map[string]int{}
	for _, text := range texts {
		left[text]++
	}
	for _, word := range strings.Split(words, " ") {
		left[word]--
	}
	for _, n := range left {
		if n != 0 {
			return false
		}
	}
	return true
}

// An axis has room for all, in few equal steps that begin at 0; a side without bars takes none.
func TestScalesOfSides(t *testing.T) {
	for _, c := range []struct{ less, more int64 }{{1, 1}, {1000, 1}, {3, 7}, {5, 0}, {0, 5}, {9_999_999_999, 1234}} {
		s := testSides([]int64{c.less}, []int64{c.more})
		step, left, right, labelled := s.scale(half, number)
		if (left == 0) != (c.less == 0) || (right == 0) != (c.more == 0) || left > axisSteps || right > axisSteps || !labelled {
			t.Errorf("%v: %d and %d steps", c, left, right)
		}
		if step*float64(left) < float64(c.less) || step*float64(right) < float64(c.more) {
			t.Errorf("%v: %g x %d, %g x %d", c, step, left, step, right)
		}
	}
}

// On a telephone there may be no room for values: bars stay.
func TestSidesWithoutRoomForValues(t *testing.T) {
	s := testSides([]int64{123_456}, []int64{123_456})
	s.names[0] = "a category with a long name"
	c, err := s.draw()
	if err != nil {
		t.Fatal(err)
	}
	if m := read(t, "<!DOCTYPE html>"+string(c.Narrow)); !slices.Equal(m.texts, []string{s.names[0], "0"}) {
		t.Errorf("%q", m.texts)
	}
	if strings.Count(string(c.Narrow), "fill:var(--series-") != 2 {
		t.Error("the narrow chart lacks a bar")
	}
	if m := read(t, "<!DOCTYPE html>"+string(c.Wide)); len(m.texts) != 4 {
		t.Errorf("%q, want two values", m.texts)
	}
}

func TestNumbersForNarrowCharts(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 9_999: "9 999", 10_499: "10 k", 10_500: "11 k", 999_499: "999 k", 999_500: "1.0 M", 1_250_000: "1.3 M", 12_345_678_901: "12 345.7 M"} {
		if got := rounded(n); got != strings.ReplaceAll(want, " ", thinSpace) {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestAveragesAreRounded(t *testing.T) {
	for _, c := range []struct{ sum, rows, want int64 }{{10, 4, 3}, {-10, 4, -3}, {9, 4, 2}, {0, 4, 0}, {5, 0, 0}} {
		if got := average(money.Cents(c.sum), c.rows); got != money.Cents(c.want) {
			t.Errorf("%d / %d is %d", c.sum, c.rows, got)
		}
	}
}
