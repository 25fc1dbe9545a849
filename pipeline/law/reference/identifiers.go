package reference

import "strconv"

// ValidNISS says whether a text is a national number: 11 digits, of which the last two are 97 less the first nine modulo 97; for
// those born from 2000 on the nine follow a 2.
func ValidNISS(text string) bool {
	if len(text) != 11 {
		return false
	}
	number, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return false
	}
	nine, check := number/100, number%100
	return check == 97-nine%97 || check == 97-(2_000_000_000+nine)%97
}

// ValidEnterprise says whether a text is an enterprise number: 10 digits, the first 0 or 1, of which the last two are 97 less the
// first eight modulo 97.
func ValidEnterprise(text string) bool {
	if len(text) != 10 || text[0] > '1' {
		return false
	}
	number, err := strconv.ParseUint(text, 10, 64)
	return err == nil && number%100 == 97-number/100%97
}
