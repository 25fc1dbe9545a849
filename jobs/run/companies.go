package run

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/intake"
	"regul/jobs/ledger"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/law"
	"regul/pipeline/rows"
	"regul/writers/tables"
)

// CompaniesOptions are what the job of the companies works with.
type CompaniesOptions struct {
	Files      []string // paths
	Law        *law.CompanyLaw
	AsOf       pipeline.Date
	MaxRejects Limit
	Workers    int // goroutines that read and print, at least 1
	Outgoing   CompaniesOutgoing
	Gates      *Gates // what the operator insists on
	Out        storage.Storage
	Current    bool // bring the tables of all batches up to date
	Log        *slog.Logger
	Progress   jobs.Progress
}

// CompanyCodeNames lists the codes of rejects of companies in the order in which they apply.
func CompanyCodeNames() []string { return company.CodeNames() }

// companiesRun is a run once everything was read.
type companiesRun struct {
	*CompaniesOptions
	in      *intake.Files
	history *ledger.History
	build   *batch.Build
	batch   string // its name
	read    int64  // rows
	decided *company.Decisions
	result  *Result

	notPostable map[string]int64 // letters, by reason
}

// Companies is the job of the yearly contribution of companies: it reads their files and the ledger of its own batches,
// computes, and publishes one batch, or nothing when there is nothing new.
func Companies(ctx context.Context, o CompaniesOptions) (*Result, error) {
	in, err := intake.OpenCompanies(o.Files)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	unlock, err := batch.Occupy(o.Out)
	if err != nil {
		return nil, err
	}
	defer unlock() // the kernel does so at the latest when the process ends
	history, err := ledger.OpenOf(o.Out, batch.CompaniesJob)
	if err != nil {
		return nil, err
	}
	if err := o.Gates.admit(o.Out, history, o.Outgoing.Fund, o.AsOf); err != nil {
		return nil, err
	}
	r := &companiesRun{CompaniesOptions: &o, in: in, history: history}
	if err := r.decide(ctx); err != nil {
		return nil, err
	}
	if limit := o.MaxRejects; !limit.allows(r.result.Rejected, r.read, r.read) {
		return r.result, &jobs.Error{Kind: jobs.Refused, Err: fmt.Errorf("%d of %d rows were rejected, more than --max-rejects %s allows: nothing was published; rejects by code: %s",
			r.result.Rejected, r.read, limit, intake.CodesOf(r.result.Rejects, company.CodeNames()))}
	}
	isNew, err := r.worthPublishing()
	if err == nil && isNew {
		err = r.publish(ctx)
	}
	if err == nil && o.Current {
		follow(o.Out, o.Workers, o.Log)
	}
	return r.result, err
}

// decide reads everything and settles it.
func (r *companiesRun) decide(ctx context.Context) error {
	r.Progress.Stage("read", 0)
	read, err := intake.ReadCompanies(ctx, r.in, r.Workers, r.Progress.Step)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(r.in.Unknown)) {
		r.Log.Warn("columns are not used", "file", name, "columns", r.in.Unknown[name])
	}
	prior, err := ledger.PriorCompanies(r.history)
	if err != nil {
		return err
	}
	r.Progress.Stage("settle", 0)
	r.read = int64(len(read.Rows) + len(read.Rejects))
	r.decided = company.Decide(read.Rows, read.Rejects, prior, r.Law, r.AsOf)
	if err := r.decided.Balance(r.read); err != nil {
		return err
	}
	r.batch = r.name(read)
	rejects := map[string]int64{}
	for i := range r.decided.Rejects {
		rejects[r.decided.Rejects[i].Code.String()]++
	}
	f := &r.decided.Fates
	r.result = &Result{Rejected: f[rows.Rejected], Rejects: rejects, Counts: map[string]batch.Counts{jobs.CompaniesInput: {
		Read: r.read, Settled: f[rows.Settled], Superseded: f[rows.Superseded], AlreadySettled: f[rows.AlreadySettled], Repeated: f[rows.Repeated], Rejected: f[rows.Rejected]}}}
	return nil
}

// worthPublishing says whether there is something new: a settled row, or a reject that no published batch holds.
func (r *companiesRun) worthPublishing() (bool, error) {
	if r.decided.Totals.Regularisations > 0 || len(r.decided.Rejects) == 0 {
		return r.decided.Totals.Regularisations > 0, nil
	}
	held, err := ledger.HeldCompanyRejects(r.history)
	if err != nil {
		return false, err
	}
	rejects, err := intake.CompanyRejects(r.in, r.decided.Rejects)
	return slices.ContainsFunc(rejects, func(r tables.CompanyReject) bool { return !held[batch.RejectKeyOf(r.Code.String(), r.Content)] }), err
}

// Publish writes the batch, reads it back, and gives it its name.
func (r *companiesRun) publish(ctx context.Context) (err error) {
	if r.build, err = batch.Start(r.Out); err != nil {
		return err
	}
	published := false
	defer func() {
		if !published {
			err = errors.Join(err, r.build.Abandon())
		}
	}()
	if err := r.write(ctx); err != nil {
		return err
	}
	if err := r.check(); err != nil {
		return err
	}
	if err := r.in.Unchanged(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	m := r.manifest()
	if err := r.build.Publish(m, m.Folder()); err != nil {
		return err
	}
	published = true
	if err := r.Out.Sync("."); err != nil { // the batch is there all the same
		r.Log.Error("the output directory could not be synced: after a power failure now the batch may be gone", "error", err.Error())
	}
	r.result.Published, r.result.Batch, r.result.Folder, r.result.Manifest = true, m.Batch, m.Folder(), m
	return nil
}

// write writes the tables, the rejects and the notices.
func (r *companiesRun) write(ctx context.Context) error {
	if err := tables.WriteCompanies(r.build.Create, r.Outgoing.Chart, r.decided.Results, tables.Facts(r.batch, r.Law.Version())...); err != nil {
		return err
	}
	rejects, err := intake.CompanyRejects(r.in, r.decided.Rejects)
	if err != nil {
		return err
	}
	if err := intake.WriteCompanyRejects(r.build, r.in, rejects); err != nil {
		return err
	}
	return r.printNotices(ctx)
}
