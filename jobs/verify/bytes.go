package verify

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"

	"regul/jobs/storage"
)

// cause is what is wrong with a file, without its path.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// fileBuffer is how much of a file is read at a time, in bytes.
const fileBuffer = 256 << 10

// digest is the SHA-256 of a whole file, in hexadecimal.
func digest(file storage.ReadFile) (string, error) {
	hash := sha256.New()
	buffer := make([]byte, max(1, min(fileBuffer, file.Size()))) // most files of a small fund are small
	if _, err := io.CopyBuffer(struct{ io.Writer }{hash}, io.NewSectionReader(file, 0, file.Size()), buffer); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
