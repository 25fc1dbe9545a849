// Package index owns where each letter is: its file and pages, whose it is, what it asks and gives, and why it can't be posted; the tables
// that say so, and how one letter is taken out of its file. It knows nothing of what letters say.
package index
