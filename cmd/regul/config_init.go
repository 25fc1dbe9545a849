package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"regul/jobs"
)

// settingHelp is an example of a setting and what it is, for the file that config --init writes. The inputs have theirs in inputHelp.
var settingHelp = map[string][2]string{
	"max_transfer":          {"25000.00", "EUR; a larger refund is held, the rest of the night leaves"},
	"max_night":             {"500000.00", "EUR; refunds of a night beyond it are held"},
	"release.second_person": {"true", "who made a draft may not release it"},
	"brake.payout":          {"200%", "a night that refunds more than this share of the largest of the last batches becomes a draft"},
	"brake.transfer":        {"300%", "so does one with a refund above this share of their largest refund"},
	"brake.share":           {"20%", "so does one whose share of refunds differs by more percentage points from theirs"},
	"brake.median":          {"250.00", "so does one whose median change of what is owed differs by more EUR from theirs"},
	"out":                   {"batches", "directory of the batches"},
	"fees":                  {"{2023: 3.05, 2024: 3.05}", "management fee by contribution year, percent; one number is for every year"},
	"minimum_pension": {"{2023: 55.00}",
		"minimum pension of an isolated self-employed person, EUR a day, by year: what sickness is tested against"},
	"max_rejects":     {"5%", "refuse a batch with more rejects: rows, or a share of the revenue rows"},
	"workers":         {"2", "goroutines; they change no result"},
	"memory":          {"1GiB", "memory to stay within if possible"},
	"archive":         {"archive", "folder that keeps every input of a batch, by its content: regul rerun finds them there"},
	"without":         {"[payments]", "leave out notices, payments or both"},
	"metrics":         {"/var/lib/node_exporter/regul.prom", "metrics of the run, for the textfile collector of Prometheus"},
	"ping":            {"https://monitor.example/regul", "address that is told of each run"},
	"notices.wording": {"wording", "folder with the wording of the letters, instead of that built in"},
	"accounts":        {"{receivable: \"400000\"}", "numbers of the chart of accounts"},
	"fund.name": {"{fr: Caisse, nl: Fonds, de: Kasse}",
		"the fund; without this section letters and payment files are those of a specimen"},
	"fund.street": {"Rue Haute 1", "a text, or one for each language"},
	"fund.city":   {"{fr: Bruxelles, nl: Brussel, de: Brüssel}", ""},
	"fund.court": {"{fr: \"le tribunal du travail\", nl: \"de arbeidsrechtbank\", de: \"das Arbeitsgericht\"}",
		"where a decision can be contested"},
	"fund.time_limit": {"{fr: \"trois mois\", nl: \"drie maanden\", de: \"drei Monaten\"}",
		"until when, as the fund's lawyer words it"},
	"fund.postcode":        {"\"1000\"", ""},
	"fund.country":         {"BE", ""},
	"fund.phone":           {"\"+32 2 000 00 00\"", ""},
	"fund.email":           {"info@fund.example", ""},
	"fund.website":         {"www.fund.example", ""},
	"fund.approval_number": {"\"00\"", ""},
	"fund.enterprise":      {"0403.170.701", "enterprise number"},
	"fund.iban":            {"BE68 5390 0754 7034", "account that claims are paid to and refunds leave from"},
	"fund.bic":             {"GKCCBEBB", ""},
	"fund.creditor_id":     {"BE68ZZZ0403170701", "for direct debits"},
	"fund.logo":            {"logo.png", "PNG or JPEG"},
}

// initText is a configuration in which every setting is a comment, with what it is and the default.
func initText() string {
	var b strings.Builder
	b.WriteString("# Configuration of regul. Take the # of a setting away to set it. " +
		"A flag overrides the environment, the environment this file.\n" +
		"# regul config --check says what is wrong with it.\n")
	section := ""
	for i := range keys {
		k := &keys[i]
		if k.flagOnly {
			continue
		}
		in, name, nested := strings.Cut(k.name, ".")
		indent := "  "
		if !nested {
			in, name, indent = "", k.name, ""
		}
		if in != section {
			b.WriteString("\n")
			if in != "" {
				fmt.Fprintf(&b, "# %s:\n", in)
			}
			section = in
		}
		example, says := settingHelp[k.name][0], settingHelp[k.name][1]
		if help, input := inputHelp[name]; input && nested {
			example, says = "["+name+".csv]", help
		}
		line := fmt.Sprintf("# %s%s: %s", indent, name, example)
		if says != "" && k.fallback != "" {
			says += " (default " + k.fallback + ")"
		}
		if says != "" {
			line = fmt.Sprintf("%-48s # %s", line, says)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// initialise writes a commented configuration to a new file.
func (f *configFlags) initialise(to io.Writer) error {
	path := f.run.config
	if path == "" {
		path = defaultConfig
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return jobs.UsageError("%s can't be written: %w", path, jobs.Cause(err))
	}
	_, err = io.WriteString(file, initText())
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(to, "Wrote %s: take the # of a setting away to set it, then regul config --check %s\n", path, path)
	return err
}
