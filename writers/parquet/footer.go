package parquet

import (
	"encoding/binary"
	"runtime/debug"
	"strings"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/metadata"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// Fact is something that a file says of itself in its footer: which batch it belongs to, say.
type Fact struct{ Key, Value string }

// magic stands at both ends of a file.
const magic = "PAR1"

// createdBy names the program in the form that readers parse: of files by an unknown one some drop the statistics of texts.
func createdBy() string {
	version, build := "0.0.0", "unknown"
	if info, known := debug.ReadBuildInfo(); known {
		if v := strings.TrimPrefix(info.Main.Version, "v"); v != "" && !strings.ContainsAny(v, "() ") {
			version = v
		}
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				build = setting.Value
			}
		}
	}
	return "regul version " + version + " (build " + build + ")"
}

// maxBound is the size of the longest text that statistics quote, in bytes.
const maxBound = 4 << 10

// footer collects what the footer of a file says.
type footer struct {
	schema  *Schema
	builder *metadata.FileMetaDataBuilder
	groups  [][]chunk
	places  [][]*metadata.ColumnChunkMetaDataBuilder
}

func (s *Schema) newFooter(facts []Fact) (*footer, error) {
	said := metadata.NewKeyValueMetadata()
	for _, f := range facts {
		if err := said.Append(f.Key, f.Value); err != nil {
			return nil, err
		}
	}
	return &footer{schema: s, builder: metadata.NewFileMetadataBuilder(s.tree, s.properties, said)}, nil
}

// add adds a row group.
func (f *footer) add(rows int, chunks []chunk) error {
	group := f.builder.AppendRowGroup()
	group.SetNumRows(rows)
	var size int64
	places := make([]*metadata.ColumnChunkMetaDataBuilder, len(chunks))
	for i := range chunks {
		c := &chunks[i]
		places[i] = group.NextColumnChunk()
		places[i].SetStats(c.statistics(f.schema.tree.Column(i)))
		if err := finish(places[i], int64(rows), c); err != nil {
			return err
		}
		size += c.size
	}
	f.groups, f.places = append(f.groups, chunks), append(f.places, places)
	return group.Finish(size, int16(len(f.groups)-1))
}

// finish says where a column of a row group lies.
func finish(place *metadata.ColumnChunkMetaDataBuilder, rows int64, c *chunk) error {
	where := metadata.ChunkMetaInfo{
		NumValues: rows, IndexPageOffset: -1, DataPageOffset: c.data, CompressedSize: c.packed, UncompressedSize: c.size,
	}
	encodings := metadata.EncodingStats{DataEncodingStats: map[parquet.Encoding]int32{parquet.Encodings.Plain: int32(len(c.pages))}}
	words := c.start < c.data
	if words {
		where.DictPageOffset = c.start
		encodings.DictEncodingStats = map[parquet.Encoding]int32{parquet.Encodings.Plain: 1}
		encodings.DataEncodingStats = map[parquet.Encoding]int32{parquet.Encodings.RLEDict: int32(len(c.pages))}
	}
	err := place.Finish(where, words, false, encodings, nil)
	place.Contents().FileOffset = 0 // of a second copy of this, which nobody reads and is not written here
	return err
}

// statistics are those of a column of a row group. A count of different values that is not known is left out: a planner
// would believe a 0.
func (c *chunk) statistics(column *schema.Column) metadata.EncodedStatistics {
	s := metadata.EncodedStatistics{Signed: column.SortOrder() == schema.SortSIGNED}
	s.SetNullCount(c.nulls)
	if c.distinct >= 0 {
		s.SetDistinctCount(c.distinct)
	}
	if c.bounds.lowest != nil && len(c.bounds.lowest) <= maxBound {
		s.SetMin(c.bounds.lowest)
	}
	if c.bounds.highest != nil && len(c.bounds.highest) <= maxBound {
		s.SetMax(c.bounds.highest)
	}
	return s
}

// write writes the footer, which ends the file.
func (f *footer) write(to *sink) error {
	f.writeIndexes(to)
	said, err := f.builder.Finish()
	if err != nil {
		return err
	}
	start := to.written
	if _, err := said.WriteTo(to, nil); err != nil {
		return err
	}
	to.write(append(binary.LittleEndian.AppendUint32(nil, uint32(to.written-start)), magic...))
	return to.err
}
