// Package jobs owns what all jobs share with the operator who starts one: the kinds of failures and of wrong settings, progress,
// the names of inputs, outcomes and codes, and how a flag's text is read. The jobs themselves are in the folders below, each on its floor:
// floors_test.go says who may import whom.
//
// They put readers, pipeline and writers together. None knows flags or terminals.
package jobs
