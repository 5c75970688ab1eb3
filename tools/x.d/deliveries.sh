# Mutated webhook deliveries, sent as bytes between valid ones.

# deliveries [--count N] [--seed N] [--preset dev|asan|tsan]
x_deliveries() {
  local count=10000 seed=1 preset=dev
  while (($# > 0)); do
    case $1 in
      --count) count=${2:?"--count takes a number"} ;;
      --seed) seed=${2:?"--seed takes a number"} ;;
      --preset) preset=${2:?"--preset takes a name"} ;;
      *) die "deliveries: no option $1; there are: --count --seed --preset" ;;
    esac
    shift 2
  done
  build_preset "$preset" unit_tests >&2 || return 1
  HOLDFAST_DELIVERIES_COUNT=$count HOLDFAST_DELIVERIES_SEED=$seed \
    run_deliveries "build/$preset/unit_tests"
}

# The program's own log goes to a file; what is said of the mutations is printed, its count last.
run_deliveries() {
  local program=$1 log=build/log/deliveries.log status=0
  mkdir -p build/log
  "$program" --gtest_filter='Deliveries.*' --gtest_brief=1 >"$log" 2>&1 || status=$?
  grep -v -e '^20[0-9-]*T' -e '^deliveries: ' -e '^\[' -e '^Running' -e '^Note:' -e '^$' \
    "$log" || true
  grep '^deliveries: ' "$log" || { tail -5 "$log"; return 1; }
  return "$status"
}
