#!/usr/bin/env bash
# The queue in a real browser, measured: fifty exceptions in a row without the mouse, and a queue of
# 100,000 rows. Its table is the stage's output.
# quick: no
# alone: yes
# flag: browser
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

dir=tests/browser
need_browser_tests
# Times are those of the program as it is released.
build_preset release holdfast
output=$HOLDFAST_ROOT/build/test/fifty.tap
status=0
HOLDFAST_PROGRAM=build/release/holdfast timeout --kill-after=15 600 \
  node --test-reporter=tap "$dir/fifty.mjs" >"$output" || status=$?
grep -vE '^ *(ok|duration_ms|type|---|\.\.\.)' "$output" || true
passed=$(sed -n 's/^# pass //p' "$output")
failed=$(sed -n 's/^# fail //p' "$output")
report_counts "${passed:-0}" "${failed:-1}"
exit "$status"
