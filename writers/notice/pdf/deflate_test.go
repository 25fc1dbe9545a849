package pdf

import (
	"bytes"
	"compress/zlib"
	"hash/adler32"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

func inflated(t testing.TB, compressed []byte) []byte {
	t.Helper()
	source, err := zlib.NewReader(bytes.NewReader(compressed))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(source)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// contents are texts of every kind: short, long, without a match, with the longest ones, with every byte.
func contents() [][]byte {
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 100_000)
	for i := range noise {
		noise[i] = byte(r.IntN(256))
	}
	all := [][]byte{nil, []byte("a"), []byte("abcd"), bytes.Repeat([]byte("x"), 300_000), noise,
		append(bytes.Clone(noise[:40_000]), noise[:40_000]...)}
	for length := range 600 {
		all = append(all, append(bytes.Repeat([]byte{byte(length)}, length), noise[:length%7]...))
	}
	return append(all, []byte(strings.Repeat("/P<</MCID 7>>BDC\n57 60 Td(Rue de l'Exemple)Tj\nEMC\n", 900)))
}

func TestWhatIsCompressedComesBack(t *testing.T) {
	var d deflater
	for i, content := range contents() {
		if got := inflated(t, d.compress(content)); !bytes.Equal(got, content) {
			t.Fatalf("content %d of %d bytes comes back as %d others", i, len(content), len(got))
		}
	}
}

func TestAdler(t *testing.T) {
	for i, content := range append(contents(), bytes.Repeat([]byte{0xff}, 100_003)) {
		if got, want := adler(content), adler32.Checksum(content); got != want {
			t.Errorf("content %d: %08x, want %08x", i, got, want)
		}
	}
}

func TestCompressionDoesNotDependOnWhatWasCompressedBefore(t *testing.T) {
	text := []byte(strings.Repeat("Caisse d'assurances sociales ", 30))
	var fresh, used deflater
	for _, content := range contents() {
		used.compress(content)
	}
	used.reset()
	if !bytes.Equal(fresh.compress(text), used.compress(text)) {
		t.Error("the same text has other bytes")
	}
}

func FuzzCompress(f *testing.F) {
	var d deflater
	for _, content := range contents()[:20] {
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if got := inflated(t, d.compress(content)); !bytes.Equal(got, content) {
			t.Fatalf("%q comes back as %q", content, got)
		}
	})
}

func TestWholeNumbers(t *testing.T) {
	for n := -1; n < 1<<40; n += 1 + max(0, n)/7 {
		for _, m := range []int{n, n/10_000*10_000 + 7, n / 1000 * 1000} {
			if got := string(appendInt(nil, m)); got != strconv.Itoa(m) {
				t.Fatalf("%d is written %s", m, got)
			}
		}
	}
}
