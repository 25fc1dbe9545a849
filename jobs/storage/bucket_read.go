package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"
)

// bucketFile is an object that is being read, by ranges: it is the one that was opened, or an error.
type bucketFile struct {
	*io.SectionReader
	blocks *blocks // nil: a file of this process alone
}

// Close lets go of the memory. What is read after it is asked for again.
func (f bucketFile) Close() error {
	if f.blocks != nil {
		f.blocks.bucket.kept.drop(f.blocks)
	}
	return nil
}

// State is that of the object when it was opened.
func (f bucketFile) State() (State, error) {
	return State{Size: f.blocks.size, Modified: f.blocks.modified, tag: f.blocks.etag, place: f.blocks.place}, nil
}

// Blocks of an object that are read at a time, in bytes, and how many of all objects of a bucket stay in memory.
const (
	blockSize  = 4 << 20
	blocksKept = 16
)

// keptBlocks are the blocks that were read last, of all open objects.
type keptBlocks struct {
	mutex sync.Mutex
	list  []block // the one that was used last at the end
}

type block struct {
	of      *blocks
	number  int64
	content []byte
}

// find is a block that is kept; nil if it is not.
func (k *keptBlocks) find(of *blocks, number int64) []byte {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	at := slices.IndexFunc(k.list, func(b block) bool { return b.of == of && b.number == number })
	if at < 0 {
		return nil
	}
	found := k.list[at]
	k.list = append(slices.Delete(k.list, at, at+1), found)
	return found.content
}

func (k *keptBlocks) add(b block) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if len(k.list) == blocksKept {
		k.list = slices.Delete(k.list, 0, 1)
	}
	k.list = append(k.list, b)
}

func (k *keptBlocks) drop(of *blocks) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.list = slices.DeleteFunc(k.list, func(b block) bool { return b.of == of })
}

// blocks reads an object of the store. It is pinned by its ETag and its size.
type blocks struct {
	bucket   *Bucket
	name     string
	place    string // as it was given, of a file that comes in
	etag     string
	size     int64
	modified time.Time
	mutex    sync.Mutex // one request at a time
}

// Open opens an object, or a file that this process made with Create. The first block comes with it.
func (b *Bucket) Open(name string) (ReadFile, error) {
	if file := b.openScratch(name); file != nil {
		return file, nil
	}
	file, err := b.open(name, "")
	if err != nil {
		return nil, err
	}
	return file, nil
}

func (b *Bucket) open(name, place string) (InputFile, error) {
	o := &blocks{bucket: b, name: name, place: place}
	if _, err := o.read(0); err != nil {
		return nil, err
	}
	return bucketFile{io.NewSectionReader(o, 0, o.size), o}, nil
}

// read reads a block, and learns what the object is with the first.
func (o *blocks) read(number int64) ([]byte, error) {
	if content := o.bucket.kept.find(o, number); content != nil {
		return content, nil
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
	o.bucket.kept.add(block{o, number, content})
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
		return nil, o.learnEmpty(ctx)
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
		o.etag, o.size, o.modified = info.ETag, size, info.LastModified
	} else if o.etag != info.ETag || o.size != size {
		return nil, ErrChanged
	}
	content := make([]byte, min(blockSize, o.size-first))
	if _, err := io.ReadFull(answer, content); err != nil {
		return nil, fmt.Errorf("%w: %w", errTorn, err)
	}
	return content, nil
}

// learnEmpty learns what an object is of which no byte can be asked for.
func (o *blocks) learnEmpty(ctx context.Context) error {
	found, err := o.bucket.core.StatObject(ctx, o.bucket.bucket, o.bucket.key(o.name), minio.StatObjectOptions{})
	if err == nil && found.Size > 0 {
		err = ErrChanged
	}
	o.etag, o.modified = found.ETag, found.LastModified
	return err
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
