package run_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"regul/jobs/run"
)

// Prometheus' own parser reads the file, and finds every metric described.
func TestMetricsAreReadByPrometheus(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "regul.prom")
	result := batchResult(t)
	result.Manifest.Batch = "quote \" backslash \\ line\nend"
	for _, m := range []run.Metrics{success(firstNight, result), failure(secondNight, 1)} {
		text := told(t, path, m)
		parser := expfmt.NewTextParser(model.LegacyValidation)
		families, err := parser.TextToMetricFamilies(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		info := families["regul_last_batch_info"]
		if got := info.GetMetric()[0].GetLabel()[0].GetValue(); got != result.Manifest.Batch {
			t.Errorf("the batch is %q", got)
		}
		for name, family := range families {
			if family.GetHelp() == "" || family.GetType().String() != "GAUGE" || !strings.HasPrefix(name, "regul_last_") {
				t.Errorf("%s: %v", name, family)
			}
		}
	}
}
