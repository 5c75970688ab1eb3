# Configure and compile.

PRESETS='release dev asan tsan fuzz'

# Two gigabytes for each compiler at work, so that a small machine does not start to swap.
build_jobs() {
  local cores memory_kb
  cores=$(nproc)
  memory_kb=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)
  local by_memory=$((memory_kb / 2000000))
  ((by_memory < 1)) && by_memory=1
  echo "${HOLDFAST_JOBS:-$((cores < by_memory ? cores : by_memory))}"
}

# build_preset PRESET [TARGET…]: installs what is missing, configures once, compiles.
build_preset() {
  local preset=$1
  shift
  [[ " $PRESETS " == *" $preset "* ]] || die "no preset '$preset'; there are: $PRESETS"
  need_packages build test
  need_sqlite
  # Only the shipped program carries the console; unit tests, stories and the simulator do without.
  [[ $preset == release && $* != holdfast-sim ]] && need_console
  if [[ ! -f build/$preset/build.ninja ]]; then
    say "configuring build/$preset"
    run_logged "build/log/configure-$preset.log" "configuring $preset" \
      cmake --preset "$preset" || return 1
  fi
  local targets=()
  (($# > 0)) && targets=(--target "$@")
  # Two stages may want the same folder at the same time.
  NINJA_STATUS='[%f/%t %es] ' flock "build/$preset/.lock" \
    cmake --build "build/$preset" --parallel "$(build_jobs)" "${targets[@]}"
}

# True when the preset's configuration knows the target, that is, when its sources exist.
has_target() {
  cmake --build "build/$1" --target help | grep -q "^$2: "
}

x_build() {
  local preset=${1:-release}
  (($# > 0)) && shift
  build_preset "$preset" "$@"
}

x_run() {
  [[ -f src/apps/holdfast.cpp ]] || die 'src/apps/holdfast.cpp is not there: nothing to run'
  build_preset release holdfast >&2 || exit 1
  exec build/release/holdfast demo "$@"
}

x_sim() {
  build_preset release holdfast-sim >&2 || exit 1
  exec build/release/holdfast-sim "$@"
}

# kill [--kills N] [--seed N] [--orders N-A-KILL] [--keep FOLDER]
#      [--store URL [--hit program|database|pause] [--lease SECONDS]]
x_kill() {
  build_preset release holdfast holdfast-kill >&2 || exit 1
  exec build/release/holdfast-kill --program build/release/holdfast "$@"
}

# bench [options]: the real program under load, one JSON line per measure; ./x bench --help tells
# the options, docs/performance.md what is measured.
x_bench() {
  build_preset release holdfast holdfast-bench >&2 || exit 1
  # Parts that need no server run without one.
  case " $* " in
    *' --help '* | *' --names '*) exec build/release/holdfast-bench "$@" ;;
    *' --part '*postgres*) ;;
    *' --part '*) exec build/release/holdfast-bench "$@" ;;
  esac
  trap stop_postgres EXIT
  start_postgres >&2
  build/release/holdfast-bench "$@"
}
