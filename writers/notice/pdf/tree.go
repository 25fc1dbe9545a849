package pdf

// nodeSize is how many pages a node of the page tree holds.
const nodeSize = 512

// pageTree is the tree of the pages: a root with nodes, each with up to nodeSize pages.
type pageTree struct {
	nodes []int // the objects of the nodes
	pages []int // the objects of the pages of the last node
	count int   // pages in all
}

func (t *pageTree) reset() { t.nodes, t.pages, t.count = t.nodes[:0], t.pages[:0], 0 }

// node is the object of the node that takes the next page.
func (t *pageTree) node(o *output) int {
	if len(t.pages) == nodeSize {
		t.finish(o)
	}
	if len(t.pages) == 0 {
		t.nodes = append(t.nodes, o.take())
	}
	return t.nodes[len(t.nodes)-1]
}

// add adds a page to the node.
func (t *pageTree) add(page int) {
	t.pages = append(t.pages, page)
	t.count++
}

// finish writes the last node.
func (t *pageTree) finish(o *output) {
	o.begin(t.nodes[len(t.nodes)-1])
	o.text("<</Type/Pages/Parent 2 0 R/Count ")
	o.number(len(t.pages))
	writeReferences(o, "/Kids[", t.pages)
	o.text(">>\n")
	o.end()
	t.pages = t.pages[:0]
}

// close writes the last node and the root, which says for all pages that they are A4.
func (t *pageTree) close(o *output) {
	t.finish(o)
	o.begin(rootObject)
	o.text("<</Type/Pages/MediaBox[0 0 595.28 841.89]/Count ")
	o.number(t.count)
	writeReferences(o, "/Kids[", t.nodes)
	o.text(">>\n")
	o.end()
}

// writeReferences writes an array of references that begins so.
func writeReferences(o *output, begin string, numbers []int) {
	o.text(begin)
	for i, number := range numbers {
		if i > 0 {
			o.text(" ")
		}
		o.reference(number)
	}
	o.text("]")
}
