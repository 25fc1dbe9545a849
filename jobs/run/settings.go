package run

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"regul/jobs"
	"regul/jobs/intake"
	"regul/jobs/ledger"
	"regul/jobs/minisig"
	"regul/jobs/outgoing"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Settings are what an operator asks of a run, as text and before any check.
type Settings struct {
	Subject *Subject            `json:"-"` // nil: People
	Inputs  map[string][]string // paths and patterns of files, by the names of InputNames
	Out     string              // directory of the batches
	Archive string              // directory of the inputs of all nights; "" is none
	MovedTo string              // where files that patterns found go once they are settled; "" leaves them
	AsOf    string              // day of the notices
	Fee     string              // percent, of every year of the law that Fees do not have; "" is none
	Fees    map[int]string      // percent, by contribution year
	// The minimum pension of an isolated self-employed person in EUR a day, for sickness as evidence: by year, "" and none where it is
	// unknown.
	MinimumPension  string         // of every year of the law that MinimumPensions do not have
	MinimumPensions map[int]string // by year
	MaxRejects      string         // "" is DefaultMaxRejects
	Workers         int
	Memory          string // "" is DefaultMemory

	Outgoing       outgoing.Settings
	Draft          bool // publish a draft
	Brake          BrakeSettings
	RequireSHA256  bool         // every input must come with its SHA-256
	DeliveryKeys   []string     // files of public keys: every input must come with its SHA-256, signed by the owner of one of them
	NewLedger      bool         // begin a ledger where there is none
	Insist         []string     // gates that let pass what they would refuse, see GateNames
	Recheck        []string     // changes for which years are settled again, see pipeline.RecheckNames
	SettlesNothing bool         // the job takes neither revenue nor fees
	again          bool         // a batch is made again, which may have settled without new income
	ShardRows      int          // see Options
	Drafter        *ledger.Word // see Options
}

// DefaultMemory is what a run stays within if possible.
const DefaultMemory = "1GiB"

// waitingShare is which part of the memory the rows may take that wait for their shard: the third. The rest is for the heap.
const waitingShare = 3

// rejectsShare is which part of the memory the rejects may take: the quarter.
const rejectsShare = 4

// Options checks the settings, and is what Run works with, except the log and the progress. The error is everything that is
// wrong with them.
func (s *Settings) Options() (Options, error) {
	o, wrong := s.Check()
	if len(wrong) > 0 {
		return o, &jobs.Error{Kind: jobs.Usage, Err: errors.Join(wrong...)}
	}
	return o, nil
}

// complaints collects what is wrong with settings.
type complaints []error

// add notes what is wrong.
func (c *complaints) add(wrong ...error) { *c = append(*c, wrong...) }

// say notes what is wrong with a setting, if something is.
func (c *complaints) say(setting string, err error) {
	if err != nil {
		c.add(&jobs.SettingError{Setting: setting, Err: err})
	}
}

// Check is Options with one error for each thing that is wrong: a SettingError where it is about one setting.
func (s *Settings) Check() (o Options, wrong []error) {
	l, err := law.Standard()
	if err != nil {
		return o, []error{err}
	}
	if o.Parameters.Companies, err = law.Companies(); err != nil {
		return o, []error{err}
	}
	o.Subject = cmp.Or(s.Subject, People)
	o.Parameters.Law = l
	o.Draft, o.ShardRows, o.Drafter, o.Workers = s.Draft, s.ShardRows, s.Drafter, s.Workers
	o.Current = s.Outgoing.Current()
	var found complaints
	s.checkInputs(&o, &found)
	s.checkLedger(&o, &found)
	s.checkParameters(&o, &found)
	s.checkLimits(&o, &found)
	leaving, faults := s.Outgoing.Check(&o.Parameters, o.Subject.press)
	o.Outgoing = leaving
	o.Outgoing.Index = o.Subject.Money
	return o, append(found, faults...)
}

// checkInputs finds the files, and says what is missing.
func (s *Settings) checkInputs(o *Options, wrong *complaints) {
	if missing := s.missing(o.Subject); len(missing) > 0 {
		wrong.add(fmt.Errorf("missing: %s", strings.Join(missing, ", ")))
	}
	var faults []error
	o.Arrived, faults = intake.Find(o.Subject.Subject, s.Inputs, len(s.Recheck) > 0 && o.Subject == People)
	wrong.add(faults...)
	if keys := s.deliveryKeys(wrong); s.RequireSHA256 || len(keys) > 0 {
		wrong.add(o.Arrived.Demand(keys)...)
	}
	o.Inputs = o.Arrived.Files
}

// deliveryKeys reads the keys of those who may sign deliveries.
func (s *Settings) deliveryKeys(wrong *complaints) (keys []*minisig.Key) {
	for _, path := range s.DeliveryKeys {
		key, err := minisig.ReadKey(path)
		if err != nil {
			wrong.say("delivery_keys", fmt.Errorf("%s: %w", jobs.Printable(path), jobs.Cause(err)))
			continue
		}
		keys = append(keys, key)
	}
	return keys
}

// checkLedger opens the places of the batches and of the archive, and reads what guards them.
func (s *Settings) checkLedger(o *Options, wrong *complaints) {
	var err error
	o.Out, err = storage.At(s.Out)
	wrong.say("out", err)
	if s.Archive != "" {
		o.Archive, err = storage.At(s.Archive)
		wrong.say("archive", err)
	}
	if s.MovedTo != "" {
		o.MovedTo, err = storage.At(s.MovedTo)
		wrong.say("moved_to", err)
	}
	o.Brake = s.Brake.parse(wrong.say)
	if o.Gates, err = ParseGates(s.Out, s.NewLedger, s.Insist); err != nil {
		wrong.add(err)
	}
}

// checkParameters reads what amounts are computed with beside the law: the day, the fees, the minimum pension, what is settled again.
func (s *Settings) checkParameters(o *Options, wrong *complaints) {
	var err error
	o.Parameters.AsOf, err = jobs.Day(s.AsOf)
	wrong.say("as_of", err)
	if o.Subject.fees {
		o.Parameters.Fees = s.ParseFees(o.Parameters.Law, wrong.say)
	}
	o.Parameters.MinimumPension = s.minimumPensions(o.Parameters.Law, wrong.say)
	for _, word := range s.Recheck {
		change, known := pipeline.ParseRecheck(word)
		if !known {
			wrong.add(fmt.Errorf("--recheck=%s: there is no such change; the changes are %s", word, strings.Join(pipeline.RecheckNames(), ", ")))
		}
		if why := o.Subject.never[change]; why != "" {
			wrong.add(fmt.Errorf("--recheck=%s: %s", word, why))
		}
		o.Parameters.Recheck |= change
	}
}

// checkLimits reads how many rejects refuse a batch, and what a run may take of the machine.
func (s *Settings) checkLimits(o *Options, wrong *complaints) {
	var err error
	o.MaxRejects, err = ParseLimit(cmp.Or(s.MaxRejects, DefaultMaxRejects))
	wrong.say("max_rejects", err)
	wrong.say("workers", jobs.WorkersInRange(s.Workers))
	memory, err := s.MemoryBytes()
	wrong.say("memory", err)
	o.Waiting, o.Rejects = int(memory/waitingShare), memory/rejectsShare/pipeline.RejectBytes
}

// MemoryBytes is the memory to stay within, in bytes. It is of the process, not of the job.
func (s *Settings) MemoryBytes() (int64, error) { return ParseSize(cmp.Or(s.Memory, DefaultMemory)) }

// missing lists the settings without which there is no run.
func (s *Settings) missing(of *Subject) []string {
	var missing []string
	for _, input := range of.Inputs {
		if len(s.Inputs[input.String()]) == 0 && !input.Optional() && !((s.SettlesNothing || s.again) && input == of.Main) {
			missing = append(missing, "--"+input.String()+" FILE")
		}
	}
	if s.Out == "" {
		missing = append(missing, "--out DIRECTORY")
	}
	if s.Fee == "" && len(s.Fees) == 0 && of.fees && !s.SettlesNothing {
		missing = append(missing, "--fund-fee PERCENT (or the fees of each year in the configuration)")
	}
	return missing
}

// ParseFees are the one fee for every year of the law, but where the table has another. There is no default.
func (s *Settings) ParseFees(l *law.Law, say func(setting string, err error)) pipeline.Fees {
	fees := pipeline.Fees{}
	if s.Fee != "" {
		rate, err := money.ParsePercent(s.Fee)
		say("fees", err)
		for _, year := range l.Years() {
			fees[year] = rate
		}
	}
	for _, year := range slices.Sorted(maps.Keys(s.Fees)) {
		rate, err := money.ParsePercent(s.Fees[year])
		if year < pipeline.FirstYear || year > pipeline.LastYear {
			err = fmt.Errorf("%d is no year from %d to %d", year, pipeline.FirstYear, pipeline.LastYear)
		}
		say("fees."+strconv.Itoa(year), err)
		fees[year] = rate
	}
	return fees
}

// MinimumPensions are the one amount for every year of the law, but where the table has another.
func (s *Settings) minimumPensions(l *law.Law, say func(setting string, err error)) map[int]money.Cents {
	pensions := map[int]money.Cents{}
	read := func(setting, text string) money.Cents {
		amount, err := money.Parse(text)
		switch {
		case err != nil:
			err = fmt.Errorf("%q is %w", text, err)
		case amount <= 0 || !pipeline.InRange(amount):
			err = fmt.Errorf("%q is no amount in EUR a day", text)
		}
		say(setting, err)
		return amount
	}
	if s.MinimumPension != "" {
		amount := read("minimum_pension", s.MinimumPension)
		for _, year := range l.Years() {
			pensions[year] = amount
		}
	}
	for _, year := range slices.Sorted(maps.Keys(s.MinimumPensions)) {
		pensions[year] = read("minimum_pension."+strconv.Itoa(year), s.MinimumPensions[year])
	}
	return pensions
}
