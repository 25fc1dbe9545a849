// Package config owns the settings of regul.yaml: which there are, what each may hold, and from where it comes - a flag, a variable of
// the environment, the file or the default. The YAML is read by a library; what is said of a slip in it, with its line and the setting that
// was probably meant, is said here.
package config

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"regul/jobs/storage"
)

// Config is the settings of regul.yaml with what overrides them: a flag goes before the environment, the environment
// before the file, the file before the default. Paths of the file are relative to it, others to the working directory.
type Config struct {
	Path   string // of the file; "" is none
	folder string // of the file
	values map[string]held
	faults []fault
	Unread bool // the file can't be read: nothing else can be said of the settings
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

// DefaultName is the file of a folder in which a command looks for settings when none was named.
const DefaultName = "regul.yaml"

// variable names the file in the environment.
const variable = variablePrefix + "CONFIG"

// Path is the file that was given, or that the environment names; "" is none.
func Path(given string) string {
	if given != "" {
		return given
	}
	return os.Getenv(variable)
}

// Read reads the settings of a file, if there is one, and of the environment. The error is everything that is wrong
// with them by themselves.
func Read(path string) (*Config, error) {
	c := Load(path)
	return c, c.Err()
}

// Load reads as Read does, and keeps what is wrong for later.
func Load(path string) *Config {
	c := &Config{Path: path, folder: filepath.Dir(path), values: map[string]held{}}
	if path != "" {
		c.readFile()
	}
	c.readEnvironment(os.Environ())
	return c
}

// Set lets a flag override a setting.
func (c *Config) Set(name, flag string, texts ...string) {
	v := held{from: fromFlag, name: "--" + flag}
	for _, text := range texts {
		v.items = append(v.items, item{text: text})
	}
	c.values[name] = v
}

// IsSet says whether a setting was given.
func (c *Config) IsSet(name string) bool {
	_, set := c.values[name]
	return set
}

// Text is a setting that holds one text; "" if it is not set.
func (c *Config) Text(name string) string {
	if items := c.values[name].items; len(items) > 0 {
		return items[0].text
	}
	return ""
}

// Texts is a setting that holds a list.
func (c *Config) Texts(name string) (texts []string) {
	for _, item := range c.values[name].items {
		texts = append(texts, item.text)
	}
	return texts
}

// Table is a setting that holds texts by name; nil if it is not set.
func (c *Config) Table(name string) map[string]string {
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

// Whole is a setting that holds a whole number; without it, or when it is none, the fallback.
func (c *Config) Whole(name string, fallback int) int {
	text := c.Text(name)
	if text == "" {
		return fallback
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		c.Say(name, "%q is not a whole number", text)
		return fallback
	}
	return number
}

// Flag is a setting that holds true or false; without it, false.
func (c *Config) Flag(name string) bool {
	switch text := c.Text(name); text {
	case "true":
		return true
	case "", "false":
	default:
		c.Say(name, "%q is neither true nor false", text)
	}
	return false
}

// Years are the entries of a table of years; the entry without a year is for all others.
func (c *Config) Years(name string) (all string, byYear map[int]string) {
	named := c.Table(name)
	byYear = map[int]string{}
	for _, year := range slices.Sorted(maps.Keys(named)) {
		number, err := strconv.Atoi(year)
		switch {
		case year == "":
			all = named[""]
		case err != nil:
			c.Say(name+"."+year, "%q is no year", year)
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
