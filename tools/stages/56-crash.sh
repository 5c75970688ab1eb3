#!/usr/bin/env bash
# The machine ends after operations on its files, in three modes and with five seeds each: every
# single operation with --crash, each 400th otherwise. What is left is opened, compared and lived
# on with. Then stores copied under load are lost and restored: fifty with --crash, two otherwise.
# quick: no
# flag: crash
# needs: tests/crash/main.cpp
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

every=400 backups=2 preset=dev
if [[ ${HOLDFAST_TEST_FLAGS:-} == *crash* ]]; then every=1 backups=50 preset=release; fi
build_preset "$preset" holdfast-crash
output=build/test/crash.txt
status=0
"build/$preset/holdfast-crash" --backups "$backups" >"$output" || status=$?
"build/$preset/holdfast-crash" --every "$every" >>"$output" || status=$?
cat "$output"
last=$(tail -n 1 "$output")
points=$(sed -n 's/^crash points \([0-9]*\),.*/\1/p' <<<"$last")
if ((status == 0)); then report_counts "${points:-0}" 0; else report_counts 0 1; fi
report_note "$last"
report_closing "$last"
exit "$status"
