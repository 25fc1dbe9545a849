package config

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

// Key is one setting of regul.yaml. The same name in capitals, after REGUL_ and with _ for points, is its variable in the
// environment: inputs.revenue is REGUL_INPUTS_REVENUE.
type Key struct {
	Name     string
	shape    shape
	Flag     string // of run, which overrides it; "" has none
	Fallback string // what holds without it, for people
	path     bool   // in the file it is relative to the file
	Secret   bool   // its value is not printed
	FlagOnly bool   // neither in the file nor in the environment
}

// Keys are the settings, in the order in which people read them.
var Keys = func() []Key {
	var all []Key
	for _, input := range jobs.InputNames() {
		all = append(all, Key{Name: "inputs." + input, shape: listOfTexts, Flag: FlagOf(input), path: true})
	}
	all = append(all,
		Key{Name: "out", Flag: "out", path: true},
		Key{Name: "as_of", Flag: "as-of", Fallback: "today", FlagOnly: true},
		Key{Name: "fees", shape: byName, Flag: "fund-fee"},
		Key{Name: "minimum_pension", shape: byName, Flag: "minimum-pension"},
		Key{Name: "max_rejects", Flag: "max-rejects", Fallback: run.DefaultMaxRejects},
		Key{Name: "max_transfer", Fallback: "no limit"},
		Key{Name: "max_night", Fallback: "no limit"},
		Key{Name: "refund_below", Fallback: "off"},
		Key{Name: "debt_below", Fallback: "off"},
		Key{Name: "release.second_person", Fallback: "false"},
		Key{Name: "brake.payout", Fallback: "off"},
		Key{Name: "brake.transfer", Fallback: "off"},
		Key{Name: "brake.share", Fallback: "off"},
		Key{Name: "brake.median", Fallback: "off"},
		Key{Name: "require_sha256", Fallback: "false"},
		Key{Name: "delivery_keys", shape: listOfTexts, path: true},
		Key{Name: "workers", Flag: "workers", Fallback: strconv.Itoa(runtime.GOMAXPROCS(0))},
		Key{Name: "memory", Flag: "memory", Fallback: run.DefaultMemory},
		Key{Name: "archive", path: true},
		Key{Name: "moved_to", path: true},
		Key{Name: "without", shape: listOfTexts, Flag: "without"},
		Key{Name: "metrics", Flag: "metrics", path: true},
		Key{Name: "ping", Secret: true},
		Key{Name: "notices.wording", path: true, Fallback: "built in"},
		Key{Name: "notices.duplex", Fallback: "false"},
		Key{Name: "notices.marks", Fallback: "none"},
		Key{Name: "report.language", Fallback: "en"},
		Key{Name: "report.postage", shape: byName},
		Key{Name: "accounts", shape: byName, Fallback: "built in"},
	)
	for _, name := range []string{"name", "street", "city", "court", "time_limit"} {
		all = append(all, Key{Name: "fund." + name, shape: byLanguage})
	}
	for _, name := range []string{"postcode", "country", "phone", "email", "website", "approval_number", "enterprise", "iban", "bic",
		"creditor_id"} {
		all = append(all, Key{Name: "fund." + name})
	}
	return append(all, Key{Name: "fund.logo", path: true})
}()

// FindKey finds a setting by its name; nil if there is none.
func FindKey(name string) *Key {
	for i := range Keys {
		if Keys[i].Name == name {
			return &Keys[i]
		}
	}
	return nil
}

// isSection says whether settings begin with this name and a point.
func isSection(name string) bool {
	for i := range Keys {
		if strings.HasPrefix(Keys[i].Name, name+".") {
			return true
		}
	}
	return false
}

// variablePrefix begins the names of all variables in the environment.
const variablePrefix = "REGUL_"

// Variable is the name of the setting in the environment.
func (k *Key) Variable() string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(k.Name, ".", "_"))
}
