# Layout and lints.

# One Python, Debian's: a version manager's shim would cost more than the lints do.
PYTHON=/usr/bin/python3

cpp_files() {
  project_files 'src/*.cpp' 'src/*.h' 'connectors/*.cpp' 'connectors/*.h' \
    'tests/*.cpp' 'tests/*.h' 'cmake/*.cpp' 'tools/*.cpp' 'tools/*.h'
}

x_fmt() {
  need_packages test
  cpp_files | xargs -r -n 40 -P "$(nproc)" clang-format-19 -i
}

# Exits with 1 when a file is not laid out as clang-format-19 would.
check_format() {
  cpp_files | xargs -r -n 40 -P "$(nproc)" clang-format-19 --dry-run --Werror
}

# Every lint in tools/lint/, each to its end, so that one run shows everything.
run_lints() {
  local lint status=0
  for lint in tools/lint/*.py; do
    [[ ${lint##*/} == _* ]] && continue
    "$PYTHON" -B "$lint" || status=1
  done
  return "$status"
}

# clang-tidy over the given files, with the compile commands of build/dev.
tidy_files() {
  build_preset dev pch || return 1
  "$PYTHON" -B tools/x.d/tidy.py "$(build_jobs)" "$@"
}

x_lint() {
  local status=0 sources
  need_packages test
  run_lints || status=1
  if check_format; then echo 'format: ok'; else
    echo 'format: ./x fmt puts these right'
    status=1
  fi
  case ${1:-} in
    '') ;;
    --all)
      mapfile -t sources < <(cpp_files | grep '\.cpp$' | grep -v '^cmake/')
      ((${#sources[@]} == 0)) || tidy_files "${sources[@]}" || status=1
      ((status == 0)) && echo 'tidy: ok'
      ;;
    *) die "lint: no flag $1; there is --all" ;;
  esac
  return "$status"
}
