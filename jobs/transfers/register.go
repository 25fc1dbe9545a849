package transfers

import (
	"hash/maphash"
	"slices"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/readers"
	"regul/writers/payments"
)

// Register remembers with whom the bank deals, and looks for each in the register, row by row. What it remembers of one are digests:
// some 50 bytes.
type Register struct {
	Of   *batch.About
	Fail func(row int64, format string, args ...any) // of the index

	seed   maphash.Seed
	sought []sought
	sorted bool
}

// sought is somebody with whom the bank deals. Digests.
type sought struct {
	key                   uint64
	row                   int64
	name, account, debtor uint64
	differs               uint8 // what differs in the rows of the register, as differs; all of it where there is no row
}

// The bits of what differs.
const (
	nameDiffers uint8 = 1 << iota
	accountDiffers
	debtorDiffers
	unknown
)

// Row remembers the target of a row of the index, if it is sent.
func (g *Register) Row(r *Row) {
	if r.File == "" || !r.Targets {
		return
	}
	key, ok := g.key([]byte(r.Whose), r.Year)
	if !ok {
		g.Fail(r.Place, "it does not say whose it is")
		return
	}
	if len(g.sought) == 0 {
		g.seed = maphash.MakeSeed()
	}
	s := g.digest(&r.Target)
	s.key, s.row, s.differs = key, r.Place, unknown
	g.sought = append(g.sought, s)
}

// key tells those of whom the register has a row apart: a person by the dossier, which keeps when the national number changes; a company by
// number and year.
func (g *Register) key(whose []byte, year int) (uint64, bool) {
	d, ok := g.Of.Whose(whose)
	if !g.Of.Yearly {
		year = 0
	}
	return uint64(d.Number)<<20 | uint64(d.Digits)<<16 | uint64(year), ok
}

func (g *Register) digest(t *payments.Target) (s sought) {
	s.name, s.account = maphash.String(g.seed, t.Name), maphash.String(g.seed, t.Account)
	if t.Mandate != "" {
		s.debtor = maphash.Comparable(g.seed, payments.Target{Mandate: t.Mandate, SignedOn: t.SignedOn})
	}
	return s
}

// registered is a row of the register, as it lies there.
type registered struct {
	whose, name, first, account, mandate []byte
	signed                               pipeline.Date
	year                                 int // of a company
}

var (
	registeredAccount = batch.Fields[registered]{
		batch.BorrowedField("iban", func(r *registered) *[]byte { return &r.account }),
		batch.BorrowedField("mandate", func(r *registered) *[]byte { return &r.mandate }).AddedLater(),
		batch.DayField("mandate_signed_on", func(r *registered) *pipeline.Date { return &r.signed }).AddedLater(),
	}
	registeredPeople = append(batch.Fields[registered]{
		batch.BorrowedField("dossier", func(r *registered) *[]byte { return &r.whose }),
		batch.BorrowedField("last_name", func(r *registered) *[]byte { return &r.name }),
		batch.BorrowedField("first_name", func(r *registered) *[]byte { return &r.first }),
	}, registeredAccount...)
	registeredCompanies = append(batch.Fields[registered]{
		batch.BorrowedField("enterprise", func(r *registered) *[]byte { return &r.whose }).OfDigits(batch.AboutCompanies.Digits),
		batch.BorrowedField("name", func(r *registered) *[]byte { return &r.name }),
		batch.WholeField("year", func(r *registered) *int { return &r.year }),
	}, registeredAccount...)
)

// registers are the columns of the registers.
var registers = map[*batch.About]batch.Fields[registered]{batch.AboutPeople: registeredPeople, batch.AboutCompanies: registeredCompanies}

// Read reads a file of the register.
func (g *Register) Read(f *readers.File) error {
	if !g.sorted {
		slices.SortFunc(g.sought, func(a, b sought) int { return compareKeys(&a, b.key) })
		g.sorted = true
	}
	if len(g.sought) == 0 {
		return nil
	}
	return registers[g.Of].EachOf(f, func(r *registered) error { g.registered(r); return nil })
}

func compareKeys(a *sought, key uint64) int {
	switch {
	case a.key < key:
		return -1
	case a.key > key:
		return 1
	}
	return 0
}

// registered compares a row of the register with those who are sought by its number. Of several rows one must agree: the others are
// rejected.
func (g *Register) registered(r *registered) {
	key, ok := g.key(r.whose, r.year)
	if !ok {
		return
	}
	at, found := slices.BinarySearchFunc(g.sought, key, func(s sought, key uint64) int { return compareKeys(&s, key) })
	if !found {
		return
	}
	target := payments.TargetOf(payments.Claim, r.party(g.Of))
	is := g.digest(&target)
	for ; at < len(g.sought) && g.sought[at].key == key; at++ {
		g.sought[at].compare(&is)
	}
}

// party is the person, or the company, as far as a payment file tells of it.
func (r *registered) party(of *batch.About) *pipeline.Party {
	p := &pipeline.Party{Contact: pipeline.Contact{LastName: string(r.name), FirstName: string(r.first), IBAN: string(r.account),
		Mandate: string(r.mandate), MandateSignedOn: r.signed}}
	p.Dossier, _ = of.Whose(r.whose)
	return p
}

// compare notes what differs in a row of the register, unless another one agrees.
func (s *sought) compare(is *sought) {
	if s.differs == 0 {
		return
	}
	s.differs = 0
	if s.name != is.name {
		s.differs |= nameDiffers
	}
	if s.account != is.account {
		s.differs |= accountDiffers
	}
	if s.debtor != 0 && s.debtor != is.debtor {
		s.differs |= debtorDiffers
	}
}

// Close tells who was not found as the index has them, and counts all who were sought.
func (g *Register) Close() (number int64) {
	slices.SortFunc(g.sought, func(a, b sought) int { return int(a.row - b.row) })
	for i := range g.sought {
		s := &g.sought[i]
		for _, d := range []struct {
			bit  uint8
			what string
		}{{unknown, "there is no row of it in the register"}, {nameDiffers, "its name is not that of the register"},
			{accountDiffers, "its account is not that of the register"}, {debtorDiffers, "its mandate is not that of the register"}} {
			if s.differs&d.bit != 0 {
				g.Fail(s.row, "%s", d.what)
			}
		}
	}
	return int64(len(g.sought))
}
