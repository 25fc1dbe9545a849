package storage

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"
)

// leaseTerm is how long a lease of a Bucket holds without being renewed. It is renewed three times as often, and a killed holder blocks
// others for so long.
const leaseTerm = time.Minute

// leaseGrace is added where others judge whether a lease ran out: the store tells whole seconds.
const leaseGrace = 2 * time.Second

// ErrLeaseLost says that the lease of a Bucket ran out, or that another one took it.
var ErrLeaseLost = errors.New("the lease on the bucket ran out, since it could not be renewed in time: nothing more is written; run again")

// leaseRecord is the object of a lease. Whether it ran out follows from its age by the clock of the store alone.
type leaseRecord struct {
	Holder   string `json:"holder"` // a random name
	Number   int64  `json:"number"` // grows with each holder: the fence
	Seconds  int64  `json:"seconds"`
	Renewed  int64  `json:"renewed"`  // times
	Released bool   `json:"released"` // the holder has ended
}

// lease is the lock that a Bucket holds.
type lease struct {
	bucket *Bucket
	name   string
	mutex  sync.Mutex // one renewal at a time
	record leaseRecord
	etag   string
	end    time.Time // by the clock on the wall, which goes on while a machine sleeps
	lost   bool
	ended  chan struct{}
}

// Lock takes the lease, if nobody holds it, and renews it until it is given back.
func (b *Bucket) Lock(name string) (unlock func() error, err error) {
	if err := b.probe(); err != nil {
		return nil, err
	}
	sent := wall()
	before, etag, err := b.readLease(name)
	if err != nil {
		return nil, err
	}
	var random [8]byte
	rand.Read(random[:])
	l := &lease{bucket: b, name: name, ended: make(chan struct{}),
		record: leaseRecord{Holder: hex.EncodeToString(random[:]), Number: before.Number + 1, Seconds: int64(b.term / time.Second)}}
	if l.etag, err = l.put(l.record, etag); refused(err) || conflict(err) {
		return nil, ErrLocked
	} else if err != nil {
		return nil, b.fault("lock", name, err)
	}
	l.end = sent.Add(b.term)
	b.mutex.Lock()
	b.lease = l
	b.mutex.Unlock()
	go l.keep()
	return l.release, nil
}

// wall is the time without the clock that stands still while the machine sleeps.
func wall() time.Time { return time.Now().Round(0) }

// readLease reads who held the lease last, and its ETag; ErrLocked if it is held.
func (b *Bucket) readLease(name string) (record leaseRecord, etag string, err error) {
	ctx, cancel := bounded()
	defer cancel()
	answer, info, header, err := b.core.GetObject(ctx, b.bucket, b.key(name), minio.GetObjectOptions{})
	if err != nil {
		if err = b.fault("lock", name, err); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return record, "", err
	}
	defer answer.Close()
	if err := json.NewDecoder(answer).Decode(&record); err != nil {
		return record, "", fmt.Errorf("%s is no lease: remove it when no run is at work: %w", name, err)
	}
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return record, "", fmt.Errorf("the store tells no time with its answer: %w", err)
	}
	if term := time.Duration(record.Seconds) * time.Second; !record.Released && now.Sub(info.LastModified) <= term+leaseGrace {
		return record, info.ETag, fmt.Errorf("%w; one that was killed holds its place for another %s at most", ErrLocked, term+leaseGrace)
	}
	return record, info.ETag, nil
}

// put writes the record in the place of the one that was read; "" is none. An answer that got lost is found out by what is there.
func (l *lease) put(record leaseRecord, over string) (etag string, err error) {
	text, err := json.Marshal(record)
	if err != nil {
		return "", err
	}
	var options minio.PutObjectOptions
	if over == "" {
		options.SetMatchETagExcept("*")
	} else {
		options.SetMatchETag(over)
	}
	b := l.bucket
	ctx, cancel := bounded()
	defer cancel()
	if etag, err = b.send(ctx, l.name, text, options); err == nil {
		return etag, nil
	}
	if there, etag, missing := b.readLease(l.name); (missing == nil || errors.Is(missing, ErrLocked)) && there == record {
		return etag, nil
	}
	return "", err
}

// keep renews the lease until it is given back or lost.
func (l *lease) keep() {
	ticker := time.NewTicker(l.bucket.term / 3)
	defer ticker.Stop()
	for {
		select {
		case <-l.ended:
			return
		case <-ticker.C:
			if err := l.renew(); errors.Is(err, ErrLeaseLost) {
				return
			}
		}
	}
}

// renew renews the lease; ErrLeaseLost where it is another one's, or ran out. After another error it holds until its end.
func (l *lease) renew() error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if !l.holds() {
		return ErrLeaseLost
	}
	sent := wall()
	next := l.record
	next.Renewed++
	etag, err := l.put(next, l.etag)
	if refused(err) {
		l.lost = true
		return ErrLeaseLost
	}
	if err != nil {
		return l.bucket.fault("renew", l.name, err)
	}
	l.record, l.etag, l.end = next, etag, sent.Add(l.bucket.term)
	return nil
}

// release gives the lease back. Where that fails it runs out.
func (l *lease) release() error {
	close(l.ended)
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.bucket.mutex.Lock()
	l.bucket.lease = nil
	l.bucket.mutex.Unlock()
	if !l.holds() {
		return nil
	}
	freed := l.record
	freed.Released = true
	_, err := l.put(freed, l.etag)
	return l.bucket.fault("unlock", l.name, err)
}

func (l *lease) holds() bool { return !l.lost && wall().Before(l.end) }

// number is the fence.
func (l *lease) number() int64 {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.record.Number
}

func (l *lease) until() time.Time {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.end
}

// held is the lease that the bucket holds; nil: none.
func (b *Bucket) held() *lease {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.lease
}

// fenced is an error where a lease was taken and holds no more: whoever has it now must find nothing of this process.
func (b *Bucket) fenced() error {
	l := b.held()
	if l == nil {
		return nil
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if !l.holds() {
		return ErrLeaseLost
	}
	return nil
}

// Holder is the number of the lease and the name of its holder.
func (b *Bucket) Holder(lock string) (string, error) {
	record, etag, err := b.readLease(lock)
	if err != nil && !errors.Is(err, ErrLocked) || etag == "" {
		return "", err
	}
	return fmt.Sprintf("%d %s", record.Number, record.Holder), nil
}

// probes is how often a store must have ignored a condition.
const probes = 3

// racers is how many puts of one new object the probe makes at once.
const racers = 8

// probe makes sure that the store knows the conditions on which publication and lease rest: of puts of a new object at once one is done,
// one that comes later is refused, and so is one over another ETag.
func (b *Bucket) probe() error {
	var random [8]byte
	rand.Read(random[:])
	name := Unfinished + "/probe-" + hex.EncodeToString(random[:])
	ctx, cancel := bounded()
	defer cancel()
	put := func(content string, condition func(*minio.PutObjectOptions)) error {
		var options minio.PutObjectOptions
		condition(&options)
		_, err := b.send(ctx, name, []byte(content), options)
		return err
	}
	fresh := func(o *minio.PutObjectOptions) { o.SetMatchETagExcept("*") }
	other := func(o *minio.PutObjectOptions) { o.SetMatchETag("00000000000000000000000000000000") }
	unfit := func(what string) error {
		return errors.Join(fmt.Errorf("the object store %s %s, so that two runs could publish at once: regul needs a store that knows "+
			"conditional puts", b.core.EndpointURL().Host, what), b.remove([]string{name}))
	}
	done, err := race(func() error { return put("first", fresh) })
	if err != nil {
		return b.fault("probe", name, err)
	}
	for _, of := range []struct {
		header    string
		condition func(*minio.PutObjectOptions)
	}{{"If-None-Match", fresh}, {"If-Match", other}} {
		err := put("second", of.condition)
		for try := 1; err == nil && try < probes; try++ { // another run may have removed it
			err = put("again", of.condition)
		}
		if err == nil {
			return unfit("ignores " + of.header)
		}
		if !refused(err) {
			return b.fault("probe", name, err)
		}
	}
	if done > 1 {
		return unfit("looks at If-None-Match before a put and not with it")
	}
	return b.remove([]string{name})
}

// race makes puts of one new object at once, and says how many were done: none where the answer to the first got lost. A store may turn some
// away for being asked too much at once: that is an error where no other answer came.
func race(put func() error) (done int, err error) {
	var group sync.WaitGroup
	var failed [racers]error
	for i := range failed {
		group.Go(func() { failed[i] = put() })
	}
	group.Wait()
	answered := false
	for _, fault := range failed {
		switch {
		case fault == nil:
			done++
		case refused(fault) || conflict(fault):
			answered = true
		default:
			err = fault
		}
	}
	if done > 0 || answered {
		return done, nil
	}
	return 0, err
}
