#!/usr/bin/env bash
# Every C++ file is laid out as clang-format-19 lays it out.
# quick: yes
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

report_counts 0 0
check_format
report_note "$(cpp_files | wc -l) files clean"
