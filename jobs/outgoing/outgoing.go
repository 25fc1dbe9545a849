package outgoing

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

	"regul/jobs"
	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/fund"
	"regul/writers/notice"
	"regul/writers/payments"
	"regul/writers/tables"
)

// Outgoing is what leaves the fund with a batch, and how the fund presents itself.
type Options struct {
	Fund     *fund.Fund    // who sends; nil: the batch has neither notices nor payments
	Press    *notice.Press // prints the notices; nil: the batch has none
	Payments bool          // the batch has payment files
	Limits   payments.Limits
	Index    *payments.Index
	Chart    tables.Chart // the fund's chart of accounts
	Report   batch.ReportSettings
	postage  []tariff
}

// What a batch can go without; and the tables of all batches, which are then left as they are.
const (
	WithoutNotices  = "notices"
	WithoutPayments = "payments"
	WithoutCurrent  = "current"
)

// Settings are what an operator asks of what leaves the fund with a batch, as text and before any check.
type Settings struct {
	Fund     *FundSettings     // nil is the specimen: what leaves the fund says so
	Wording  string            // folder of the notices' texts; "" is the built-in wording
	Duplex   string            // true: letters are filled up to whole sheets; "" is false
	Marks    string            // omr: optical marks for the machine that inserts; "" is none
	Accounts map[string]string // numbers in the fund's chart of accounts, by role
	Without  []string          // what a batch goes without: notices, payments; or current

	MaxTransfer string // EUR: a larger refund is held; "" is no limit
	MaxNight    string // EUR: refunds that bring those of a day above it are held; "" is no limit
	RefundBelow string // EUR: a smaller refund of who left is not paid out while no account is known; "" is off
	DebtBelow   string // EUR: a smaller claim on who left is told and not collected; "" is off

	Report batch.ReportSettings
}

// limit reads an amount in EUR above 0; "" is 0.
func limit(setting, text string) (money.Cents, error) {
	if text == "" {
		return 0, nil
	}
	amount, err := money.Parse(text)
	if err == nil && (amount <= 0 || !pipeline.InRange(amount)) {
		err = fmt.Errorf("%q is no amount in EUR above 0", text)
	}
	if err != nil {
		return 0, &jobs.SettingError{Setting: setting, Text: text, Err: err}
	}
	return amount, nil
}

// Current says whether the tables of all batches are brought up to date.
func (s *Settings) Current() bool { return !slices.Contains(s.Without, WithoutCurrent) }

// Check checks the identity of the fund, its wording, for which it makes a press, and its chart of accounts; it says everything that is
// wrong.
func (s *Settings) Check(p *pipeline.Parameters, press func(notice.Settings) (*notice.Press, error)) (o Options, wrong []error) {
	for _, what := range s.Without {
		if what != WithoutNotices && what != WithoutPayments && what != WithoutCurrent {
			wrong = append(wrong, &jobs.SettingError{Setting: "without", Text: what,
				Err: fmt.Errorf("%q is none of %s, %s, %s", what, WithoutNotices, WithoutPayments, WithoutCurrent)})
		}
	}
	var err error
	if o.Limits.Transfer, err = limit("max_transfer", s.MaxTransfer); err != nil {
		wrong = append(wrong, err)
	}
	if o.Limits.Night, err = limit("max_night", s.MaxNight); err != nil {
		wrong = append(wrong, err)
	}
	postage, faults := checkReport(&s.Report)
	o.Report, o.postage, wrong = s.Report, postage, append(wrong, faults...)
	if o.Chart, err = tables.ParseChart(s.Accounts); err != nil {
		wrong = append(wrong, jobs.NamedErrors(err)...)
	}
	if o.Fund, err = s.Fund.fund(); err != nil {
		return o, append(wrong, jobs.EachError(err)...)
	}
	if o.Fund.RefundBelow, err = limit("refund_below", s.RefundBelow); err != nil {
		wrong = append(wrong, err)
	}
	if o.Fund.DebtBelow, err = limit("debt_below", s.DebtBelow); err != nil {
		wrong = append(wrong, err)
	}
	o.Payments = !slices.Contains(s.Without, WithoutPayments)
	if !slices.Contains(s.Without, WithoutNotices) {
		finishing, faults := s.finishing()
		wrong = append(wrong, faults...)
		printing := notice.Settings{Fund: o.Fund, Law: p.Law, Fees: p.Fees, AsOf: p.AsOf, Finishing: finishing}
		if s.Wording != "" {
			printing.Wording = os.DirFS(s.Wording)
		}
		if o.Press, err = press(printing); err != nil {
			wrong = append(wrong, jobs.EachError(err)...)
		}
	}
	return o, wrong
}

// Without lists what the batch goes without.
func (o *Options) Without() []string {
	var without []string
	if o.Press == nil {
		without = append(without, WithoutNotices)
	}
	if !o.Payments {
		without = append(without, WithoutPayments)
	}
	return without
}

// Any says whether something leaves the fund besides the tables.
func (o *Options) Any() bool { return o.Press != nil || o.Payments }

// Sending adds up the refunds of a batch; where it has no payment files no limit holds them.
func (o *Options) Sending() payments.Sending {
	s := payments.Sending{Fund: o.Fund}
	if o.Payments {
		s.Limits = o.Limits
	}
	return s
}

// AddTo writes what tells the outgoing files of two batches apart, for the identity of a batch.
func (o *Options) AddTo(w io.Writer) {
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
		if o.Limits != (payments.Limits{}) {
			fmt.Fprintf(w, "limits %d %d\n", o.Limits.Transfer, o.Limits.Night)
		}
	}
}

// Digest identifies how the fund presents itself, in hexadecimal.
func (o *Options) Digest() string {
	hash := sha256.New()
	o.AddTo(hash)
	return hex.EncodeToString(hash.Sum(nil))
}

// Post sends out what leaves the fund with a batch, once every shard is settled.
type Post struct {
	Outgoing   *Options
	Outbox     *Outbox
	Build      *batch.Build
	Batch      string // its name
	Parameters *pipeline.Parameters
	Workers    int
	Progress   jobs.Progress

	Held     []batch.HeldTransfers // once it is sent: what waits for somebody's decision
	Freed    []batch.HeldTransfers // of what earlier batches held, what leaves now
	Printing map[pipeline.Language]Printing
	Printed  Printed // letters that others printed; nil: none
}

// Send writes the notices and the payment files, and says what became of refunds and claims.
func (p *Post) Send(ctx context.Context) (sent payments.Totals, err error) {
	letters := int64(0)
	if p.Outgoing.Press != nil {
		letters = p.Outbox.Letters()
	}
	p.Progress.Stage("publish", letters)
	group, ctx := errgroup.WithContext(ctx)
	if p.Outgoing.Press != nil {
		letters := &Letters{Press: p.Outgoing.Press, Outbox: p.Outbox, Create: p.Build.Create, Batch: p.Batch, Workers: p.Workers,
			Progress: p.Progress, Sending: p.Outgoing.Sending(), postage: p.Outgoing.postage, Printed: p.Printed}
		group.Go(func() (err error) { err = letters.Print(ctx); p.Printing = letters.Printing; return err })
	}
	if p.Outgoing.Payments {
		group.Go(func() (err error) { sent, err = p.writePayments(ctx); return err })
	}
	err = group.Wait()
	return sent, err
}
