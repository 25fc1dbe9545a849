package diff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"regul/jobs/batch"
	"regul/pipeline/money"
)

// comparedElsewhere are the keys of a manifest that are no parameters.
var comparedElsewhere = []string{"batch", "ledger", "inputs", "counts", "control_totals", "outcomes", "rejects", "files"}

// compareParameters lists all that the batches were made with and that differs, by its key in the manifest.
func compareParameters(a, b *batch.Manifest) ([]TextDifference, error) {
	inA, err := parameterTexts(a)
	if err != nil {
		return nil, err
	}
	inB, err := parameterTexts(b)
	if err != nil {
		return nil, err
	}
	keys := slices.AppendSeq(slices.Collect(maps.Keys(inA)), maps.Keys(inB))
	slices.Sort(keys)
	found := []TextDifference{}
	for _, key := range slices.Compact(keys) {
		if inA[key] != inB[key] {
			found = append(found, TextDifference{key, inA[key], inB[key]})
		}
	}
	return found, nil
}

// parameterTexts are the parameters of a manifest as texts, by their keys, such as "parameters.fees.2023".
func parameterTexts(m *batch.Manifest) (map[string]string, error) {
	text, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	value, err := plainJSON(text)
	if err != nil {
		return nil, err
	}
	all, _ := value.(map[string]any)
	for _, key := range comparedElsewhere {
		delete(all, key)
	}
	texts := map[string]string{}
	flatten("", all, texts)
	return texts, nil
}

// flatten puts the values below a value into texts.
func flatten(key string, value any, texts map[string]string) {
	switch v := value.(type) {
	case map[string]any:
		for name, below := range v {
			if key != "" {
				name = key + "." + name
			}
			flatten(name, below, texts)
		}
	case []any:
		for i, below := range v {
			flatten(fmt.Sprintf("%s.%d", key, i+1), below, texts)
		}
	default:
		texts[key] = fmt.Sprint(v)
	}
}

// Without lists what a has and b has not.
func without(a, b []string) []string {
	found := []string{}
	for _, text := range a {
		if !slices.Contains(b, text) {
			found = append(found, text)
		}
	}
	return found
}

// compareInputs lists the files of both, by their digests: those of a first.
func compareInputs(a, b []batch.ManifestInput) []InputDifference {
	list := []InputDifference{}
	for _, i := range a {
		list = append(list, InputDifference{Input: i.Input, Source: i.Source, SHA256: i.SHA256, InA: true})
	}
	for _, i := range b {
		at := slices.IndexFunc(list, func(d InputDifference) bool { return !d.InB && d.Input == i.Input && d.SHA256 == i.SHA256 })
		if at >= 0 {
			list[at].InB = true
		} else {
			list = append(list, InputDifference{Input: i.Input, Source: i.Source, SHA256: i.SHA256, InB: true})
		}
	}
	return list
}

// compareCounts compares counts by their names, in the order of the names; what occurs in neither is left out.
func compareCounts(names []string, a, b map[string]int64) []CountDifference {
	list := []CountDifference{}
	for _, name := range names {
		if a[name] != 0 || b[name] != 0 {
			list = append(list, CountDifference{name, a[name], b[name], b[name] - a[name]})
		}
	}
	return list
}

// compareTotals compares every control total, in the order of the manifest, and leaves out what neither manifest has.
func compareTotals(a, b *batch.ControlTotals) (counts []CountDifference, amounts []AmountDifference) {
	counts, amounts = []CountDifference{}, []AmountDifference{}
	for total, inA := range a.All() {
		inB := total.Of(&b.ControlTotals)
		switch {
		case total.Seldom && inA == 0 && inB == 0:
		case total.IsAmount:
			amounts = append(amounts, AmountDifference{total.Name, money.Cents(inA), money.Cents(inB), money.Cents(inB - inA)})
		default:
			counts = append(counts, CountDifference{total.Name, inA, inB, inB - inA})
		}
	}
	return counts, amounts
}

// plainJSON reads JSON with its numbers as they stand there.
func plainJSON(text []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err = d.Decode(&value)
	return value, err
}
