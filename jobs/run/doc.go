// Package run owns one night: its settings, reading what has arrived and what was published before, settling it, publishing one
// batch or nothing, and doing that again for a rerun or a correction. The job of the companies stands here too.
package run
