package main

import (
	"runtime"
	"strconv"
	"strings"

	"regul/jobs"
	"regul/jobs/run"
)

// shape is what a setting holds.
type shape uint8

const (
	oneText     shape = iota // a text or a number
	listOfTexts              // one text is a list of one
	byName                   // a text for each name, such as a fee for each year; one text is for all of them
	byLanguage               // a text, or one for each of fr, nl and de
)

// key is one setting of regul.yaml. The same name in capitals, after REGUL_ and with _ for points, is its variable in the
// environment: inputs.revenue is REGUL_INPUTS_REVENUE.
type key struct {
	name     string
	shape    shape
	flag     string // of run, which overrides it; "" has none
	fallback string // what holds without it, for people
	path     bool   // in the file it is relative to the file
	secret   bool   // its value is not printed
	flagOnly bool   // neither in the file nor in the environment
}

// keys are the settings, in the order in which people read them.
var keys = func() []key {
	var keys []key
	for _, input := range jobs.InputNames() {
		keys = append(keys, key{name: "inputs." + input, shape: listOfTexts, flag: flagOf(input), path: true})
	}
	keys = append(keys,
		key{name: "out", flag: "out", path: true},
		key{name: "as_of", flag: "as-of", fallback: "today", flagOnly: true},
		key{name: "fees", shape: byName, flag: "fund-fee"},
		key{name: "minimum_pension", shape: byName, flag: "minimum-pension"},
		key{name: "max_rejects", flag: "max-rejects", fallback: run.DefaultMaxRejects},
		key{name: "max_transfer", fallback: "no limit"},
		key{name: "max_night", fallback: "no limit"},
		key{name: "refund_below", fallback: "off"},
		key{name: "debt_below", fallback: "off"},
		key{name: "release.second_person", fallback: "false"},
		key{name: "brake.payout", fallback: "off"},
		key{name: "brake.transfer", fallback: "off"},
		key{name: "brake.share", fallback: "off"},
		key{name: "brake.median", fallback: "off"},
		key{name: "require_sha256", fallback: "false"},
		key{name: "workers", flag: "workers", fallback: strconv.Itoa(runtime.GOMAXPROCS(0))},
		key{name: "memory", flag: "memory", fallback: run.DefaultMemory},
		key{name: "archive", path: true},
		key{name: "without", shape: listOfTexts, flag: "without"},
		key{name: "metrics", flag: "metrics", path: true},
		key{name: "ping", secret: true},
		key{name: "notices.wording", path: true, fallback: "built in"},
		key{name: "notices.duplex", fallback: "false"},
		key{name: "notices.marks", fallback: "none"},
		key{name: "report.language", fallback: "en"},
		key{name: "report.postage", shape: byName},
		key{name: "accounts", shape: byName, fallback: "built in"},
	)
	for _, name := range []string{"name", "street", "city", "court", "time_limit"} {
		keys = append(keys, key{name: "fund." + name, shape: byLanguage})
	}
	for _, name := range []string{"postcode", "country", "phone", "email", "website", "approval_number", "enterprise", "iban", "bic",
		"creditor_id"} {
		keys = append(keys, key{name: "fund." + name})
	}
	return append(keys, key{name: "fund.logo", path: true})
}()

// findKey finds a setting by its name; nil if there is none.
func findKey(name string) *key {
	for i := range keys {
		if keys[i].name == name {
			return &keys[i]
		}
	}
	return nil
}

// isSection says whether settings begin with this name and a point.
func isSection(name string) bool {
	for i := range keys {
		if strings.HasPrefix(keys[i].name, name+".") {
			return true
		}
	}
	return false
}

// variablePrefix begins the names of all variables in the environment.
const variablePrefix = "REGUL_"

// variable is the name of the setting in the environment.
func (k *key) variable() string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(k.name, ".", "_"))
}
