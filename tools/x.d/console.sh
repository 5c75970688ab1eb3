# The console: built once into console/dist, which the program then carries inside.

# Builds console/dist again when a source, the contract or the lock file is newer than it. Stages
# that run beside each other wait for one another here.
need_console() {
  [[ -f console/package.json ]] || return 0
  local lock
  mkdir -p build
  exec {lock}>build/console.lock
  flock "$lock"
  build_console_when_old || return
  exec {lock}>&-
}

build_console_when_old() {
  local stamp=console/dist/.built
  if [[ -f $stamp ]] && [[ -z $(find console/src console/dev console/index.html \
    console/vite.config.ts console/package-lock.json contract/openapi.yaml \
    -newer "$stamp" -print -quit 2>/dev/null) ]]; then
    return 0
  fi
  need_node
  npm_ci console
  say 'building the console'
  npm_logged 'console build' --prefix console run build || die 'the console did not build'
  : >"$stamp"
}

# What tests of the console in a browser need: the browser, the program, the scripts' packages.
need_browser_tests() {
  need_packages browser
  need_console
  build_preset dev holdfast
  need_node
  npm_ci tests/browser
}

# For stages: plays tests/browser/$1.mjs against the program of the preset $2, for $3 seconds at
# most, with the options that follow, and reports its last line "$1 GOOD/ALL". What it says is the
# stage's output, without the lines of what held.
browser_script() {
  local name=$1 preset=$2 limit=$3 output=$HOLDFAST_ROOT/build/test/$1.txt status=0
  shift 3
  need_browser_tests
  [[ $preset == dev ]] || build_preset "$preset" holdfast
  HOLDFAST_PROGRAM=build/$preset/holdfast timeout --kill-after=15 "$limit" \
    node "tests/browser/$name.mjs" "$@" >"$output" || status=$?
  grep -v '^ok ' "$output" || true
  report_ratio "$name" "$output"
  return "$status"
}

# For stages: the same for a file of Node's own test runner.
browser_tests() {
  local name=$1 preset=$2 limit=$3 output=$HOLDFAST_ROOT/build/test/$1.tap status=0 passed failed
  need_browser_tests
  [[ $preset == dev ]] || build_preset "$preset" holdfast
  HOLDFAST_PROGRAM=build/$preset/holdfast timeout --kill-after=15 "$limit" \
    node --test-reporter=tap "tests/browser/$name.mjs" >"$output" || status=$?
  grep -vE '^ *(ok|duration_ms|type|---|\.\.\.)' "$output" || true
  passed=$(sed -n 's/^# pass //p' "$output")
  failed=$(sed -n 's/^# fail //p' "$output")
  report_counts "${passed:-0}" "${failed:-1}"
  return "$status"
}
