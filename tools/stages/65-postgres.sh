#!/usr/bin/env bash
# The PostgreSQL store on a server of its own: the contract of all stores, every story, the same
# scenario on every store, how questions are answered, leases, and what happens when the server, a
# connection or a program goes at the worst moment.
# quick: no
# default: no
# flag: postgres
# needs: src/store/postgres/*_test.cpp
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

# Of the whole program; the store alone meets 200 ends of the server and 201 pauses in the tests.
program_kills=10 database_ends=10 pauses=10 long_lease=20

passed=0 failed=0 notes=''
# Counts a part that is one check: part NAME STATUS.
part() {
  if (($2 == 0)); then passed=$((passed + 1)); else failed=$((failed + 1)) notes+="$1 failed; "; fi
}
# hit NAME KILLS [holdfast-kill's options]: everybody's books agree in the end.
hit() {
  local name=$1 output=build/test/postgres-$1.txt url status=0
  url=$(make_database "$1")
  build/dev/holdfast-kill --program build/dev/holdfast --store "$url" --kills "$2" "${@:3}" \
    >"$output" || status=$?
  tail -n 1 "$output"
  part "$name" "$status"
}

need_node
need_console
build_preset dev unit_tests holdfast holdfast-kill holdfast-stories
trap stop_postgres EXIT
start_postgres


build/dev/holdfast-stories --store "$(make_database stories)" tests/stories \
  >build/test/postgres-stories.txt || true
tail -n 1 build/test/postgres-stories.txt
[[ $(tail -n 1 build/test/postgres-stories.txt) =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]] ||
  die 'the stories did not end with their counts'
passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))

output=$HOLDFAST_ROOT/build/test/processes.tap
HOLDFAST_PROGRAM=$HOLDFAST_ROOT/build/dev/holdfast \
  node --test --test-reporter=tap tests/postgres/processes.test.mjs >"$output" || true
grep -E '^ *not ok|^# processes' "$output" || true
passed=$((passed + $(sed -n 's/^# pass //p' "$output")))
failed=$((failed + $(sed -n 's/^# fail //p' "$output")))

hit program "$program_kills"
hit database "$database_ends" --hit database --orders 3
hit pause "$pauses" --hit pause --orders 3
hit long_pause 1 --hit pause --orders 3 --lease "$long_lease"

run_unit_tests dev --gtest_filter='*/postgres:*Postgres*:StoresAgree*:ConfigTest.AStore*' || true
read -r ok bad <"$STAGE_COUNTS"
passed=$((passed + ok)) failed=$((failed + bad))
report_counts "$passed" "$failed"
report_note "$notes$(tail -n 1 build/test/postgres-database.txt)"
((failed == 0))
