package parquet

import (
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/pierrec/lz4/v4"
)

// lz4Raw is the compression LZ4_RAW as the format numbers it; arrow has no codec for it.
const lz4Raw compress.Compression = 7

// lz4Blocks decompresses LZ4_RAW. Nothing here is written with it.
type lz4Blocks struct{ compress.Codec }

func init() { compress.RegisterCodec(lz4Raw, lz4Blocks{}) }

// Decode decompresses a page into memory of its size; a damaged one is a panic, as the interface has it.
func (lz4Blocks) Decode(dst, src []byte) []byte {
	n, err := lz4.UncompressBlock(src, dst[:cap(dst)])
	if err != nil {
		panic(err)
	}
	return dst[:n]
}
