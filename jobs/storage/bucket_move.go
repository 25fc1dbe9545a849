package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/minio/minio-go/v7"
	"golang.org/x/sync/errgroup"
)

// Move copies what lies below a folder within the store and removes it from there. The seal comes by a conditional request, while the lease
// holds; what a killed move has left at the new place goes first.
func (b *Bucket) Move(from, to, seal string) error {
	if err := b.fenced(); err != nil {
		return err
	}
	objects, err := b.all(from)
	if err != nil {
		return err
	}
	if len(objects) == 0 {
		return b.moveOne(from, to)
	}
	sealed := slices.ContainsFunc(objects, func(o listed) bool { return o.name == from+"/"+seal })
	if err := b.clear(to, seal); err != nil {
		return err
	}
	var group errgroup.Group
	group.SetLimit(atOnce)
	names := make([]string, 0, len(objects))
	for _, o := range objects {
		names = append(names, o.name)
		if o.name != from+"/"+seal {
			group.Go(func() error { return b.copy(o, to+strings.TrimPrefix(o.name, from)) })
		}
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if sealed {
		if err := b.putSeal(from+"/"+seal, to+"/"+seal); err != nil {
			return err
		}
		if err := b.remove([]string{from + "/" + seal}); err != nil { // whoever finds it at the old place finds the rest
			return errors.Join(ErrMoved, err)
		}
	}
	if err := b.remove(names); err != nil {
		return errors.Join(ErrMoved, err)
	}
	return nil
}

// clear makes a new place empty: what lies there without a seal was left by a killed move.
func (b *Bucket) clear(folder, seal string) error {
	left, err := b.all(folder)
	if err != nil {
		return err
	}
	names := make([]string, len(left))
	for i, o := range left {
		if names[i] = o.name; seal != "" && o.name == folder+"/"+seal {
			return b.fault("move", o.name, fs.ErrExist)
		}
	}
	return b.remove(names)
}

// moveOne moves one object.
func (b *Bucket) moveOne(from, to string) error {
	ctx, cancel := bounded()
	defer cancel()
	found, err := b.core.StatObject(ctx, b.bucket, b.key(from), minio.StatObjectOptions{})
	if err != nil {
		return b.fault("move", from, err)
	}
	if err := b.copy(listed{from, found.Size}, to); err != nil {
		return err
	}
	if err := b.remove([]string{from}); err != nil {
		return errors.Join(ErrMoved, err)
	}
	return nil
}

// copy copies an object within the store: the one that this process wrote, if it wrote one.
func (b *Bucket) copy(o listed, to string) error {
	if err := b.fenced(); err != nil {
		return err
	}
	ctx, cancel := bounded()
	defer cancel()
	source := minio.CopySrcOptions{Bucket: b.bucket, Object: b.key(o.name), MatchETag: b.etagOf(o.name)}
	target := minio.CopyDestOptions{Bucket: b.bucket, Object: b.key(to)}
	put := b.core.Client.CopyObject
	if o.size > largestCopy {
		put = func(ctx context.Context, to minio.CopyDestOptions, from minio.CopySrcOptions) (minio.UploadInfo, error) {
			return b.core.ComposeObject(ctx, to, from)
		}
	}
	err := again(func() error {
		_, err := put(ctx, target, source)
		return err
	})
	if refused(err) {
		err = ErrChanged
	}
	return b.fault("copy", o.name, err)
}

// putSeal puts the seal where there is none, with the number of the lease under which it was put.
func (b *Bucket) putSeal(from, to string) error {
	content, err := b.read(from)
	if err != nil {
		return err
	}
	ctx, cancel := bounded()
	defer cancel()
	var marks map[string]string
	if held := b.held(); held != nil {
		if err := held.renew(); err != nil {
			return err
		}
		marks = map[string]string{"fence": fmt.Sprint(held.number())}
		var before context.CancelFunc
		ctx, before = context.WithDeadline(ctx, held.until())
		defer before()
	}
	return b.putNew(ctx, to, content, marks)
}
