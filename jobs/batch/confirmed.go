package batch

import (
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/readers/table"
)

// UnknownConfirmations is how many rows of the confirmations name nothing that a batch ordered which counts: a key of Manifest.Confirmed
// beside the statuses.
const UnknownConfirmations = "unknown"

// CountConfirmed counts what the bank said for the first time, by status.
func CountConfirmed(list []pipeline.ConfirmedTransfer) map[string]int64 {
	counts := map[string]int64{}
	for i := range list {
		counts[list[i].Status.String()]++
	}
	return counts
}

// countConfirmed counts the rows of the table of confirmations, by status, and makes sure of their order.
func (s *Sums) countConfirmed(file storage.ReadFile) (err error) {
	if s.confirmations, err = addUp(file, maxTerms, nil); err != nil {
		return err
	}
	s.confirmed = map[string]int64{}
	return EachBlock(file, []table.Column{{Name: "status", Kind: table.Text}}, func(b *table.Block) error {
		for row := range b.Rows {
			s.confirmed[string(b.Columns[0].Texts[row])]++
		}
		return nil
	})
}
