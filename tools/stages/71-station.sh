#!/usr/bin/env bash
# The station in a real browser: a bench works by scanner alone, and with a network that fails.
# quick: no
# beside: yes
# flag: browser
# needs: tests/browser/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

need_node
need_shopify
npm_ci tests/counterpart/shopify
browser_script station dev 600
