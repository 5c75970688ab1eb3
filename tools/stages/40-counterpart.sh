#!/usr/bin/env bash
# The counterpart of Shopify proves itself: its own tests, against Shopify's published schemas.
# quick: yes
# needs: tests/counterpart/shopify/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

dir=tests/counterpart/shopify
need_node
need_shopify
[[ -f $dir/package-lock.json ]] && npm_ci "$dir"
output=$HOLDFAST_ROOT/build/test/counterpart.tap
status=0
(cd "$dir" && node --test --test-reporter=tap >"$output") || status=$?
grep -E '^ *not ok|^#' "$output" || true
passed=$(sed -n 's/^# pass //p' "$output")
failed=$(sed -n 's/^# fail //p' "$output")
report_counts "${passed:-0}" "${failed:-1}"
exit "$status"
