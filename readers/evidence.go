package readers

import (
	"strconv"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers/table"
)

// The columns of the evidence that hold numbers, by position: what they may be at most.
const (
	hoursColumn      = 4
	weekColumn       = 5
	daysColumn       = 6
	monthsColumn     = 7
	fractionColumn   = 8
	halfTimeColumn   = 9
	incapacityColumn = 10
	benefitColumn    = 11
	rightsColumn     = 12
)

var highestEvidence = map[int]int64{
	hoursColumn: 2208 * table.DecimalUnits, weekColumn: 168 * table.DecimalUnits, daysColumn: 366, monthsColumn: 12,
	fractionColumn: table.DecimalUnits, incapacityColumn: 100 * table.DecimalUnits,
}

// neededEvidence is what each kind can't be tested without: one column at least of each group.
var neededEvidence = map[pipeline.EvidenceKind][][]int{
	pipeline.Employee:           {{hoursColumn}, {weekColumn}},
	pipeline.Interim:            {{hoursColumn}, {weekColumn}},
	pipeline.TeacherTemporary:   {{hoursColumn}, {weekColumn}},
	pipeline.CivilServant:       {{daysColumn, monthsColumn}, {halfTimeColumn, fractionColumn}},
	pipeline.OtherPensionScheme: {{daysColumn, monthsColumn}, {halfTimeColumn, fractionColumn}},
	pipeline.TeacherTenured:     {{fractionColumn}},
	pipeline.Unemployed:         {{rightsColumn, benefitColumn}},
	pipeline.CareerBreak:        {{rightsColumn, benefitColumn}},
	pipeline.TimeCredit:         {{rightsColumn, benefitColumn}},
	pipeline.TerminationPay:     {{rightsColumn, benefitColumn}},
	pipeline.Sickness:           {{incapacityColumn}, {benefitColumn}},
}

func takeEvidence(d *decoder, row int) {
	columns := d.block.Columns
	e := pipeline.Evidence{
		Year:    d.year(row, 1),
		Quarter: d.small(row, 2, 4),
		Kind:    pipeline.EvidenceKind(d.code(row, 3, 0, pipeline.EvidenceKinds())),
		Place:   d.place(row),
	}
	if e.Kind == pipeline.NoKind && !d.failed {
		d.fail(row, pipeline.BadValue, "column kind: "+mustBeKind)
	}
	number := func(column int) int64 {
		if columns[column].States[row] == table.Empty {
			return pipeline.Unsaid
		}
		value := columns[column].Ints[row]
		if highest, bounded := highestEvidence[column]; bounded && value > highest && !d.failed {
			d.badValue(row, column)
		}
		return value
	}
	answer := func(column int) pipeline.Answer {
		if columns[column].States[row] == table.Empty {
			return pipeline.NoAnswer
		}
		return pipeline.No + pipeline.Answer(columns[column].Ints[row])
	}
	e.Hours, e.FullTime = int32(number(hoursColumn)), int32(number(weekColumn))
	e.Days, e.Months = int16(number(daysColumn)), int16(number(monthsColumn))
	e.Fraction, e.Incapacity = int32(number(fractionColumn)), int32(number(incapacityColumn))
	e.HalfTime, e.PensionRights = answer(halfTimeColumn), answer(rightsColumn)
	e.Benefit = pipeline.Unsaid
	if columns[benefitColumn].States[row] != table.Empty {
		e.Benefit = d.amount(row, benefitColumn)
		if e.Benefit < 0 && !d.failed {
			d.fail(row, pipeline.BadValue, "column daily_benefit: must not be negative")
		}
	}
	if e.FullTime >= 0 && e.FullTime < table.DecimalUnits && !d.failed {
		d.badValue(row, weekColumn)
	}
	d.needEvidence(row, e.Kind)
	e.NISS = d.niss(row)
	if !d.failed {
		d.scatter.Evidence(&e)
	}
}

// needEvidence rejects a row without what its kind is tested by.
func (d *decoder) needEvidence(row int, kind pipeline.EvidenceKind) {
	for _, group := range neededEvidence[kind] {
		given := false
		for _, column := range group {
			given = given || d.block.Columns[column].States[row] != table.Empty
		}
		if !given && !d.failed {
			d.fail(row, pipeline.BadValue, pipeline.Reason("column "+d.input.fields[group[0]].Name+": evidence of this kind needs it"))
		}
	}
}

// renderEvidence appends the cells after the national number.
func renderEvidence(b []byte, e *pipeline.Evidence) []byte {
	next := func(cell string) { b = append(append(b, ','), cell...) }
	number := func(n int64, text func(int64) string) {
		if n == pipeline.Unsaid {
			next("")
			return
		}
		next(text(n))
	}
	whole := func(n int64) string { return strconv.FormatInt(n, 10) }
	decimal := func(n int64) string { return string(table.AppendDecimal(nil, n)) }
	next(strconv.Itoa(int(e.Year)))
	next(strconv.Itoa(int(e.Quarter)))
	next(e.Kind.String())
	number(int64(e.Hours), decimal)
	number(int64(e.FullTime), decimal)
	number(int64(e.Days), whole)
	number(int64(e.Months), whole)
	number(int64(e.Fraction), decimal)
	next(answers[e.HalfTime])
	number(int64(e.Incapacity), decimal)
	number(int64(e.Benefit), func(n int64) string { return money.Cents(n).String() })
	next(answers[e.PensionRights])
	return b
}
