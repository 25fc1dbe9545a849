package payments

import "strings"

// transliterations write small letters and signs that are no Latin letter with an accent: first the letters of Latin
// alphabets, then Greek and Cyrillic as the conversion table of EPC217-08 has them, with the letters of the languages that
// it leaves out, then signs.
var transliterations = table(
	"ß ss æ ae œ oe ø o ł l đ d ð d þ th ħ h ı i ŋ n ŧ t ƒ f ə e ĸ k",
	"α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o",
	"а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х h ц ts ч ch ш sh щ sht ъ a ь y ю yu я ya",
	"ё e ы y э e є ye і i ї yi ґ g ў u ђ dj ј j љ lj њ nj ћ c џ dz ѓ gj ѕ dz ќ kj",
	"& + _ - ; , [ ( ] ) { ( } ) \\ / ` ' ´ ' ‘ ' ’ ' ‚ ' ‛ ' ʼ ' ʹ ' ′ ' ‐ - ‑ - ‒ - – - — - ― - − - ⁄ / € EUR",
)

// table reads pairs of a character and its text.
func table(lines ...string) map[rune]string {
	m := map[rune]string{}
	fields := strings.Fields(strings.Join(lines, " "))
	for i := 0; i < len(fields); i += 2 {
		for _, c := range fields[i] {
			m[c] = fields[i+1]
		}
	}
	return m
}
