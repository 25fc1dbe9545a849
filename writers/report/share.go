package report

import (
	"bytes"
	"errors"
)

// largestID is the section that names the largest amounts by dossier.
const largestID = "largest"

// sharedNote says in the page what it leaves out.
const sharedNote = "\n<p>The largest claims and payouts are left out of this copy: it names no dossier.</p>"

// Shared is the page of a batch without the section that names dossiers, for readers who must not look affiliates up. It is an error if the
// page does not have that section where this program writes it: then nothing may be shared.
func Shared(page []byte) ([]byte, error) {
	page, listed := cut(page, []byte(`<li><a href="#`+largestID+`">`), []byte("</li>\n"), nil)
	page, there := cut(page, []byte(`<section aria-labelledby="`+largestID+`">`), []byte("</section>"), nil)
	page, closed := cut(page, []byte("\n</footer>"), nil, []byte(sharedNote+"\n</footer>"))
	if !listed || !there || !closed || bytes.Contains(page, []byte(`"`+largestID+`"`)) {
		return nil, errors.New("the page does not have the section that names dossiers where it is expected: it can't be shared")
	}
	return page, nil
}

// cut puts a text in the place of the first part of a page that starts and ends with the given ones.
func cut(page, start, end, instead []byte) ([]byte, bool) {
	before, after, there := bytes.Cut(page, start)
	if !there {
		return page, false
	}
	if _, after, there = bytes.Cut(after, end); !there {
		return page, false
	}
	return bytes.Join([][]byte{before, after}, instead), true
}
