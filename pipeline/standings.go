package pipeline

// Situation is a quarter of a kind in which less than the ordinary contribution is owed, with its standing and the article.
type Situation struct {
	Quarter  string
	Standing Standing
	Article  string
}

// Situations list which quarter has which standing; every other quarter of the activity is due, a quarter before its beginning or after
// its end has no row. docs/law.md has the same table.
func Situations() []Situation {
	return []Situation{
		{"illness or invalidity, assimilated for the pension, the whole quarter", Assimilated, "RGS art. 50 §1 al. 1"},
		{"illness begun in its first month, or ended in its third", NotDue, "RGS art. 50 §1 al. 2-3"},
		{"after a birth: one quarter from 2017, two from 2026", NotDue, "RGS art. 50 §5"},
		{"care of a relative", NotDue, "RGS art. 50 §2"},
		{"bridging right with social rights kept", NotDue, "RGS art. 50 §4"},
		{"legal pension age or a pension begins and the activity stops", NotDue, "AR 38 art. 15 §2 2°"},
		{"death", NotDue, "AR 38 art. 15 §2 3°"},
		{"the provisional contribution is dispensed", Dispensed, "AR 38 art. 17 §7"},
		{"the supplement alone is dispensed", SupplementDispensed, "AR 38 art. 17 §2"},
	}
}
