package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/minio/minio-go/v7"
)

// bucketFile is an object that is being read, by ranges: it is the one that was opened, or an error.
type bucketFile struct{ *io.SectionReader }

func (bucketFile) Close() error { return nil }

// Blocks of an object that are read at a time, in bytes, and how many of an object stay in memory.
const (
	blockSize  = 4 << 20
	blocksKept = 4
)

// blocks reads an object of the store. It is pinned by its ETag and its size.
type blocks struct {
	bucket *Bucket
	name   string
	etag   string
	size   int64
	mutex  sync.Mutex
	kept   []block // the one that was used last at the end
}

type block struct {
	number  int64
	content []byte
}

// Open opens an object, or a file that this process made with Create. The first block comes with it.
func (b *Bucket) Open(name string) (ReadFile, error) {
	if file := b.openScratch(name); file != nil {
		return file, nil
	}
	o := &blocks{bucket: b, name: name}
	if _, err := o.read(0); err != nil {
		return nil, err
	}
	return bucketFile{io.NewSectionReader(o, 0, o.size)}, nil
}

// read reads a block, and learns what the object is with the first.
func (o *blocks) read(number int64) ([]byte, error) {
	for i, k := range o.kept {
		if k.number == number {
			o.kept = append(append(o.kept[:i:i], o.kept[i+1:]...), k)
			return k.content, nil
		}
	}
	ctx, cancel := bounded()
	defer cancel()
	var content []byte
	err := again(func() (err error) {
		content, err = o.fetch(ctx, number)
		return err
	})
	if err != nil {
		return nil, o.bucket.fault("read", o.name, err)
	}
	if len(o.kept) == blocksKept {
		o.kept = o.kept[1:]
	}
	o.kept = append(o.kept, block{number, content})
	return content, nil
}

// ReadAt implements io.ReaderAt.
func (o *blocks) ReadAt(p []byte, at int64) (n int, err error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	for len(p) > 0 {
		content, err := o.read(at / blockSize)
		if err != nil {
			return n, err
		}
		copied := copy(p, content[min(at%blockSize, int64(len(content))):])
		if copied == 0 {
			return n, io.EOF
		}
		n, p, at = n+copied, p[copied:], at+int64(copied)
	}
	return n, nil
}

// read reads a small object as a whole.
func (b *Bucket) read(name string) ([]byte, error) {
	file, err := b.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// errTorn is an answer that broke off.
var errTorn = errors.New("the answer broke off")

// noContent is the ETag of an object of which no byte can be asked for.
const noContent = "empty"

// fetch asks for a block. The first one says what the object is; of the others it must be the same.
func (o *blocks) fetch(ctx context.Context, number int64) ([]byte, error) {
	first := number * blockSize
	if o.etag != "" && first >= o.size {
		return nil, nil
	}
	var options minio.GetObjectOptions
	if err := options.SetRange(first, first+blockSize-1); err != nil {
		return nil, err
	}
	if o.etag != "" {
		if err := options.SetMatchETag(o.etag); err != nil {
			return nil, err
		}
	}
	answer, info, header, err := o.bucket.core.GetObject(ctx, o.bucket.bucket, o.bucket.key(o.name), options)
	switch {
	case minio.ToErrorResponse(err).Code == minio.InvalidRange && o.etag == "":
		o.etag = noContent
		return nil, nil
	case refused(err):
		return nil, ErrChanged
	case err != nil:
		return nil, err
	}
	defer answer.Close()
	from, size := rangeOf(header.Get("Content-Range"), info.Size)
	if from != first {
		return nil, fmt.Errorf("the store answered with the bytes from %d where those from %d were asked for", from, first)
	}
	if o.etag == "" {
		o.etag, o.size = info.ETag, size
	} else if o.etag != info.ETag || o.size != size {
		return nil, ErrChanged
	}
	content := make([]byte, min(blockSize, o.size-first))
	if _, err := io.ReadFull(answer, content); err != nil {
		return nil, fmt.Errorf("%w: %w", errTorn, err)
	}
	return content, nil
}

// rangeOf reads where an answer begins and the size of the object from "bytes 0-99/1234"; without it the answer is the whole object.
func rangeOf(text string, whole int64) (from, size int64) {
	span, total, found := strings.Cut(strings.TrimPrefix(text, "bytes "), "/")
	begin, _, _ := strings.Cut(span, "-")
	from, errFrom := strconv.ParseInt(begin, 10, 64)
	size, errSize := strconv.ParseInt(total, 10, 64)
	if !found || errFrom != nil || errSize != nil {
		return 0, whole
	}
	return from, size
}
