// Package ask answers an operator's questions about what was published and about the law: how an amount came about, what the
// parameters are, which rejects are open, where a letter is. It reads batches and writes none.
package ask
