package pdf

// Role is what an element of a letter is to who listens to it.
type Role uint8

// The roles. A Table holds rows, a Row cells.
const (
	letterRole Role = iota
	Heading1
	Heading2
	Heading3
	Paragraph
	Table
	Row
	HeaderCell // of the column below it
	Cell
	Figure // it needs an alternative text
)

var roles = [...]string{letterRole: "Part", Heading1: "H1", Heading2: "H2", Heading3: "H3", Paragraph: "P", Table: "Table", Row: "TR",
	HeaderCell: "TH", Cell: "TD", Figure: "Figure"}

// Element is a part of the structure of the present letter: what a screen reader goes through, in the order in which elements are made.
// The zero value is the letter itself. Elements hold until EndLetter.
type Element int32

// Artifact is what is drawn for the eye alone: lines, areas, what every page repeats. A page begins with it.
const Artifact Element = -1

// unmarked is content without a mark: that of a form, which has the mark under which it is drawn.
const unmarked Element = -2

// node is an element. Its first content is at a page; what an element has on another page besides is in letterTree.more.
type node struct {
	role              Role
	columns           uint8 // that a cell takes, if more than 1
	parent            Element
	first, last, next Element // its first and last child, and the next child of its parent; 0: none
	page, mark        int     // the object of the page and the number of the content on it; page 0: it has none
	more              bool
	alternative       string
}

// content is a place where an element is drawn.
type content struct {
	element    Element
	page, mark int
}

// letterTree is the structure of the letters of a file. That of one letter is in memory until it ends.
type letterTree struct {
	nodes []node
	more  []content
	marks []Element // of all pages of the letter: the element of each content
	pages []int     // where the marks of each page end

	place       []byte // how the last element with its parent and page says them
	placeParent int
	placePage   int

	letters []int // the objects of the letters
	parents []int // the objects that list the elements of each page
}

func (t *letterTree) reset() {
	t.letters, t.parents = t.letters[:0], t.parents[:0]
	t.begin()
}

// begin begins a letter.
func (t *letterTree) begin() {
	t.nodes = append(t.nodes[:0], node{role: letterRole})
	t.more, t.marks, t.pages = t.more[:0], t.marks[:0], t.pages[:0]
}

// Element makes an element, the last one below its parent.
func (d *Document) Element(parent Element, role Role) Element {
	t := &d.letter
	e := Element(len(t.nodes))
	t.nodes = append(t.nodes, node{role: role, parent: parent})
	if last := t.nodes[parent].last; last > 0 {
		t.nodes[last].next = e
	} else {
		t.nodes[parent].first = e
	}
	t.nodes[parent].last = e
	return e
}

// Role is what an element is.
func (d *Document) Role(e Element) Role { return d.letter.nodes[e].role }

// Alternative is what is read instead of a figure.
func (d *Document) Alternative(e Element, text string) { d.letter.nodes[e].alternative = text }

// Columns makes a cell take several columns.
func (d *Document) Columns(e Element, columns int) { d.letter.nodes[e].columns = uint8(columns) }

// content notes that an element is drawn on a page, and gives the number of that content.
func (t *letterTree) content(e Element, page int) int {
	start := 0
	if n := len(t.pages); n > 0 {
		start = t.pages[n-1]
	}
	mark := len(t.marks) - start
	t.marks = append(t.marks, e)
	if n := &t.nodes[e]; n.page == 0 {
		n.page, n.mark = page, mark
	} else {
		n.more = true
		t.more = append(t.more, content{e, page, mark})
	}
	return mark
}

func (t *letterTree) endPage() { t.pages = append(t.pages, len(t.marks)) }

// EndLetter writes the structure of the pages since the last letter. Close does it for the last one.
func (d *Document) EndLetter() {
	t, o := &d.letter, &d.out
	if len(t.pages) == 0 {
		t.begin() // elements that were not drawn
		return
	}
	first := len(o.starts)
	for range t.nodes {
		o.take()
	}
	t.letters = append(t.letters, first)
	for i := range t.nodes {
		o.pack(first + i)
		o.packed.body = t.appendNode(o.packed.body, Element(i), first)
		o.endPacked()
	}
	start := 0
	for _, end := range t.pages {
		number := o.take()
		t.parents = append(t.parents, number)
		o.pack(number)
		body := append(o.packed.body, '[')
		for _, e := range t.marks[start:end] {
			body = appendReference(body, first+int(e))
			body = append(body, ' ')
		}
		o.packed.body = append(body, ']')
		o.endPacked()
		start = end
	}
	t.begin()
}

// appendNode appends an element of a letter whose first object has that number.
func (t *letterTree) appendNode(dst []byte, e Element, first int) []byte {
	n := &t.nodes[e]
	dst = append(append(dst, "<</S/"...), roles[n.role]...)
	parent := documentObject
	if e > 0 {
		parent = first + int(n.parent)
	}
	dst = append(dst, t.placed(parent, n.page)...)
	switch {
	case n.page > 0 && !n.more && n.first == 0:
		dst = appendInt(append(dst, "/K "...), n.mark)
	case n.page > 0 || n.first > 0:
		dst = append(t.appendKids(append(dst, "/K["...), e, first), ']')
	}
	if n.alternative != "" {
		dst = append(appendHexText(append(dst, "/Alt<"...), n.alternative), '>')
	}
	if n.role == HeaderCell {
		dst = append(dst, "/A<</O/Table/Scope/Column>>"...)
	}
	if n.columns > 1 {
		dst = appendInt(append(dst, "/A<</O/Table/ColSpan "...), int(n.columns))
		dst = append(dst, ">>"...)
	}
	return append(dst, ">>"...)
}

// placed is how an element says its parent and its page, both objects; page 0: none. Many in a row say the same.
func (t *letterTree) placed(parent, page int) []byte {
	if t.placeParent == parent && t.placePage == page {
		return t.place
	}
	t.placeParent, t.placePage = parent, page
	t.place = appendReference(append(t.place[:0], "/P "...), parent)
	if page > 0 {
		t.place = appendReference(append(t.place, "/Pg "...), page)
	}
	return t.place
}

// appendKids appends what an element holds: its own content, then its children.
func (t *letterTree) appendKids(dst []byte, e Element, first int) []byte {
	n := &t.nodes[e]
	if n.page > 0 {
		dst = append(appendInt(dst, n.mark), ' ')
	}
	if n.more {
		for _, c := range t.more {
			if c.element == e {
				dst = appendReference(append(dst, "<</Type/MCR/Pg "...), c.page)
				dst = appendInt(append(dst, "/MCID "...), c.mark)
				dst = append(dst, ">>"...)
			}
		}
	}
	for child := n.first; child > 0; child = t.nodes[child].next {
		dst = append(appendReference(dst, first+int(child)), ' ')
	}
	return dst
}

// close writes the root of the structure: the letters, and the elements of each page by its number.
func (t *letterTree) close(o *output) { writeStructure(o, t.letters, t.parents) }

func writeStructure(o *output, letters, parents []int) {
	tree := o.take()
	o.begin(structureObject)
	o.text("<</Type/StructTreeRoot/K ")
	o.reference(documentObject)
	o.text("/ParentTree ")
	o.reference(tree)
	o.text("/ParentTreeNextKey ")
	o.number(len(parents))
	o.text(">>\n")
	o.end()
	o.begin(documentObject)
	o.text("<</S/Document/P ")
	o.reference(structureObject)
	writeReferences(o, "/K[", letters)
	o.text(">>\n")
	o.end()
	o.begin(tree)
	o.text("<</Nums[")
	for page, number := range parents {
		o.number(page)
		o.text(" ")
		o.reference(number)
		o.text(" ")
	}
	o.text("]>>\n")
	o.end()
}

func appendReference(dst []byte, number int) []byte {
	return append(appendInt(dst, number), " 0 R"...)
}
