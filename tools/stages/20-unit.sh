#!/usr/bin/env bash
# Every *_test.cpp, in one program; before it, that the contract's copy is the contract's.
# quick: yes
# needs: src/*/*_test.cpp
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

need_node
npm_ci console
node tools/contract/openapi-json.mjs --check
build_preset dev unit_tests
run_unit_tests dev
