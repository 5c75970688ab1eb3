# Fuzzers: libFuzzer over every reader of outside bytes, under the address and undefined-behaviour
# sanitizers. What is saved in tests/fuzz/corpus is replayed by the unit tests.

FUZZER=build/fuzz/holdfast-fuzz

# One target for so many seconds; prints a line for people and leaves two numbers in build/fuzz.
fuzz_one() {
  local seconds=$1 name=$2 log=build/log/fuzz-$2.log status=0 inputs coverage
  "$FUZZER" --lay-out "$name" "build/fuzz/grown/$name" || return 1
  "$FUZZER" "$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 \
    -print_final_stats=1 -artifact_prefix="build/fuzz/found/$name-" "build/fuzz/grown/$name" \
    >"$log" 2>&1 || status=$?
  inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)
  coverage=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
  echo "${inputs:-0} $((status != 0))" >"build/fuzz/counts/$name"
  if ((status == 0)); then
    printf 'ok   %-16s %10s inputs, %s edges reached\n' "$name" "${inputs:-0}" "${coverage:-0}"
  else
    printf 'FAIL %-16s %s; the input lies in build/fuzz/found, the report in %s\n' "$name" \
      "$(grep -m 1 -E 'Broken|what\(\)|ERROR: |runtime error' "$log" | cut -c 1-160)" "$log"
  fi
}

# The smallest set of short inputs that reaches what all inputs grown so far reach.
save_corpus() {
  local name=$1 small=build/fuzz/small/$1
  rm -rf "$small" && mkdir -p "$small"
  "$FUZZER" "$name" -merge=1 -max_len=2048 -timeout=10 "$small" "build/fuzz/grown/$name" \
    >"build/log/fuzz-save-$name.log" 2>&1 || return 1
  "$FUZZER" --save "$name" "$small"
}

# fuzz [--seconds N] [--save] [TARGET…]: 60 seconds each unless told, as many at once as cores.
x_fuzz() {
  local seconds=60 save=false targets=() name
  while (($# > 0)); do
    case $1 in
      --seconds)
        seconds=${2:?"--seconds takes a number"}
        shift
        ;;
      --save) save=true ;;
      -*) die "fuzz: no option $1; there are: --seconds N, --save, and targets' names" ;;
      *) targets+=("$1") ;;
    esac
    shift
  done
  build_preset fuzz holdfast-fuzz >&2 || exit 1
  ((${#targets[@]} > 0)) || mapfile -t targets < <("$FUZZER" --list | awk '{print $1}')
  rm -rf build/fuzz/counts
  mkdir -p build/fuzz/grown build/fuzz/found build/fuzz/counts build/log
  say "${#targets[@]} targets, $seconds s each"
  export FUZZER HOLDFAST_ROOT
  export -f fuzz_one
  printf '%s\n' "${targets[@]}" |
    xargs -n 1 -P "$(nproc)" bash -c 'fuzz_one "$0" "$1"' "$seconds" || true
  if $save; then
    for name in "${targets[@]}"; do
      save_corpus "$name" || die "fuzz: $name was not saved, see build/log/fuzz-save-$name.log"
    done
  fi
  cat build/fuzz/counts/* | awk -v wanted="${#targets[@]}" '
    {inputs += $1; found += $2}
    END {
      printf "fuzz: %d targets, %d inputs, %d found\n", NR, inputs, found
      exit NR != wanted || found > 0
    }'
}
