package storage

import (
	"bytes"
	"errors"
	"io/fs"

	"github.com/minio/minio-go/v7"
)

// partSize is how much of an object is kept in memory before it is sent, in bytes. A store takes 10 000 parts: 160 GB.
const partSize = 16 << 20

// bucketObject is an object of a Bucket that is being written: small ones are sent at once, others in parts.
type bucketObject struct {
	bucket *Bucket
	name   string
	buffer []byte
	size   int64  // of what was sent
	upload string // "": nothing was sent yet
	parts  []minio.CompletePart
	done   bool
	err    error // the first of Write
}

// Put begins an object.
func (b *Bucket) Put(name string) (Object, error) {
	return &bucketObject{bucket: b, name: name}, b.fenced()
}

func (o *bucketObject) Write(p []byte) (int, error) {
	written := 0
	for o.err == nil && len(p) > 0 {
		n := min(len(p), partSize-len(o.buffer))
		o.buffer = append(o.buffer, p[:n]...)
		written, p = written+n, p[n:]
		if len(o.buffer) == partSize {
			o.err = o.send()
		}
	}
	return written, o.err
}

// send sends what is in memory as a part.
func (o *bucketObject) send() error {
	b := o.bucket
	if err := b.fenced(); err != nil {
		return err
	}
	ctx, cancel := bounded()
	defer cancel()
	if o.upload == "" {
		err := again(func() (err error) {
			o.upload, err = b.core.NewMultipartUpload(ctx, b.bucket, b.key(o.name), minio.PutObjectOptions{})
			return err
		})
		if err != nil {
			return b.fault("put", o.name, err)
		}
	}
	number := len(o.parts) + 1
	part, err := b.core.PutObjectPart(ctx, b.bucket, b.key(o.name), o.upload, number, bytes.NewReader(o.buffer), int64(len(o.buffer)),
		minio.PutObjectPartOptions{Sha256Hex: digest(o.buffer), DisableContentSha256: true})
	if err != nil {
		return b.fault("put", o.name, err)
	}
	o.parts = append(o.parts, minio.CompletePart{PartNumber: number, ETag: part.ETag})
	o.size += int64(len(o.buffer))
	o.buffer = o.buffer[:0]
	return nil
}

func (o *bucketObject) Commit() error {
	return o.commit(func() error {
		b := o.bucket
		ctx, cancel := bounded()
		defer cancel()
		etag, err := b.send(ctx, o.name, o.buffer, minio.PutObjectOptions{})
		if err != nil {
			return b.fault("put", o.name, err)
		}
		b.wrote(o.name, etag)
		return nil
	})
}

// CommitNew of an object that was sent in parts looks whether there is one before it completes: some stores ignore the condition there.
func (o *bucketObject) CommitNew() error {
	if o.upload != "" {
		if file, err := o.bucket.Open(o.name); err == nil {
			return errors.Join(fs.ErrExist, file.Close(), o.Abandon())
		}
	}
	return o.commit(func() error {
		ctx, cancel := bounded()
		defer cancel()
		return o.bucket.putNew(ctx, o.name, o.buffer, nil)
	})
}

// commit puts an object that is small, or completes one that was sent in parts.
func (o *bucketObject) commit(small func() error) error {
	if o.err == nil {
		o.err = o.bucket.fenced()
	}
	if o.err == nil && o.upload != "" && len(o.buffer) > 0 {
		o.err = o.send()
	}
	if o.err != nil {
		return errors.Join(o.err, o.Abandon())
	}
	if o.upload == "" {
		o.done = true
		return small()
	}
	b := o.bucket
	ctx, cancel := bounded()
	defer cancel()
	var put minio.UploadInfo
	err := again(func() (err error) {
		put, err = b.core.CompleteMultipartUpload(ctx, b.bucket, b.key(o.name), o.upload, o.parts, minio.PutObjectOptions{})
		return err
	})
	if minio.ToErrorResponse(err).Code == minio.NoSuchUpload { // it was completed, and the answer got lost: its readers check its content
		if there, missing := b.core.StatObject(ctx, b.bucket, b.key(o.name), minio.StatObjectOptions{}); missing == nil &&
			there.Size == o.size {
			put.ETag, err = there.ETag, nil
		}
	}
	if err != nil {
		return errors.Join(b.fault("put", o.name, err), o.Abandon())
	}
	o.done = true
	b.wrote(o.name, put.ETag)
	return nil
}

func (o *bucketObject) Abandon() error {
	if o.done {
		return nil
	}
	o.done, o.buffer = true, nil
	if o.upload == "" {
		return nil
	}
	ctx, cancel := bounded()
	defer cancel()
	return o.bucket.fault("abandon", o.name, o.bucket.core.AbortMultipartUpload(ctx, o.bucket.bucket, o.bucket.key(o.name), o.upload))
}
