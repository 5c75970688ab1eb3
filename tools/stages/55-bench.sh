#!/usr/bin/env bash
# The benchmark's own check: every line is printed and every answer is right, on a small store. What
# it measures is not judged: a machine that runs tests is no place for it. The parts that need
# PostgreSQL are left to ./x bench, which starts a server.
# quick: no
# needs: tests/bench/main.cpp
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

need_node
need_console
build_preset dev holdfast holdfast-bench
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
output=build/test/bench.jsonl
status=0
: >"$output"
for part in routing idle engine http webhooks lifecycles pages; do
  build/dev/holdfast-bench --quick --orders 500 --part "$part" --folder "$folder" >>"$output" ||
    status=$?
done
missing=0 found=0
for name in route_decisions_s idle_mb lifecycle_engine_sqlite_s log_bytes_per_lifecycle \
  lifecycle_http_sqlite_s cpu_ms_per_lifecycle accept_webhooks_s queue_page_ms_p99 \
  search_page_ms_p99 webhook_acceptance_p50 webhook_acceptance_p99 orders_taken_in \
  lifecycles_in_memory lifecycles_on_sqlite store_fill start_ready_s orders_first_page_p99 \
  orders_deep_page_p99 orders_filtered_page_p99 order_page_p99 queue_page_p99 queue_counts_p99 \
  search_store_number_p99 search_purchase_order_p99 search_tracking_number_p99 search_sku_p99 \
  search_buyer_p99 search_email_p99 search_number_prefix_p99 search_broad_prefix_p99 \
  search_two_common_words_p99 search_no_hit_p99; do
  if grep -q "^{\"name\":\"$name\",\"value\":[0-9]" "$output"; then
    found=$((found + 1))
  else
    echo "no line for $name"
    missing=$((missing + 1))
  fi
done
((status != 0 && missing == 0)) && missing=1
report_counts "$found" "$missing"
((missing == 0))
