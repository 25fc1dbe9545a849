package company

// Exemption is why a company does not owe the contribution of a year, as the input says.
type Exemption uint8

// The exemptions.
const (
	NoExemption Exemption = iota
	Starter               // a starter's personal company, in its first three years
	Inactive              // without activity, with a certificate
	Bankruptcy
	Liquidation
)

var exemptions = []string{"", "starter", "inactive", "bankruptcy", "liquidation"}

// Exemptions lists the codes of the exemptions; position 0 is none.
func Exemptions() []string { return exemptions }

func (e Exemption) String() string { return exemptions[e] }

// Size is which of the two amounts of a year a company owes.
type Size uint8

// The sizes; position 0 is none.
const (
	NoSize Size = iota
	Small
	Large
)

var sizes = []string{"", "small", "large"}

// Sizes lists the codes of the sizes; position 0 is none.
func Sizes() []string { return sizes }

func (s Size) String() string { return sizes[s] }

// Ground is why a company has its size.
type Ground uint8

// The grounds; position 0 is none.
const (
	NoGround      Ground = iota
	UpToThreshold        // the balance total is not above the threshold of the year
	AboveThreshold
	NewCompany    // created in the contribution year
	NoPenultimate // no penultimate financial year is closed
)

var grounds = []string{"", "up_to_threshold", "above_threshold", "new_company", "no_balance_total"}

// Grounds lists the codes of the grounds; position 0 is none.
func Grounds() []string { return grounds }

func (g Ground) String() string { return grounds[g] }
