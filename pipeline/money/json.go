package money

// MarshalJSON writes the amount as a JSON number in EUR with two decimals, exactly.
func (c Cents) MarshalJSON() ([]byte, error) { return c.Append(nil), nil }

// UnmarshalJSON reads what MarshalJSON writes.
func (c *Cents) UnmarshalJSON(text []byte) error {
	value, err := Parse(text)
	*c = value
	return err
}
