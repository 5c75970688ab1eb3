#!/usr/bin/env bash
# The queue in a real browser, measured: fifty exceptions in a row without the mouse, and a queue of
# 100,000 rows. Its table is the stage's output.
# quick: no
# alone: yes
# flag: browser
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

# Times are those of the program as it is released.
browser_tests fifty release 600
