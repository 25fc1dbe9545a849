package payments

import (
	"regul/pipeline/money"
	"regul/writers/fund"
)

// nameLimit is the number of characters of the beneficiary's name in a QR code (EPC069-12).
const nameLimit = 70

// AppendEPC appends the content of the QR code of a SEPA credit transfer as banking apps read it: EPC069-12, version 002,
// UTF-8. The structured communication stands, as its 12 digits, in the line of the structured remittance information: the
// guideline allows ISO 11649 there without asking for it, and it is where Belgian invoicing software puts it. In the
// unstructured line an app would send it as free text, which the fund's bank does not check.
func AppendEPC(dst []byte, f *fund.Fund, name string, amount money.Cents, reference []byte) []byte {
	dst = append(dst, "BCD\n002\n1\nSCT\n"...)
	dst = append(append(dst, f.BIC...), '\n')
	characters := 0
	for _, r := range name {
		if characters++; characters > nameLimit {
			break
		}
		dst = append(dst, string(r)...)
	}
	dst = append(append(append(dst, '\n'), f.IBAN...), "\nEUR"...)
	dst = append(amount.Append(dst), "\n\n"...) // no purpose
	return append(dst, reference...)
}
