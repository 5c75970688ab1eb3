#!/usr/bin/env bash
# Under the address, leak and undefined-behaviour sanitizers: every *_test.cpp, every story, and six
# seeds of the simulator. Under the thread sanitizer: the tests of the rooms with threads (net,
# engine, store), and a server that gets mutated deliveries.
# quick: no
# default: no
# flag: sanitize
# needs: src/*/*_test.cpp
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

passed=0 failed=0
# Adds what the last run counted.
add_counts() {
  local counts
  read -r -a counts <"$STAGE_COUNTS"
  passed=$((passed + counts[0])) failed=$((failed + counts[1]))
}

build_preset asan unit_tests holdfast-stories holdfast-sim
run_unit_tests asan || true
add_counts
output=build/test/stories-asan.txt
status=0
build/asan/holdfast-stories tests/stories >"$output" 2>&1 || status=$?
if [[ $status == 0 && $(tail -n 1 "$output") =~ ^([0-9]+)\ passed,\ 0\ failed$ ]]; then
  passed=$((passed + BASH_REMATCH[1]))
else
  failed=$((failed + 1))
  tail -n 30 "$output"
fi
output=build/test/sim-asan.txt
if build/asan/holdfast-sim --seeds 6 --orders-by bytes --store memory >"$output" 2>&1; then
  passed=$((passed + 6))
else
  failed=$((failed + 1))
  tail -n 30 "$output"
fi

build_preset tsan unit_tests
# Suites are found in the files, so that a new one is not forgotten.
suites=$(grep -rhoE '^TEST(_[FP])?\([A-Za-z0-9_]+' --include='*_test.cpp' \
  src/net src/engine src/store tests/whole tests/api | sed 's/.*(//' | sort -u |
  sed 's/.*/&.*:*\/&.*/' | paste -sd:)
run_unit_tests tsan --gtest_filter="$suites" || true
add_counts
report_counts "$passed" "$failed"
((failed == 0))
