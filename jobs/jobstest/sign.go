package jobstest

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"

	"github.com/jedisct1/go-minisign"
)

// Sign signs a text as minisign does, by the owner of a key that follows from the name, and gives the files of the signature and of the
// public key.
func Sign(name string, text []byte) (signature, key []byte, err error) {
	seed := sha256.Sum256([]byte(name))
	secret := minisign.PrivateKey{SignatureAlgorithm: [2]byte{'E', 'd'}, KeyId: [8]byte(seed[:8])}
	copy(secret.SecretKey[:], ed25519.NewKeyFromSeed(seed[:]))
	signed, err := secret.Sign(text, minisign.SignOptions{Hashed: true, TrustedComment: "signed by " + name})
	if err != nil {
		return nil, nil, err
	}
	public := secret.PublicKey()
	line := base64.StdEncoding.EncodeToString(append(append([]byte("Ed"), public.KeyId[:]...), public.PublicKey[:]...))
	return signed.Encode(), []byte("untrusted comment: of " + name + "\n" + line + "\n"), nil
}
