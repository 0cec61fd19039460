#!/usr/bin/env bash
# Runs before Kubernetes stops an executor (spark.kubernetes.decommission.script): tells it to take no more tasks, to finish
# those that it has and to hand on its shuffle files, and waits for its end. The pod's grace period is the limit.
set -euo pipefail

process=$(cat "${TMPDIR:-/tmp}/earlybird-executor.pid")
echo "decom: the executor, process $process, is to finish its tasks." >&2
kill -s PWR "$process"
while kill -0 "$process" 2>/dev/null; do sleep 1; done
