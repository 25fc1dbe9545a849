package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Effective is one setting as a run takes it.
type Effective struct {
	Setting string `json:"setting"`
	Value   string `json:"value"`
	From    source `json:"from"`
	Where   string `json:"where,omitempty"` // file and line, variable or flag
}

// Settings lists all settings, in the order of the keys. Secrets are not shown.
func (c *Config) Settings() (list []Effective) {
	for i := range Keys {
		k := &Keys[i]
		v, set := c.values[k.Name]
		switch {
		case !set && k.Fallback != "":
			list = append(list, Effective{k.Name, k.Fallback, fromDefault, ""})
		case !set:
			list = append(list, Effective{k.Name, "", fromNowhere, ""})
		case k.shape == listOfTexts && set:
			list = append(list, Effective{k.Name, strings.Join(c.Texts(k.Name), ", "), v.from, v.where(0)})
		default:
			for at, item := range v.items {
				name, text := k.Name, item.text
				if item.name != "" {
					name += "." + item.name
				}
				if k.Secret {
					text = "(secret)"
				}
				list = append(list, Effective{name, text, v.from, v.where(at)})
			}
		}
	}
	return list
}

// where is where an item of a setting stands.
func (v *held) where(at int) string {
	if v.from == fromFile {
		return fmt.Sprintf("%s:%d", v.name, v.items[at].line)
	}
	return v.name
}

// CheckMetrics notes when the folder of the metrics is not there. Only a check says so: a run goes on without them.
func (c *Config) CheckMetrics() (noted bool) {
	file := c.Text("metrics")
	if file == "" {
		return false
	}
	info, err := os.Stat(filepath.Dir(file))
	if noted = err != nil || !info.IsDir(); noted {
		c.Say("metrics", "there is no folder %s", filepath.Dir(file))
	}
	return noted
}
