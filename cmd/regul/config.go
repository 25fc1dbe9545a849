package main

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"regul/jobs/storage"
)

// config is the settings of regul.yaml with what overrides them: a flag goes before the environment, the environment
// before the file, the file before the default. Paths of the file are relative to it, others to the working directory.
type config struct {
	path   string // of the file; "" is none
	folder string // of the file
	values map[string]held
	faults []fault
	unread bool // the file can't be read: nothing else can be said of the settings
}

// held is what one setting holds, and where it comes from.
type held struct {
	items []item
	from  source
	name  string // of the file, the variable or the flag
}

// source is where a setting comes from.
type source string

const (
	fromNowhere     source = "unset"
	fromDefault     source = "default"
	fromFile        source = "file"
	fromEnvironment source = "environment"
	fromFlag        source = "flag"
)

// configVariable names the file in the environment.
const configVariable = variablePrefix + "CONFIG"

// configPath is the file that was given, or that the environment names; "" is none.
func configPath(given string) string {
	if given != "" {
		return given
	}
	return os.Getenv(configVariable)
}

// readConfig reads the settings of a file, if there is one, and of the environment. The error is everything that is wrong
// with them by themselves.
func readConfig(path string) (*config, error) {
	c := loadConfig(path)
	return c, c.err()
}

// loadConfig reads as readConfig does, and keeps what is wrong for later.
func loadConfig(path string) *config {
	c := &config{path: path, folder: filepath.Dir(path), values: map[string]held{}}
	if path != "" {
		c.readFile()
	}
	c.readEnvironment(os.Environ())
	return c
}

// set lets a flag override a setting.
func (c *config) set(name, flag string, texts ...string) {
	v := held{from: fromFlag, name: "--" + flag}
	for _, text := range texts {
		v.items = append(v.items, item{text: text})
	}
	c.values[name] = v
}

// text is a setting that holds one text; "" if it is not set.
func (c *config) text(name string) string {
	if items := c.values[name].items; len(items) > 0 {
		return items[0].text
	}
	return ""
}

// texts is a setting that holds a list.
func (c *config) texts(name string) (texts []string) {
	for _, item := range c.values[name].items {
		texts = append(texts, item.text)
	}
	return texts
}

// table is a setting that holds texts by name; nil if it is not set.
func (c *config) table(name string) map[string]string {
	v, set := c.values[name]
	if !set {
		return nil
	}
	named := map[string]string{}
	for _, item := range v.items {
		named[item.name] = item.text
	}
	return named
}

// whole is a setting that holds a whole number; without it, or when it is none, the fallback.
func (c *config) whole(name string, fallback int) int {
	text := c.text(name)
	if text == "" {
		return fallback
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		c.say(name, "%q is not a whole number", text)
		return fallback
	}
	return number
}

// flag is a setting that holds true or false; without it, false.
func (c *config) flag(name string) bool {
	switch text := c.text(name); text {
	case "true":
		return true
	case "", "false":
	default:
		c.say(name, "%q is neither true nor false", text)
	}
	return false
}

// years are the entries of a table of years; the entry without a year is for all others.
func (c *config) years(name string) (all string, byYear map[int]string) {
	named := c.table(name)
	byYear = map[int]string{}
	for _, year := range slices.Sorted(maps.Keys(named)) {
		number, err := strconv.Atoi(year)
		switch {
		case year == "":
			all = named[""]
		case err != nil:
			c.say(name+"."+year, "%q is no year", year)
		default:
			byYear[number] = named[year]
		}
	}
	return all, byYear
}

func relativeTo(folder, path string) string {
	if filepath.IsAbs(path) || storage.InBucket(path) {
		return path
	}
	return filepath.Join(folder, path)
}

// cause is what is wrong with a file, without the path and the call.
func cause(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
