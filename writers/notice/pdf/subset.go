package pdf

import (
	"encoding/binary"

	"golang.org/x/image/font/sfnt"
)

// program is a face cut down to the characters of a letter. Every character has another glyph, so that copied text
// gives it back: a no-break space is not taken for a space.
type program struct {
	file       []byte
	characters []rune // of each glyph; 0 for those that are only parts of others
	widths     []int  // of each glyph, in thousandths of the size
	box        [4]int // around all glyphs; like the lengths that follow in thousandths of the size
	ascent, descent,
	capital int
}

// subsetter numbers the glyphs that are kept.
type subsetter struct {
	tables     tables
	old        []int // of each kept glyph, its number in the whole font
	characters []rune
	kept       map[int]int // number in the whole font to the first kept glyph
}

// subset cuts a TrueType file down to ranges of characters. It leaves out the programs that fit outlines to the pixels of old screens:
// they are half of the file.
func subset(file []byte, characters [][2]rune) (*program, error) {
	t, err := readTables(file)
	if err != nil {
		return nil, err
	}
	s := &subsetter{tables: t, kept: map[int]int{}}
	s.keep(0, 0) // the glyph of missing characters, which every font has
	if err := s.keepCharacters(file, characters); err != nil {
		return nil, err
	}
	return s.build()
}

func (s *subsetter) keep(old int, r rune) {
	if _, ok := s.kept[old]; !ok {
		s.kept[old] = len(s.old)
	}
	s.old, s.characters = append(s.old, old), append(s.characters, r)
}

func (s *subsetter) keepCharacters(file []byte, characters [][2]rune) error {
	font, err := sfnt.Parse(file)
	if err != nil {
		return err
	}
	var buffer sfnt.Buffer
	for _, span := range characters {
		for r := span[0]; r <= span[1]; r++ {
			index, err := font.GlyphIndex(&buffer, r)
			if other, ok := alike[r]; ok && index == 0 && err == nil {
				index, err = font.GlyphIndex(&buffer, other)
			}
			if err != nil {
				return err
			}
			if index != 0 {
				s.keep(int(index), r)
			}
		}
	}
	return nil
}

// build writes the tables of the kept glyphs. Parts of composed glyphs are kept on the way, at the end.
func (s *subsetter) build() (*program, error) {
	p := &program{}
	t := s.tables
	unit := t.u16("head", 18)
	if unit == 0 {
		return nil, errFont
	}
	scale := func(n int) int { return (n*2000 + unit) / (2 * unit) }
	var glyf, hmtx []byte
	loca := make([]byte, 4)
	for i := 0; i < len(s.old); i++ {
		outline, err := t.glyph(s.old[i])
		if err != nil {
			return nil, err
		}
		if glyf, err = s.appendOutline(glyf, outline); err != nil {
			return nil, err
		}
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		m, err := t.metrics(s.old[i])
		if err != nil {
			return nil, err
		}
		hmtx = append(hmtx, m[:]...)
		p.widths = append(p.widths, scale(int(binary.BigEndian.Uint16(m[:]))))
	}
	p.characters = s.characters
	for i := range p.box {
		p.box[i] = scale(t.s16("head", 36+2*i))
	}
	p.ascent, p.descent = scale(t.s16("hhea", 4)), scale(t.s16("hhea", 6))
	if p.capital = p.ascent; len(t["OS/2"]) >= 90 { // older tables do not say how high a capital is
		p.capital = scale(t.s16("OS/2", 88))
	}
	p.file = s.assemble(glyf, loca, hmtx)
	return p, nil
}

// assemble is the file with the tables that a PDF needs.
func (s *subsetter) assemble(glyf, loca, hmtx []byte) []byte {
	head := append([]byte(nil), s.tables["head"]...)
	hhea := append([]byte(nil), s.tables["hhea"]...)
	maxp := append([]byte(nil), s.tables["maxp"]...)
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1) // loca has four bytes a glyph
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(s.old)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(s.old)))
	names := []string{"glyf", "head", "hhea", "hmtx", "loca", "maxp"}
	t := tables{"glyf": glyf, "head": head, "hhea": hhea, "hmtx": hmtx, "loca": loca, "maxp": maxp}
	file := join(names, t)
	start := binary.BigEndian.Uint32(file[12+16+8:])                      // of head, the second table
	binary.BigEndian.PutUint32(file[start+8:], 0xb1b0afba-checksum(file)) // the sum of the whole file is then this constant
	return file
}
