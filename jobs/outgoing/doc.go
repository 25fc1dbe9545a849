// Package outgoing owns what leaves the fund with a batch: who sends it, what waits until every shard is settled, letters in the
// order of the post, payment files in the order of national numbers.
package outgoing
