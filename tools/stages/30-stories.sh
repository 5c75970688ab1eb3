#!/usr/bin/env bash
# Every story under tests/stories/, told to the real core by holdfast-stories. Its last line is
# "N passed, M failed"; with --cover it prints the table rule x stories first.
# quick: yes
# needs: src/apps/stories.cpp
# flag: stories
set -euo pipefail
source "$(dirname "$0")/../x.d/load.sh"

build_preset dev holdfast-stories
options=()
[[ -n ${HOLDFAST_STORY_COVER:-} ]] && options=(--cover)
output=build/test/stories.txt
status=0
build/dev/holdfast-stories "${options[@]}" tests/stories >"$output" || status=$?
cat "$output"
if [[ $(tail -n 1 "$output") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
  report_counts "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
else
  echo 'the runner did not end with its counts'
  exit 1
fi
[[ -n ${HOLDFAST_STORY_COVER:-} ]] && report_note "the table is in $output"
exit "$status"
