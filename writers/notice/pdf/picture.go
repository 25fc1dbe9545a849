package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg" // the formats that are read
	_ "image/png"
)

// maxPixels is the largest picture: a logo of 30 by 10 cm at 300 dots an inch has 4 million.
const maxPixels = 8_000_000

// Picture is a logo, prepared once for all files. It is immutable and safe for concurrent use.
type Picture struct {
	width, height int    // in pixels
	data          []byte // compressed
}

// LoadImage prepares a PNG or JPEG. PDF/A-1 forbids transparency: what lies behind becomes white.
func LoadImage(data []byte) (*Picture, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("pdf: picture: %w", err)
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > maxPixels/size.Height {
		return nil, fmt.Errorf("pdf: picture of %d by %d pixels: at most %d together", size.Width, size.Height, maxPixels)
	}
	source, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("pdf: picture: %w", err)
	}
	flat := image.NewRGBA(image.Rect(0, 0, size.Width, size.Height))
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), source, source.Bounds().Min, draw.Over)
	samples := make([]byte, 0, 3*size.Width*size.Height)
	for i := 0; i < len(flat.Pix); i += 4 {
		samples = append(samples, flat.Pix[i:i+3]...)
	}
	return &Picture{size.Width, size.Height, compressOnce(samples)}, nil
}

// Size is the size of the picture in pixels.
func (p *Picture) Size() (width, height int) { return p.width, p.height }
