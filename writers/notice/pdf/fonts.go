package pdf

import (
	"fmt"
	"sync"
	"unicode/utf8"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
)

// Face is one of the embedded faces.
type Face uint8

// The faces: Liberation Sans, whose widths are those of Arial. Its licence (SIL Open Font License 1.1) leaves documents free.
const (
	Regular Face = iota
	Bold
	further // DejaVu Sans, for the letters that the others lack; only in the files that need it. Its licence leaves documents free too.
	faces
)

// faceFiles are the sources of the faces. The letters before the plus mark a subset, as PDF asks.
var faceFiles = [faces]struct {
	name string
	file []byte
	stem int // the width of a stem, in thousandths of the size
	of   [][2]rune
}{
	Regular: {"REGULA+LiberationSans", liberationsansregular.TTF, 80, characters},
	Bold:    {"REGULB+LiberationSans-Bold", liberationsansbold.TTF, 140, characters},
	further: {"REGULC+DejaVuSans", dejavusans.TTF, 80, furtherCharacters},
}

// Fonts are the embedded faces, cut down to the characters of a letter and measured once. They are immutable and safe for
// concurrent use.
type Fonts struct {
	faces   [faces]face
	more    packedFace // further
	objects []byte     // the objects 5, 6, 7 ... that every file begins with
	starts  []int64    // of each of them in objects
}

// LoadFonts prepares the faces. It takes some tens of milliseconds, once in a program.
var LoadFonts = sync.OnceValues(loadFonts)

func loadFonts() (*Fonts, error) {
	fonts := &Fonts{}
	var programs [faces]*program
	for i := range faceFiles {
		p, err := subset(faceFiles[i].file, faceFiles[i].of)
		if err != nil {
			return nil, fmt.Errorf("pdf: font %s: %w", faceFiles[i].name, err)
		}
		programs[i] = p
		fonts.faces[i].fill(p)
	}
	return fonts, fonts.prepare(programs)
}

// Width is the width of the text in points.
func (f *Fonts) Width(face Face, size float64, text string) float64 {
	return points(f.width(face, text), size)
}

// Covers says whether every character of the text has a glyph, perhaps once accents are composed. What has none is
// written as an empty square.
func (f *Fonts) Covers(text string) bool {
	if _, ok := f.faces[Regular].width(text); ok {
		return true // the faces in use have the same characters
	}
	covered := utf8.ValidString(text)
	f.each(Regular, text, func(_ Face, _ *glyph, known bool) { covered = covered && known })
	return covered
}
