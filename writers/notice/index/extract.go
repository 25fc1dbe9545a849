package index

import (
	"io"

	"regul/writers/notice/pdf"
)

// Extract writes one letter of a file of letters as another file. first counts from 1, as in the index.
func Extract(w io.Writer, file io.ReaderAt, size int64, first, pages int) error {
	return pdf.Extract(w, file, size, first-1, pages)
}
