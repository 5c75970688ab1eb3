#!/usr/bin/env bash
# The lints of tools/lint/: floors, headers, sizes, words.
# quick: yes
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

report_counts 0 0
run_lints
report_note "$(find tools/lint -name '[a-z]*.py' | wc -l) lints clean"
