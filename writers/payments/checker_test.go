package payments_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// node is an element as a reader finds it who knows nothing of the writer.
type node struct {
	name     string
	text     string
	children []*node
}

// parse reads a file; it must be well-formed XML whose elements bear no attribute but a namespace and a currency.
func parse(content []byte) (*node, error) {
	decoder := xml.NewDecoder(bytes.NewReader(content))
	root := &node{}
	path := []*node{root}
	for {
		token, err := decoder.Token()
		if err == io.EOF && len(root.children) == 1 {
			return root.children[0], nil
		}
		if err != nil {
			return nil, err
		}
		in := path[len(path)-1]
		switch token := token.(type) {
		case xml.StartElement:
			for _, a := range token.Attr {
				if a.Name.Local != "xmlns" && (token.Name.Local != "InstdAmt" || a.Name.Local != "Ccy" || a.Value != "EUR") {
					return nil, fmt.Errorf("%s has the attribute %s=%q", token.Name.Local, a.Name.Local, a.Value)
				}
			}
			child := &node{name: token.Name.Local}
			in.children = append(in.children, child)
			path = append(path, child)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			in.text += string(token)
		}
	}
}

// at finds the elements at a path.
func (n *node) at(path string) []*node {
	found := []*node{n}
	for _, name := range strings.Split(path, "/") {
		var next []*node
		for _, f := range found {
			for _, c := range f.children {
				if c.name == name {
					next = append(next, c)
				}
			}
		}
		found = next
	}
	return found
}

// the is the text of the one element at a path, or "" without one.
func (n *node) the(path string) string {
	found := n.at(path)
	if len(found) != 1 || len(found[0].children) > 0 {
		return ""
	}
	return found[0].text
}

var (
	allowed = regexp.MustCompile(`^[a-zA-Z0-9/\-?:().,'+ ]+$`)
	blank   = regexp.MustCompile(`^\s*$`)
)

// clean checks that every text is of the character set of SEPA, and that nothing stands between elements.
func (n *node) clean() error {
	if len(n.children) == 0 {
		if !allowed.MatchString(n.text) || strings.HasPrefix(n.text, "/") || strings.HasSuffix(n.text, "/") ||
			strings.Contains(n.text, "//") ||
			strings.TrimSpace(n.text) != n.text {
			return fmt.Errorf("%s holds %q", n.name, n.text)
		}
		return nil
	}
	if !blank.MatchString(n.text) {
		return fmt.Errorf("%s holds %q between its elements", n.name, n.text)
	}
	for _, c := range n.children {
		if err := c.clean(); err != nil {
			return err
		}
	}
	return nil
}

// transaction is what a bank does with one.
type transaction struct {
	file, message, id, account, name, reference, mandate, signedOn, on string
	amount                                                             money.Cents
}

// transactionsOf reads a file as a bank would: every sum, count and identifier must hold.
func transactionsOf(content []byte) ([]transaction, error) {
	document, err := parse(content)
	if err != nil {
		return nil, err
	}
	if err := document.clean(); err != nil {
		return nil, err
	}
	root, element, amount, other, day := "CstmrCdtTrfInitn", "CdtTrfTxInf", "Amt/InstdAmt", "Cdtr", "ReqdExctnDt/Dt"
	if len(document.at(root)) == 0 {
		root, element, amount, other, day = "CstmrDrctDbtInitn", "DrctDbtTxInf", "InstdAmt", "Dbtr", "ReqdColltnDt"
	}
	message, on := document.the(root+"/GrpHdr/MsgId"), document.the(root+"/PmtInf/"+day)
	var all []transaction
	ids := map[string]bool{}
	var sum money.Cents
	for _, x := range document.at(root + "/PmtInf/" + element) {
		euros, err := money.Parse(x.the(amount))
		if err != nil || euros <= 0 {
			return nil, fmt.Errorf("the amount %q", x.the(amount))
		}
		sum += euros
		tx := transaction{message: message, id: x.the("PmtId/EndToEndId"), amount: euros,
			account: x.the(other + "Acct/Id/IBAN"), name: x.the(other + "/Nm"), reference: x.the("RmtInf/Strd/CdtrRefInf/Ref"),
			mandate: x.the("DrctDbtTx/MndtRltdInf/MndtId"), signedOn: x.the("DrctDbtTx/MndtRltdInf/DtOfSgntr"), on: on}
		if ids[tx.id] || tx.id == "" {
			return nil, fmt.Errorf("the transaction %q is there twice or has no identifier", tx.id)
		}
		ids[tx.id] = true
		all = append(all, tx)
	}
	for _, level := range []string{"GrpHdr", "PmtInf"} {
		if got := document.the(root + "/" + level + "/NbOfTxs"); got != fmt.Sprint(len(all)) {
			return nil, fmt.Errorf("%s counts %s transactions, there are %d", level, got, len(all))
		}
		if got := document.the(root + "/" + level + "/CtrlSum"); got != sum.String() {
			return nil, fmt.Errorf("%s sums up to %s, the transactions to %s", level, got, sum)
		}
	}
	return all, nil
}

// bank reads every payment file, in their order; no identifier is used twice among them.
func bank(t testing.TB, files store) []transaction {
	t.Helper()
	var all []transaction
	used := map[string]string{}
	for _, name := range files.xml() {
		file, err := transactionsOf(files[name].Bytes())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i := range file {
			tx := &file[i]
			tx.file = name
			if used[tx.id] != "" || used[tx.message] != "" && used[tx.message] != name {
				t.Fatalf("%s: identifiers of %s are used again", name, used[tx.id])
			}
			used[tx.id], used[tx.message] = name, name
		}
		all = append(all, file...)
	}
	return all
}

// agree checks that the index lists every transaction of the files and no other as sent, that its sums are the totals, and
// that these are the payouts and claims of the settlements.
func agree(t testing.TB, files store, totals payments.Totals, settlements []pipeline.Settlement) {
	t.Helper()
	sent := map[string]transaction{}
	for _, tx := range bank(t, files) {
		sent[tx.id] = tx
	}
	type key struct{ kind, status string }
	listed := map[key]payments.Sum{}
	table := index(t, files)
	for i := range table.Rows {
		r := table.Map(i)
		amount, err := money.Parse(r["amount"])
		if err != nil {
			t.Fatal(err)
		}
		sum := listed[key{r["kind"], r["status"]}]
		listed[key{r["kind"], r["status"]}] = payments.Sum{Count: sum.Count + 1, Amount: sum.Amount + amount}
		tx, isSent := sent[r["transaction"]]
		if isSent != (r["status"] == "sent") || isSent != (r["file"] != "") {
			t.Fatalf("row %d: %s in the file %q as %q", i, r["status"], r["file"], r["transaction"])
		}
		if isSent && (tx.amount != amount || tx.reference != r["reference"] || tx.on != r["due_on"] || tx.file != r["file"]) {
			t.Fatalf("row %d is not what the file holds", i)
		}
		delete(sent, r["transaction"])
	}
	if len(sent) > 0 {
		t.Fatalf("%d transactions are in no row", len(sent))
	}
	var payout, claims money.Cents
	for _, s := range settlements {
		for _, y := range s.Years {
			payout += y.Payout()
			claims += y.Claim()
		}
	}
	if totals.Of(payments.Refund).Amount != payout || totals.Of(payments.Claim).Amount != claims {
		t.Fatalf("refunds of %s and claims of %s, want %s and %s", totals.Of(payments.Refund).Amount, totals.Of(payments.Claim).Amount,
			payout, claims)
	}
	for kind := range payments.KindCount {
		for status := range payments.StatusCount {
			if got := listed[key{kind.String(), status.String()}]; got != totals[kind][status] {
				t.Fatalf("%s %s: the index has %v, the totals %v", kind, status, got, totals[kind][status])
			}
		}
	}
}
