package pdf

import (
	"bytes"
	"fmt"
	"unicode/utf16"
)

// objectsOfFace is how many objects a face takes: itself, its glyphs, their Unicode, its description, its program and the
// set of glyphs in it.
const objectsOfFace = 6

// prepare makes the bytes that are alike in every file: the colour profile and the faces. They are compressed once.
func (f *Fonts) prepare(programs [faces]*program) error {
	var file bytes.Buffer
	o := output{w: &file, starts: make([]int64, profileObject)} // the objects below are of each file
	packed := func(dictionary string, data []byte) {
		o.begin(o.take())
		o.text("<<" + dictionary + "/Filter/FlateDecode")
		o.stream(compressOnce(data))
	}
	plain := func(format string, values ...any) {
		o.begin(o.take())
		o.buf = fmt.Appendf(o.buf, format+"\n", values...)
		o.end()
	}
	packed("/N 3/Alternate/DeviceRGB", srgbProfile())
	plain("<</F%d %d 0 R/F%d %d 0 R>>", Regular, firstFreeObject, Bold, firstFreeObject+objectsOfFace)
	for i, p := range programs {
		name, first := faceFiles[i].name, firstFreeObject+objectsOfFace*i
		plain("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", name, first+1, first+2)
		plain("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"+
			"/FontDescriptor %d 0 R/CIDToGIDMap/Identity/W[0%d]>>", name, first+3, p.widths)
		packed("", toUnicode(p.characters))
		plain("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox%d/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile2 %d 0 R/CIDSet %d 0 R>>",
			name, p.box, p.ascent, p.descent, p.capital, faceFiles[i].stem, first+4, first+5)
		packed(fmt.Sprintf("/Length1 %d", len(p.file)), p.file)
		packed("", glyphSet(len(p.widths)))
	}
	o.flush()
	f.objects, f.starts = file.Bytes(), o.starts[profileObject:]
	return o.err
}

// write writes the prepared objects, the first after those of writeFront.
func (f *Fonts) write(o *output) {
	for _, start := range f.starts {
		o.starts[o.take()] = o.written + int64(len(o.buf)) + start
	}
	o.buf = append(o.buf, f.objects...)
}

// toUnicode is the table by which readers find and copy text: the character of each glyph.
func toUnicode(characters []rune) []byte {
	table := []byte("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n" +
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	var known []int
	for number, r := range characters {
		if r != 0 {
			known = append(known, number)
		}
	}
	const most = 100 // that a section of the table may have
	for len(known) > 0 {
		section := known[:min(most, len(known))]
		known = known[len(section):]
		table = fmt.Appendf(table, "%d beginbfchar\n", len(section))
		for _, number := range section {
			table = fmt.Appendf(table, "<%04X><", number)
			for _, unit := range utf16.Encode([]rune{characters[number]}) {
				table = fmt.Appendf(table, "%04X", unit)
			}
			table = append(table, ">\n"...)
		}
		table = append(table, "endbfchar\n"...)
	}
	return append(table, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"...)
}

// glyphSet says that the glyphs below count are embedded: a bit for each, the upper one first.
func glyphSet(count int) []byte {
	set := make([]byte, (count+7)/8)
	for i := range count {
		set[i/8] |= 0x80 >> (i % 8)
	}
	return set
}
