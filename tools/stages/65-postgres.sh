#!/usr/bin/env bash
# The PostgreSQL store on a server of its own: the contract of all stores, the same scenario on
# every store, leases, and what happens when the server or a connection goes at the worst moment.
# quick: no
# default: no
# flag: postgres
# needs: src/store/postgres/*_test.cpp
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

need_console
build_preset dev unit_tests holdfast holdfast-kill
trap stop_postgres EXIT
start_postgres
# The whole program, killed ten times while a world deals with it; then everybody's books agree.
url=${HOLDFAST_TEST_POSTGRES/DATABASE/postgres}
build/dev/holdfast-kill --program build/dev/holdfast --kills 10 --store "$url" \
  >build/test/postgres-kill.txt || { tail -n 5 build/test/postgres-kill.txt; exit 1; }
report_note "$(tail -n 1 build/test/postgres-kill.txt)"
run_unit_tests dev --gtest_filter='*/postgres:*Postgres*:StoresAgree*:ConfigTest.AStore*'
