// Package tell owns what commands say of a result, as text for people: a run, a batch, a comparison, a forecast, a verification. How it
// stands on the screen is in package terminal; the same results as JSON are written by the commands.
package tell
