// Package minisig says whether the owner of a key signed a short text, as minisign does. It owns public keys and signatures as files; what a
// signed text vouches for is the caller's. regul has no secret key: who runs it can't sign.
package minisig

import (
	"errors"
	"io"
	"strings"

	"github.com/jedisct1/go-minisign"

	"regul/jobs/storage"
)

// Ending is how the name of the file of a signature ends, behind the name of what is signed.
const Ending = ".minisig"

// MaxFile bounds the file of a key or of a signature, in bytes: a few lines.
const MaxFile = 4096

// Key is the public key of somebody who signs.
type Key struct{ public minisign.PublicKey }

// Parse reads a public key: its file, or the line of base64 alone.
func Parse(text string) (*Key, error) {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	public, err := minisign.NewPublicKey(strings.TrimSpace(lines[len(lines)-1]))
	if err != nil || public.SignatureAlgorithm != [2]byte{'E', 'd'} {
		return nil, errors.New("no public key of minisign, nor a file with one: minisign -G makes a pair")
	}
	return &Key{public}, nil
}

// Check makes sure that the file of a signature is one of this text by the owner of the key, and gives what the owner said with it.
func (k *Key) Check(text, signature []byte) (comment string, err error) {
	decoded, err := minisign.DecodeSignature(string(signature))
	if err == nil {
		_, err = k.public.Verify(text, decoded)
	}
	return strings.TrimPrefix(decoded.TrustedComment, "trusted comment: "), err
}

// ReadKey reads the file of a public key.
func ReadKey(path string) (*Key, error) {
	file, err := storage.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, MaxFile))
	if err != nil {
		return nil, err
	}
	return Parse(string(text))
}
