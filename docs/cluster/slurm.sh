#!/bin/sh
# A night of regul on Slurm: an array job for each step, which begins once the one before has ended well. A task whose node is lost is
# queued again (--requeue): what is there is not done again.
#
#   CONFIG=/fund/regul.yaml AS_OF=2026-06-30 OUT=/fund/batches sh slurm.sh [more flags of regul task plan]
#
# OUT and the inputs must lie on a file system that all nodes see, with flock over all of them. plan and publish run on this machine or a node.
set -eu
: "${CONFIG:?}" "${AS_OF:?}" "${OUT:?}"
SCATTER=${SCATTER:-4} SETTLE=${SETTLE:-8} PRINT=${PRINT:-4}

regul task plan --config "$CONFIG" --as-of "$AS_OF" --out "$OUT" "$@"

# step NAME TASKS AFTER: submits an array job and tells its number
step() {
	sbatch --parsable --requeue --job-name "regul-$1" --array "0-$(($2 - 1))" --cpus-per-task 2 --mem 2G ${3:+--dependency "afterok:$3"} \
		--wrap "regul task $1 \$SLURM_ARRAY_TASK_ID/$2 --out '$OUT' --workers 2 --memory 1GiB"
}
scatter=$(step scatter "$SCATTER" "")
settle=$(step settle "$SETTLE" "$scatter")
print=$(step print "$PRINT" "$settle")

# Status 3 is a batch that was published, with rejects: for Slurm, too, that is well.
sbatch --requeue --job-name regul-publish --dependency "afterok:$print" --cpus-per-task 2 --mem 2G \
	--wrap "regul task publish --out '$OUT'; s=\$?; test \$s -eq 3 && exit 0; exit \$s"
