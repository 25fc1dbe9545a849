// Package notice owns the notices: the letter that says what a batch decided of one affiliate, in the affiliate's language,
// and how it came about. It turns settlements into PDF files of many letters, and into the index of those files.
//
// The texts are data, in the package wording: fr.yaml, nl.yaml and de.yaml, which a fund may replace (docs/notices.md). They are read and
// checked once, by New; a missing or unknown term or placeholder is an error at the start, never a hole in a letter. A
// letter is a function of the settlement, the identity of the fund, the wording and the law: no clock, no chance.
//
// Nothing is computed here that the stages have not decided: the letter prints the amounts of the settlement, and looks up
// in the law only the bases and rates that explain them.
package notice
