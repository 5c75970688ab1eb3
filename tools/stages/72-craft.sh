#!/usr/bin/env bash
# Every page of the console in a real browser, in themes, languages and widths, with its states, and
# everything by keyboard (--full: the whole product of them). Pictures of what failed are left in
# build/test/craft/.
# quick: no
# flag: browser
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

limit=900 flags=()
[[ -n ${HOLDFAST_TEST_FULL:-} ]] && limit=1800 flags=(--full)
browser_script craft dev "$limit" "${flags[@]}"
