#!/usr/bin/env bash
# People in a real browser: invited to one store, a second factor, a session ended, all on record.
# quick: no
# flag: browser
# default: no
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

need_node
need_shopify
npm_ci tests/counterpart/shopify
browser_script people dev 300
