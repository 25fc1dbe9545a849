package notice

import (
	"errors"

	"regul/pipeline"
	"regul/writers/notice/pdf"
)

// letterheads are the parts of the pages that are the same in all letters of a file: with the sender on the first page,
// with his name on the others, and the rights of the reader.
func (l *letter) letterheads() {
	l.begin(&pipeline.Settlement{Affiliate: &pipeline.Affiliate{}})
	l.nextPage()
	l.sender()
	l.references(referenceNames)
	l.nextPage()
	l.write(hand{pdf.Bold, 8, 10, grey}, left, 16*millimetre, l.fund.Name.In(l.w.language))
	l.writeRight(footer, right, 16*millimetre, 90*millimetre, l.say(letterTitle))
	l.fill(hairline, left, 18.5*millimetre, full, 0.6)
	l.nextPage()
	l.rightsOfReader()
	l.rightsHeight = l.y - top
	if len(l.sheets) > 3 || l.rightsHeight > (bottom-top)/2 {
		l.err = errors.New(l.w.language.String() + ".yaml: contest and basis take more than half of a page")
	}
	for i := range l.sheets[2] {
		l.sheets[2][i].y += bottom - l.y
	}
	var forms [3]pdf.Form
	for i := range forms {
		if l.fund.Specimen && i < 2 {
			l.ribbon(i)
		}
		forms[i] = l.out.Form(func(c *pdf.Canvas) {
			for j := range l.sheets[i] {
				l.sheets[i][j].write(c)
			}
			if i < 2 {
				c.Colour(hairline)
				c.FillRectangle(left, footerLine-11, full, 0.5)
			}
		})
	}
	l.firstForm, l.nextForm, l.rightsForm = forms[0], forms[1], forms[2]
	if l.logo != nil {
		l.firstForm = l.withLogo(l.firstForm)
	}
}

// withLogo is the first page's form with the logo.
func (l *letter) withLogo(head pdf.Form) pdf.Form {
	image := l.out.Image(l.logo)
	width, height := l.logoSize()
	return l.out.Form(func(c *pdf.Canvas) {
		c.Draw(head)
		c.DrawImage(image, left, headY-4*millimetre, width, height)
	})
}

// logoSize is the size of the logo on the page: as large as fits its place.
func (l *letter) logoSize() (width, height float64) {
	w, h := l.logo.Size()
	if float64(w)*logoHeight > float64(h)*logoWidth {
		return logoWidth, float64(logoWidth * float64(h) / float64(w))
	}
	return float64(logoHeight * float64(w) / float64(h)), logoHeight
}

// sender is who writes: at the left the name and the address, at the right how he is reached.
func (l *letter) sender() {
	f := l.fund
	y := float64(headY)
	name := hand{pdf.Bold, 13, 16, accent}
	if l.logo != nil {
		y += logoHeight - 2*millimetre
		name = hand{pdf.Bold, 9, 11.5, accent}
	}
	y = l.paragraph(name, left, y, headWidth, f.Name.In(l.w.language))
	l.set(fieldApproval, f.ApprovalNumber)
	l.put(fieldEnterprise, func(dst []byte) []byte { return appendEnterprise(dst, f.Enterprise) })
	place := join(f.Street.In(l.w.language)+",", join(f.Postcode, f.City.In(l.w.language)))
	for _, text := range []string{place, l.say(headerApproval), l.say(headerEnterprise)} {
		y = l.paragraph(label, left, y, headWidth, text)
	}
	if y > referenceY {
		l.err = errors.New("fund: name, street and city in " + l.w.language.String() + " take too much room above the references")
	}
	contacts := [3]string{l.say(headerPhone), f.Email, f.Website}
	for i, text := range contacts {
		l.writeIn(label, windowX, headY+9+float64(i)*10, windowWidth, text)
	}
	// Marks at which the sheet is folded in three.
	for _, fold := range []float64{99 * millimetre, 198 * millimetre} {
		l.fill(hairline, 5*millimetre, fold, 4*millimetre, 0.5)
	}
}

// ribbon says on every page of a specimen that it is one.
func (l *letter) ribbon(page int) {
	keep := l.sheets
	l.sheets = l.sheets[:page+1]
	l.fill(warning, 0, 0, pdf.PageWidth, 8*millimetre)
	l.write(hand{pdf.Bold, 11, 13, white}, left, 5.5*millimetre, l.say(headerSpecimen))
	l.writeRight(hand{pdf.Regular, 8.5, 11, white}, right, 5.5*millimetre, 120*millimetre, l.say(headerSpecimenText))
	l.sheets = keep
}
