package csv_test

import (
	"strings"
	"testing"
	"time"
)

func TestAQuotedFieldMayHoldTheSeparator(t *testing.T) {
	reads(t, `1,"a, b",2`+"\n", "1|a, b|2.00")
}

func TestADoubledQuoteIsAQuote(t *testing.T) {
	reads(t, `1,"a ""b""",2`+"\n"+`1,"""",2`+"\n"+`1,"""""",2`+"\n"+`1,"",2`+"\n", `1|a "b"|2.00`, `1|"|2.00`, `1|""|2.00`, "1||2.00")
}

func TestAQuotedFieldMayHoldLineEnds(t *testing.T) {
	reads(t, "1,\"a\nb\",2\n1,\"c\r\n\r\nd\",2\r\n1,\"\n\",2\n", "1|a\nb|2.00", "1|c\r\n\r\nd|2.00", "1|\n|2.00")
}

func TestTheFirstFieldMayHoldLineEnds(t *testing.T) {
	reads(t, "\"1\n2\",a,2\n1,b,3\n", "1\n2|a|2.00", "1|b|3.00")
}

func TestTheLastFieldMayHoldLineEnds(t *testing.T) {
	reads(t, "1,a,\"2\n\"\n1,b,3\n", "1|a|?", "1|b|3.00")
}

func TestBlanksMayStandAroundAField(t *testing.T) {
	reads(t, " 1\t,\ta b , 2 \n \"1\" ,\t\" a\" ,  \"2\"\t\n", "1|a b|2.00", "1|a|2.00")
}

func TestAQuoteInTheMiddleOfAFieldIsText(t *testing.T) {
	reads(t, "1,a\"b,2\n1,a\"b\",2\n1,6\" pipe,2\n", `1|a"b|2.00`, `1|a"b"|2.00`, `1|6" pipe|2.00`)
}

func TestTextAfterAClosingQuoteTearsTheRow(t *testing.T) {
	reads(t, "1,\"a\"b,2\n1,c,2\n", "torn 1||", "1|c|2.00")
}

func TestAnOpenQuoteTearsOneRow(t *testing.T) {
	reads(t, "1,\"a,2\n1,b,2\n1,c,2\n", "torn 1||", "1|b|2.00", "1|c|2.00")
}

func TestAnOpenQuoteInTheLastRowTearsIt(t *testing.T) {
	reads(t, "1,b,2\n1,\"a,2", "1|b|2.00", "torn 1||")
	reads(t, "1,b,2\n1,a,\"2\n", "1|b|2.00", "torn 1||")
	reads(t, "1,b,2\n\"", "1|b|2.00", "torn ||")
}

func TestTwoOpenQuotesDoNotSwallowARow(t *testing.T) {
	reads(t, "1,\"a,2\n1,\"b,2\n1,c,2\n", "torn 1||", "torn 1||", "1|c|2.00")
	reads(t, "1,\"a,2\n1,b\",2\n1,c,2\n", "torn 1||", `1|b"|2.00`, "1|c|2.00")
}

func TestOpenQuotesFarApartSwallowNoRows(t *testing.T) {
	rows := strings.Repeat("1,b,2\n", 100)
	want := []string{"torn 1||"}
	for range 100 {
		want = append(want, "1|b|2.00")
	}
	reads(t, "1,\"a,2\n"+rows+"1,\"c,2\n", append(want, "torn 1||")...)
}

func TestARecordOfTooManyLinesIsTorn(t *testing.T) {
	got := lines(t, strings.NewReader(head+"1,\""+strings.Repeat("x\n", 100)+"\",2\n1,b,2\n"))
	if len(got) != 102 || !strings.HasPrefix(got[0].cells, "torn 1") || got[101].cells != "1|b|2.00" {
		t.Errorf("%d rows, the first %q, the last %q", len(got), got[0].cells, got[len(got)-1].cells)
	}
}

func TestALineEndInARowOfTooManyFieldsTearsItsFirstLine(t *testing.T) {
	reads(t, "1,\"a\nb\",2,3,4\n1,c,2\n", "torn 1||", "torn b||", "1|c|2.00")
}

func TestTheNationalNumberOfATornRowIsSavedFromItsQuotes(t *testing.T) {
	reads(t, `"85010112387","a"b","2"`+"\n", "torn 85010112387||")
	reads(t, `"85010112387","a`+"\n", "torn 85010112387||")
}

func TestATornRowKeepsItsText(t *testing.T) {
	got := lines(t, strings.NewReader(head+"1,\"a\"b,2\r\n1,\"open,\r\n"))
	if got[0].text != `1,"a"b,2` || got[1].text != `1,"open,` {
		t.Errorf("%v", got)
	}
}

func TestManyOpenQuotesTakeTimeInProportionToTheText(t *testing.T) {
	start := time.Now()
	for _, text := range []string{`x","y`, `"`, `"x,`, `1,"a`, `""x"`, `"",""","`, `"a""b`} {
		lines(t, strings.NewReader(head+strings.Repeat(text+"\n", 256<<10/len(text))))
	}
	if took := time.Since(start); took > 10*time.Second { // in proportion to its square it would be minutes
		t.Errorf("it took %s", took)
	}
}
