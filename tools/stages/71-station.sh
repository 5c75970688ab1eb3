#!/usr/bin/env bash
# The station in a real browser: a bench works by scanner alone, and with a network that fails.
# quick: no
# beside: yes
# flag: browser
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

dir=tests/browser
need_browser_tests
need_shopify
npm_ci tests/counterpart/shopify
output=$HOLDFAST_ROOT/build/test/station.txt
status=0
HOLDFAST_PROGRAM=build/dev/holdfast timeout --kill-after=15 600 \
  node "$dir/station.mjs" >"$output" || status=$?
grep -v '^ok ' "$output" || true
report_ratio station "$output"
exit "$status"
