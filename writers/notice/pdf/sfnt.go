package pdf

import (
	"encoding/binary"
	"errors"
)

var errFont = errors.New("the font file is damaged")

// tables are the tables of a TrueType file by name.
type tables map[string][]byte

// readTables finds the tables of a file.
func readTables(file []byte) (tables, error) {
	if len(file) < 12 {
		return nil, errFont
	}
	t := tables{}
	count := int(binary.BigEndian.Uint16(file[4:]))
	if len(file) < 12+16*count {
		return nil, errFont
	}
	for i := range count {
		entry := file[12+16*i:]
		start, length := int(binary.BigEndian.Uint32(entry[8:])), int(binary.BigEndian.Uint32(entry[12:]))
		if start+length > len(file) {
			return nil, errFont
		}
		t[string(entry[:4])] = file[start : start+length]
	}
	for name, least := range map[string]int{"head": 54, "hhea": 36, "maxp": 32, "OS/2": 78} {
		if len(t[name]) < least {
			return nil, errFont
		}
	}
	return t, nil
}

// u16 is the number at a place of a table whose length is known.
func (t tables) u16(name string, at int) int { return int(binary.BigEndian.Uint16(t[name][at:])) }

// s16 is u16 for a signed number.
func (t tables) s16(name string, at int) int { return int(int16(t.u16(name, at))) }

// glyph is the outline of a glyph; empty for a blank.
func (t tables) glyph(number int) ([]byte, error) {
	loca, glyf := t["loca"], t["glyf"]
	var start, end int
	if t.u16("head", 50) == 0 {
		if len(loca) < 2*number+4 {
			return nil, errFont
		}
		start, end = 2*int(binary.BigEndian.Uint16(loca[2*number:])), 2*int(binary.BigEndian.Uint16(loca[2*number+2:]))
	} else {
		if len(loca) < 4*number+8 {
			return nil, errFont
		}
		start, end = int(binary.BigEndian.Uint32(loca[4*number:])), int(binary.BigEndian.Uint32(loca[4*number+4:]))
	}
	if start > end || end > len(glyf) {
		return nil, errFont
	}
	return glyf[start:end], nil
}

// metrics are the advance width and the left side bearing of a glyph, four bytes as they stand in hmtx.
func (t tables) metrics(number int) ([4]byte, error) {
	hmtx, long := t["hmtx"], t.u16("hhea", 34)
	var m [4]byte
	if number < long {
		if len(hmtx) < 4*number+4 {
			return m, errFont
		}
		copy(m[:], hmtx[4*number:])
		return m, nil
	}
	bearing := 4*long + 2*(number-long) // the last width holds for all that follow
	if long == 0 || len(hmtx) < bearing+2 {
		return m, errFont
	}
	copy(m[:2], hmtx[4*long-4:])
	copy(m[2:], hmtx[bearing:])
	return m, nil
}

// join writes the tables, in the order of names, as a TrueType file.
func join(names []string, t tables) []byte {
	file := make([]byte, 12+16*len(names))
	binary.BigEndian.PutUint32(file, 0x00010000)
	power := 1
	for power*2 <= len(names) {
		power *= 2
	}
	log := 0
	for 1<<(log+1) <= power {
		log++
	}
	binary.BigEndian.PutUint16(file[4:], uint16(len(names)))
	binary.BigEndian.PutUint16(file[6:], uint16(power*16))
	binary.BigEndian.PutUint16(file[8:], uint16(log))
	binary.BigEndian.PutUint16(file[10:], uint16(16*(len(names)-power)))
	for i, name := range names {
		entry := file[12+16*i:]
		copy(entry, name)
		binary.BigEndian.PutUint32(entry[4:], checksum(t[name]))
		binary.BigEndian.PutUint32(entry[8:], uint32(len(file)))
		binary.BigEndian.PutUint32(entry[12:], uint32(len(t[name])))
		file = append(file, t[name]...)
		for len(file)%4 != 0 {
			file = append(file, 0)
		}
	}
	return file
}

// checksum is the sum of the table as big-endian numbers of four bytes.
func checksum(table []byte) uint32 {
	var sum uint32
	for i, b := range table {
		sum += uint32(b) << (24 - 8*(i%4))
	}
	return sum
}
