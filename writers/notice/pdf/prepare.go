package pdf

import (
	"bytes"
	"fmt"
	"unicode/utf16"
)

// objectsOfFace is how many objects a face takes: itself, its glyphs, their Unicode, its description, its program, the
// set of glyphs in it, and the map of their codes.
const objectsOfFace = 7

// prepare makes the bytes that are alike in every file: the colour profile and the faces. They are compressed once.
func (f *Fonts) prepare(programs [faces]*program) error {
	var file bytes.Buffer
	o := output{w: &file, starts: make([]int64, profileObject)} // the objects below are of each file
	o.begin(o.take())
	o.text("<</N 3/Alternate/DeviceRGB/Filter/FlateDecode")
	o.stream(compressOnce(srgbProfile()))
	o.begin(o.take())
	o.buf = fmt.Appendf(o.buf, "<</F%d %d 0 R/F%d %d 0 R>>\n", Regular, firstFreeObject, Bold, firstFreeObject+objectsOfFace)
	o.end()
	for i := range Face(len(programs)) {
		if packed := packFace(i, programs[i]); i == further {
			f.more = packed
		} else {
			packed.write(&o)
		}
	}
	o.flush()
	f.objects, f.starts = file.Bytes(), o.starts[profileObject:]
	return o.err
}

// packedFace is a face as files hold it, compressed once.
type packedFace struct {
	name                    string
	program                 *program
	stem                    int
	file, unicode, glyphSet []byte
}

func packFace(face Face, p *program) packedFace {
	return packedFace{faceFiles[face].name, p, faceFiles[face].stem, compressOnce(p.file), compressOnce(toUnicode(p.characters)),
		compressOnce(glyphSet(len(p.widths)))}
}

// write writes the objects of the face, objectsOfFace in all, and gives the number of the first.
func (f *packedFace) write(o *output) (first int) {
	plain := func(format string, values ...any) int {
		number := o.take()
		o.begin(number)
		o.buf = fmt.Appendf(o.buf, format+"\n", values...)
		o.end()
		return number
	}
	packed := func(dictionary string, data []byte) {
		o.begin(o.take())
		o.text("<<" + dictionary + "/Filter/FlateDecode")
		o.stream(data)
	}
	p, first := f.program, len(o.starts)
	plain("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding %d 0 R/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", f.name, first+6, first+1,
		first+2)
	plain("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"+
		"/FontDescriptor %d 0 R/CIDToGIDMap/Identity/W[0%d]>>", f.name, first+3, p.widths)
	packed("", f.unicode)
	plain("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox%d/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile2 "+
		"%d 0 R/CIDSet %d 0 R>>",
		f.name, p.box, p.ascent, p.descent, p.capital, f.stem, first+4, first+5)
	packed(fmt.Sprintf("/Length1 %d", len(p.file)), f.file)
	packed("", f.glyphSet)
	packed("/Type/CMap/CMapName/Regul/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>", codeMap)
	return first
}

// writeFurther writes the further face and the faces by name with it, and gives the number of those.
func (f *Fonts) writeFurther(o *output) int {
	first := f.more.write(o)
	number := o.take()
	o.begin(number)
	o.buf = fmt.Appendf(o.buf, "<</F%d %d 0 R/F%d %d 0 R/F%d %d 0 R>>\n", Regular, firstFreeObject, Bold, firstFreeObject+objectsOfFace,
		further, first)
	o.end()
	return number
}

// write writes the prepared objects, the first after those of writeFront.
func (f *Fonts) write(o *output) {
	for _, start := range f.starts {
		o.starts[o.take()] = o.written + int64(len(o.buf)) + start
	}
	o.buf = append(o.buf, f.objects...)
}

// codeSpace says which codes have one byte, and which two.
const codeSpace = "2 begincodespacerange\n<00><7F>\n<8000><FFFF>\nendcodespacerange\n"

// codeMap is the character map of every face: the glyph of each code.
var codeMap = compressOnce([]byte("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo 3 dict dup begin\n" +
	"/Registry(Adobe)def\n/Ordering(Identity)def\n/Supplement 0 def\nend def\n/CMapName/Regul def\n/CMapType 1 def\n/WMode 0 def\n" +
	codeSpace +
	"2 begincidrange\n<00><7F>0\n<8080><FFFF>128\nendcidrange\nendcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"))

// toUnicode is the table by which readers find and copy text: the character of each glyph.
func toUnicode(characters []rune) []byte {
	table := []byte("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n" +
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" + codeSpace)
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
			if number < shortCodes {
				table = fmt.Appendf(table, "<%02X><", number)
			} else {
				table = fmt.Appendf(table, "<%04X><", longCode|number)
			}
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
