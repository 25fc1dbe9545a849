// Package task is a night cut into tasks that meet only in storage, so that a cluster's own scheduler can run them: plan, scatter, settle,
// print, publish. It owns the objects between them. Each is versioned, appears whole, and follows from the plan and the inputs alone: a
// task may run twice, at once or again, or be killed anywhere; one whose objects are there has nothing to do. What no task has done,
// publish does. The batch has the bytes of a run's. It is no engine: who starts which task, where, and when again, is not its business.
package task
