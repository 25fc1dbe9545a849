package pipeline

// EightDigits is the number of eight digits in ASCII, of which the first is the lowest byte of the word. The second result is false
// when a byte is no digit.
func EightDigits(word uint64) (int64, bool) {
	const (
		zeros    = 0x3030303030303030
		sixes    = 0x0606060606060606
		highHalf = 0xF0F0F0F0F0F0F0F0 // of each byte: 3 in digits, also when 6 is added
	)
	if word&highHalf != zeros || (word+sixes)&highHalf != zeros {
		return 0, false
	}
	word -= zeros
	word = (word*10 + word>>8) & 0x00FF00FF00FF00FF           // four times two digits
	word = (word*100 + word>>16) & 0x0000FFFF0000FFFF         // twice four
	return int64((word*10_000 + word>>32) & 0xFFFFFFFF), true // the first four and the last
}
