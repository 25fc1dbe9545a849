// Package intake owns what comes in: it finds the files of the inputs and opens them, says how each part of them is read, makes
// room on disk for rows that wait, and publishes the rows that were rejected with their texts.
package intake
