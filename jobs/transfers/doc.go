// Package transfers owns the last look at the payment files before a bank gets them: it reads a file back, transfer by transfer, and
// compares each with its row of the index and with the register from which the account came.
//
// A payment file is read as strictly as it is written. What the writer never writes (another element, an attribute, a second account, an
// entity, a comment within) is an error and not passed over: a bank might read what a lenient program does not. That is why no general
// reader of XML does it.
package transfers
