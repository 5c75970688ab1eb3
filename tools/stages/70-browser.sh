#!/usr/bin/env bash
# The console in a real browser: the demo runs, two people decide by keyboard, every page is
# measured for access. Pictures of every step are left in build/test/browser/.
# quick: no
# flag: browser
# default: no
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

dir=tests/browser
need_browser_tests
output=$HOLDFAST_ROOT/build/test/browser.tap
status=0
HOLDFAST_PROGRAM=build/dev/holdfast timeout --kill-after=15 200 \
  node --test-reporter=tap "$dir/run.mjs" >"$output" || status=$?
grep -vE '^ *(ok|duration_ms|type|---|\.\.\.)' "$output" || true
passed=$(sed -n 's/^# pass //p' "$output")
failed=$(sed -n 's/^# fail //p' "$output")
report_counts "${passed:-0}" "${failed:-1}"
report_note 'pictures in build/test/browser'
exit "$status"
