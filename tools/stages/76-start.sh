#!/usr/bin/env bash
# docs/start.md word by word: what it tells a newcomer to do is done, in a real browser.
# quick: no
# flag: browser
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

dir=tests/browser
need_browser_tests
output=$HOLDFAST_ROOT/build/test/start.txt
status=0
HOLDFAST_PROGRAM=build/dev/holdfast timeout --kill-after=15 300 \
  node "$dir/start.mjs" >"$output" || status=$?
cat "$output"
report_ratio start "$output"
exit "$status"
