package storage

import (
	"errors"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/minio/minio-go/v7"
)

// A store may turn puts away that come at once, with 409 or 503: the probe goes by those that were done or refused.
func TestARaceGoesByWhatWasAnswered(t *testing.T) {
	t.Parallel()
	answer := func(status int) error { return minio.ErrorResponse{StatusCode: status} }
	busy := answer(http.StatusServiceUnavailable)
	for name, c := range map[string]struct {
		first, others error
		done          int
		err           error
	}{
		"one is done":           {nil, answer(http.StatusPreconditionFailed), 1, nil},
		"the others conflict":   {nil, answer(http.StatusConflict), 1, nil},
		"the others are slowed": {nil, busy, 1, nil},
		"all are done":          {nil, nil, racers, nil},
		"the answer got lost":   {busy, answer(http.StatusPreconditionFailed), 0, nil},
		"nobody answers":        {busy, busy, 0, busy},
	} {
		var asked atomic.Int32
		done, err := race(func() error {
			if asked.Add(1) == 1 {
				return c.first
			}
			return c.others
		})
		if done != c.done || !errors.Is(err, c.err) {
			t.Errorf("%s: %d done, %v", name, done, err)
		}
	}
}
