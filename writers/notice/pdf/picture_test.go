package pdf_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"regul/fixtures/pdfcheck"
	"regul/writers/notice/pdf"
)

// plain is a picture of one colour, not at the origin.
func plain(c color.Color) image.Image {
	picture := image.NewNRGBA(image.Rect(5, 7, 25, 17))
	for i := range picture.Bounds().Dx() {
		for j := range picture.Bounds().Dy() {
			picture.Set(5+i, 7+j, c)
		}
	}
	return picture
}

func pngOf(t *testing.T, picture image.Image) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// drawn is the colour of a picture on the page.
func drawn(t *testing.T, file []byte) [3]uint8 {
	t.Helper()
	picture, err := pdf.LoadImage(file)
	if err != nil {
		t.Fatal(err)
	}
	return pdfcheck.Colour(t, save(t, write(t, func(d *pdf.Document) {
		d.BeginPage().DrawImage(d.Image(picture), 100, 100, 200, 100)
		d.EndPage()
	})), 200, 150)
}

func TestAPictureHasItsColours(t *testing.T) {
	if got, want := drawn(t, pngOf(t, plain(color.NRGBA{R: 10, G: 120, B: 250, A: 255}))), [3]uint8{10, 120, 250}; got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestBehindAPictureIsWhite(t *testing.T) {
	if got := drawn(t, pngOf(t, plain(color.NRGBA{}))); got != [3]uint8{255, 255, 255} {
		t.Errorf("%v", got)
	}
}

func TestAPictureMayBeAJPEG(t *testing.T) {
	var file bytes.Buffer
	if err := jpeg.Encode(&file, plain(color.White), nil); err != nil {
		t.Fatal(err)
	}
	if got := drawn(t, file.Bytes()); got != [3]uint8{255, 255, 255} {
		t.Errorf("%v", got)
	}
}

func TestAPictureKnowsItsSize(t *testing.T) {
	picture, err := pdf.LoadImage(pngOf(t, plain(color.Black)))
	if err != nil {
		t.Fatal(err)
	}
	if width, height := picture.Size(); width != 20 || height != 10 {
		t.Errorf("%d by %d", width, height)
	}
}

func TestWhatIsNotAPictureIsRefused(t *testing.T) {
	for _, file := range [][]byte{nil, []byte("GIF89a"), pngOf(t, plain(color.Black))[:60],
		pngOf(t, image.NewGray(image.Rect(0, 0, 4000, 3000)))} {
		if _, err := pdf.LoadImage(file); err == nil {
			t.Errorf("%.10q is read", file)
		}
	}
}
