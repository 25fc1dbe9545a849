package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// readFile takes the settings of the file, with its paths relative to it.
func (c *config) readFile() {
	text, err := os.ReadFile(c.path)
	if err != nil {
		c.unread = true
		c.note(fmt.Errorf("the configuration %s can't be read: %w", c.path, cause(err)))
		return
	}
	settings, err := readYAML(text)
	if err != nil {
		c.unread = true
		c.note(fmt.Errorf("the configuration %s can't be used: %w", c.path, err))
		return
	}
	for _, e := range settings.wrong {
		c.faults = append(c.faults, fault{e.line, fmt.Errorf("%s:%d: %s", c.path, e.line, e.text)})
	}
	for name, items := range settings.items {
		if len(items) == 0 {
			continue
		}
		if findKey(name).path {
			for i := range items {
				if items[i].text != "" {
					items[i].text = relativeTo(c.folder, items[i].text)
				}
			}
		}
		c.values[name] = held{items, fromFile, c.path}
	}
}

// readEnvironment takes the variables: lists with commas, tables as NAME=VALUE with commas. An empty one is not set. One
// that is no setting is refused: a slip would go unseen.
func (c *config) readEnvironment(environment []string) {
	variables := map[string]*key{}
	for i := range keys {
		if !keys[i].flagOnly {
			variables[keys[i].variable()] = &keys[i]
		}
	}
	for _, entry := range slices.Sorted(slices.Values(environment)) {
		name, text, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, variablePrefix) || name == configVariable || text == "" {
			continue
		}
		k := variables[name]
		if k == nil {
			c.note(fmt.Errorf("%s: there is no such setting: a variable is the name of a setting in capitals, such as %s", name,
				keys[0].variable()))
			continue
		}
		c.values[k.name] = held{split(k, text), fromEnvironment, name}
	}
}

// split reads the text of a variable.
func split(k *key, text string) (items []item) {
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
