// Package wording owns what letters can say: the terms with their placeholders, the articles that they cite, and how a language writes
// amounts, days and lists. The texts are data: fr.yaml, nl.yaml and de.yaml, which a fund may replace (docs/notices.md), and a layer of
// files for each other kind of letter. They are read and checked once; a missing or unknown term or placeholder is an error, never a hole
// in a letter. What a letter says of a settlement, and where on the page, is not decided here.
package wording
