package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"
	"golang.org/x/sync/errgroup"
)

// Bucket is a Storage below a prefix of a bucket, in an object store that speaks S3. An object appears by one request. A folder is moved
// object by object, the seal last and on the condition that there is none; the lock is a lease. A store that ignores conditions is refused.
//
// Every request is tried again by the library, with growing pauses and an end; one whose answer was lost is found out by what is there.
type Bucket struct {
	core   minio.Core
	bucket string
	prefix string        // "" is the whole bucket
	term   time.Duration // of a lease

	mutex   sync.Mutex
	scratch map[string]*scratchFile
	written map[string]string // ETags of what this process has put and not moved, by name
	lease   *lease            // that it holds; nil: none

	kept keptBlocks
}

const (
	requestBound = 10 * time.Minute // of one call, with all its retries
	atOnce       = 16               // requests at a time where there are many
	largestCopy  = 5 << 30          // bytes that a store copies by one request
)

// ErrChanged says that an object is not the one that was opened, or written.
var ErrChanged = errors.New("the object changed while it was read: run again")

// key is the name of an object in the bucket.
func (b *Bucket) key(name string) string {
	return strings.TrimPrefix(path.Join("/", b.prefix, name), "/")
}

// below is what the keys of a folder begin with.
func (b *Bucket) below(folder string) string {
	if key := b.key(folder); key != "" {
		return key + "/"
	}
	return ""
}

// fault is an error with the name of the object. What the library says names neither keys nor secrets.
func (b *Bucket) fault(op, name string, err error) error {
	if err == nil {
		return nil
	}
	switch answer := minio.ToErrorResponse(err); {
	case answer.Code == minio.NoSuchBucket:
		err = fmt.Errorf("there is no bucket %s", b.bucket)
	case answer.StatusCode == http.StatusNotFound && answer.Code != minio.NoSuchUpload:
		err = fs.ErrNotExist
	case answer.Code == minio.AccessDenied || answer.StatusCode == http.StatusForbidden:
		err = fmt.Errorf("%w: %s", fs.ErrPermission, answer.Message)
	}
	return &fs.PathError{Op: op, Path: "s3://" + b.bucket + "/" + b.key(name), Err: err}
}

// refused says whether a condition of a request did not hold; conflict, whether another request of the same object was at work.
func refused(err error) bool {
	return minio.ToErrorResponse(err).StatusCode == http.StatusPreconditionFailed
}
func conflict(err error) bool { return minio.ToErrorResponse(err).StatusCode == http.StatusConflict }

// tornTries bounds how often an answer is asked for that breaks off, which the library leaves to us.
const tornTries = 5

// again asks again where the answer broke off. What is asked may be done twice.
func again(ask func() error) (err error) {
	for range tornTries {
		var cut *xml.SyntaxError
		if err = ask(); !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) && !errors.Is(err, errTorn) &&
			!errors.As(err, &cut) {
			break
		}
	}
	return err
}

func bounded() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), requestBound)
}

// Make makes nothing: a bucket is made by who owns it.
func (b *Bucket) Make() error { return nil }

// listed is an object of the bucket.
type listed struct {
	name string // relative to the storage
	size int64
}

// list visits what lies below a prefix of keys, page by page: objects, and with a delimiter the folders.
func (b *Bucket) list(prefix, delimiter string, object func(minio.ObjectInfo), folder func(string)) error {
	for token := ""; ; {
		page, err := b.page(prefix, token, delimiter, 0)
		if err != nil {
			return b.fault("list", ".", err)
		}
		for i := range page.Contents {
			object(page.Contents[i])
		}
		for _, common := range page.CommonPrefixes {
			folder(common.Prefix)
		}
		if !page.IsTruncated || page.NextContinuationToken == "" {
			return nil
		}
		token = page.NextContinuationToken
	}
}

func (b *Bucket) page(prefix, token, delimiter string, most int) (page minio.ListBucketV2Result, err error) {
	err = again(func() (err error) {
		page, err = b.core.ListObjectsV2(b.bucket, prefix, "", token, delimiter, most)
		return err
	})
	return page, err
}

// List lists a folder.
func (b *Bucket) List(folder string) ([]string, error) {
	var names []string
	prefix := b.below(folder)
	add := func(key string) {
		if name := strings.TrimSuffix(strings.TrimPrefix(key, prefix), "/"); name != "" {
			names = append(names, name)
		}
	}
	err := b.list(prefix, "/", func(o minio.ObjectInfo) { add(o.Key) }, add)
	slices.Sort(names)
	return slices.Compact(names), err
}

// all lists the objects below a folder, those in the folder itself first.
func (b *Bucket) all(folder string) ([]listed, error) {
	var found []listed
	err := b.list(b.below(folder), "", func(o minio.ObjectInfo) {
		found = append(found, listed{strings.TrimPrefix(o.Key, b.below(".")), o.Size})
	}, nil)
	slices.SortStableFunc(found, func(x, y listed) int { return depth(x.name) - depth(y.name) })
	return found, err
}

func depth(name string) int { return strings.Count(name, "/") }

// Modified is when an object was put, by the clock of the store.
func (b *Bucket) Modified(name string) (time.Time, error) {
	page, err := b.page(b.key(name), "", "", 1) // which has fractions of seconds, where a stat has none
	if err == nil && (len(page.Contents) == 0 || page.Contents[0].Key != b.key(name)) {
		err = fs.ErrNotExist
	}
	if err != nil {
		return time.Time{}, b.fault("stat", name, err)
	}
	return page.Contents[0].LastModified, nil
}

// Remove removes objects and what lies below them: what is in a folder itself first, so that a seal goes before the rest.
func (b *Bucket) Remove(names ...string) error {
	if err := b.fenced(); err != nil {
		return err
	}
	found := make([][]listed, len(names))
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i, name := range names {
		b.removeScratch(name)
		if name == Unfinished {
			group.Go(b.abortUploads)
		}
		group.Go(func() (err error) {
			found[i], err = b.all(name)
			found[i] = append([]listed{{name: name}}, found[i]...)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	var objects []string
	for _, list := range found {
		for _, o := range list {
			objects = append(objects, o.name)
		}
	}
	return b.remove(objects)
}

// remove removes objects, and ends those of one depth before it begins with deeper ones.
func (b *Bucket) remove(names []string) error {
	slices.SortStableFunc(names, func(x, y string) int { return depth(x) - depth(y) })
	for len(names) > 0 {
		end := slices.IndexFunc(names, func(name string) bool { return depth(name) > depth(names[0]) })
		if end < 0 {
			end = len(names)
		}
		if err := again(func() error { return b.removeAtOnce(names[:end]) }); err != nil {
			return err
		}
		names = names[end:]
	}
	return nil
}

func (b *Bucket) removeAtOnce(names []string) error {
	ctx, cancel := bounded()
	defer cancel()
	objects := make(chan minio.ObjectInfo, len(names))
	for _, name := range names {
		b.forget(name)
		objects <- minio.ObjectInfo{Key: b.key(name)}
	}
	close(objects)
	var first error
	for failed := range b.core.RemoveObjects(ctx, b.bucket, objects, minio.RemoveObjectsOptions{}) {
		if first == nil {
			first = b.fault("remove", strings.TrimPrefix(failed.ObjectName, b.below(".")), failed.Err)
		}
	}
	return first
}

// abortUploads ends what killed writers have begun. A store that can't list it, or does not let us, keeps it until its own rules remove it.
func (b *Bucket) abortUploads() error {
	ctx, cancel := bounded()
	defer cancel()
	for upload := range b.core.ListIncompleteUploads(ctx, b.bucket, b.below("."), true) {
		if upload.Err != nil {
			return nil
		}
		if err := b.core.AbortMultipartUpload(ctx, b.bucket, upload.Key, upload.UploadID); err != nil {
			return nil
		}
	}
	return nil
}

// conflicts bounds how often a put is tried again that met another one of the same object.
const conflicts = 5

// putNew puts a small object where there is none. One that holds the same bytes is our own, of which the answer was lost.
func (b *Bucket) putNew(ctx context.Context, name string, content []byte, marks map[string]string) error {
	options := minio.PutObjectOptions{UserMetadata: marks}
	options.SetMatchETagExcept("*")
	var err error
	for range conflicts {
		_, err = b.send(ctx, name, content, options)
		if err == nil {
			return nil
		}
		there, missing := b.read(name)
		if missing == nil && bytes.Equal(there, content) {
			return nil
		}
		if missing == nil && (refused(err) || conflict(err)) {
			return b.fault("put", name, fs.ErrExist)
		}
		if !refused(err) && !conflict(err) {
			break
		}
		time.Sleep(minio.DefaultRetryUnit)
	}
	return b.fault("put", name, err)
}

// send puts an object by one request, which carries its SHA-256: the store refuses what was changed on the way.
func (b *Bucket) send(ctx context.Context, name string, content []byte, options minio.PutObjectOptions) (etag string, err error) {
	options.DisableContentSha256 = true // of chunks: the one of the whole is given
	put, err := b.core.PutObject(ctx, b.bucket, b.key(name), bytes.NewReader(content), int64(len(content)), "", digest(content), options)
	return put.ETag, err
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// forget, etagOf and wrote keep what this process has put.
func (b *Bucket) forget(name string) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	delete(b.written, name)
}

func (b *Bucket) etagOf(name string) string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.written[name]
}

func (b *Bucket) wrote(name, etag string) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.written[name] = etag
}
