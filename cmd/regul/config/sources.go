package config

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"regul/jobs"
)

// readFile takes the settings of the file, with its paths relative to it.
func (c *Config) readFile() {
	text, err := os.ReadFile(c.Path)
	if err != nil {
		c.Unread = true
		c.Note(fmt.Errorf("the configuration %s can't be read: %w", c.Path, jobs.Cause(err)))
		return
	}
	settings, err := readYAML(text)
	if err != nil {
		c.Unread = true
		c.Note(fmt.Errorf("the configuration %s can't be used: %w", c.Path, err))
		return
	}
	for _, e := range settings.wrong {
		c.faults = append(c.faults, fault{e.line, fmt.Errorf("%s:%d: %s", c.Path, e.line, e.text)})
	}
	for name, items := range settings.items {
		if len(items) == 0 {
			continue
		}
		if FindKey(name).path {
			for i := range items {
				if items[i].text != "" {
					items[i].text = relativeTo(c.folder, items[i].text)
				}
			}
		}
		c.values[name] = held{items, fromFile, c.Path}
	}
}

// readEnvironment takes the variables: lists with commas, tables as NAME=VALUE with commas. An empty one is not set. One
// that is no setting is refused: a slip would go unseen.
func (c *Config) readEnvironment(environment []string) {
	variables := map[string]*Key{}
	for i := range Keys {
		if !Keys[i].FlagOnly {
			variables[Keys[i].Variable()] = &Keys[i]
		}
	}
	for _, entry := range slices.Sorted(slices.Values(environment)) {
		name, text, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, variablePrefix) || name == variable || text == "" {
			continue
		}
		k := variables[name]
		if k == nil {
			c.Note(fmt.Errorf("%s: there is no such setting: a variable is the name of a setting in capitals, such as %s", name,
				Keys[0].Variable()))
			continue
		}
		c.values[k.Name] = held{split(k, text), fromEnvironment, name}
	}
}

// split reads the text of a variable.
func split(k *Key, text string) (items []item) {
	if k.shape != listOfTexts && k.shape != byName {
		return []item{{text: text}}
	}
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		name, entry, named := strings.Cut(part, "=")
		switch {
		case part == "":
		case k.shape == byName && named:
			items = append(items, item{name: strings.TrimSpace(name), text: strings.TrimSpace(entry)})
		default:
			items = append(items, item{text: part})
		}
	}
	return items
}
