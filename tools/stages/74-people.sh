#!/usr/bin/env bash
# People in a real browser: invited to one store, a second factor, a session ended, all on record.
# quick: no
# flag: browser
# default: no
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

dir=tests/browser
need_browser_tests
need_shopify
npm_ci tests/counterpart/shopify
output=$HOLDFAST_ROOT/build/test/people.txt
status=0
HOLDFAST_PROGRAM=build/dev/holdfast timeout --kill-after=15 300 \
  node "$dir/people.mjs" >"$output" || status=$?
grep -v '^ok ' "$output" || true
report_ratio people "$output"
exit "$status"
