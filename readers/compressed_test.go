package readers_test

import (
	"bytes"
	"strings"
	"testing"

	"regul/pipeline"
)

// someText is CSV that does not compress to nothing.
func someText() []byte {
	var text bytes.Buffer
	text.WriteString(header(pipeline.Payments) + "\n")
	for i := range 60 {
		text.WriteString("85010112387,2023,1,2023-02-06," + strings.Repeat("7", i%5+1) + ".8" + string(rune('0'+i%10)) + "\n")
	}
	return text.Bytes()
}

func TestATruncatedGzipIsAnErrorWhereverItEnds(t *testing.T) {
	content := gzipped(someText())
	for length := 1; length < len(content); length++ {
		if _, err := tryRead(t, pipeline.Payments, "x.csv.gz", content[:length]); err == nil {
			t.Errorf("%d of %d bytes are read without an error", length, len(content))
		}
	}
}

func TestATruncatedZstdIsAnErrorWhereverItEnds(t *testing.T) {
	content := zstandard(someText())
	for length := 1; length < len(content); length++ {
		if _, err := tryRead(t, pipeline.Payments, "x.csv.zst", content[:length]); err == nil {
			t.Errorf("%d of %d bytes are read without an error", length, len(content))
		}
	}
}

func TestATruncatedFileIsSaidToBeCutOff(t *testing.T) {
	for name, content := range map[string][]byte{"x.csv.gz": gzipped(someText()), "x.csv.zst": zstandard(someText())} {
		refused(t, pipeline.Payments, name, content[:len(content)*2/3], "cut off")
	}
}

func TestAChangedByteInACompressedFileChangesNoRow(t *testing.T) {
	want := read(t, pipeline.Payments, "x.csv", someText())
	for name, content := range map[string][]byte{"x.csv.gz": gzipped(someText()), "x.csv.zst": zstandard(someText())} {
		start := 12 // after the header's time stamp and the like, which nobody checks
		for at := start; at < len(content); at++ {
			damaged := bytes.Clone(content)
			damaged[at] ^= 0x10
			if got, err := tryRead(t, pipeline.Payments, name, damaged); err == nil && got.digest != want.digest {
				t.Errorf("%s: byte %d of %d changes the rows without an error", name, at, len(content))
			}
		}
	}
}

func TestGarbageAfterACompressedFileIsAnError(t *testing.T) {
	for name, content := range map[string][]byte{"x.csv.gz": gzipped(someText()), "x.csv.zst": zstandard(someText())} {
		if _, err := tryRead(t, pipeline.Payments, name, append(content, "garbage!"...)); err == nil {
			t.Errorf("%s is read without an error", name)
		}
	}
}
