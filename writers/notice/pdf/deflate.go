package pdf

import (
	"bytes"

	"github.com/klauspost/compress/zlib"
)

// pageLevel is the level of compression of pages.
const pageLevel = 1

// deflater compresses one content after the other with the same memory.
type deflater struct {
	buffer bytes.Buffer
	writer *zlib.Writer
}

// compress gives the compressed bytes; they hold until the next call.
func (d *deflater) compress(content []byte) []byte {
	d.buffer.Reset()
	if d.writer == nil {
		d.writer, _ = zlib.NewWriterLevel(&d.buffer, pageLevel) // fails for a level alone that does not exist
	} else {
		d.writer.Reset(&d.buffer)
	}
	d.writer.Write(content) // a buffer never fails
	d.writer.Close()
	return d.buffer.Bytes()
}

// compressOnce compresses what is compressed once and written often.
func compressOnce(data []byte) []byte {
	var buffer bytes.Buffer
	writer, _ := zlib.NewWriterLevel(&buffer, zlib.BestCompression)
	writer.Write(data)
	writer.Close()
	return buffer.Bytes()
}
