// Package pdf writes letters into PDF/A-2a and PDF/UA-1 files: the format in which they are kept for ten years, and in which a screen
// reader reads them. Many letters a file, real text with its Unicode and its structure, embedded fonts, sRGB, compressed pages. The same
// calls give the same bytes: there is no clock, no chance and no order of a map.
//
// It owns the physical format alone, with the three things a letter needs of it: the width of a text, a QR code, and
// one letter out of a file. What a letter says and where it stands is said by its callers.
//
// Lengths are in points (1/72 inch), from the upper left corner of an A4 page, y downwards. They are written with two
// decimals (3.5 micrometres).
//
// How a file is laid out, which Extract relies on:
//
//	1 catalog   2 root of the page tree   3 information   4 XMP metadata   5 root of the structure   6 the document in it
//	7 ICC profile   8 the faces by name
//	9 ...       the faces, and after them forms, pictures, contents, pages and nodes of the page tree as they come,
//	            and object streams with the structure of the letters
//	table       a cross-reference stream; its ID is a digest of every byte before it, and one of its entries
package pdf

// The page is A4: 210 by 297 mm, in points.
const (
	PageWidth  = 595.28
	PageHeight = 841.89
)
