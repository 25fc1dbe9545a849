package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
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
	for n := -1; n < 1<<40; n += 1 + max(0, n)/70 {
		for _, m := range []int{n, n/10_000*10_000 + 7, n / 1000 * 1000} {
			if got := string(appendInt(nil, m)); got != strconv.Itoa(m) {
				t.Fatalf("%d is written %s", m, got)
			}
		}
	}
}

func TestHundredths(t *testing.T) {
	for n := -2*largest*100 - 1; n <= 2*largest*100+1; n += 1 + max(0, n-100_000)/90 + max(0, -100_000-n)/90 {
		cut := max(-2*largest*100, min(n, 2*largest*100))
		want := strconv.FormatFloat(float64(cut)/100, 'f', -1, 64) + " "
		if got := string(appendHundredths([]byte("x"), n)); got != "x"+want {
			t.Fatalf("%d hundredths are written %q", n, got)
		}
	}
}

// Each byte of an entry of the table of objects is written as what it is more than the one above.
func TestDifferencesOfBytes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		a, b := random.Uint64(), random.Uint64()
		var above, got [8]byte
		binary.BigEndian.PutUint64(above[:], b)
		binary.BigEndian.PutUint64(got[:], difference(a, b))
		for i := range got {
			got[i] += above[i]
		}
		if sum := binary.BigEndian.Uint64(got[:]); sum != a {
			t.Fatalf("%x less %x comes back as %x", a, b, sum)
		}
	}
}

// The first words of a text that fit are those of the slow way, also at spaces in a row and characters of the further face.
func TestFitIsTheSlowWay(t *testing.T) {
	fonts, err := LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"a", "Catégorie", "0,00\u202f€", "  ", "\u00a0", "Żółć", "e\u0301", "Արամ", "trimestres", "–", "\xff", "\xc3"}
	random := rand.New(rand.NewPCG(3, 4))
	fitted := 0
	for range 20_000 {
		var text strings.Builder
		for range random.IntN(20) {
			text.WriteString(words[random.IntN(len(words))])
			if random.IntN(3) > 0 {
				text.WriteByte(' ')
			}
		}
		face, size, room := Face(random.IntN(2)), 7+random.Float64()*5, random.Float64()*300-1
		line := strings.TrimLeft(text.String(), " ")
		got, want := fonts.Fit(face, size, room, line), fonts.fitWords(face, size, room, line)
		if got != want {
			t.Fatalf("%d bytes of %q fit into %v at %v: want %d", got, line, room, size, want)
		}
		if 0 < got && got < len(line) {
			fitted++
		}
	}
	if fitted < 1000 {
		t.Errorf("only %d texts are parted", fitted)
	}
}
