package payments

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// latin is a text of the character set of SEPA: the letters a to z and A to Z, digits, the signs / - ? : ( ) . , ' + and
// the space. It does not begin or end with a slash or hold two in a row (EPC217-08). It needs no escaping in XML.
type latin string

// The limits of the texts of a payment file, in characters (EPC132-08, EPC130-08).
const (
	maxName       = 70
	maxIdentifier = 35
	maxStreet     = 70
	maxPostcode   = 16
	maxTown       = 35
)

// isLatin says whether SEPA transports the character.
func isLatin(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c != 0 && strings.ContainsRune("/-?:().,'+ ", c)
}

// isIdentifier says whether a text can stand for itself in a payment file, as a mandate's reference must: it is never rewritten.
func isIdentifier(text string) bool {
	if text == "" || len(text) > maxIdentifier || text != strings.Trim(text, " /") || strings.Contains(text, "//") {
		return false
	}
	return strings.IndexFunc(text, func(c rune) bool { return !isLatin(c) }) < 0
}

// toLatin rewrites a text, cut to a limit. Accents are dropped, other alphabets written in Latin letters as passports
// do, and what has no equivalent becomes a space. Without any letter or digit the result is empty.
func toLatin(text string, limit int) latin {
	out := make([]byte, 0, limit+8)
	for _, c := range norm.NFC.String(text) {
		if out = appendLatin(out, c); len(out) >= limit {
			break
		}
	}
	cut := strings.TrimRight(string(out[:min(len(out), limit)]), " /")
	if strings.IndexFunc(cut, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) < 0 {
		return ""
	}
	return latin(cut)
}

// appendLatin appends a character in Latin letters.
func appendLatin(out []byte, c rune) []byte {
	if isLatin(c) {
		return put(out, byte(c))
	}
	if written, ok := inLatin(c); ok {
		return putAll(out, written)
	}
	for _, part := range norm.NFKD.String(string(c)) {
		written, ok := inLatin(part)
		switch {
		case isLatin(part):
			out = put(out, byte(part))
		case ok:
			out = putAll(out, written)
		case unicode.In(part, unicode.Mn, unicode.Cf): // accents, and marks that nobody sees
		default:
			out = put(out, ' ')
		}
	}
	return out
}

// inLatin finds a character that is not a Latin letter with accents. Of a capital, the first letter is a capital.
func inLatin(c rune) (string, bool) {
	written, ok := transliterations[c]
	if small := unicode.ToLower(c); !ok && small != c {
		if written, ok = transliterations[small]; ok && written != "" {
			written = strings.ToUpper(written[:1]) + written[1:]
		}
	}
	return written, ok
}

func putAll(out []byte, text string) []byte {
	for i := range len(text) {
		out = put(out, text[i])
	}
	return out
}

// put appends a character of the set, but no blank or slash at the start or after another.
func put(out []byte, c byte) []byte {
	if (c == ' ' || c == '/') && (len(out) == 0 || out[len(out)-1] == c) {
		return out
	}
	return append(out, c)
}
