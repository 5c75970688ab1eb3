#!/usr/bin/env bash
# The station in a real browser: a bench works by scanner alone, and with a network that fails.
# quick: no
# flag: browser
# default: no
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
output=$HOLDFAST_ROOT/build/test/station.txt
status=0
HOLDFAST_PROGRAM=build/dev/holdfast timeout --kill-after=15 600 \
  node "$dir/station.mjs" >"$output" || status=$?
grep -v '^ok ' "$output" || true
counted=$(sed -nE 's|^station ([0-9]+)/([0-9]+)$|\1 \2|p' "$output" | tail -1)
read -r good all <<<"${counted:-0 1}"
report_counts "$good" "$((all - good))"
exit "$status"
