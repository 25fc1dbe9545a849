package batch

import "regul/pipeline"

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
