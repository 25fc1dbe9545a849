package parquet

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// window is how far back a page is searched for repetitions, in bytes.
const window = 2 * pageSize // the last text may be long

// concurrentPages is how many pages can be compressed at once; more callers wait.
const concurrentPages = 16

// squeezer compresses pages at the fastest level. By the checksum of its frames a reader finds a damaged page, which Parquet
// itself does not.
var squeezer = newSqueezer()

func newSqueezer() *zstd.Encoder {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(true),
		zstd.WithZeroFrames(true), zstd.WithAllLitEntropyCompression(true), zstd.WithEncoderConcurrency(concurrentPages),
		zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(window))
	if err != nil {
		panic(fmt.Sprintf("parquet: zstd encoder: %v", err))
	}
	return encoder
}
