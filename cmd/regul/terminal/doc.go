// Package terminal owns how results stand on a terminal: the width of the screen, tables and sentences that fit it, numbers as people
// read them, and the line that moves while a run works. What is told is in package tell.
package terminal
