package jobstest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"regul/jobs/storage"
)

// ObjectStore is a server in this process that speaks S3, with a bucket "fund". Its answers can be made to fail.
type ObjectStore struct {
	URL string

	fault    func(n int, r *http.Request) Fault // what happens to the n-th request, from 1; nil: nothing
	mutex    sync.Mutex
	requests int
	ahead    time.Duration // of the clock that its answers tell
}

// Fault is what goes wrong with a request.
type Fault int

// The faults.
const (
	NoFault  Fault = iota
	Busy           // the answer is 503, and nothing is done
	Lost           // it is done, and the connection breaks before the answer
	Torn           // it is done, and the connection breaks in the middle of the answer
	Slow           // the answer takes its time
	Heedless       // its conditions are ignored
	Early          // its conditions are looked at before it is done, as by a door to a store that has none
	Gone           // the store is not there: the connection breaks, and nothing is done
)

// Faults lists the faults that a request may get over, or end with.
func Faults() []Fault { return []Fault{Busy, Lost, Torn, Gone} }

// NewObjectStore starts a store for a test.
func NewObjectStore(t testing.TB) *ObjectStore {
	t.Helper()
	o, stop := StartObjectStore()
	t.Cleanup(stop)
	return o
}

// StartObjectStore starts a store.
func StartObjectStore() (o *ObjectStore, stop func()) {
	credentials()
	o = &ObjectStore{}
	server := httptest.NewServer(o.handler())
	o.URL = server.URL
	return o, server.Close
}

// credentials are any: the store does not look.
var credentials = sync.OnceFunc(func() {
	os.Setenv("AWS_ACCESS_KEY_ID", "somebody")
	os.Setenv("AWS_SECRET_ACCESS_KEY", "a secret")
})

func (o *ObjectStore) handler() http.Handler {
	backend := s3mem.New()
	if err := backend.CreateBucket("fund"); err != nil {
		panic(err)
	}
	inner := gofakes3.New(backend).Server()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.mutex.Lock()
		o.requests++
		n, decide := o.requests, o.fault
		w.Header().Set("Date", time.Now().Add(o.ahead).UTC().Format(http.TimeFormat))
		o.mutex.Unlock()
		fault := NoFault
		if decide != nil {
			fault = decide(n, r)
		}
		switch fault {
		case Busy:
			http.Error(w, "<Error><Code>SlowDown</Code></Error>", http.StatusServiceUnavailable)
		case Gone:
			panic(http.ErrAbortHandler)
		case Lost, Torn:
			answer := httptest.NewRecorder()
			inner.ServeHTTP(answer, r)
			if fault == Torn && answer.Body.Len() > 0 {
				for name, values := range answer.Header() {
					w.Header()[name] = values
				}
				w.WriteHeader(answer.Code)
				w.Write(answer.Body.Bytes()[:answer.Body.Len()/2])
				w.(http.Flusher).Flush()
			}
			panic(http.ErrAbortHandler)
		case Slow:
			time.Sleep(20 * time.Millisecond)
			inner.ServeHTTP(w, r)
		case Early:
			if answer := httptest.NewRecorder(); r.Header.Get("If-None-Match") != "" {
				inner.ServeHTTP(answer, httptest.NewRequest(http.MethodHead, r.URL.String(), nil))
				if answer.Code == http.StatusNotFound {
					r.Header.Del("If-None-Match")
				}
			}
			time.Sleep(50 * time.Millisecond)
			inner.ServeHTTP(w, r)
		case Heedless:
			r.Header.Del("If-None-Match")
			r.Header.Del("If-Match")
			inner.ServeHTTP(w, r)
		default:
			inner.ServeHTTP(w, r)
		}
		io.Copy(io.Discard, r.Body)
	})
}

// Requests is how many requests came.
func (o *ObjectStore) Requests() int {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.requests
}

// Break makes requests fail from now on; nil: none.
func (o *ObjectStore) Break(fault func(n int, r *http.Request) Fault) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.requests, o.fault = 0, fault
}

// Wait lets time pass for the store.
func (o *ObjectStore) Wait(time time.Duration) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.ahead += time
}

// At is a fault of the n-th request alone, or of all from the n-th on.
func At(n int, forever bool, fault Fault) func(int, *http.Request) Fault {
	return func(request int, _ *http.Request) Fault {
		if request == n || forever && request > n {
			return fault
		}
		return NoFault
	}
}

// Place is the place of a prefix in the store.
func (o *ObjectStore) Place(prefix string) string {
	return "s3://fund/" + prefix + "?region=us-east-1&endpoint=" + o.URL
}

// Bucket is a prefix of the store, whose requests are tried so many times.
func (o *ObjectStore) Bucket(t testing.TB, prefix string, tries int) *storage.Bucket {
	t.Helper()
	return Must[*storage.Bucket](t)(storage.OpenBucket(o.Place(prefix), tries))
}
