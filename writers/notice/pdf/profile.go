package pdf

import (
	"encoding/binary"
	"math"
)

// curvePoints is how many points the tone curve of the profile has.
const curvePoints = 1024

// srgbProfile is an ICC profile (version 2.1) of sRGB, from the published values of IEC 61966-2-1: primaries adapted to
// the white D50 of profiles, and the tone curve. PDF/A asks for one, so that colours mean the same everywhere.
func srgbProfile() []byte {
	curve := curveTag()
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", descriptionTag("sRGB IEC61966-2.1")},
		{"cprt", append([]byte("text\x00\x00\x00\x00"), "No copyright\x00"...)},
		{"wtpt", xyzTag(0.9642, 1, 0.8249)},
		{"rXYZ", xyzTag(0.43607, 0.22249, 0.01392)},
		{"gXYZ", xyzTag(0.38515, 0.71687, 0.09708)},
		{"bXYZ", xyzTag(0.14307, 0.06061, 0.71410)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil}, // one curve for the three
	}
	profile := make([]byte, 128+4+12*len(tags))
	copy(profile[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	for i, n := range []uint16{1998, 2, 9, 0, 0, 0} { // a fixed date
		binary.BigEndian.PutUint16(profile[24+2*i:], n)
	}
	copy(profile[36:], "acsp")
	copy(profile[68:], xyzTag(0.9642, 1, 0.8249)[8:])
	binary.BigEndian.PutUint32(profile[128:], uint32(len(tags)))
	start := 0
	for i, tag := range tags {
		if tag.data != nil {
			start = len(profile)
			profile = append(profile, tag.data...)
			for len(profile)%4 != 0 {
				profile = append(profile, 0)
			}
		}
		entry := profile[132+12*i:]
		copy(entry, tag.name)
		binary.BigEndian.PutUint32(entry[4:], uint32(start))
		length := len(tag.data)
		if tag.data == nil {
			length = len(curve)
		}
		binary.BigEndian.PutUint32(entry[8:], uint32(length))
	}
	binary.BigEndian.PutUint32(profile, uint32(len(profile)))
	return profile
}

func xyzTag(x, y, z float64) []byte {
	tag := []byte("XYZ \x00\x00\x00\x00")
	for _, v := range []float64{x, y, z} {
		tag = binary.BigEndian.AppendUint32(tag, uint32(math.Round(v*65536)))
	}
	return tag
}

// descriptionTag is a text in ASCII, without its optional forms in Unicode and for a Macintosh.
func descriptionTag(text string) []byte {
	tag := []byte("desc\x00\x00\x00\x00")
	tag = binary.BigEndian.AppendUint32(tag, uint32(len(text)+1))
	tag = append(append(tag, text...), 0)
	return append(tag, make([]byte, 4+4+2+1+67)...)
}

func curveTag() []byte {
	tag := []byte("curv\x00\x00\x00\x00")
	tag = binary.BigEndian.AppendUint32(tag, curvePoints)
	for i := range curvePoints {
		v := float64(i) / (curvePoints - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		tag = binary.BigEndian.AppendUint16(tag, uint16(math.Round(v*65535)))
	}
	return tag
}
