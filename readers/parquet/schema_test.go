package parquet

import "testing"

// isElement says whether an element of the schema with these fields is sound.
func isElement(fields ...part) bool {
	c := &compact{rest: structOf(append([]part{int32Of(1, 2), int32Of(3, 1), textOf(4, "n")}, fields...)...)}
	c.node()
	return !c.failed
}

// decimalOf is the newer way to say DECIMAL.
func decimalOf(scale int64) part {
	return structField(10, structField(unionDecimal, int32Of(1, scale), int32Of(2, 12)))
}

func TestATypeMayBeSaidInTheOlderTheNewerOrBothWays(t *testing.T) {
	for name, fields := range map[string][]part{
		"neither":         nil,
		"older":           {int32Of(6, convertedDecimal), int32Of(7, 3), int32Of(8, 12)},
		"older, no scale": {int32Of(6, convertedDecimal), int32Of(8, 12)},
		"newer":           {decimalOf(3)},
		"both":            {int32Of(6, convertedDecimal), int32Of(7, 3), int32Of(8, 12), decimalOf(3)},
		"date":            {int32Of(6, convertedDate), structField(10, structField(unionDate))},
		"text":            {int32Of(6, 0), structField(10, structField(1))},
	} {
		if !isElement(fields...) {
			t.Errorf("%s: it is refused", name)
		}
	}
}

func TestTypesThatContradictEachOtherAreDamage(t *testing.T) {
	for name, fields := range map[string][]part{
		"two scales":     {int32Of(6, convertedDecimal), int32Of(7, 2), int32Of(8, 12), decimalOf(3)},
		"no precision":   {int32Of(6, convertedDecimal), int32Of(7, 2)},
		"date, decimal":  {int32Of(6, convertedDate), decimalOf(2)},
		"text, date":     {int32Of(6, 0), structField(10, structField(unionDate))},
		"decimal, text":  {int32Of(6, convertedDecimal), int32Of(7, 2), int32Of(8, 12), structField(10, structField(1))},
		"older scale 0":  {int32Of(6, convertedDecimal), int32Of(7, 0), int32Of(8, 12), decimalOf(2)},
		"newer scale -1": {int32Of(6, convertedDecimal), int32Of(7, 2), int32Of(8, 12), decimalOf(-1)},
	} {
		if isElement(fields...) {
			t.Errorf("%s: it is accepted", name)
		}
	}
}

func TestFieldsOutOfOrderAreDamage(t *testing.T) {
	for _, fields := range [][]part{{int32Of(2, 1), int32Of(1, 1)}, {int32Of(1, 1), int32Of(1, 1)}, {int32Of(-1, 1)}, {int32Of(0, 1)}} {
		c := &compact{rest: structOf(fields...)}
		if c.skip(kindStruct); !c.failed {
			t.Errorf("%+v is passed over", fields)
		}
	}
}
