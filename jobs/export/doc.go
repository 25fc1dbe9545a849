// Package export writes the tables of a batch for analysts who must not know who is who, and its report for others to read. It owns what
// such an export tells: pseudonyms, bands and months in the place of numbers, amounts and days, and nothing that too few share.
// docs/privacy.md says what that protects against, and what not.
package export
