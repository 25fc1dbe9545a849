package storage

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// bucketScheme begins the place of a Bucket.
const bucketScheme = "s3://"

// retries is how often a request to an object store is tried.
const retries = 10

// InBucket says whether a place is a bucket, or an object of one: s3://BUCKET/PREFIX.
func InBucket(place string) bool { return strings.HasPrefix(place, bucketScheme) }

// At is the storage at a place: a bucket, or else a directory.
func At(place string) (Storage, error) {
	if !InBucket(place) {
		return Directory(place), nil
	}
	b, err := OpenBucket(place, retries)
	if err != nil {
		return nil, err
	}
	return b, nil
}

// Join is the place of what a storage has under a name.
func Join(place, name string) string {
	if !InBucket(place) {
		return filepath.Join(place, filepath.FromSlash(name))
	}
	place, _, _ = strings.Cut(place, "?")
	return bucketScheme + path.Join(strings.TrimPrefix(place, bucketScheme), name)
}

// Split takes the place and the name apart of what lies in a storage; the place is "." where only a name is given.
func Split(of string) (place, name string) {
	if !InBucket(of) {
		return filepath.Dir(filepath.Clean(of)), filepath.Base(of)
	}
	folder, name := path.Split(strings.TrimRight(strings.TrimPrefix(of, bucketScheme), "/"))
	return bucketScheme + strings.TrimSuffix(folder, "/"), name
}

// OpenBucket is the bucket at a place, s3://BUCKET/PREFIX. Nothing is asked of the store yet. The endpoint is that of the place
// (?endpoint=URL), of AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, or that of AWS; the credentials are those of the environment, of the file of
// AWS, or of the machine. Each request is tried so many times.
func OpenBucket(place string, tries int) (*Bucket, error) {
	u, err := url.Parse(place)
	if err != nil || u.User != nil { // the text may hold a secret
		return nil, errors.New("it is no s3://BUCKET/PREFIX; credentials come from the environment, never from the URL")
	}
	if u.Host == "" || u.Fragment != "" {
		return nil, fmt.Errorf("%s is no s3://BUCKET/PREFIX", place)
	}
	for name := range u.Query() {
		if name != "endpoint" && name != "region" {
			return nil, fmt.Errorf("%s: after ? there may be endpoint and region, not %s", place, name)
		}
	}
	text := cmp.Or(u.Query().Get("endpoint"), os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL"), "https://s3.amazonaws.com")
	endpoint, err := url.Parse(text)
	if err != nil || endpoint.User != nil || endpoint.Host == "" || strings.Trim(endpoint.Path, "/") != "" || endpoint.Scheme != "http" &&
		endpoint.Scheme != "https" {
		return nil, errors.New("the endpoint of the object store is no http(s)://HOST[:PORT]: see AWS_ENDPOINT_URL")
	}
	core, err := minio.NewCore(endpoint.Host, &minio.Options{
		Creds: credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{},
			&credentials.IAM{}}),
		Secure: endpoint.Scheme == "https", MaxRetries: tries,
		Region: cmp.Or(u.Query().Get("region"), os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION")),
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", place, err)
	}
	core.SetAppInfo("regul", "1")
	return &Bucket{core: *core, bucket: u.Host, prefix: strings.Trim(path.Clean("/"+u.Path), "/"), term: leaseTerm,
		scratch: map[string]*scratchFile{}, written: map[string]string{}}, nil
}
