package page

import (
	"html/template"
	"regexp"
	"strings"
)

// tight has the spaces at which no line ends: in a citation, and before the signs of French.
var tight = strings.NewReplacer(" §", FixedSpace+"§", "art. ", "art."+FixedSpace,
	"Art. ", "Art."+FixedSpace, " al. ", FixedSpace+"al."+FixedSpace, " lid ", FixedSpace+"lid"+FixedSpace, " Abs. ",
	FixedSpace+"Abs."+FixedSpace, "AR 38", "AR"+FixedSpace+"38", "KB 38", "KB"+FixedSpace+"38", "KE 38", "KE"+FixedSpace+"38",
	"KE 1967", "KE"+FixedSpace+"1967", "n° ", "n°"+FixedSpace, "nr. ", "nr."+FixedSpace, "Nr. ", "Nr."+FixedSpace, "« ", "«"+FixedSpace,
	" »", FixedSpace+"»", " :", FixedSpace+":", " ;", FixedSpace+";", " ?", FixedSpace+"?", " !", FixedSpace+"!")

// units stand after their number.
var units = regexp.MustCompile(`([0-9]) (EUR|%)`)

// whole are the days and names of batches: their hyphens end no line.
var whole = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9a-f]{8})?|\+\+\+[0-9/]+\+\+\+`)

// tied is a text of the page in which what belongs together stays on one line.
func tied(text string) template.HTML {
	text = tight.Replace(text)
	if strings.Contains(text, " EUR") || strings.Contains(text, " %") { // few texts have what the expressions look for
		text = units.ReplaceAllString(text, "$1"+FixedSpace+"$2")
	}
	text = template.HTMLEscapeString(text)
	if strings.Contains(text, "-") || strings.Contains(text, "+++") {
		text = whole.ReplaceAllString(text, `<span class="whole">$0</span>`)
	}
	return template.HTML(text)
}
