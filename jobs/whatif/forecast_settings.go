package whatif

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"regul/jobs"
	"regul/jobs/intake"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/law"
)

// ForecastInputs lists the inputs that a forecast reads, in their order. The revenue is optional: years of which it holds the income are
// told apart.
func ForecastInputs() []string {
	var names []string
	for _, input := range []pipeline.Input{pipeline.Affiliates, pipeline.Account, pipeline.Payments, pipeline.Revenue,
		pipeline.Interruptions} {
		names = append(names, input.String())
	}
	return names
}

// CheckForecast checks the settings that a forecast needs of those of a run, and is what Forecast and BackTest work with, except the log
// and the progress. There is one error for each thing that is wrong.
func CheckForecast(s *run.Settings) (o ForecastOptions, wrong []error) {
	say := func(setting string, err error) {
		if err != nil {
			wrong = append(wrong, &jobs.SettingError{Setting: setting, Err: err})
		}
	}
	l, err := law.Standard()
	if err != nil {
		return o, []error{err}
	}
	var missing []string
	asked := map[string][]string{}
	for _, input := range ForecastInputs() {
		asked[input] = s.Inputs[input]
		if len(s.Inputs[input]) == 0 && !jobs.Optional(input) && input != pipeline.Revenue.String() {
			missing = append(missing, "--"+input+" FILE")
		}
	}
	if s.Out == "" {
		missing = append(missing, "--out DIRECTORY of the published batches")
	}
	if len(missing) > 0 {
		wrong = append(wrong, fmt.Errorf("missing: %s", strings.Join(missing, ", ")))
	}
	o.Subject = run.People
	var faults []error
	o.Arrived, faults = intake.Find(pipeline.People, asked, len(s.Recheck) > 0)
	wrong = append(wrong, faults...)
	o.Inputs = o.Arrived.Files
	o.Out, err = storage.At(s.Out)
	say("out", err)
	o.Workers = s.Workers
	say("workers", jobs.WorkersInRange(s.Workers))
	o.Parameters.Law = l
	o.Parameters.AsOf, err = jobs.Day(s.AsOf)
	say("as_of", err)
	o.Parameters.Fees = pipeline.Fees{} // nothing is settled: a year needs one only to be known
	for _, year := range l.Years() {
		o.Parameters.Fees[year] = 0
	}
	return o, wrong
}

// ParseYears reads years such as 2020 or 2018-2022, the first and the last; "" is no limit.
func ParseYears(text string) (first, last int, err error) {
	if text == "" {
		return 0, 0, nil
	}
	from, to, several := strings.Cut(text, "-")
	if !several {
		to = from
	}
	first, err1 := strconv.Atoi(from)
	last, err2 := strconv.Atoi(to)
	if errors.Join(err1, err2) != nil || first < pipeline.FirstYear || last > pipeline.LastYear || first > last {
		return 0, 0, fmt.Errorf("%q are no years such as 2020 or 2018-2022", text)
	}
	return first, last, nil
}
