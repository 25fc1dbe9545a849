package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"

	"regul/jobs/diff"
)

// writeDiffJSON writes all of a comparison as one object: every change as it is found, one a line, then what they come to.
// So it needs no memory for the changes.
func writeDiffJSON(ctx context.Context, to io.Writer, o diff.Options) error {
	first := true
	o.Visit = func(c *diff.Change) error {
		line, err := json.Marshal(c)
		if err != nil {
			return err
		}
		before := ",\n    "
		if first {
			before, first = "{\n  \"changes\": [\n    ", false
		}
		_, err = to.Write(append([]byte(before), line...))
		return err
	}
	d, err := diff.Batches(ctx, o)
	if err != nil {
		return err
	}
	end := "\n  ],"
	if first {
		end = "{\n  \"changes\": [],"
	}
	var rest bytes.Buffer
	if err := writeJSON(&rest, d); err != nil {
		return err
	}
	_, err = to.Write(append([]byte(end), rest.Bytes()[1:]...)) // without its opening brace
	return err
}
