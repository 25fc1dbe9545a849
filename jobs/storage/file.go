package storage

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"
)

// InputFile is a file that comes in, open: on the disk, or in a bucket.
type InputFile interface {
	ReadFile
	State() (State, error)
}

// State tells a file from another one, and from itself at another time.
type State struct {
	Size     int64
	Modified time.Time
	tag      string      // of an object
	place    string      // of an object
	info     fs.FileInfo // of a file on the disk
}

// IsFile says whether it is the state of the same file, at another time too.
func (s State) IsFile(other State) bool {
	if s.info == nil || other.info == nil {
		return s.place == other.place && s.info == other.info
	}
	return os.SameFile(s.info, other.info)
}

// Is says whether it is the same file, with the same size, time and, of an object, ETag.
func (s State) Is(other State) bool {
	return s.IsFile(other) && s.Size == other.Size && s.Modified.Equal(other.Modified) && s.tag == other.tag
}

func stateOfInfo(info fs.FileInfo) State {
	return State{Size: info.Size(), Modified: info.ModTime(), info: info}
}

// OpenFile opens a regular file, or an object of a bucket.
func OpenFile(place string) (InputFile, error) {
	if !InBucket(place) {
		return OpenRegular(place)
	}
	b, name, err := bucketOf(place)
	if err != nil {
		return nil, err
	}
	return b.open(name, place)
}

// StateOf is the state of a file, or of an object of a bucket. Another thing than a regular file is ErrIrregular.
func StateOf(place string) (State, error) {
	if !InBucket(place) {
		info, err := os.Stat(place)
		if err != nil {
			return State{}, err
		}
		if !info.Mode().IsRegular() {
			return State{}, &fs.PathError{Op: "open", Path: place, Err: ErrIrregular}
		}
		return stateOfInfo(info), nil
	}
	b, name, err := bucketOf(place)
	if err != nil {
		return State{}, err
	}
	ctx, cancel := bounded()
	defer cancel()
	found, err := b.core.StatObject(ctx, b.bucket, b.key(name), minio.StatObjectOptions{})
	return State{Size: found.Size, Modified: found.LastModified, tag: found.ETag, place: place}, b.fault("open", name, err)
}

// RemoveFile removes a file, or an object of a bucket, that has a state still: one that was replaced meanwhile stays, and is ErrChanged. An
// object that is replaced in the moment between the look and the removal is lost, as few stores remove on a condition.
func RemoveFile(place string, state State) error {
	if !InBucket(place) {
		return removeLocal(place, state)
	}
	now, err := StateOf(place)
	if err != nil {
		return err
	}
	if !now.Is(state) {
		return ErrChanged
	}
	b, name, err := bucketOf(place)
	if err != nil {
		return err
	}
	return b.remove([]string{name})
}

// removeLocal takes a file aside before it looks at it, so that no other one goes.
func removeLocal(path string, state State) error {
	aside := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".gone")
	if err := os.Rename(path, aside); err != nil {
		return err
	}
	now, err := StateOf(aside)
	if err == nil && now.Is(state) {
		return os.Remove(aside)
	}
	return errors.Join(ErrChanged, err, moveNew(aside, path))
}

// State is that of the open file.
func (f LocalFile) State() (State, error) {
	info, err := f.Stat()
	if err != nil {
		return State{}, err
	}
	return stateOfInfo(info), nil
}

// Bare is a place without what follows the name of an object.
func Bare(place string) string {
	if InBucket(place) {
		place, _, _ = strings.Cut(place, "?")
	}
	return place
}

// buckets are those from which files were opened, by their place: each has its connections.
var buckets struct {
	mutex sync.Mutex
	open  map[string]*Bucket
}

// bucketOf is the bucket of an object, and the name of the object in it.
func bucketOf(place string) (b *Bucket, name string, err error) {
	bare, query, asks := strings.Cut(strings.TrimPrefix(place, bucketScheme), "?")
	bucket, name, _ := strings.Cut(bare, "/")
	root := bucketScheme + bucket
	if asks {
		root += "?" + query
	}
	buckets.mutex.Lock()
	defer buckets.mutex.Unlock()
	if b = buckets.open[root]; b != nil {
		return b, name, nil
	}
	if b, err = OpenBucket(root, retries); err != nil {
		return nil, "", err
	}
	if buckets.open == nil {
		buckets.open = map[string]*Bucket{}
	}
	buckets.open[root] = b
	return b, name, nil
}

// Entries lists the objects and the folders in the folder of a place, s3://BUCKET/FOLDER, by their places.
func Entries(place string) (objects, folders []string, err error) {
	b, folder, err := bucketOf(place)
	if err != nil {
		return nil, nil, err
	}
	_, query, asks := strings.Cut(place, "?")
	placeOf := func(key string) string {
		if asks {
			return bucketScheme + b.bucket + "/" + key + "?" + query
		}
		return bucketScheme + b.bucket + "/" + key
	}
	err = b.list(b.below(folder), "/", func(o minio.ObjectInfo) {
		if !strings.HasSuffix(o.Key, "/") { // which some consoles make to show a folder
			objects = append(objects, placeOf(o.Key))
		}
	}, func(key string) { folders = append(folders, placeOf(strings.TrimSuffix(key, "/"))) })
	return objects, folders, err
}
