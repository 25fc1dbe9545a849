package verify

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	"regul/jobs/batch"
)

// checkManifest holds the text of the manifest against what the program writes: the same white space, and no key that it
// does not know. Nothing in the batch digests a manifest; its values are what the other checks are about.
func (v *verifier) checkManifest() error {
	c := v.add("manifest", "keys")
	text, err := v.read(batch.ManifestName)
	if err != nil {
		return err
	}
	var said struct {
		ControlTotals map[string]json.RawMessage `json:"control_totals"`
	}
	if err := json.Unmarshal(text, &said); err != nil {
		return err
	}
	v.totals = said.ControlTotals
	var compact, written bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		return err
	}
	if err := json.Indent(&written, compact.Bytes(), "", "  "); err != nil {
		return err
	}
	if written.WriteByte('\n'); !bytes.Equal(text, written.Bytes()) {
		c.fail(batch.ManifestName, 0, "the text is not laid out as it was written")
	}
	known, err := json.Marshal(v.manifest.Written())
	if err != nil {
		return err
	}
	found, err := plainJSON(text)
	if err != nil {
		return err
	}
	understood, err := plainJSON(known)
	if err != nil {
		return err
	}
	if said, is := found.(map[string]any); is && reflect.DeepEqual(said["ledger"], []any{}) {
		delete(said, "ledger") // the first batches of a ledger said so: later ones leave the list out
	}
	c.contained("", found, understood)
	return nil
}

// read reads a small file of the batch.
func (v *verifier) read(path string) ([]byte, error) {
	file, err := v.open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return batch.ReadWhole(file, path)
}

// plainJSON reads JSON with its numbers as they stand there.
func plainJSON(text []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err = d.Decode(&value)
	return value, err
}

// contained makes sure that every key of a manifest was understood. An older manifest may lack keys.
func (c *Check) contained(path string, found, understood any) {
	switch f := found.(type) {
	case map[string]any:
		u, _ := understood.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(f)) {
			if value, known := u[key]; known {
				c.contained(path+"/"+key, f[key], value)
			} else {
				c.Number++
				c.fail(batch.ManifestName, 0, "%s/%s is no key of a manifest", path, key)
			}
		}
	case []any:
		u, _ := understood.([]any)
		for i := range f {
			if i < len(u) {
				c.contained(path, f[i], u[i])
			}
		}
	default:
		c.Number++
		if !reflect.DeepEqual(found, understood) {
			c.fail(batch.ManifestName, 0, "%s is not written as the program writes it", path)
		}
	}
}
