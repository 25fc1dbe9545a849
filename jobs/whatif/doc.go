// Package whatif asks what would be, and publishes nothing: a run under a reform of the law, the years whose income has not
// arrived, the surcharges that have accrued.
package whatif
