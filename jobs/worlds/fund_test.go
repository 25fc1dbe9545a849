package worlds_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"regul/pipeline"
	"regul/pipeline/money"
)

// party is a person or a company.
type party struct {
	company bool
	dossier string // of a company its enterprise number
	number  string // of now
	before  []identity
	iban    string
	mandate string
	hold    string
	from    int  // the night from which the register has it
	absent  bool // tonight the register lacks it
	years   []year
}

// identity is a number that was replaced.
type identity struct {
	number string
	since  pipeline.Date
}

// year is what was called of a year: of a company, and what its row says of it.
type year struct {
	number    int
	quarters  [4]money.Cents
	reduced   bool
	category  string // of all its quarters
	bad       bool   // tonight a row of its account or payments can't be read
	balance   string
	exemption string

	evidence    string // of its other occupation, behind the number; "": none
	interrupted bool   // its limitation was
}

// given says whether tonight's files have the party.
func (w *world) given(p *party) bool { return p.from <= w.night && !p.absent }

// called is what was called of the year before any batch.
func (y *year) called() (sum money.Cents) {
	for _, q := range y.quarters {
		sum += q
	}
	return sum
}

// legal is the legal provisional contribution of a quarter: twice the reduced one.
func (y *year) legal(quarter int) money.Cents {
	if y.reduced {
		return 2 * y.quarters[quarter]
	}
	return y.quarters[quarter]
}

// income is a communication.
type income struct {
	key
	id     string
	on     pipeline.Date
	parts  []money.Cents // by nature
	number string        // under which it came
	given  int           // the last night whose file held it
}

var natures = []string{"trader", "profession", "director"}

// nissOf is the i-th national number of the world, after so many changes.
func nissOf(i, changes int) string {
	first := fmt.Sprintf("%02d%02d%02d%03d", 60+i, 1+i, 1+changes, 2*i+1)
	var digits int
	fmt.Sscan(first, &digits)
	return fmt.Sprintf("%s%02d", first, 97-digits%97)
}

// ibanOf is the i-th account.
func ibanOf(i int) string {
	account := 5_390_000_000 + i
	last := account % 97
	if last == 0 {
		last = 97
	}
	digits := fmt.Sprintf("%010d%02d", account, last)
	rest := 0
	for _, digit := range digits + "111400" {
		rest = (rest*10 + int(digit-'0')) % 97
	}
	return fmt.Sprintf("BE%02d%s", 98-rest, digits)
}

func (w *world) person(i int) {
	p := &party{dossier: fmt.Sprint(1000 + i), number: nissOf(i, 0), from: pick(w, 1, 1, 1, 1, w.between(2, 5))}
	if w.chance(85) {
		p.iban = ibanOf(i)
	}
	if p.iban != "" && w.chance(50) {
		p.mandate = fmt.Sprintf("M-%d", i)
	}
	w.join(p)
	for n := 2021; n <= 2025; n++ {
		y := year{number: n, reduced: w.chance(30), category: "main"}
		for q := range y.quarters {
			y.quarters[q] = w.amount(200_00, 2000_00)
			if w.chance(75) {
				w.contribute(key{p, n}, pipeline.QuarterEnd(n, q+1)-pipeline.Date(w.random.IntN(20)), y.quarters[q], 0)
			}
		}
		p.years = append(p.years, y)
	}
}

func (w *world) company(i int) {
	first := 4_000_000 + i
	number := fmt.Sprintf("%08d%02d", first, 97-first%97)
	p := &party{company: true, dossier: number, number: number, from: 1}
	if w.chance(85) {
		p.iban = ibanOf(100 + i)
	}
	if p.iban != "" && w.chance(50) {
		p.mandate = fmt.Sprintf("C-%d", i)
	}
	w.join(p)
	for n := 2022; n <= 2024; n++ {
		y := year{number: n, quarters: [4]money.Cents{w.amount(0, 1000_00)}}
		if w.chance(70) {
			w.contribute(key{p, n}, pipeline.DateOf(n, 6, 1)+pipeline.Date(w.random.IntN(200)), w.amount(100_00, 1200_00), 0)
		}
		p.years = append(p.years, y)
	}
	w.declare(p)
}

// declare is what the rows of a company say tonight.
func (w *world) declare(p *party) {
	for i := range p.years {
		if w.chance(40) {
			p.years[i].balance, p.years[i].exemption = pick(w, "", "100.00", "5000000.00"), pick(w, "", "", "", "inactive")
		}
	}
}

func (w *world) join(p *party) {
	w.parties = append(w.parties, p)
	w.numbers[p.number] = p
}

// happen is what changes before a night.
func (w *world) happen() {
	for i, p := range w.parties {
		p.absent = w.night > 1 && w.chance(4)
		for range 3 {
			w.bounce(p)
		}
		for i := range p.years {
			y := &p.years[i]
			if y.bad = w.chance(3); w.chance(4) {
				y.category = pick(w, "main", "complementary")
				y.evidence = w.evidence(y)
			}
			y.interrupted = y.interrupted || w.chance(2)
		}
		if p.company {
			w.declare(p)
			continue
		}
		if p.hold = ""; w.chance(20) {
			p.hold = pick(w, "deceased", "bankruptcy", "debt_settlement", "other")
		}
		if p.from < w.night && w.chance(4) {
			w.seen.add("renumbered")
			p.before = append(p.before, identity{p.number, w.asOf})
			p.number = nissOf(i, len(p.before))
			w.numbers[p.number] = p
			w.note("%s has the number %s", p.dossier, p.number)
		}
		for _, y := range p.years {
			if w.chance(25) {
				w.communicate(key{p, y.number})
			}
		}
	}
}

// evidence is what is known of the other occupation of a year: that of a quarter, or nothing.
func (w *world) evidence(y *year) string {
	if y.category == "main" || w.chance(40) {
		return ""
	}
	return fmt.Sprintf("%d,%d,employee,%d,38", y.number, w.between(1, 4), pick(w, 50, 240, 500))
}

// communicate is an income, the first or a correction.
func (w *world) communicate(k key) {
	c := &income{key: k, id: fmt.Sprintf("C-%d", len(w.incomes)), on: w.asOf - pipeline.Date(w.random.IntN(3)), number: k.number}
	if w.night <= nights && w.chance(5) {
		c.on = w.asOf + pipeline.Date(w.between(1, 20))
	}
	for range w.between(1, len(natures)) {
		c.parts = append(c.parts, w.amount(-2_000_00, 30_000_00))
	}
	w.incomes = append(w.incomes, c)
}

// numberOf is a number under which a row of a party may come.
func (w *world) numberOf(p *party) string {
	if len(p.before) > 0 && w.chance(30) {
		return pick(w, p.before...).number
	}
	return p.number
}

// inputs are the files of tonight, header first, by the name of the input.
func (w *world) inputs(companies bool) map[string][]string {
	files := map[string][]string{}
	if companies {
		files["companies"] = []string{"enterprise,name,language,year,balance_total,created_on,exemption,called,paid,street,postcode,city," +
			"country,iban,mandate,mandate_signed_on"}
		files["company_payments"] = []string{"enterprise,year,paid_on,amount,payment,purpose,end_to_end"}
	} else {
		files["affiliates"] = []string{"niss,dossier,language,last_name,first_name,street,postcode,city,country,iban,mandate," +
			"mandate_signed_on,addressee,hold"}
		files["account"] = []string{"niss,year,quarter,category,standing,starter_year,legal_provisional,provisional,reduction_granted"}
		files["payments"] = []string{"niss,year,quarter,paid_on,amount,payment,purpose,end_to_end"}
		files["revenue"] = []string{"niss,income_year,communication,communicated_on,nature,net_income,assessment"}
	}
	for _, p := range w.parties {
		if p.company == companies && w.given(p) {
			w.register(p, files)
			w.spoil(p, files)
		}
	}
	w.payments(companies, files)
	w.confirmations(companies, files)
	if !companies {
		w.revenue(files)
	}
	for _, input := range slices.Sorted(maps.Keys(files)) {
		rows := files[input]
		w.random.Shuffle(len(rows)-1, func(i, j int) { rows[i+1], rows[j+1] = rows[j+1], rows[i+1] })
	}
	return files
}

// register writes what the fund knows of a party.
func (w *world) register(p *party, files map[string][]string) {
	signed := ""
	if p.mandate != "" {
		signed = "2015-01-01"
	}
	if p.company {
		for _, y := range p.years {
			files["companies"] = append(files["companies"], fmt.Sprintf("%s,Firm,fr,%d,%s,2010-05-05,%s,%s,0.00,Rue 1,1000,Bruxelles,BE,%s,%s,%s",
				p.number, y.number, y.balance, y.exemption, y.called(), p.iban, p.mandate, signed))
		}
		return
	}
	files["affiliates"] = append(files["affiliates"], fmt.Sprintf("%s,%s,nl,Peeters,An,Kerkstraat 1,9000,Gent,BE,%s,%s,%s,,%s",
		p.number, p.dossier, p.iban, p.mandate, signed, p.hold))
	for _, y := range p.years {
		for q := range y.quarters {
			files["account"] = append(files["account"], fmt.Sprintf("%s,%d,%d,%s,due,,%s,%s,%t", w.numberOf(p), y.number, q+1,
				y.category, y.legal(q), y.quarters[q], y.reduced))
		}
	}
	for _, y := range p.years {
		if y.evidence != "" {
			addRow(files, "evidence", "niss,year,quarter,kind,hours,full_time_hours,days,months,fraction,half_time,incapacity,daily_benefit,pension_rights",
				fmt.Sprintf("%s,%s,,,,,,,", w.numberOf(p), y.evidence))
		}
		if y.interrupted {
			addRow(files, "interruptions", "niss,year", fmt.Sprintf("%s,%d", w.numberOf(p), y.number))
		}
	}
	for _, b := range p.before {
		addRow(files, "identities", "niss_before,niss,since", strings.Join([]string{b.number, p.number, b.since.String()}, ","))
	}
}

// addRow adds a row to an input that is given where it has one.
func addRow(files map[string][]string, input, header, text string) {
	if len(files[input]) == 0 {
		files[input] = []string{header}
	}
	files[input] = append(files[input], text)
}

// spoil adds rows that can't be read, but for whose they are.
func (w *world) spoil(p *party, files map[string][]string) {
	for _, y := range p.years {
		switch {
		case !y.bad:
		case p.company:
			files["company_payments"] = append(files["company_payments"], fmt.Sprintf("%s,%d,%s,x,,,", p.number, y.number, w.asOf))
		case w.chance(50):
			files["payments"] = append(files["payments"], fmt.Sprintf("%s,%d,,yesterday,1.00,,,", w.numberOf(p), y.number))
		default:
			files["account"] = append(files["account"], fmt.Sprintf("%s,%d,5,main,due,,1.00,1.00,false", w.numberOf(p), y.number))
		}
	}
}

// revenue writes tonight's communications, or all there ever were; some twice.
func (w *world) revenue(files map[string][]string) {
	all := w.resend || w.chance(30)
	w.resend = false
	for _, c := range w.incomes {
		if !all && c.given != 0 && c.given != w.night {
			continue
		}
		c.given = w.night
		for i, part := range c.parts {
			text := fmt.Sprintf("%s,%d,%s,%s,%s,%s,", c.number, c.year, c.id, c.on, natures[i], part)
			files["revenue"] = append(files["revenue"], text)
			if w.chance(5) {
				w.seen.add("repeated")
				files["revenue"] = append(files["revenue"], text)
			}
		}
	}
}
