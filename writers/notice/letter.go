package notice

import (
	"slices"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/notice/index"
	"regul/writers/notice/pdf"
	"regul/writers/notice/wording"
	"regul/writers/payments"
)

// letter writes letters, one after the other, into a file. Its memory is used again for each.
type letter struct {
	*Press
	w     *wording.Words
	out   *pdf.Document
	batch string

	// What is the same in all letters: on the first page, on the others, and at the foot of the last one.
	onFirst, onNext []part
	rights          [2]foot // loose and tight

	// of the present letter
	s       *pipeline.Settlement
	years   []int
	claim   money.Cents
	payout  money.Cents
	limited money.Cents   // of payout, what a limit of the fund holds: it leaves another night
	before  money.Cents   // asked before and unpaid
	late    money.Cents   // surcharges that run on it
	settled money.Cents   // surcharges on what was paid late and is paid: claimed with it, not with this notice
	direct  money.Cents   // of claim, what is collected by direct debit
	due     pipeline.Date // 0: nothing is due
	account pipeline.IBAN // of the affiliate, "" without a valid one
	payable bool          // the account can take a refund
	held    bool          // no money may leave, as the register or a limit of the fund says
	reason  index.Reason  // why it can't be posted

	sheets     [][]op         // the pages that are begun; what lies beyond has memory of earlier letters
	y          float64        // upper edge of what comes next on the page
	continued  string         // what the next page says first, "": nothing
	columns    func()         // writes the head of the table that is being written
	annotated  bool           // a specimen with numbers
	noted      bool           // the payment has its number
	notes      []wording.Term // what the numbers explain
	helped     bool           // the first page says what can be done
	warned     bool           // and what a late payment costs
	foreseen   bool           // and what the income means for the year that runs
	boxRows    []boxRow
	explaining string        // how a quarter comes about, what is not yet written
	laid       []lined       // of the table that is being laid
	drawing    bool          // areas are part of a figure
	element    pdf.Element   // that is written
	path       []pdf.Element // those that hold it
	err        error         // the first of the file

	values  wording.Values
	scratch []byte // texts of this letter
}

// begin takes up a settlement.
func (l *letter) begin(s *pipeline.Settlement) {
	l.s, l.years, l.claim, l.payout, l.limited, l.direct, l.due, l.late, l.settled = s, l.years[:0], 0, 0, 0, 0, 0, 0, 0
	l.sheets, l.continued, l.columns, l.scratch, l.notes, l.noted = l.sheets[:0], "", nil, l.scratch[:0], l.notes[:0], false
	l.laid, l.helped, l.warned, l.foreseen = l.laid[:0], false, false, false
	l.element, l.path = 0, l.path[:0]
	for i := range s.Years {
		y := &s.Years[i]
		l.years = append(l.years, y.Year)
		l.claim += y.Claim()
		l.payout += y.Payout()
		if y.Limited {
			l.limited += y.Payout()
		}
		if l.collects(y) {
			l.direct += y.Claim()
		}
		l.due = max(l.due, y.DueDate)
		runs, apart := y.Running()
		l.late += runs
		l.settled += apart
	}
	l.before = l.sum(l.owing)
	if s.Receipt != nil {
		l.years = append(l.years, s.Receipt.Year)
	}
	if len(s.Years) == 0 {
		for i := range s.Withdrawn {
			if year := int(s.Withdrawn[i].Year); !slices.Contains(l.years, year) {
				l.years = append(l.years, year)
			}
		}
	}
	l.account, l.payable, l.held = "", false, false
	if l.payout > 0 || l.direct > 0 {
		if number, valid := pipeline.ParseIBAN(s.Party.Contact.IBAN); valid {
			l.account = number
		}
		status := payments.RefundStatus(l.fund, s.Party, l.payout)
		l.payable, l.held = status == payments.Sent || status == payments.AmountTooLarge, status == payments.Held
		if l.isLimited() {
			l.payable, l.held = false, true
		}
	}
	l.set(wording.FieldPhone, l.fund.Phone)
	l.set(wording.FieldEmail, l.fund.Email)
	l.set(wording.FieldWebsite, l.fund.Website)
	l.set(wording.FieldBatch, l.batch)
	l.put(wording.FieldDossier, func(dst []byte) []byte {
		if l.Index == index.Companies && s.Party.Number > 0 {
			return wording.AppendEnterprise(dst, string(s.Party.Append(nil)))
		}
		return s.Party.Dossier.Append(dst)
	})
	l.put(wording.FieldYears, func(dst []byte) []byte { return l.w.Style.AppendYears(dst, l.years) })
}

// isLimited says whether all that the fund transfers waits for a limit of the fund, and for nothing that the dossier says.
func (l *letter) isLimited() bool {
	return l.limited > 0 && l.limited == l.payout && l.s.Party.Hold == pipeline.NoHold
}

// collects says whether the claim of a year is collected by direct debit, as the payment files do.
func (l *letter) collects(y *pipeline.SettledYear) bool {
	claim := y.Claim()
	return claim > 0 && payments.ClaimStatus(l.fund, l.s.Party, l.asOf, y.DueDate, claim) == payments.Sent
}

// compose lays out the letter of the settlement.
func (l *letter) compose(s *pipeline.Settlement) {
	l.begin(s)
	if s.Receipt != nil {
		l.certificate(s.Receipt)
		return
	}
	l.front()
	for i := range s.Years {
		if y := &s.Years[i]; y.Company != nil {
			l.companyYear(y)
		} else {
			l.year(y)
		}
	}
	l.closing()
}
