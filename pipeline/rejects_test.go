package pipeline

import "testing"

func TestEveryCodeIsDeclared(t *testing.T) {
	for code := Accepted + 1; code < CodeCount; code++ {
		if code.String() == "" || code.Remedy() == "" {
			t.Errorf("code %d is %q, with the remedy %q", code, code, code.Remedy())
		}
		if CodeOf(code.String()) != code {
			t.Errorf("%s is found as %s", code, CodeOf(code.String()))
		}
	}
	if code := CodeOf("no_such_code"); code != Accepted || code.Remedy() != "" || code.Heals() {
		t.Errorf("what is no code is %q", code)
	}
}
