#!/usr/bin/env bash
# Ten times SIGKILL while a world deals with the program, then everybody's books are compared.
# `./x kill` does it two hundred times.
# quick: no
# beside: yes
# flag: crash
# needs: src/apps/kill.cpp
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

kills=10
need_console
build_preset dev holdfast holdfast-kill
output=build/test/kill.txt
status=0
build/dev/holdfast-kill --program build/dev/holdfast --kills "$kills" >"$output" || status=$?
cat "$output"
if ((status == 0)); then report_counts "$kills" 0; else report_counts 0 1; fi
report_note "$(tail -n 1 "$output")"
exit "$status"
