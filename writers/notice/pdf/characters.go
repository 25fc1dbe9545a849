package pdf

// characters are the ranges of characters that a letter may hold, in ascending order: the Latin, Greek and Cyrillic
// scripts of names and addresses, and the signs of a letter. Those that the face does not have are left out.
var characters = [][2]rune{
	{0x0020, 0x007e}, // ASCII
	{0x00a0, 0x00ac}, // Latin-1; the soft hyphen is never seen
	{0x00ae, 0x024f}, // Latin-1, Latin Extended-A and -B
	{0x0253, 0x0257}, // African and Azerbaijani letters
	{0x0259, 0x0259},
	{0x025b, 0x025b},
	{0x0263, 0x0263},
	{0x0272, 0x0272},
	{0x02b9, 0x02dd}, // apostrophes and accents that stand alone
	{0x0300, 0x036f}, // accents that are not composed
	{0x0370, 0x03ff}, // Greek
	{0x0400, 0x052f}, // Cyrillic
	{0x1e00, 0x1eff}, // Latin Extended Additional
	{0x2000, 0x200a}, // spaces
	{0x2010, 0x2015}, // hyphens and dashes
	{0x2018, 0x2022}, // quotation marks, daggers, bullet
	{0x2026, 0x2026}, // ellipsis
	{0x202f, 0x202f}, // narrow no-break space
	{0x2030, 0x2030}, // per mille
	{0x2032, 0x2033}, // primes
	{0x2039, 0x203a}, // quotation marks
	{0x2044, 0x2044}, // fraction slash
	{0x20a0, 0x20bf}, // currencies
	{0x2116, 0x2116}, // numero
	{0x2122, 0x2122}, // trade mark
	{0x2190, 0x2193}, // arrows
	{0x2212, 0x2212}, // minus
	{0x2248, 0x2248}, // comparisons
	{0x2260, 0x2260},
	{0x2264, 0x2265},
	{0xfb01, 0xfb02}, // ligatures
}

// furtherCharacters are those that the further face adds: alphabets written from left to right, letter by letter. What must be
// shaped or turned (Arabic, Hebrew, the scripts of India) is not among them: wrong letters in a row are no name.
var furtherCharacters = [][2]rune{
	{0x0020, 0x0020},
	{0x0180, 0x02af}, // Latin Extended-B, phonetic letters
	{0x02b0, 0x02ff}, // letters that modify
	{0x0370, 0x052f}, // Greek, Coptic, Cyrillic
	{0x0531, 0x0556}, // Armenian
	{0x0559, 0x055f},
	{0x0561, 0x0587},
	{0x0589, 0x058a},
	{0x10a0, 0x10fc}, // Georgian
	{0x1d00, 0x1dbf}, // phonetic letters
	{0x1e00, 0x1fff}, // Latin and Greek with accents
	{0x2070, 0x209c}, // superscripts, subscripts
	{0x2100, 0x218f}, // letters as signs, numbers
	{0x25a1, 0x25a1}, // stands for what is missing
	{0x2c60, 0x2c7f}, // Latin Extended-C
	{0x2d00, 0x2d25}, // Georgian
	{0xa640, 0xa697}, // Cyrillic
	{0xa720, 0xa7ff}, // Latin Extended-D
	{0xfb00, 0xfb06}, // ligatures
	{0xfb13, 0xfb17},
}

// alike are characters that the face lacks but has under another number.
var alike = map[rune]rune{
	0x2011: 0x2010, // no-break hyphen
}
