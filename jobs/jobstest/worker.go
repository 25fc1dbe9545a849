package jobstest

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"

	"regul/pipeline"
	"regul/pipeline/company"
)

// Shards says where the shards of every run of the tests are worked: go test ./jobs/run -shards=process
var Shards = flag.String("shards", "here", "where shards are worked: here, as bytes, or process (a process for each shard)")

// Elsewhere is where shards are worked by that name; nil is here.
func Elsewhere(t testing.TB, where string) func(*pipeline.Subject, *pipeline.Parameters) (pipeline.Worker, error) {
	t.Helper()
	switch where {
	case "here":
		return nil
	case "bytes":
		return worker(func(of *pipeline.Subject, parameters, version string, shard []byte) ([]byte, error) {
			return of.Work(parameters, version, shard)
		})
	case "process":
		return worker(workInProcess)
	}
	t.Fatalf("-shards=%s: there is here, bytes, process", where)
	return nil
}

// worker makes workers of a function that takes everything as bytes.
func worker(work func(of *pipeline.Subject, parameters, version string, shard []byte) ([]byte, error)) func(*pipeline.Subject,
	*pipeline.Parameters) (pipeline.Worker, error) {
	return func(of *pipeline.Subject, p *pipeline.Parameters) (pipeline.Worker, error) {
		parameters, err := p.Text()
		return func(shard []byte) ([]byte, error) { return work(of, parameters, of.Version(p), shard) }, err
	}
}

// workVariable tells a process of the tests that it is to work one shard: by the name of the subject's main input.
const workVariable = "REGUL_TEST_WORK"

// workInProcess works a shard in a process that lives as long as the shard.
func workInProcess(of *pipeline.Subject, parameters, version string, shard []byte) ([]byte, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := exec.Command(program, parameters, version)
	c.Env = append(os.Environ(), workVariable+"="+of.Main.String())
	c.Stdin = bytes.NewReader(shard)
	var result, told bytes.Buffer
	c.Stdout, c.Stderr = &result, &told
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, told.String())
	}
	return result.Bytes(), nil
}

// WorkIfAsked works a shard, and ends the process, where it was started for that. A package whose tests work shards in processes calls it
// before its tests.
func WorkIfAsked() {
	main := os.Getenv(workVariable)
	if main == "" {
		return
	}
	of := pipeline.People
	if main == company.Subject.Main.String() {
		of = company.Subject
	}
	shard, err := io.ReadAll(os.Stdin)
	var result []byte
	if err == nil {
		result, err = of.Work(os.Args[1], os.Args[2], shard)
	}
	if err == nil {
		_, err = os.Stdout.Write(result)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}
