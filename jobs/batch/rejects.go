package batch

import (
	"crypto/sha256"
	"strings"

	"regul/writers/tables"
)

// RejectsFile is the file of the rejects in a batch, which is there if there are any.
var RejectsFile = tables.PeopleRejects.Part()

// Correction says that a batch took corrected rows of what another one had rejected.
type Correction struct {
	Batch string        `json:"batch"`
	Rows  []RejectPlace `json:"rows"` // that came corrected, as the rejects of that batch name them
}

// RejectPlace names a rejected row of a batch.
type RejectPlace struct {
	Source string `json:"source"`
	Row    int64  `json:"row"`
}

// RejectKey tells rejects apart by content, not by the file and row that they came in.
type RejectKey [16]byte

// separators are those of all files as one: a row stays the same when it is written with others.
var separators = strings.NewReplacer(";", ",", "\t", ",", "|", ",")

// RejectKeyOf is the key of a reject: a digest of its code and its content, in which the separators and the empty cells at the end make no
// difference, so that a reject that was exported and is sent again unchanged is the same one.
func RejectKeyOf(code, content string) RejectKey {
	content = strings.TrimRight(separators.Replace(content), ",")
	sum := sha256.Sum256([]byte(code + "\x00" + content))
	return RejectKey(sum[:len(RejectKey{})])
}

// RejectsHeader stand after the columns of the input in a CSV file of rejects. content is the text of a row that can't be split
// into its columns, which are then empty except the national number.
var RejectsHeader = []string{"code", "message", "source", "row", "content"}
