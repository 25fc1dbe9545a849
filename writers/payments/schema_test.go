package payments_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// hbci4j is where Debian's package libhbci4j-core-java keeps the schemas of ISO 20022, as ISO publishes them.
const hbci4j = "/usr/share/java/hbci4j-core.jar"

// isoSchemas unpacks ISO's schemas of both messages once, and gives their folder.
var isoSchemas = sync.OnceValues(func() (string, error) {
	jar, err := zip.OpenReader(hbci4j)
	if err != nil {
		return "", err
	}
	defer jar.Close()
	folder, err := os.MkdirTemp("", "regul-iso20022-")
	if err != nil {
		return "", err
	}
	for _, name := range []string{"pain.001.001.09.xsd", "pain.008.001.08.xsd"} {
		file, err := jar.Open(name)
		if err != nil {
			return "", err
		}
		content, err := io.ReadAll(file)
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), content, 0o600)
		}
		if err != nil {
			return "", err
		}
	}
	return folder, nil
})

func TestMain(m *testing.M) {
	status := m.Run()
	if folder, err := isoSchemas(); err == nil {
		os.RemoveAll(folder)
	}
	os.Exit(status)
}

// schemaOf is the file name of the schema that a payment file claims to follow.
func schemaOf(content []byte) string {
	if bytes.Contains(content, []byte("pain.008.001.08")) {
		return "pain.008.001.08.xsd"
	}
	return "pain.001.001.09.xsd"
}

// xmllint validates a file and gives what it complains about.
func xmllint(schema string, content []byte) string {
	command := exec.Command("xmllint", "--nonet", "--noout", "--schema", schema, "-")
	command.Stdin = bytes.NewReader(content)
	if out, err := command.CombinedOutput(); err != nil {
		return strings.TrimSpace(err.Error() + "\n" + string(out))
	}
	return ""
}

// valid holds the files against both schemas: ISO's, and the stricter one of this package's testdata.
func valid(t testing.TB, files store) {
	t.Helper()
	iso, err := isoSchemas()
	if err != nil {
		t.Fatalf("the schemas of ISO 20022 (make tools installs them): %v", err)
	}
	for _, name := range files.xml() {
		content := files[name].Bytes()
		for _, folder := range []string{iso, "testdata"} {
			if complaint := xmllint(filepath.Join(folder, schemaOf(content)), content); complaint != "" {
				t.Fatalf("%s by the schema in %s: %.2000s", name, folder, complaint)
			}
		}
	}
}

// The strict schemas refuse what they are for: a wrong order, a missing element, a character, a slash, a length, a code.
func TestStrictSchemasRefuseFaults(t *testing.T) {
	files, _ := write(t, 0, nil, settle(person(1), refund(2023, 100)), settle(person(2), claim(2023, 100)))
	for _, name := range files.xml() {
		for _, fault := range [][2]string{
			{"<NbOfTxs>1</NbOfTxs>\n<CtrlSum>1.00</CtrlSum>", "<CtrlSum>1.00</CtrlSum>\n<NbOfTxs>1</NbOfTxs>"},
			{"<BtchBookg>true</BtchBookg>", ""},
			{"<ChrgBr>SLEV</ChrgBr>", "<ChrgBr>SHAR</ChrgBr>"},
			{"Anne Peeters", "Anné Peeters"},
			{"Anne Peeters", "Anne//Peeters"},
			{"Anne Peeters", "Anne Peeters/"},
			{"Anne Peeters", "Anne Peeters "},
			{"Anne Peeters", "/Anne Peeters"},
			{"Anne Peeters", ""},
			{"Anne Peeters", strings.Repeat("a", 71)},
			{"KBO-BCE", "KBO"},
			{"<Issr>BBA</Issr>", ""},
			{"Ccy=\"EUR\"", "Ccy=\"USD\""},
			{">1.00<", ">1.0<"},
			{"T00:00:00", "T00:00:00Z"},
			{batchName + "-", strings.Repeat(batchName, 2) + "-"},
		} {
			content := files[name].String()
			if !strings.Contains(content, fault[0]) {
				t.Fatalf("%s does not hold %q", name, fault[0])
			}
			faulty := strings.Replace(content, fault[0], fault[1], 1)
			if xmllint("testdata/"+schemaOf([]byte(content)), []byte(faulty)) == "" {
				t.Errorf("%s: %q for %q is valid", name, fault[1], fault[0])
			}
		}
	}
}
