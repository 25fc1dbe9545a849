package parquet

import (
	"fmt"

	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/klauspost/compress/zstd"
)

// encoding replaces how pages are compressed: arrow makes a new encoder for every page and writes no
// checksum. With the frame checksum a reader finds a damaged page, which Parquet itself does not.
type encoding struct {
	compress.Codec
	encoder *zstd.Encoder
}

func init() {
	standard, err := compress.GetCodec(compress.Codecs.Zstd)
	if err != nil {
		panic(fmt.Sprintf("parquet: no zstd codec: %v", err))
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(true),
		zstd.WithZeroFrames(true), zstd.WithEncoderConcurrency(concurrentPages), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(window))
	if err != nil {
		panic(fmt.Sprintf("parquet: zstd encoder: %v", err))
	}
	compress.RegisterCodec(compress.Codecs.Zstd, encoding{standard, encoder})
}

// window is how far back a page is searched for repetitions, in bytes: a page.
const window = pageSize

// concurrentPages is how many pages can be compressed at once; more callers wait.
const concurrentPages = 16

// EncodeLevel compresses a page at the fastest level, whatever level is asked: the files of a batch are
// all written at that one.
func (e encoding) EncodeLevel(dst, src []byte, _ int) []byte {
	return e.encoder.EncodeAll(src, dst[:0])
}

// Encode is EncodeLevel.
func (e encoding) Encode(dst, src []byte) []byte { return e.EncodeLevel(dst, src, 1) }
