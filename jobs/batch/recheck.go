package batch

// RecheckCounts count the years that were settled again, without a new communication.
type RecheckCounts struct {
	For map[string]int64 `json:"for"` // by change, as pipeline.RecheckNames; a year counts for each change that it shows
	// Left are years that were left, since what they show beside was not asked for, or their evidence is not there.
	Left int64 `json:"left"`
}
