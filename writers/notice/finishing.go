package notice

import "regul/writers/notice/pdf"

// Finishing is what the machine that folds and inserts needs of the pages.
type Finishing struct {
	// a letter of an odd number of pages gets an empty one, so that a file printed on both sides begins each on a new sheet
	Duplex bool
	Marks  bool // optical marks at the left edge of every sheet; without Duplex every page is one
}

// sheets says how many sheets a letter of so many pages is.
func (f Finishing) sheets(pages int) int {
	if f.Duplex {
		return (pages + 1) / 2
	}
	return pages
}

// The optical marks: lines at the left edge, at places one below the other, clear of the marks for folding.
const (
	markX     = 6 * millimetre
	markWidth = 8 * millimetre
	markInk   = 0.5 * millimetre
	markY     = 112 * millimetre // of the first place
	markStep  = 72.0 / 6         // six places to the inch
)

// The places of the marks, from above.
const (
	markStart  = iota // on every sheet
	markSafety        // on every sheet
	markEnd           // on the last sheet of a letter: close the envelope
	markParity        // makes the number of marks even
	markCount0        // the number of the sheet modulo 8, its lowest bit first: 1, 2, ..., 7, 0, 1
	markCount1
	markCount2
	markPlaces
)

// marks are the places that are marked on a sheet, from 0, of a letter of so many.
func marks(sheet, sheets int) (marked [markPlaces]bool) {
	marked[markStart], marked[markSafety], marked[markEnd] = true, true, sheet == sheets-1
	odd := marked[markEnd]
	for bit := range 3 {
		marked[markCount0+bit] = (sheet+1)>>bit&1 != 0
		odd = odd != marked[markCount0+bit]
	}
	marked[markParity] = odd
	return marked
}

// marked says whether a page, from 0, has marks: the front of a sheet.
func (f Finishing) marked(page int) bool { return f.Marks && (!f.Duplex || page%2 == 0) }

// optical draws the marks of a page that has them.
func (f Finishing) optical(c *pdf.Canvas, page, pages int) {
	sheet := f.sheets(page+1) - 1
	c.Of(pdf.Artifact)
	c.Colour(black)
	for place, marked := range marks(sheet, f.sheets(pages)) {
		if marked {
			c.FillRectangle(markX, markY+float64(place)*markStep, markWidth, markInk)
		}
	}
}
