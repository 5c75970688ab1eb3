#!/usr/bin/env bash
# The console's own tests: types against the contract, unit tests, the contract's examples.
# quick: no
# needs: console/package.json
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

need_node
npm_ci console
cd console
npm run --silent lint
output=$HOLDFAST_ROOT/build/test/console.json
status=0
npx vitest run --reporter=json --outputFile="$output" || status=$?
passed=$(node -p "JSON.parse(require('fs').readFileSync('$output')).numPassedTests")
failed=$(node -p "JSON.parse(require('fs').readFileSync('$output')).numFailedTests")
report_counts "$passed" "$failed"
exit "$status"
