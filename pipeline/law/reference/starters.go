package reference

// Reform is the first contribution year since the law of 22 November 2013, in force on 1 January 2015: contributions rest on the
// year's own income.
const Reform = 2015

// IncomeYear is the year on whose income a year is regularised, 0 when it keeps its provisional amounts (AR 38 art. 13bis, 13ter as
// they stood before 2015). quarters are those of each year that the account shows, by their numbers; starter is the starter year, 0 or
// 1 to 3, of the last quarter of a year.
func IncomeYear(year int, quarters func(year int) []int, starter func(year int) int) int {
	if year >= Reform {
		return year
	}
	full := func(year int) bool { return len(quarters(year)) == 4 }
	hasLast := false
	for _, quarter := range quarters(year) {
		hasLast = hasLast || quarter == 4
	}
	switch starter(year) {
	case 1: // the first full year and the quarters before it: on the income of that full year
		for _, first := range []int{year, year + 1} {
			if full(first) {
				return first
			}
		}
	case 2, 3: // on its own income; where the activity ended before the year was full, on that of the year before
		if ended := !hasLast && len(quarters(year+1)) == 0; ended && !full(year) {
			return year - 1
		}
		return year
	}
	return 0 // established: final on the income of three years before
}
