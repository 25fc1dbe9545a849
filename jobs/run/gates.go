package run

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/intake"
	"regul/jobs/ledger"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/writers/fund"
)

// Gate is a check at the door of the ledger: something an operator hardly ever wants, so that it is refused before anything is
// published unless he insists on it by this name.
type Gate string

// The gates.
const (
	FundGate    Gate = "other-fund"   // the ledger is another fund's, or one of them is a specimen
	DateGate    Gate = "earlier-date" // the batch would be dated before the last one
	CopyGate    Gate = "same-file"    // a file is given twice for an input whose rows add up
	EmptyGate   Gate = "empty-input"  // the register, the account or the payments, or a file of them, have a header and no row
	ShrinkGate  Gate = "shrunk-input" // the register, the account or the payments lost more than 10 % of their rows; see Subject.beside
	shrinkShare      = 10             // percent
)

// GateNames lists the gates, for help and completion.
func GateNames() []string {
	return []string{string(DateGate), string(EmptyGate), string(FundGate), string(CopyGate), string(ShrinkGate)}
}

// Gates is what an operator says at the door of the ledger.
type Gates struct {
	Place     string        // the output directory, as the operator names it
	NewLedger bool          // begin a ledger where there is none
	Insist    map[Gate]bool // let pass what these gates would refuse
}

// ParseGates reads the names of gates that are insisted on, at the door of a place.
func ParseGates(place string, newLedger bool, names []string) (*Gates, error) {
	g := &Gates{Place: place, NewLedger: newLedger, Insist: map[Gate]bool{}}
	for _, name := range names {
		if !slices.Contains(GateNames(), name) {
			return nil, jobs.UsageError("--insist %s: there is no such check; the checks are %s", name, strings.Join(GateNames(), ", "))
		}
		g.Insist[Gate(name)] = true
	}
	return g, nil
}

// refuse is the error of a gate, unless it is insisted on.
func (g *Gates) refuse(gate Gate, format string, args ...any) error {
	if g.Insist[gate] {
		return nil
	}
	return jobs.UsageError("refused: %s; if that is meant, add --insist %s", fmt.Sprintf(format, args...), gate)
}

// errNoLedger says that nobody has begun a ledger in a directory.
var errNoLedger = errors.New("holds no ledger: no batch was ever published there; if the path is right and a new ledger begins here, " +
	"add --new-ledger")

// Occupy takes the lock of the ledger. A directory that holds none is refused unless one is to begin there, and is not even made.
func (o *Options) Occupy() (unlock func() error, err error) {
	begun, unread := ledger.Begun(o.Out)
	if unread == nil && !begun && !o.Gates.NewLedger {
		return nil, jobs.UsageError("the output directory %s %w", o.Gates.Place, errNoLedger)
	}
	if unlock, err = batch.Occupy(o.Out); err != nil { // which says better why the directory can't be read
		return nil, err
	}
	if unread != nil {
		return nil, errors.Join(unread, unlock())
	}
	return unlock, nil
}

// admit checks what can be checked before the inputs are read: that the ledger is
// the fund's, and that the batch is not dated before the last one.
func (g *Gates) admit(out storage.Storage, history *ledger.History, sender *fund.Fund, asOf pipeline.Date) error {
	own := ledger.NewOwner("")
	if sender != nil && !sender.Specimen {
		own.Fund = sender.Enterprise
	}
	known, err := ledger.ReadOwner(out)
	if err != nil {
		return err
	}
	if known == nil {
		known = own
		if err := own.Begin(out); err != nil {
			return err
		}
	}
	if known.Fund != own.Fund {
		if err := g.refuse(FundGate, "this ledger is of %s, the configuration is of %s", known, own); err != nil {
			return err
		}
	}
	for _, name := range history.Names() { // which begins with its day
		if day := asOf.String(); day < name[:len(day)] {
			return g.refuse(DateGate, "the batch would be dated %s, before the published batch %s", day, name)
		}
	}
	return nil
}

// copies checks that no file is given twice for an input whose rows add up, as those of payments and of the evidence do: by its path, or as
// the same file under another name.
func (g *Gates) copies(in *intake.Files, of *Subject) error {
	for _, input := range of.adding {
		files := in.Of(input)
		for i, f := range files {
			for _, earlier := range files[:i] {
				if f.Copies(earlier) {
					return g.refuse(CopyGate, "the %s %s and %s are the same, and would count twice", rowsName(input), earlier.Path(), f.Path())
				}
			}
		}
	}
	return nil
}

// rowsName is what the rows of an input are called.
func rowsName(input pipeline.Input) string {
	if input == pipeline.CompanyPayments {
		return pipeline.Payments.String()
	}
	return input.String()
}

// delivered checks what can be checked once the inputs were read: no copies, and the register, the account and the payments are whole
// as far as their size tells: each file of them has a row, and there are as many as there were. Companies may come in part, and their
// payments with them: a company that does not come stays as it is.
func (g *Gates) delivered(in *intake.Files, history *ledger.History, of *Subject) error {
	if err := g.copies(in, of); err != nil {
		return err
	}
	for _, input := range of.filled {
		if err := g.filled(in, input); err != nil {
			return err
		}
	}
	for _, input := range of.whole {
		if err := g.filled(in, input); err != nil {
			return err
		}
		if last := lastWith(history, input); last != nil {
			if err := g.kept(in, last, input, rowsBefore(last, input)); err != nil {
				return err
			}
		}
	}
	for _, input := range of.beside {
		if last := lastWith(history, input); last != nil {
			if err := g.kept(in, last, input, expected(in, last, input, of.Main)); err != nil {
				return err
			}
		}
	}
	return nil
}

// expected is how many rows of an input must come beside those of another one: as many as the last batch could take, and fewer by as much
// as the other one is smaller.
func expected(in *intake.Files, last *batch.Manifest, input, main pipeline.Input) int64 {
	counts := last.Counts[input.String()]
	rows := counts.Read - counts.Repeated - counts.Rejected
	if now, before := rowsOf(in, main), rowsBefore(last, main); now < before {
		return rows * now / before
	}
	return rows
}

// kept checks that an input did not lose rows since the last batch that had it.
func (g *Gates) kept(in *intake.Files, last *batch.Manifest, input pipeline.Input, expected int64) error {
	rows := rowsOf(in, input)
	if rows == 0 || (expected-rows)*100 <= expected*shrinkShare { // none: the operator insists on it, or need not give any
		return nil
	}
	return g.refuse(ShrinkGate, "the %s input has %s, that of the last batch %s had %d: more than %d %% are missing",
		input, rowsText(rows), last.Batch, rowsBefore(last, input), shrinkShare)
}

// lastWith is the last batch that counts and had rows of an input; nil if there is none.
func lastWith(history *ledger.History, input pipeline.Input) *batch.Manifest {
	for _, m := range slices.Backward(history.Batches) {
		if rowsBefore(m, input) > 0 {
			return m
		}
	}
	return nil
}

// rowsBefore is how many rows of an input a batch was given.
func rowsBefore(m *batch.Manifest, input pipeline.Input) (rows int64) {
	for i := range m.Inputs {
		if m.Inputs[i].Input == input.String() {
			rows += m.Inputs[i].Rows
		}
	}
	return rows
}

// filled checks that each file of an input has a row: beside a full one, one that has only a header is a broken delivery too.
func (g *Gates) filled(in *intake.Files, input pipeline.Input) error {
	files := in.Of(input)
	if len(files) > 1 && rowsOf(in, input) == 0 {
		return g.refuse(EmptyGate, "the %s input has no row", input)
	}
	for _, f := range files {
		if f.Rows() == 0 {
			return g.refuse(EmptyGate, "the file %s of the %s input has no row", f.Path(), input)
		}
	}
	return nil
}

// rowsOf is how many rows an input has.
func rowsOf(in *intake.Files, input pipeline.Input) (rows int64) {
	for _, f := range in.Of(input) {
		rows += f.Rows()
	}
	return rows
}

// rowsText is a number of rows in words.
func rowsText(rows int64) string {
	if rows == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", rows)
}
