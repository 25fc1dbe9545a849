package pdf

import "encoding/binary"

// The flags of a part of a composed glyph.
const (
	wordArguments   = 1 << 0
	oneScale        = 1 << 3
	moreParts       = 1 << 5
	twoScales       = 1 << 6
	fourScales      = 1 << 7
	hasInstructions = 1 << 8
)

// appendOutline appends an outline without its instructions, on a boundary of four bytes. The parts of a composed one get their
// new numbers.
func (s *subsetter) appendOutline(dst, outline []byte) ([]byte, error) {
	if len(outline) == 0 {
		return dst, nil
	}
	if len(outline) < 10 {
		return nil, errFont
	}
	var err error
	if contours := int(int16(binary.BigEndian.Uint16(outline))); contours >= 0 {
		dst, err = appendSimple(dst, outline, contours)
	} else {
		dst, err = s.appendComposed(dst, outline)
	}
	for len(dst)%4 != 0 {
		dst = append(dst, 0)
	}
	return dst, err
}

func appendSimple(dst, outline []byte, contours int) ([]byte, error) {
	count := 10 + 2*contours // where the length of the instructions stands
	if len(outline) < count+2 {
		return nil, errFont
	}
	points := count + 2 + int(binary.BigEndian.Uint16(outline[count:]))
	if len(outline) < points {
		return nil, errFont
	}
	dst = append(dst, outline[:count]...)
	dst = append(dst, 0, 0)
	return append(dst, outline[points:]...), nil
}

func (s *subsetter) appendComposed(dst, outline []byte) ([]byte, error) {
	dst = append(dst, outline[:10]...)
	for at := 10; ; {
		if len(outline) < at+4 {
			return nil, errFont
		}
		flags, part := binary.BigEndian.Uint16(outline[at:]), int(binary.BigEndian.Uint16(outline[at+2:]))
		length := 4 + 2
		if flags&wordArguments != 0 {
			length += 2
		}
		switch {
		case flags&oneScale != 0:
			length += 2
		case flags&twoScales != 0:
			length += 4
		case flags&fourScales != 0:
			length += 8
		}
		if len(outline) < at+length {
			return nil, errFont
		}
		if _, ok := s.kept[part]; !ok {
			s.keep(part, 0)
		}
		dst = binary.BigEndian.AppendUint16(dst, flags&^hasInstructions)
		dst = binary.BigEndian.AppendUint16(dst, uint16(s.kept[part]))
		dst = append(dst, outline[at+4:at+length]...)
		at += length
		if flags&moreParts == 0 {
			return dst, nil
		}
	}
}
