#!/usr/bin/env bash
# A month of the demo's world with planted faults: all books agree, every pack verifies.
# quick: no
# beside: yes
# needs: tests/whole/rehearsal.test.mjs
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

need_node
need_shopify
need_console
npm_ci tests/counterpart/shopify
build_preset release holdfast
output=$HOLDFAST_ROOT/build/test/rehearsal.tap
status=0
HOLDFAST_PROGRAM=$HOLDFAST_ROOT/build/release/holdfast \
  node --test --test-reporter=tap tests/whole/rehearsal.test.mjs >"$output" || status=$?
grep -E '^ *not ok|^#' "$output" || true
passed=$(sed -n 's/^# pass //p' "$output")
failed=$(sed -n 's/^# fail //p' "$output")
report_note "$(sed -n 's/^# whole: //p' "$output")"
report_counts "${passed:-0}" "${failed:-1}"
exit "$status"
