package pdf

import (
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
)

// Info says what a file is. Texts may be empty, but the title and the language should not be.
type Info struct {
	Title, Author, Subject string
	Language               string    // BCP 47, such as fr-BE
	Created                time.Time // the day alone is written
}

// producer is the program that wrote the file.
const producer = "regul"

// The numbers of the objects that every file has at the same place.
const (
	catalogObject = 1 + iota
	rootObject
	infoObject
	metadataObject
	structureObject
	documentObject
	profileObject
	fontsObject
	firstFreeObject
)

// writeFront writes the catalog and what the file says about itself, twice: PDF/A wants the dictionary and
// the XMP metadata to agree.
func writeFront(o *output, info Info) error {
	for o.take() < documentObject {
	}
	for _, c := range info.Language {
		if c != '-' && (c > 'z' || !unicode.IsLetter(c) && !unicode.IsDigit(c)) {
			return fmt.Errorf("pdf: language %q is not BCP 47", info.Language)
		}
	}
	info.Title, info.Author, info.Subject = clean(info.Title), clean(info.Author), clean(info.Subject)

	o.begin(catalogObject)
	o.text("<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R/StructTreeRoot 5 0 R/MarkInfo<</Marked true>>/Lang(" + info.Language +
		")/ViewerPreferences<</DisplayDocTitle true>>" +
		"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)/DestOutputProfile 7 0 R>>]>>\n")
	o.end()

	o.begin(infoObject)
	o.text("<<")
	for _, entry := range [][2]string{{"Title", info.Title}, {"Author", info.Author}, {"Subject", info.Subject}, {"Creator", producer},
		{"Producer", producer}} {
		if entry[1] != "" {
			o.text("/" + entry[0] + "<" + hexText(entry[1]) + ">")
		}
	}
	day := info.Created.Format("20060102")
	o.text("/CreationDate(D:" + day + "000000Z)/ModDate(D:" + day + "000000Z)>>\n")
	o.end()

	o.begin(metadataObject)
	o.text("<</Type/Metadata/Subtype/XML")
	o.stream([]byte(xmp(info)))
	return nil
}

// xmp is the metadata in the XML that PDF/A prescribes.
func xmp(info Info) string {
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
		"<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">" +
		"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>\n" +
		"<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"><pdfuaid:part>1</pdfuaid:part></rdf:Description>\n" +
		accessibleSchema +
		"<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">")
	element := func(open, text, end string) {
		if text != "" {
			b.WriteString(open)
			xml.EscapeText(&b, []byte(text)) // a builder never fails
			b.WriteString(end)
		}
	}
	element(`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`, info.Title, "</rdf:li></rdf:Alt></dc:title>")
	element("<dc:creator><rdf:Seq><rdf:li>", info.Author, "</rdf:li></rdf:Seq></dc:creator>")
	element(`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">`, info.Subject, "</rdf:li></rdf:Alt></dc:description>")
	element("<dc:language><rdf:Bag><rdf:li>", info.Language, "</rdf:li></rdf:Bag></dc:language>")
	date := info.Created.Format("2006-01-02") + "T00:00:00Z"
	b.WriteString("</rdf:Description>\n<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">" +
		"<xmp:CreatorTool>" + producer + "</xmp:CreatorTool><xmp:CreateDate>" + date + "</xmp:CreateDate><xmp:ModifyDate>" + date +
		"</xmp:ModifyDate></rdf:Description>\n" +
		"<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"><pdf:Producer>" + producer +
		"</pdf:Producer></rdf:Description>\n" +
		"</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>")
	return b.String()
}

// accessibleSchema describes the property that says PDF/UA, which PDF/A does not know.
const accessibleSchema = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" ` +
	`xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>` +
	`<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>` +
	`<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>` +
	`<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>` +
	`<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>` +
	`<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>` +
	"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n"

// clean leaves out what neither XML nor a title can hold.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
}

// hexText is a text in UTF-16 with its mark, in hexadecimal.
func hexText(text string) string { return string(appendHexText(nil, text)) }

func appendHexText(dst []byte, text string) []byte {
	dst = append(dst, "feff"...)
	for _, r := range text {
		units := [2]rune{r, -1}
		if r > 0xffff {
			units[0], units[1] = utf16.EncodeRune(r)
		}
		for _, unit := range units {
			if unit >= 0 {
				dst = hex.AppendEncode(dst, []byte{byte(unit >> 8), byte(unit)})
			}
		}
	}
	return dst
}
