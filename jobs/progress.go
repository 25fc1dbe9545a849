package jobs

// Progress is told how a run goes on. Its methods are called from several goroutines.
type Progress interface {
	// Stage says what is being done now, out of how many steps; 0 is unknown.
	Stage(name string, steps int64)
	// Step counts steps of the stage.
	Step(n int)
}
