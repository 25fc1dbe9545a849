package readers

import (
	"strconv"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers/table"
)

// The columns of the evidence, in the order of the contract; the reader refers to them by these positions.
const (
	evidenceNISS = iota
	evidenceYear
	evidenceQuarter
	evidenceKind
	hoursColumn
	weekColumn
	daysColumn
	monthsColumn
	fractionColumn
	halfTimeColumn
	incapacityColumn
	benefitColumn
	rightsColumn
	startedColumn
	endedColumn
)

// highestEvidence is what the columns that hold numbers may be at most.
var highestEvidence = map[int]int64{
	hoursColumn: 2208 * table.DecimalUnits, weekColumn: 168 * table.DecimalUnits, daysColumn: 366, monthsColumn: 12,
	fractionColumn: table.DecimalUnits, incapacityColumn: 100 * table.DecimalUnits,
}

// neededEvidence is what each kind can't be tested without: one column at least of each group.
var neededEvidence = map[pipeline.EvidenceKind][][]int{
	pipeline.Employee:           {{hoursColumn}, {weekColumn}},
	pipeline.Interim:            {{hoursColumn}, {weekColumn}},
	pipeline.TeacherTemporary:   {{hoursColumn}, {weekColumn}},
	pipeline.CivilServant:       {{daysColumn, monthsColumn, startedColumn, endedColumn}, {halfTimeColumn, fractionColumn}},
	pipeline.OtherPensionScheme: {{daysColumn, monthsColumn, startedColumn, endedColumn}, {halfTimeColumn, fractionColumn}},
	pipeline.TeacherTenured:     {{fractionColumn}},
	pipeline.Unemployed:         {{rightsColumn, benefitColumn}},
	pipeline.CareerBreak:        {{rightsColumn, benefitColumn}},
	pipeline.TimeCredit:         {{rightsColumn, benefitColumn}},
	pipeline.TerminationPay:     {{rightsColumn, benefitColumn}},
	pipeline.Sickness:           {{incapacityColumn, rightsColumn}, {benefitColumn, rightsColumn}},
}

func takeEvidence(d *decoder, row int) {
	columns := d.block.Columns
	e := pipeline.Evidence{
		Year:    d.year(row, evidenceYear),
		Quarter: d.small(row, evidenceQuarter, 4),
		Kind:    pipeline.EvidenceKind(d.code(row, evidenceKind, 0, pipeline.EvidenceKinds())),
		Place:   d.place(row),
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
	e.Hours, e.FullTime = int32(number(hoursColumn)), int32(number(weekColumn))
	e.Days, e.Months = int16(number(daysColumn)), int16(number(monthsColumn))
	e.Fraction, e.Incapacity = int32(number(fractionColumn)), int32(number(incapacityColumn))
	e.HalfTime, e.PensionRights = d.answer(row, halfTimeColumn), d.answer(row, rightsColumn)
	e.Benefit = pipeline.Unsaid
	if columns[benefitColumn].States[row] != table.Empty {
		e.Benefit = d.amount(row, benefitColumn)
		if e.Benefit < 0 && !d.failed {
			d.fail(row, pipeline.BadValue, "column daily_benefit: must not be negative")
		}
	}
	e.StartedOn, e.EndedOn = d.date(row, startedColumn), d.date(row, endedColumn)
	if e.EndedOn != 0 && e.EndedOn < e.StartedOn && !d.failed {
		d.fail(row, pipeline.BadValue, "column ended_on: must not be before started_on")
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

// renderEvidence writes the cells after the national number.
func renderEvidence(next func(cell string), e *pipeline.Evidence) {
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
	next(e.StartedOn.String())
	next(e.EndedOn.String())
}
