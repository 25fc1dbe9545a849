package payments

import "strings"

// document is XML in the making, a leaf element a line. Its texts are latin: nothing needs escaping.
type document []byte

// open opens elements, each in the one before, given as a path such as CstmrCdtTrfInitn/GrpHdr.
func (d *document) open(path string) {
	for tag := range strings.SplitSeq(path, "/") {
		*d = append(*d, '<')
		*d = append(*d, tag...)
		*d = append(*d, '>')
	}
}

// end closes the elements of a path. A tag may have attributes.
func (d *document) end(path string) {
	for path != "" {
		last := strings.LastIndexByte(path, '/')
		tag, _, _ := strings.Cut(path[last+1:], " ")
		*d = append(*d, '<', '/')
		*d = append(*d, tag...)
		*d = append(*d, '>')
		path = path[:max(last, 0)]
	}
	d.line()
}

// leaf writes a path of elements around a text; without text it writes nothing.
func (d *document) leaf(path string, text latin) {
	if text == "" {
		return
	}
	d.open(path)
	*d = append(*d, text...)
	d.end(path)
}

// line ends a line.
func (d *document) line() { *d = append(*d, '\n') }
