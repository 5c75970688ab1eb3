#!/usr/bin/env bash
# The console in a real browser: the demo runs, two people decide by keyboard, every page is
# measured for access. Pictures of every step are left in build/test/browser/.
# quick: no
# flag: browser
# default: no
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

status=0
browser_tests run dev 200 || status=$?
report_note 'pictures in build/test/browser'
exit "$status"
