package main

import (
	"os"
	"path"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"

	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/storage"
)

// scriptStore starts an object store with a bucket "fund", for the rest of the script: store
func scriptStore(ts *testscript.TestScript, _ bool, _ []string) {
	store, stop := jobstest.StartObjectStore()
	ts.Defer(stop)
	ts.Setenv("AWS_ENDPOINT_URL", store.URL)
	ts.Setenv("AWS_REGION", "eu-west-3")
	ts.Setenv("AWS_ACCESS_KEY_ID", "who-it-is")
	ts.Setenv("AWS_SECRET_ACCESS_KEY", "what-nobody-knows")
}

// openBucket is a place of the store of the script.
func openBucket(ts *testscript.TestScript, place string) *storage.Bucket {
	b, err := storage.OpenBucket(place+"?region=eu-west-3&endpoint="+ts.Getenv("AWS_ENDPOINT_URL"), 3)
	ts.Check(err)
	return b
}

// scriptFetch copies what a bucket holds below a place to a directory: fetch PLACE DIRECTORY
func scriptFetch(ts *testscript.TestScript, _ bool, args []string) {
	b := openBucket(ts, args[0])
	var fetch func(folder string)
	fetch = func(folder string) {
		names, err := b.List(folder)
		ts.Check(err)
		for _, name := range names {
			at := path.Join(folder, name)
			content, err := batch.ReadBytes(b, at)
			if err != nil {
				fetch(at)
				continue
			}
			to := filepath.Join(ts.MkAbs(args[1]), at)
			ts.Check(os.MkdirAll(filepath.Dir(to), 0o700))
			ts.Check(os.WriteFile(to, content, 0o600))
		}
	}
	fetch(".")
}

// scriptLease takes the lease that a run takes, for the rest of the script: lease PLACE
func scriptLease(ts *testscript.TestScript, _ bool, args []string) {
	unlock, err := openBucket(ts, args[0]).Lock(".lock")
	ts.Check(err)
	ts.Defer(func() { unlock() })
}

// scriptObject copies a file into a bucket: object FILE PLACE
func scriptObject(ts *testscript.TestScript, _ bool, args []string) {
	place, name := storage.Split(args[1])
	ts.Check(batch.PutBytes(openBucket(ts, place), name, []byte(ts.ReadFile(args[0]))))
}
