#!/usr/bin/env bash
# The real program on a small disk of its own that fills up and is emptied: fifty times
# with --crash, ten times otherwise.
# quick: no
# flag: crash
# needs: tests/whole/disk_full.test.mjs
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

need_node
need_console
build_preset dev holdfast
output=$HOLDFAST_ROOT/build/test/disk.tap
disk=$(mktemp -d)
trap 'rmdir "$disk"' EXIT
status=0 cycles=10
if [[ ${HOLDFAST_TEST_FLAGS:-} == *crash* ]]; then cycles=50; fi
# The disk exists in this mount namespace only, and goes with it.
unshare --mount --propagation private sh -c 'mount -t tmpfs -o size=40m tmpfs "$0" && exec "$@"' \
  "$disk" env HOLDFAST_DISK="$disk" HOLDFAST_DISK_CYCLES="$cycles" \
  HOLDFAST_PROGRAM="$HOLDFAST_ROOT/build/dev/holdfast" \
  node --test --test-reporter=tap tests/whole/disk_full.test.mjs >"$output" || status=$?
grep -E '^ *not ok|^#' "$output" || true
passed=$(sed -n 's/^# pass //p' "$output")
failed=$(sed -n 's/^# fail //p' "$output")
report_note "$(sed -n 's/^# disk: //p' "$output")"
report_counts "${passed:-0}" "${failed:-1}"
exit "$status"
