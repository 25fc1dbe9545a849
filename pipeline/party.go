package pipeline

// Party is who the fund settles with: a person, or a company. It is what letters, payments and tables need of one, whichever it is.
type Party struct {
	Number   int64 // in the register: the national number, or the enterprise number
	Digits   uint8 // of Number as it is written, with zeros in front
	Dossier  Dossier
	Language Language
	Hold     Hold
	Contact  Contact
}

// Append appends the number as it is written.
func (p *Party) Append(dst []byte) []byte { return AppendNumber(dst, p.Number, p.Digits) }

// AppendNumber appends a number of so many digits, with zeros in front.
func AppendNumber(dst []byte, number int64, digits uint8) []byte {
	return appendPadded(dst, uint64(number), int(digits))
}

// Party is the affiliate as the outputs know one.
func (a *Affiliate) Party() Party {
	return Party{Number: int64(a.NISS), Digits: NISSDigits, Dossier: a.Dossier, Language: a.Language, Hold: a.Hold, Contact: a.Contact}
}
