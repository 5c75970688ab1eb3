#!/usr/bin/env bash
# Ten thousand mutated webhook deliveries over loopback, between valid ones.
# quick: no
# needs: tests/whole/deliveries_test.cpp
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

status=0
note=$(x_deliveries | tail -n 30) || status=$?
echo "$note"
report_note "$(tail -n 1 <<<"$note")"
report_counts "$((status == 0))" "$((status != 0))"
exit "$status"
