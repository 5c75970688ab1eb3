#!/usr/bin/env bash
# The console in a real browser: the demo runs, two people decide by keyboard, every page is
# measured for access; then a bench works by scanner alone, with a network that fails; then every
# page in themes, languages and widths, its states, and everything by keyboard (--full: the whole
# product of them). Pictures are left in build/test/browser/ and, of what failed, in
# build/test/craft/.
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

craft_limit=900 craft_flags=()
[[ -n ${HOLDFAST_TEST_FULL:-} ]] && craft_limit=1800 craft_flags=(--full)
crafted=$HOLDFAST_ROOT/build/test/craft.txt
HOLDFAST_PROGRAM=build/dev/holdfast timeout --kill-after=15 "$craft_limit" \
  node "$dir/craft.mjs" "${craft_flags[@]}" >"$crafted" || status=$?
cat "$crafted"
counted=$(sed -nE 's|^craft ([0-9]+)/([0-9]+)$|\1 \2|p' "$crafted" | tail -1)
read -r good all <<<"${counted:-0 1}"
report_counts "$((passed + good))" "$((failed + all - good))"
report_note 'pictures in build/test/browser'
exit "$status"
