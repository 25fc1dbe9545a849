package export

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// pseudonymKey makes pseudonyms: who has it can make them again, nobody else can.
type pseudonymKey []byte

// minKey is the least length of a key, in bytes.
const minKey = 32

// hash is the HMAC-SHA256 of a value.
func (k pseudonymKey) hash(value []byte) []byte {
	mac := hmac.New(sha256.New, k)
	mac.Write(value)
	return mac.Sum(nil)
}

// pseudonym is 32 hexadecimal digits of the hash of a value: 128 bits, so that two values do not meet.
func (k pseudonymKey) pseudonym(value []byte) string { return hex.EncodeToString(k.hash(value)[:16]) }

// of is the pseudonym of a value if it falls into the pass: one of so many equal ranges.
func (k pseudonymKey) of(value []byte, pass, passes int) (string, bool) {
	hash := k.hash(value)
	if int(uint64(binary.BigEndian.Uint32(hash))*uint64(passes)>>32) != pass {
		return "", false
	}
	return hex.EncodeToString(hash[:16]), true
}
