#!/usr/bin/env bash
# Every *_test.cpp, in one program.
# quick: yes
# needs: src/*/*_test.cpp
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

build_preset dev unit_tests
run_unit_tests dev
