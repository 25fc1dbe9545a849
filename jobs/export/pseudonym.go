package export

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"os"
	"unicode"
	"unicode/utf8"

	"regul/jobs"
)

// pseudonymKey makes the pseudonyms of one recipient: who has it can make them again, nobody else can.
type pseudonymKey []byte

// keyContext separates these keys from others that may come from the same secret.
const keyContext = "regul export 2\x00"

// keyOf derives the key of a recipient (HKDF-SHA256): what two of them hold can't be joined.
func keyOf(secret []byte, recipient string) (pseudonymKey, error) {
	return hkdf.Key(sha256.New, secret, nil, keyContext+recipient, sha256.Size)
}

// hash is the HMAC-SHA256 of a column and a value: the same value has another pseudonym in another column, so that nobody learns a person's
// pseudonym from a column into which he can put a value.
func (k pseudonymKey) hash(column string, value []byte) []byte {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte(column))
	mac.Write([]byte{0}) // ends the name: no column is called so
	mac.Write(value)
	return mac.Sum(nil)
}

// pseudonym is 32 hexadecimal digits of the hash: 128 bits, so that two values do not meet.
func (k pseudonymKey) pseudonym(column string, value []byte) string {
	return hex.EncodeToString(k.hash(column, value)[:16])
}

// of is the pseudonym of a value if it falls into the pass: one of so many equal ranges.
func (k pseudonymKey) of(column string, value []byte, pass, passes int) (string, bool) {
	hash := k.hash(column, value)
	if int(uint64(binary.BigEndian.Uint32(hash))*uint64(passes)>>32) != pass {
		return "", false
	}
	return hex.EncodeToString(hash[:16]), true
}

// The bounds of a key, in bytes, and how many different bytes, and steps from byte to byte, its first 32 must have: 32 bytes of chance
// have 30, and fewer than 20 once in more than a billion keys.
const (
	minKey    = 32
	maxKey    = 1024
	different = 20
)

// readKey reads the secret from which the keys come. It must be chance, not words: whoever guesses it can try all national numbers.
func readKey(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, jobs.UsageError("the key file can't be read: %w", jobs.Cause(err))
	}
	if !info.Mode().IsRegular() || info.Size() > maxKey {
		return nil, jobs.UsageError("the key file is no file of at most %d bytes: make one with openssl rand 32", maxKey)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, jobs.UsageError("the key file can be read by others: chmod 600 it; who has the key can find out who somebody is")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, jobs.UsageError("the key file can't be read: %w", jobs.Cause(err))
	}
	secret, isText := decoded(text)
	switch {
	case len(secret) < minKey:
		return nil, jobs.UsageError("the key file holds %d bytes: a key needs at least %d, such as openssl rand 32 makes", len(secret),
			minKey)
	case isText || !varied(secret[:minKey]):
		return nil, jobs.UsageError("the key can be guessed: it is a text, or repeats itself; make one with openssl rand 32, or " +
			"openssl rand -hex 32")
	}
	return secret, nil
}

// decoded is the key in the file: the bytes themselves, or those that hexadecimal or base64 digits stand for. isText says that it is a text
// that is neither.
func decoded(text []byte) (secret []byte, isText bool) {
	line := bytes.TrimSpace(text)
	if !utf8.Valid(line) || bytes.ContainsFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return text, false
	}
	if secret, err := hex.DecodeString(string(line)); err == nil {
		return secret, false
	}
	if secret, err := base64.StdEncoding.DecodeString(string(line)); err == nil {
		return secret, false
	}
	return line, true
}

// varied says whether bytes look like chance: many different ones, with many different steps.
func varied(key []byte) bool {
	var seen, steps [256]bool
	bytes, jumps := 0, 0
	for i, b := range key {
		if !seen[b] {
			seen[b] = true
			bytes++
		}
		if i > 0 && !steps[b-key[i-1]] {
			steps[b-key[i-1]] = true
			jumps++
		}
	}
	return bytes >= different && jumps >= different
}
