package config

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"regul/pipeline/spelling"
)

// item is one text of a setting: an element of a list, an entry of a table.
type item struct {
	name string // in a table; "" stands for all names
	text string
	line int // in the file
}

// yamlReader reads the settings of a YAML text one by one, so that everything that is wrong is said at once, each with its
// line.
type yamlReader struct {
	anchors map[string]ast.Node
	items   map[string][]item // by the name of the setting
	wrong   []lineError
}

// lineError is what is wrong in a line.
type lineError struct {
	line int
	text string
}

// readYAML reads the settings of a text. An error is of the syntax: nothing was read.
func readYAML(text []byte) (*yamlReader, error) {
	r := &yamlReader{anchors: map[string]ast.Node{}, items: map[string][]item{}}
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, syntaxError(err)
	}
	file.Docs = slices.DeleteFunc(file.Docs, func(d *ast.DocumentNode) bool { return d.Body == nil })
	if len(file.Docs) > 1 {
		return nil, errors.New("it holds more than one document")
	}
	for _, document := range file.Docs {
		for _, node := range ast.Filter(ast.AnchorType, document.Body) {
			anchor := node.(*ast.AnchorNode)
			r.anchors[anchor.Name.GetToken().Value] = anchor.Value
		}
		r.section("", document.Body)
	}
	return r, nil
}

// syntaxError says where the text is no YAML, without quoting it: it may hold a secret.
func syntaxError(err error) error {
	var known yaml.Error
	if errors.As(err, &known) && known.GetToken() != nil {
		return fmt.Errorf("line %d: %s", known.GetToken().Position.Line, plainSyntax(known.GetMessage()))
	}
	return errors.New("it is no YAML")
}

// syntaxes are what the library says of mistakes that people make, and what to do.
var syntaxes = []struct {
	said *regexp.Regexp
	what string
}{
	{regexp.MustCompile(`could not find flow mapping end token`), "a { is not closed by a }"},
	{regexp.MustCompile(`sequence end token`), "a [ is not closed by a ]"},
	{regexp.MustCompile(`tab character|character '(\t|\\t)'`), "a tab begins the line: write spaces"},
	{regexp.MustCompile(`mapping key ("[^"]*") already defined at \[(\d+):`), "$1 stands there twice, first in line $2"},
	{regexp.MustCompile(`could not find end character of (single|double)-quot`), "a text in quotation marks does not end"},
}

// plainSyntax says a mistake without the words of the library, where it is a usual one.
func plainSyntax(said string) string {
	for _, s := range syntaxes {
		if at := s.said.FindStringSubmatchIndex(said); at != nil {
			return string(s.said.ExpandString(nil, s.what, said, at))
		}
	}
	return said
}

// Say notes what is wrong with a node.
func (r *yamlReader) say(node ast.Node, format string, args ...any) {
	r.wrong = append(r.wrong, lineError{lineOf(node), fmt.Sprintf(format, args...)})
}

func lineOf(node ast.Node) int {
	if token := node.GetToken(); token != nil {
		return token.Position.Line
	}
	return 0
}

// section reads the settings whose names begin with the prefix.
func (r *yamlReader) section(prefix string, node ast.Node) {
	entries, ok := r.entries(node)
	if !ok {
		what := "the file"
		if prefix != "" {
			what = prefix[:len(prefix)-1]
		}
		r.say(node, "%s: must hold settings, KEY: VALUE, one a line", what)
	}
	for _, e := range entries {
		name := prefix + e.Key.GetToken().Value
		switch k := FindKey(name); {
		case k != nil && !k.FlagOnly:
			r.items[name] = r.setting(k, e.Value)
		case k == nil && isSection(name):
			r.section(name+".", e.Value)
		default:
			r.say(e.Key, "%s: there is no such setting: %sregul config --print lists them", name, meant(name))
		}
	}
}

// meant asks whether another setting, or section of them, was meant by a name; "" if none is near.
func meant(name string) string {
	var names []string
	for i := range Keys {
		names = append(names, Keys[i].Name)
		if section, _, nested := strings.Cut(Keys[i].Name, "."); nested {
			names = append(names, section)
		}
	}
	if best := spelling.Nearest(name, names); best != "" {
		return "did you mean " + best + "? "
	}
	return ""
}

// setting reads what one setting holds; nothing if it is empty or wrong.
func (r *yamlReader) setting(k *Key, value ast.Node) []item {
	if text, ok := r.text(value); ok {
		return []item{{text: text, line: lineOf(value)}}
	}
	switch node := r.resolve(value).(type) {
	case *ast.NullNode:
		return nil
	case *ast.SequenceNode:
		if k.shape == listOfTexts {
			return r.listed(k, node)
		}
	case *ast.MappingNode, *ast.MappingValueNode:
		if k.shape == byName || k.shape == byLanguage {
			return r.named(k, node)
		}
	}
	r.say(value, "%s: must be %s", k.Name, [...]string{
		oneText: "a text or a number", listOfTexts: "a text or a list of texts", byName: "a table: NAME: VALUE, one a line",
		byLanguage: "a text, or a text for each of fr, nl and de",
	}[k.shape])
	return nil
}

// listed reads the elements of a list.
func (r *yamlReader) listed(k *Key, node *ast.SequenceNode) (items []item) {
	for _, element := range node.Values {
		text, ok := r.text(element)
		if !ok {
			r.say(element, "%s: each element of the list must be a text", k.Name)
			continue
		}
		items = append(items, item{text: text, line: lineOf(element)})
	}
	return items
}

// named reads the entries of a table.
func (r *yamlReader) named(k *Key, node ast.Node) (items []item) {
	entries, _ := r.entries(node)
	for _, e := range entries {
		name := e.Key.GetToken().Value
		text, ok := r.text(e.Value)
		switch {
		case !ok && isDigits(name) && r.isNothing(e.Value):
			r.say(e.Value, "%s: in a table between braces a comma ends the entry: write 3.05, not 3,05", k.Name)
		case !ok:
			r.say(e.Value, "%s.%s: must be a text or a number", k.Name, name)
		case k.shape == byLanguage && !isLanguage(name):
			r.say(e.Key, "%s: %q is not a language: fr, nl or de", k.Name, name)
		default:
			items = append(items, item{name, text, lineOf(e.Key)})
		}
	}
	return items
}

// isNothing says whether a node is empty, as what follows a decimal comma in a table between braces.
func (r *yamlReader) isNothing(node ast.Node) bool {
	_, empty := r.resolve(node).(*ast.NullNode)
	return empty
}

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// entries are the entries of a mapping; an empty node has none.
func (r *yamlReader) entries(node ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := r.resolve(node).(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	case *ast.NullNode, nil:
		return nil, true
	}
	return nil, false
}

// Text is a node that holds one text or number, as it was written.
func (r *yamlReader) text(node ast.Node) (string, bool) {
	switch n := r.resolve(node).(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// resolve is a node without its anchor and tag; an alias is what it stands for. A loop of aliases ends in nothing.
func (r *yamlReader) resolve(node ast.Node) ast.Node {
	for range 100 {
		switch n := node.(type) {
		case *ast.AnchorNode:
			node = n.Value
		case *ast.TagNode:
			node = n.Value
		case *ast.AliasNode:
			node = r.anchors[n.Value.GetToken().Value]
		default:
			return node
		}
	}
	return nil
}
