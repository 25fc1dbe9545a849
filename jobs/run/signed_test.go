package run_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/jobs"
	"regul/jobs/jobstest"
	"regul/jobs/run"
)

// deliver writes the SHA-256 of a file beside it, signed by somebody.
func deliver(t *testing.T, path, signer string) (key []byte) {
	t.Helper()
	name := filepath.Base(path)
	text := fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(jobstest.Must[[]byte](t)(os.ReadFile(path))), name)
	signature, key, err := jobstest.Sign(signer, text)
	if err != nil {
		t.Fatal(err)
	}
	jobstest.WriteFile(t, filepath.Dir(path), name+".sha256", string(text))
	jobstest.WriteFile(t, filepath.Dir(path), name+".sha256.minisig", string(signature))
	return key
}

// signedNight is a night of which each input is signed by the owner of one of two keys.
func signedNight(t *testing.T) (s *run.Settings, inbox string) {
	t.Helper()
	s, inbox = inboxNight(t)
	s.Inputs["revenue"] = []string{inbox + "/*.csv"}
	for _, input := range []string{"affiliates", "account", "payments"} {
		deliver(t, s.Inputs[input][0], "the fund")
	}
	deliver(t, filepath.Join(inbox, "good.csv"), "the tax office")
	for _, signer := range []string{"the fund", "the tax office"} {
		_, key, err := jobstest.Sign(signer, nil)
		if err != nil {
			t.Fatal(err)
		}
		s.DeliveryKeys = append(s.DeliveryKeys, jobstest.WriteFile(t, t.TempDir(), "key.pub", string(key)))
	}
	return s, inbox
}

// Where the fund names keys, a delivery that nobody of them signed is no delivery: one of the inbox is set aside, another is refused.
func TestDeliveriesAreSigned(t *testing.T) {
	t.Parallel()
	s, inbox := signedNight(t)
	result, _, err := nightOn(t, s)
	good := filepath.Join(inbox, "good.csv")
	want := []string{good, good + ".sha256", good + ".sha256.minisig"}
	if err != nil || !result.Published || !slices.Equal(result.Taken, want) || len(result.Left) > 0 || len(result.Aside) > 0 {
		t.Fatalf("%+v, %v", result, err)
	}

	const header = "niss,income_year,communication,communicated_on,nature,net_income,assessment\n"
	false0 := header + strings.Join(jobstest.Revenue(2022, "B", "2026-06-01", "0.00"), ",") + "\n"
	for name, attack := range map[string]struct {
		do   func(t *testing.T, path string)
		want string
	}{
		"unsigned": {func(t *testing.T, path string) {
			deliver(t, path, "the fund")
			jobstest.Must[any](t)(nil, os.Remove(path+".sha256.minisig"))
		}, "its .sha256.minisig file can't be read: no such file or directory"},
		"by a stranger": {func(t *testing.T, path string) { deliver(t, path, "a stranger") },
			"its .sha256.minisig file is no signature of its .sha256 file by the owner of a key in delivery_keys"},
		"another digest": {func(t *testing.T, path string) {
			jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path), header)
			deliver(t, path, "the fund")
			jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path), false0)
			jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path)+".sha256",
				fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(false0)), filepath.Base(path)))
		}, "its .sha256.minisig file is no signature of its .sha256 file by the owner of a key in delivery_keys"},
		"another content": {func(t *testing.T, path string) {
			deliver(t, path, "the fund")
			jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path), header+"x\n")
		}, "false.csv: its SHA-256 is not the one that came with it: it was changed on its way, or is not whole"},
		"what was signed for another file": {func(t *testing.T, path string) {
			for _, ending := range []string{"", ".sha256", ".sha256.minisig"} {
				text := jobstest.Must[[]byte](t)(os.ReadFile(filepath.Join(filepath.Dir(path), "good.csv"+ending)))
				jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path)+ending, string(text))
			}
		}, "its signed .sha256 file names another file, or none"},
		"a signature that is none": {func(t *testing.T, path string) {
			deliver(t, path, "the fund")
			jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path)+".sha256.minisig", "untrusted comment: x\nx\nx\nx\n")
		}, "its .sha256.minisig file is no signature of its .sha256 file by the owner of a key in delivery_keys"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, inbox := signedNight(t)
			path := jobstest.WriteFile(t, inbox, "false.csv", false0)
			attack.do(t, path)
			result, _, err := nightOn(t, s)
			if err != nil || !result.Published || len(result.Aside) != 1 || result.Aside[0].Why != attack.want ||
				slices.Contains(result.Taken, path) || result.Counts["revenue"].Read != 1 {
				t.Errorf("%+v, %v", result, err)
			}
			s, _ = signedNight(t)
			payments := s.Inputs["payments"][0]
			if name != "another content" && name != "another digest" && name != "what was signed for another file" {
				attack.do(t, payments)
				if result, _, err := nightOn(t, s); jobs.KindOf(err) != jobs.Usage || result != nil {
					t.Errorf("payments: %+v, %v", result, err)
				}
			}
		})
	}
}

// A key that can't be read is a wrong setting: nobody takes it for one that signed.
func TestADeliveryKeyThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"a text": "nonsense\n", "nothing": "", "a secret key": "untrusted comment: minisign encrypted " +
		"secret key\nRWRTY0IyAAAA\n"} {
		s, _ := signedNight(t)
		s.DeliveryKeys = append(s.DeliveryKeys, jobstest.WriteFile(t, t.TempDir(), "key.pub", text))
		if _, _, err := nightOn(t, s); jobs.KindOf(err) != jobs.Usage || !strings.Contains(err.Error(), "no public key of minisign") {
			t.Errorf("%s: %v", name, err)
		}
	}
	s, _ := signedNight(t)
	s.DeliveryKeys = []string{filepath.Join(t.TempDir(), "no-such.pub")}
	if _, _, err := nightOn(t, s); jobs.KindOf(err) != jobs.Usage || !strings.Contains(err.Error(), "no-such.pub: no such file") {
		t.Errorf("%v", err)
	}
}
