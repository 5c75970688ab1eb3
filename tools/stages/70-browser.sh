#!/usr/bin/env bash
# The console in a real browser: the demo runs, two people decide by keyboard, every page is
# measured for access; then a bench works by scanner alone, with a network that fails. Pictures of
# every step are left in build/test/browser/.
# quick: no
# flag: browser
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

dir=tests/browser
need_packages browser
need_console
build_preset dev holdfast
need_node
npm_ci "$dir"
need_shopify
npm_ci tests/counterpart/shopify
output=$HOLDFAST_ROOT/build/test/browser.tap
status=0
HOLDFAST_PROGRAM=build/dev/holdfast timeout --kill-after=15 200 \
  node --test-reporter=tap "$dir/run.mjs" >"$output" || status=$?
grep -vE '^ *(ok|duration_ms|type|---|\.\.\.)' "$output" || true
passed=$(sed -n 's/^# pass //p' "$output")
failed=$(sed -n 's/^# fail //p' "$output")
bench=$HOLDFAST_ROOT/build/test/station.txt
HOLDFAST_PROGRAM=build/dev/holdfast timeout --kill-after=15 600 \
  node "$dir/station.mjs" >"$bench" || status=$?
grep -v '^ok ' "$bench" || true
# The last line: "station PASSED/PLANNED".
IFS=' /' read -r _ bench_passed bench_planned < <(tail -n 1 "$bench")
passed=$((${passed:-0} + ${bench_passed:-0}))
failed=$((${failed:-1} + ${bench_planned:-1} - ${bench_passed:-0}))
report_counts "$passed" "$failed"
report_note 'pictures in build/test/browser'
exit "$status"
