// Package rows keeps rows that wait for their shard: as compact bytes outside the collected heap, by range of number, on disk
// where memory ends; it cuts them into shards, and brings the rows of a number together. It owns the digest of an input's content
// and what may become of a row. It does not know what a row means: a Table says how one is read back.
//
// It is no library's job: a sort or a key-value store would hold each row several times, and the order of a batch must follow
// from its content alone.
package rows
