package verify

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/sync/errgroup"

	"regul/jobs/batch"
)

// countAllPages counts the pages of PDF files, several at a time.
func (v *verifier) countAllPages(files []*batch.ManifestFile) (pages []int64, faults []error) {
	pages, faults = make([]int64, len(files)), make([]error, len(files))
	var group errgroup.Group
	group.SetLimit(v.options.Workers)
	for i, f := range files {
		group.Go(func() error {
			pages[i], faults[i] = v.countPages(f.Path)
			return nil
		})
	}
	group.Wait() // each file has its own fault
	return pages, faults
}

// countPages counts the page objects of a PDF file by their bytes.
func (v *verifier) countPages(name string) (int64, error) {
	file, err := v.open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	return countPages(io.NewSectionReader(file, 0, file.Size()))
}

// pageObject begins the type of a page (ISO 32000-1 7.7.3.3); that of the tree of pages goes on with an s.
var pageObject = []byte("/Type/Page")

// countPages counts "/Type /Page", with any white space between, that is not the beginning of a longer name.
func countPages(r io.Reader) (pages int64, err error) {
	matched := 0 // bytes of pageObject so far
	buffer := make([]byte, fileBuffer)
	for {
		n, err := r.Read(buffer)
		for i := 0; i < n; i++ {
			if matched == 0 { // most bytes are those of compressed streams
				next := bytes.IndexByte(buffer[i:n], pageObject[0])
				if next < 0 {
					break
				}
				i, matched = i+next, 1
				continue
			}
			b := buffer[i]
			white := b == ' ' || b == '\n' || b == '\r' || b == '\t'
			switch {
			case matched == len(pageObject):
				if b < 'A' || b > 'Z' && b < 'a' || b > 'z' {
					pages++
				}
				matched = 0
				if b == pageObject[0] {
					matched = 1
				}
			case b == pageObject[matched]:
				matched++
			case white && matched == bytes.LastIndexByte(pageObject, '/'):
			case b == pageObject[0]:
				matched = 1
			default:
				matched = 0
			}
		}
		if errors.Is(err, io.EOF) {
			return pages, nil
		}
		if err != nil {
			return pages, err
		}
	}
}
