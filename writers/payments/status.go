package payments

import (
	"strconv"
	"strings"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/fund"
)

// maxAmount is the largest amount of a SEPA transaction, in cents (EPC132-08, EPC130-08).
const maxAmount money.Cents = 999_999_999_99

// RefundStatus is the fate of a refund of an amount in cents above 0. A notice that names the account must agree with it.
func RefundStatus(f *fund.Fund, a *pipeline.Party, amount money.Cents) Status {
	c := &a.Contact
	if RefundReason(f, a, amount) != NoReason {
		return Held
	}
	if c.IBAN == "" {
		return RefundWithoutAccount
	}
	account, ok := parseAccount(c.IBAN)
	if !ok {
		return WrongAccount
	}
	if isOwn(f, account) {
		return OwnAccount
	}
	if amount > maxAmount {
		return AmountTooLarge
	}
	return Sent
}

// RefundReason is why a refund of an amount in cents is Held; the limits of a batch are not looked at.
func RefundReason(f *fund.Fund, a *pipeline.Party, amount money.Cents) Reason {
	if a.Hold == pipeline.NoHold && a.Contact.Former && a.Contact.IBAN == "" && amount < f.RefundBelow {
		return RefundBelow
	}
	return Reason(a.Hold)
}

// ClaimReason is why a claim of an amount in cents is Held.
func ClaimReason(f *fund.Fund, a *pipeline.Party, amount money.Cents) Reason {
	if a.Hold == pipeline.NoHold && a.Contact.Former && amount < f.DebtBelow {
		return DebtBelow
	}
	return Reason(a.Hold)
}

// ClaimStatus is the fate of a claim of an amount in cents above 0, due on a day, in a batch of a date. The affiliate pays by
// transfer unless it is Sent: a notice that announces a collection must agree with it. So does who must pay before the bank can collect.
func ClaimStatus(f *fund.Fund, a *pipeline.Party, asOf, due pipeline.Date, amount money.Cents) Status {
	c := &a.Contact
	if ClaimReason(f, a, amount) != NoReason {
		return Held
	}
	if c.Mandate == "" || f.CreditorID == "" || CollectionDate(due) <= ExecutionDate(asOf) {
		return ByTransfer
	}
	if c.IBAN == "" {
		return MandateWithoutAccount
	}
	account, ok := parseAccount(c.IBAN)
	switch {
	case !ok:
		return WrongAccount
	case isOwn(f, account):
		return OwnAccount
	case c.MandateShared:
		return MandateShared
	case !isIdentifier(c.Mandate):
		return WrongMandate
	case c.MandateSignedOn == 0:
		return MandateWithoutDate
	case c.MandateSignedOn > asOf:
		return MandateInFuture
	case needsAddress(account) && !debtorAddress(c).whole():
		return AddressMissing
	case amount > maxAmount:
		return AmountTooLarge
	}
	return Sent
}

// isOwn says whether an account is the fund's own. That of the specimen is an example which others use too.
func isOwn(f *fund.Fund, account latin) bool { return !f.Specimen && string(account) == f.IBAN }

// parseAccount reads an account number more strictly than its check digits alone: they are digits from 02 to 98 (ISO 13616),
// and a Belgian number holds digits, of which the last two are the first ten modulo 97, where 0 is written 97.
func parseAccount(text string) (latin, bool) {
	iban, ok := pipeline.ParseIBAN(text)
	if !ok || !digits(iban[2:4]) || iban[2:4] < "02" || iban[2:4] > "98" {
		return "", false
	}
	if iban[:2] == "BE" {
		check := pipeline.Remainder97(string(iban[4:14]))
		if check == 0 {
			check = 97
		}
		if last, err := strconv.Atoi(string(iban[14:])); err != nil || !digits(iban[4:]) || last != check {
			return "", false
		}
	}
	return latin(iban), true
}

func digits[T ~string](text T) bool { return strings.Trim(string(text), "0123456789") == "" }

// outsideEEA are the countries of SEPA outside the European Economic Area.
var outsideEEA = map[latin]bool{"AD": true, "AL": true, "CH": true, "GB": true, "GI": true, "MC": true, "MD": true, "ME": true,
	"MK": true, "RS": true, "SM": true, "VA": true}

// needsAddress says whether a collection must give the debtor's address: where the debtor's bank lies outside the EEA
// (regulation (EU) 2023/1113; EPC130-08).
func needsAddress(account latin) bool { return outsideEEA[account[:2]] }
