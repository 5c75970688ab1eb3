#!/usr/bin/env bash
# The whole program over sockets: its demo, real webhooks, a forged one, a clean stop.
# quick: no
# needs: src/apps/holdfast.cpp
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

need_node
need_console
build_preset dev holdfast
output=$HOLDFAST_ROOT/build/test/program.tap
status=0
HOLDFAST_PROGRAM=$HOLDFAST_ROOT/build/dev/holdfast \
  node --test --test-reporter=tap tests/whole/program.test.mjs tests/whole/tenants.test.mjs \
  tests/whole/connections.test.mjs tests/whole/policy.test.mjs \
  >"$output" || status=$?
grep -E '^ *not ok|^#' "$output" || true
passed=$(sed -n 's/^# pass //p' "$output")
failed=$(sed -n 's/^# fail //p' "$output")
report_counts "${passed:-0}" "${failed:-1}"
exit "$status"
