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

# Rounds with the whole program; the store alone meets 200 ends of the server, 201 pauses and 1,000
# cut commits besides, in the unit tests.
program_kills=10 database_ends=200 pauses=200 long_lease=20
simulated_orders=20

passed=0 failed=0 notes=''
# hit NAME KILLS [holdfast-kill's options]: everybody's books agree in the end. The shell waits for
# it in a way that can be interrupted.
hit() {
  local output=build/test/postgres-$1.txt url
  url=$(make_database "$1")
  build/dev/holdfast-kill --program build/dev/holdfast --store "$url" --kills "$2" "${@:3}" \
    >"$output" &
  wait $! || true
  tail -n 1 "$output"
}
# Pauses past the lease, on a server of their own and beside the rest: most of the time they wait.
stand_still() {
  trap 'kill $(jobs -p) 2>/dev/null || true; stop_postgres' EXIT
  trap 'exit 1' TERM
  start_postgres
  hit pause "$pauses" --hit pause --orders 1
  hit long_pause 1 --hit pause --orders 3 --lease "$long_lease"
}

need_node
need_console
need_packages postgres
build_preset dev unit_tests holdfast holdfast-kill holdfast-sim holdfast-stories
rm -f build/test/postgres-*.txt
stand_still &
beside=$!
trap 'kill "$beside" 2>/dev/null || true; wait "$beside" || true; stop_postgres' EXIT
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

run_unit_tests dev --gtest_filter='*/postgres:*Postgres*:StoresAgree*:ConfigTest.AStore*' || true
read -r ok bad <"$STAGE_COUNTS"
passed=$((passed + ok)) failed=$((failed + bad))

# The first seed of every hundred runs twice and must end the same.
output=build/test/postgres-sim.txt
if build/dev/holdfast-sim --seed 1 --scenario storm --orders "$simulated_orders" \
  --store "$(make_database sim)" >"$output" 2>/dev/null; then
  passed=$((passed + 1))
else
  failed=$((failed + 1)) notes+='simulator failed; '
  grep -v '^[ {}]' "$output" || true
fi

hit program "$program_kills"
hit database "$database_ends" --hit database --orders 1
wait "$beside" || true
for name in program database pause long_pause; do
  told=$(tail -n 1 "build/test/postgres-$name.txt" 2>&1 || true)
  if [[ $told =~ ^kill:.*untouched$ ]]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1)) notes+="$name failed; "
  fi
  notes+="$(cut -d, -f1-3 <<<"${told#kill: }"); "
done

report_counts "$passed" "$failed"
report_note "${notes%; }"
((failed == 0))
