package storage_test

import (
	"fmt"
	"testing"

	"golang.org/x/sync/errgroup"

	"regul/jobs/storage"
)

// Writers that come and go make and remove the folder of what is unfinished, each as the last: none of them fails by that.
func TestWritersThatLeaveDisturbNone(t *testing.T) {
	t.Parallel()
	s := storage.Directory(t.TempDir())
	var writers errgroup.Group
	for writer := range 16 {
		writers.Go(func() error {
			for i := range 200 {
				object, err := s.Put(fmt.Sprintf("%d/%d", writer, i))
				if err != nil {
					return err
				}
				if err := object.Abandon(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := writers.Wait(); err != nil {
		t.Error(err)
	}
}
