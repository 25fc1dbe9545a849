package page

import "testing"

// Days, amounts with their unit and citations do not end a line in their middle; markup in a text stays text.
func TestWhatBelongsTogetherStaysOnOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"by 2026-09-30 at 7 %":                    `by <span class="whole">2026-09-30</span> at 7` + FixedSpace + "%",
		"batch 2026-06-30-35595f0c":               `batch <span class="whole">2026-06-30-35595f0c</span>`,
		"AR 38 art. 11bis":                        "AR" + FixedSpace + "38 art." + FixedSpace + "11bis",
		"KB 38 art. 12 §1 lid 2":                  "KB" + FixedSpace + "38 art." + FixedSpace + "12" + FixedSpace + "§1" + FixedSpace + "lid" + FixedSpace + "2",
		"in EUR":                                  "in EUR",
		"payé : 3 EUR <b>":                        "payé" + FixedSpace + ": 3" + FixedSpace + "EUR &lt;b&gt;",
		"Communication +++458/0412/22355+++, oui": `Communication <span class="whole">+++458/0412/22355+++</span>, oui`,
	} {
		if got := string(tied(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
