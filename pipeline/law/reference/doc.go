// Package reference computes the law a second time: the contribution of a quarter, the legal provisional contribution, the
// settlement of a year with its days, both surcharges, what evidence proves and what applies without it, the years before 2015 and
// the contribution of companies. It owns a second arithmetic that an auditor can read beside the legal text, line by line. The
// checks of a published batch and the tests compare the batch with it.
//
// It shares nothing with the kernel but the tables of parameters, which it reads with another reader; the categories stand
// here as Go code, in the words of the articles. Amounts are shopspring decimals in EUR. A division that makes a number which no
// decimal holds (the income x 4 / 3 of a year of three quarters) is not carried out: numerator and divisor are kept until the
// law rounds, so that nothing is rounded before. Days are times at midnight UTC; the zero time is "not said".
//
// Where the law is silent, the readings of this project are marked "reading".
//
// The main sources are the Royal Decree no 38 of 27 July 1967 ("AR 38"), the general regulation of 19 December 1967 ("RGS") and,
// for companies, the law of 30 December 1992.
package reference
