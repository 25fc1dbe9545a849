package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"golang.org/x/sync/errgroup"

	"regul/pipeline"
	"regul/writers/fund"
	"regul/writers/notice"
	"regul/writers/payments"
	"regul/writers/tables"
)

// Outgoing is what leaves the fund with a batch, and how the fund presents itself.
type Outgoing struct {
	Fund     *fund.Fund    // who sends; nil: the batch has neither notices nor payments
	Press    *notice.Press // prints the notices; nil: the batch has none
	Payments bool          // the batch has payment files
	Chart    tables.Chart  // the fund's chart of accounts
}

// what a batch can go without.
const (
	WithoutNotices  = "notices"
	WithoutPayments = "payments"
)

// OutgoingSettings are what an operator asks of what leaves the fund with a batch, as text and before any check.
type OutgoingSettings struct {
	Fund     *FundSettings     // nil is the specimen: what leaves the fund says so
	Wording  string            // folder of the notices' texts; "" is the built-in wording
	Accounts map[string]string // numbers in the fund's chart of accounts, by role
	Without  []string          // what a batch goes without: notices, payments
}

// check checks the identity of the fund, its wording and its chart of accounts; it says everything that is wrong.
func (s *OutgoingSettings) check(p *pipeline.Parameters) (o Outgoing, wrong []error) {
	for _, what := range s.Without {
		if what != WithoutNotices && what != WithoutPayments {
			wrong = append(wrong, &SettingError{Setting: "without", Text: what, Err: fmt.Errorf("%q is neither %s nor %s", what, WithoutNotices, WithoutPayments)})
		}
	}
	var err error
	if o.Chart, err = tables.ParseChart(s.Accounts); err != nil {
		wrong = append(wrong, namedErrors(err)...)
	}
	if o.Fund, err = s.Fund.fund(); err != nil {
		return o, append(wrong, eachError(err)...)
	}
	o.Payments = !slices.Contains(s.Without, WithoutPayments)
	if !slices.Contains(s.Without, WithoutNotices) {
		printing := notice.Settings{Fund: o.Fund, Law: p.Law, Fees: p.Fees, AsOf: p.AsOf}
		if s.Wording != "" {
			printing.Wording = os.DirFS(s.Wording)
		}
		if o.Press, err = notice.New(printing); err != nil {
			wrong = append(wrong, eachError(err)...)
		}
	}
	return o, wrong
}

// without lists what the batch goes without.
func (o *Outgoing) without() []string {
	var without []string
	if o.Press == nil {
		without = append(without, WithoutNotices)
	}
	if !o.Payments {
		without = append(without, WithoutPayments)
	}
	return without
}

// any says whether something leaves the fund besides the tables.
func (o *Outgoing) any() bool { return o.Press != nil || o.Payments }

// writeTo writes what tells the outgoing files of two batches apart, for the identity of a batch.
func (o *Outgoing) writeTo(w io.Writer) {
	fmt.Fprintf(w, "accounts %q\n", o.Chart)
	if o.Press != nil {
		fmt.Fprintf(w, "notices %x\n", o.Press.Digest())
	}
	if o.Payments {
		identity, err := json.Marshal(o.Fund)
		if err != nil {
			panic(err) // texts alone
		}
		fmt.Fprintf(w, "payments %x\n", sha256.Sum256(identity))
	}
}

// digest identifies how the fund presents itself, in hexadecimal.
func (o *Outgoing) digest() string {
	hash := sha256.New()
	o.writeTo(hash)
	return hex.EncodeToString(hash.Sum(nil))
}

// post sends out what leaves the fund with a batch, once every shard is settled.
type post struct {
	outgoing   *Outgoing
	outbox     *outbox
	build      *build
	batch      string // its name
	parameters *pipeline.Parameters
	workers    int
	progress   Progress
}

// send writes the notices and the payment files, and says what became of refunds and claims.
func (p *post) send(ctx context.Context) (sent payments.Totals, err error) {
	letters := int64(0)
	if p.outgoing.Press != nil {
		letters = int64(len(p.outbox.items))
	}
	p.progress.Stage("publish", letters)
	group, ctx := errgroup.WithContext(ctx)
	if p.outgoing.Press != nil {
		group.Go(func() error { return p.printNotices(ctx) })
	}
	if p.outgoing.Payments {
		group.Go(func() (err error) { sent, err = p.writePayments(ctx); return err })
	}
	err = group.Wait()
	return sent, err
}
