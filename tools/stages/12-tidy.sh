#!/usr/bin/env bash
# clang-tidy on the sources that changed: those not committed yet, else those of the branch, else
# the last commit's. At most six, since one takes up to half a minute; ./x lint --all takes the
# whole tree. quick: no
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

in_git() { git -c safe.directory='*' "$@"; }

changed_sources() {
  local since
  if ! in_git rev-parse --quiet --verify HEAD >/dev/null; then
    project_files 'src/*.cpp' 'connectors/*.cpp'
    return
  fi
  {
    in_git diff --name-only HEAD
    in_git ls-files --others --exclude-standard
  } | grep -E '^(src|connectors|tests)/.*\.cpp$' && return
  since=$(in_git merge-base HEAD origin/main 2>/dev/null || true)
  if [[ -z $since || $since == "$(in_git rev-parse HEAD)" ]]; then
    since=$(in_git rev-parse --quiet --verify HEAD~1 || true)
  fi
  [[ -z $since ]] && return
  in_git diff --name-only "$since" HEAD | grep -E '^(src|connectors|tests)/.*\.cpp$' || true
}

report_counts 0 0
mapfile -t files < <(
  changed_sources | sort -u | while read -r file; do
    if [[ -f $file ]]; then echo "$file"; fi
  done | head -n 6)
if ((${#files[@]} == 0)); then
  report_note 'no source changed'
  exit 0
fi
tidy_files "${files[@]}"
report_note "${#files[@]} changed sources clean"
