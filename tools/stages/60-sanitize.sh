#!/usr/bin/env bash
# Every *_test.cpp again, under the address and undefined-behaviour sanitizers.
# quick: no
# default: no
# flag: sanitize
# needs: src/*/*_test.cpp
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

build_preset asan unit_tests
run_unit_tests asan
