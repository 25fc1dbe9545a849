package main

import (
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"regul/cmd/regul/config"
	"regul/jobs"
	"regul/jobs/run"
)

// runOptions are what the flags and the configuration ask for, checked.
type runOptions struct {
	run.Options
	folder string // of the batches
	memory int64  // bytes
}

// add declares the flags, in the order in which help lists them.
func (f *runFlags) add(command *cobra.Command) {
	flags := command.Flags()
	flags.SortFlags = false
	f.inputs = map[string]*[]string{}
	for _, name := range f.of().InputNames() {
		flag := config.FlagOf(name)
		f.inputs[name] = flags.StringArray(flag, nil, config.InputHelp[name])
		command.MarkFlagFilename(flag, "csv", "gz", "zst", "parquet", "xml")
		nameValues(command, map[string]string{flag: "FILE"})
	}
	flags.StringVar(&f.asOf, "as-of", "", "date of the notices, such as 2026-06-30 (default today)")
	if f.of() == run.People {
		flags.StringVar(&f.fee, "fund-fee", "", "management fee of every year, such as 3.05")
		flags.StringVar(&f.minimumPension, "minimum-pension", "",
			"minimum pension of an isolated self-employed person, EUR a day, for sickness as evidence")
		nameValues(command, map[string]string{"fund-fee": "PERCENT", "minimum-pension": "EUR"})
		f.addRecheck(command, jobs.RecheckChanges(), "settle again the years that changed since their last regularisation by: ")
	} else {
		f.addRecheck(command, jobs.CompanyRecheckChanges(), "settle again the years for which the amounts and thresholds of today give "+
			"another contribution: ")
	}
	flags.StringVar(&f.out, "out", "", "directory of the batches, or s3://BUCKET/PREFIX")
	flags.StringVar(&f.config, "config", "", "configuration; flags override it")
	flags.StringVar(&f.maxRejects, "max-rejects", "",
		"refuse a batch with more rejects: rows in all, or of an input a share of its rows or of those of the "+
			f.of().Main.String()+", the larger (default "+run.DefaultMaxRejects+")")
	flags.IntVar(&f.workers, "workers", 0, "goroutines; they change no result (default the processors)")
	flags.StringVar(&f.memory, "memory", "", "memory to stay within if possible, such as 512MiB (default "+run.DefaultMemory+")")
	flags.StringSliceVar(&f.without, "without", nil, "leave out notices, payments, current")
	flags.BoolVar(&f.draft, "draft", false, "publish a draft: it counts for nothing until regul release")
	flags.StringVar(&f.by, "by", "", "who makes the draft, where a second person must release it (default the user of the system)")
	nameValues(command, map[string]string{"by": "NAME"})
	f.addGates(command)
	flags.StringVar(&f.taken, "taken", "",
		"once the run has succeeded, write the paths of the files that patterns found to this file, each ended by a NUL")
	flags.StringVar(&f.metrics, "metrics", "", "write the metrics of the run to this file, for the textfile collector of Prometheus")
	nameValues(command, map[string]string{"metrics": "FILE", "taken": "FILE", "without": "WHAT", "as-of": "DATE", "out": "DIRECTORY",
		"config": "FILE", "max-rejects": "LIMIT", "workers": "NUMBER", "memory": "SIZE"})
	command.MarkFlagFilename("config", "yaml", "yml")
	command.MarkFlagDirname("out")
}

// addRecheck declares the flag that settles years again, for changes of which the first is the usual one.
func (f *runFlags) addRecheck(command *cobra.Command, changes []string, does string) {
	command.Flags().StringSliceVar(&f.recheck, "recheck", nil, does+strings.Join(changes, ", "))
	command.Flags().Lookup("recheck").NoOptDefVal = changes[0]
	command.RegisterFlagCompletionFunc("recheck", cobra.FixedCompletions(changes, cobra.ShellCompDirectiveNoFileComp))
	nameValues(command, map[string]string{"recheck": "CHANGE"})
}

// of is with whom the command settles.
func (f *runFlags) of() *run.Subject {
	if f.subject == nil {
		return run.People
	}
	return f.subject
}

// addGates declares the flags of the checks at the door of the ledger.
func (f *runFlags) addGates(command *cobra.Command) {
	command.Flags().BoolVar(&f.newLedger, "new-ledger", false,
		"begin a new ledger in --out; without it a directory that holds none is refused")
	command.Flags().StringSliceVar(&f.insist, "insist", nil, "let pass what a check at the door of the ledger refuses: "+
		strings.Join(run.GateNames(), ", "))
	nameValues(command, map[string]string{"insist": "CHECK"})
	command.RegisterFlagCompletionFunc("insist", cobra.FixedCompletions(run.GateNames(), cobra.ShellCompDirectiveNoFileComp))
}

// options are what the flags and the configuration ask for. given says whether a flag was given. What could be read of the
// configuration is there also with an error.
func (f *runFlags) options(given func(flag string) bool) (*runOptions, *config.Config, error) {
	conf := config.Load(config.Path(f.config))
	settings := f.settings(conf, given)
	if conf.Unread {
		return nil, conf, conf.Err()
	}
	options, wrong := settings.Check()
	conf.Note(wrong...)
	if err := conf.Err(); err != nil {
		return nil, conf, err
	}
	options.Program = jobs.Program()
	memory, err := settings.MemoryBytes()
	return &runOptions{Options: options, folder: settings.Out, memory: memory}, conf, err
}

// override lets the flags that were given override the configuration. An empty one is not given, except the day.
func (f *runFlags) override(conf *config.Config, given func(flag string) bool) {
	texts := map[string]string{"out": f.out, "fees": f.fee, "minimum_pension": f.minimumPension, "max_rejects": f.maxRejects,
		"memory": f.memory, "metrics": f.metrics}
	for name, text := range texts {
		if text != "" {
			conf.Set(name, config.FindKey(name).Flag, text)
		}
	}
	for name, paths := range f.inputs {
		if len(*paths) > 0 {
			conf.Set("inputs."+name, config.FlagOf(name), *paths...)
		}
	}
	if len(f.without) > 0 {
		conf.Set("without", "without", f.without...)
	}
	if given("workers") {
		conf.Set("workers", "workers", strconv.Itoa(f.workers))
	}
	if given("as-of") {
		conf.Set("as_of", "as-of", f.asOf)
	}
}

// settings are those of the configuration, overridden by the flags and completed with today and the processors.
func (f *runFlags) settings(conf *config.Config, given func(flag string) bool) *run.Settings {
	f.override(conf, given)
	s := &run.Settings{
		Subject: f.of(), Inputs: map[string][]string{}, Out: conf.Text("out"), Archive: conf.Text("archive"),
		MovedTo:    conf.Text("moved_to"),
		AsOf:       time.Now().Format(time.DateOnly),
		MaxRejects: conf.Text("max_rejects"), Workers: conf.Whole("workers", runtime.GOMAXPROCS(0)), Memory: conf.Text("memory"),
		Outgoing: conf.Outgoing(), Draft: f.draft, NewLedger: f.newLedger, Insist: f.insist, Recheck: f.recheck,
		SettlesNothing: f.settlesNothing, Brake: conf.Brake(), RequireSHA256: conf.Flag("require_sha256"),
		DeliveryKeys: conf.Texts("delivery_keys"),
	}
	if conf.Flag("release.second_person") { // the brake may make a draft too
		word := (&wordFlags{by: f.by}).word()
		s.Drafter = &word
	}
	s.Fee, s.Fees = conf.Years("fees")
	s.MinimumPension, s.MinimumPensions = conf.Years("minimum_pension")
	for _, name := range f.of().InputNames() {
		s.Inputs[name] = conf.Texts("inputs." + name)
	}
	if conf.IsSet("as_of") {
		s.AsOf = conf.Text("as_of")
	}
	if text := conf.Text("ping"); text != "" {
		if _, err := parsePing(text); err != nil {
			conf.Say("ping", "%w", err)
		}
	}
	return s
}
