package notice

import (
	"errors"
	"slices"

	"regul/pipeline"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
)

// letterheads are the parts of the pages that are the same in all letters of a file: with the sender on the first page,
// with his name on the others, and the rights of the reader.
func (l *letter) letterheads() {
	l.onFirst, l.onNext, l.rights = nil, nil, [2]foot{}
	l.begin(&pipeline.Settlement{Party: &pipeline.Party{}})
	l.nextPage()
	l.edges()
	l.heads()
	first := l.cut(0)
	l.nextPage()
	l.aside()
	l.edges()
	l.write(hand{pdf.Bold, 8, 10, grey}, left, 16*millimetre, l.fund.Name.In(l.w.Language))
	l.writeRight(footer, right, 16*millimetre, 90*millimetre, l.say(wording.LetterTitle))
	l.fill(hairline, left, 18.5*millimetre, full, 0.6)
	l.leave()
	next := l.cut(1)
	for how := range l.rights {
		page := len(l.sheets)
		l.nextPage()
		l.rightsOfReader(how)
		height := l.y - top
		if len(l.sheets) > page+1 || height > (bottom-top)/2 {
			l.err = errors.New(l.w.Language.String() + ".yaml: contest and basis take more than half of a page")
		}
		for i := range l.sheets[page] {
			l.sheets[page][i].y += bottom - l.y
		}
		l.rights[how] = foot{l.cut(page), height}
	}
	l.onFirst, l.onNext = first, next
	l.out.EndLetter()
}

// part is static content of a file, and what it is.
type part struct {
	artifact bool
	role     pdf.Role
	form     pdf.Form
}

// cut makes static content of a page: a part for each element, and before them one of what is for the eye alone.
func (l *letter) cut(page int) (parts []part) {
	var elements []pdf.Element
	for _, o := range l.sheets[page] {
		if !slices.Contains(elements, o.element) {
			elements = append(elements, o.element)
		}
	}
	slices.Sort(elements)
	for _, e := range elements {
		p := part{artifact: e == pdf.Artifact}
		if !p.artifact {
			p.role = l.out.Role(e)
		}
		p.form = l.out.Form(func(c *pdf.Canvas) {
			for _, o := range l.sheets[page] {
				if o.element == e {
					o.draw(c)
				}
			}
		})
		parts = append(parts, p)
	}
	return parts
}

// stamp draws static content, in its order.
func (l *letter) stamp(parts []part) {
	for _, p := range parts {
		if p.artifact {
			l.aside()
		} else {
			l.enter(p.role)
		}
		l.draw(op{kind: forms, form: p.form})
		l.leave()
	}
}

// edges are what every page has around its text, for the eye: the line above the footer, and the ribbon of a specimen.
func (l *letter) edges() {
	l.fill(hairline, left, footerLine-11, full, 0.5)
	if !l.fund.Specimen {
		return
	}
	l.aside()
	l.fill(warning, 0, 0, pdf.PageWidth, 8*millimetre)
	l.write(hand{pdf.Bold, 11, 13, white}, left, 5.5*millimetre, l.say(wording.HeaderSpecimen))
	l.writeRight(hand{pdf.Regular, 8.5, 11, white}, right, 5.5*millimetre, 120*millimetre, l.say(wording.HeaderSpecimenText))
	l.leave()
}

// heads are who writes: the logo, the name and the address; and the marks at which the sheet is
// folded in three.
func (l *letter) heads() {
	for _, fold := range []float64{99 * millimetre, 198 * millimetre} {
		l.fill(hairline, 5*millimetre, fold, 4*millimetre, 0.5)
	}
	f := l.fund
	y := float64(headY)
	name := hand{pdf.Bold, 13, 16, accent}
	if l.logo != nil {
		width, height := l.logoSize()
		l.aside() // the name stands below
		l.draw(op{kind: pictures, image: l.out.Image(l.logo), x: left, y: headY - 4*millimetre, width: width, height: height})
		l.leave()
		y += logoHeight - 2*millimetre
		name = hand{pdf.Bold, 9, 11.5, accent}
	}
	l.enter(pdf.Paragraph)
	y = l.paragraph(name, left, y, nameWidth, f.Name.In(l.w.Language))
	l.set(wording.FieldApproval, f.ApprovalNumber)
	l.put(wording.FieldEnterprise, func(dst []byte) []byte { return wording.AppendEnterprise(dst, f.Enterprise) })
	place := join(f.Street.In(l.w.Language)+",", join(f.Postcode, f.City.In(l.w.Language)))
	for _, text := range []string{place, join(l.say(wording.HeaderEnterprise)+" ·", l.say(wording.HeaderApproval)), f.Website} {
		y = l.paragraph(label, left, y, headWidth, text)
	}
	l.leave()
	if y > referenceY {
		l.err = errors.New("fund: name, street and city in " + l.w.Language.String() + " take too much room above the references")
	}
}

// logoSize is the size of the logo on the page: as large as fits its place.
func (l *letter) logoSize() (width, height float64) {
	w, h := l.logo.Size()
	if float64(w)*logoHeight > float64(h)*logoWidth {
		return logoWidth, float64(logoWidth * float64(h) / float64(w))
	}
	return float64(logoHeight * float64(w) / float64(h)), logoHeight
}
