package readers

import (
	"github.com/zeebo/xxh3"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/readers/table"
)

func takeAffiliate(d *decoder, row int) {
	dossier, ok := pipeline.ParseDossier(d.block.Columns[affiliateDossier].Texts[row])
	if !ok {
		d.badValue(row, affiliateDossier)
	}
	a := pipeline.Affiliate{
		Dossier: dossier, Language: pipeline.Language(d.code(row, affiliateLanguage, 0, pipeline.Languages())),
		Hold: pipeline.Hold(d.choice(row, affiliateHold, 1, pipeline.Holds())), Place: d.place(row),
	}
	a.NISS = d.niss(row)
	if d.failed {
		return
	}
	a.Fingerprint = d.fingerprint(row)
	if d.scatter.Contacts {
		d.look(row, affiliateLastName, affiliateFirstName, affiliateStreet, affiliateCity, affiliateAddressee, affiliateCopyName,
			affiliateCopyStreet, affiliateCopyCity)
		a.Contact = pipeline.Contact{
			LastName: d.text(row, affiliateLastName), FirstName: d.text(row, affiliateFirstName), Street: d.text(row, affiliateStreet),
			Postcode: d.text(row, affiliatePostcode), City: d.text(row, affiliateCity), Country: d.text(row, affiliateCountry),
			IBAN: d.text(row, affiliateIBAN), Mandate: d.text(row, affiliateMandate), Addressee: d.text(row, affiliateAddressee),
			Copy: pipeline.Copy{
				Name: d.text(row, affiliateCopyName), Street: d.text(row, affiliateCopyStreet), Postcode: d.text(row, affiliateCopyPostcode),
				City: d.text(row, affiliateCopyCity), Country: d.text(row, affiliateCopyCountry),
			},
		}
		if d.given(row, affiliateSigned) {
			a.Contact.MandateSignedOn = pipeline.Date(d.block.Columns[affiliateSigned].Ints[row])
		}
	}
	d.scatter.Affiliate(&a)
}

// fingerprint is a digest of the columns after the language. Of a column that may be lacking an empty cell adds nothing, so that
// a file with and one without it are alike.
func (d *decoder) fingerprint(row int) uint64 {
	d.scratch = d.scratch[:0]
	for i := affiliateLanguage + 1; i < len(d.input.fields); i++ {
		f, v := &d.input.fields[i], &d.block.Columns[i]
		if f.Optional {
			if v.States[row] != table.Value {
				continue
			}
			d.scratch = append(d.scratch, f.Name...)
			d.scratch = append(d.scratch, 0)
		}
		if v.States[row] == table.Value {
			d.scratch = table.AppendCell(d.scratch, f.Kind, v, row)
		}
		d.scratch = append(d.scratch, 0)
	}
	return xxh3.Hash(d.scratch)
}

func takeAccount(d *decoder, row int) {
	a := pipeline.AccountQuarter{
		Year:             d.year(row, accountYear),
		Quarter:          d.small(row, accountQuarter, 4),
		Category:         d.lawCategory(row, accountCategory),
		Standing:         pipeline.Standing(d.find(row, accountStanding, 1, pipeline.Standings())),
		Starter:          d.small(row, accountStarter, 3),
		LegalProvisional: d.amount(row, accountLegal),
		Provisional:      d.amount(row, accountProvisional),
		Place:            d.place(row),
	}
	if a.LegalProvisional < 0 {
		d.negative(row, accountLegal)
	}
	if a.Provisional < 0 {
		d.negative(row, accountProvisional)
	}
	if d.given(row, accountReduction) {
		a.Reduction = pipeline.ReductionRefused + pipeline.Reduction(d.block.Columns[accountReduction].Ints[row])
	}
	a.QuarterAdded = pipeline.QuarterAdded{
		IfMain:          pipeline.IfMain(d.choice(row, accountIfMain, 2, pipeline.IfMains())),
		LateAffiliation: d.answer(row, accountLate), SurchargesWaived: d.answer(row, accountWaived),
		RecoveredOn: d.date(row, accountRecovered), DeferredTo: d.date(row, accountDeferred),
	}
	a.NISS = d.niss(row)
	if !d.failed {
		d.scatter.Account(&a)
	}
}

// lawCategory looks up the code of a category; the pipeline rejects an unknown one.
func (d *decoder) lawCategory(row, column int) law.Category {
	text := d.block.Columns[column].Texts[row]
	m := &d.memos[0]
	if m.text == string(text) {
		return law.Category(m.value)
	}
	found, known := d.found[string(text)]
	if !known {
		code := string(text)
		category, ok := d.category(code)
		if !ok {
			return pipeline.UnknownCategory
		}
		found = memo{code, int(category)}
		d.found[code] = found
	}
	*m = found
	return law.Category(found.value)
}

func takePayment(d *decoder, row int) {
	p := pipeline.Payment{
		Year:    d.year(row, paymentYear),
		Quarter: d.small(row, paymentQuarter, 4),
		PaidOn:  pipeline.Date(d.block.Columns[paymentDay].Ints[row]),
		Amount:  d.amount(row, paymentAmount),
		PaymentAdded: pipeline.PaymentAdded{
			Identifier: d.name(row, paymentIdentifier), EndToEnd: d.name(row, paymentEndToEnd),
			Purpose: pipeline.Purpose(d.choice(row, paymentPurpose, 0, pipeline.Purposes())),
		},
		Place: d.place(row),
	}
	p.NISS = d.niss(row)
	if !d.failed {
		d.scatter.Payment(&p)
	}
}

func takeComponent(d *decoder, row int) {
	c := pipeline.Component{
		Year:           d.year(row, revenueYear),
		Communication:  d.identifier(row, revenueCommunication),
		CommunicatedOn: pipeline.Date(d.block.Columns[revenueDay].Ints[row]),
		Nature:         pipeline.Nature(d.code(row, revenueNature, 0, pipeline.Natures())),
		Income:         money.Cents(d.block.Columns[revenueIncome].Ints[row]),
		Assessment:     d.identifier(row, revenueAssessment),
		Place:          d.place(row),
	}
	if d.given(row, revenueAdmitted) {
		c.ComponentAdded = pipeline.ComponentAdded{Contested: true, Admitted: d.amount(row, revenueAdmitted)}
	}
	c.NISS = d.niss(row)
	if !pipeline.InRange(c.Income) && !d.failed {
		d.fail(row, pipeline.IncomeOutOfRange, becauseIncome)
	}
	if !d.failed {
		d.scatter.Component(&c)
	}
}

func takeInterruption(d *decoder, row int) {
	i := pipeline.Interruption{Year: d.year(row, interruptionYear), Place: d.place(row)}
	i.NISS = d.niss(row)
	if !d.failed {
		d.scatter.Interruption(&i)
	}
}

func takeIdentity(d *decoder, row int) {
	before, ok := pipeline.ParseNISS(d.block.Columns[identityBefore].Texts[row])
	i := pipeline.Identity{Before: before, Since: pipeline.Date(d.block.Columns[identitySince].Ints[row]), Place: d.place(row)}
	if now, same := pipeline.ParseNISS(d.block.Columns[identityNISS].Texts[row]); !ok || same && now == before {
		d.badValue(row, identityBefore)
	}
	i.NISS = d.niss(row)
	if !d.failed {
		d.scatter.Identity(&i)
	}
}
