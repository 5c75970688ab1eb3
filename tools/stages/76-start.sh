#!/usr/bin/env bash
# docs/start.md word by word: what it tells a newcomer to do is done, in a real browser.
# quick: no
# flag: browser
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

browser_script start dev 300
