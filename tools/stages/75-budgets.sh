#!/usr/bin/env bash
# The console's budgets by the browser's own measures: weight, largest paint, answers to keys,
# frames of a queue of 100,000 cases. The table is left in build/test/budgets.md.
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
output=$HOLDFAST_ROOT/build/test/budgets.txt
status=0
HOLDFAST_PROGRAM=build/release/holdfast timeout --kill-after=15 900 \
  node "$dir/budgets.mjs" >"$output" || status=$?
cat "$output"
report_ratio budgets "$output"
report_note 'table in build/test/budgets.md'
exit "$status"
