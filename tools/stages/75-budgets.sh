#!/usr/bin/env bash
# The console's budgets by the browser's own measures: weight, largest paint, answers to keys,
# frames of a queue of 100,000 cases. The table is left in build/test/budgets.md.
# quick: no
# alone: yes
# flag: browser
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

# Times are those of the program as it is released.
status=0
browser_script budgets release 900 || status=$?
report_note 'table in build/test/budgets.md'
exit "$status"
