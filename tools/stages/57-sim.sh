#!/usr/bin/env bash
# Twenty seeds of a world that goes wrong, four that read orders as records, and those that once
# failed; every promise is held against everybody's own books. `./x sim --help` tells the long runs.
# quick: no
# needs: src/apps/sim.cpp
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

build_preset release holdfast-sim
output=build/test/sim.txt
status=0
: >"$output.new"
for run in '--seeds 20 --orders-by bytes --store memory' \
  '--seeds 4 --orders-by model' --regressions; do
  # shellcheck disable=SC2086
  build/release/holdfast-sim $run >>"$output.new" 2>/dev/null || status=$?
done
mv "$output.new" "$output"
grep -v '^[ {}]' "$output" || true
seeds=$(awk '/^  "seeds":/ {sum += $2} END {print sum + 0}' "$output")
orders=$(awk '/^  "orders":/ {sum += $2} END {print sum + 0}' "$output")
broken=$(awk '/^  "violations":/ {sum += $2} END {print sum + 0}' "$output")
((status != 0 && broken == 0)) && broken=1
report_counts "$seeds" "$broken"
report_note "$orders orders, $broken broken promises"
exit "$status"
