# ./x test: the stages in tools/stages/, in the order of their numbers. A stage is a script
# NN-name.sh; its leading comments may say
#   # quick: yes|no    whether ./x test --quick runs it (no when missing)
#   # flag: NAME       that ./x test --NAME runs it
#   # default: yes|no  whether plain ./x test runs it (yes when missing)
#   # beside: yes      it mostly waits: the stages after it run while it does, up to the next one
#                      with "alone: yes"
#   # alone: yes       it measures: nothing runs beside it
#   # needs: GLOB       what it tests; while nothing matches, the stage does not exist
# It writes "PASSED FAILED" to the file $STAGE_COUNTS, may write what it says of itself to
# $STAGE_NOTE, and exits with 0 only when everything held. A stage for what does not exist is
# absent.

STAGE_FLAGS='quick stories crash postgres sanitize browser'

# The value of a stage's header line, or the default $3.
stage_header() {
  local key value
  while read -r _ key value; do
    [[ $key == "$2:" ]] && { echo "$value"; return; }
  done < <(sed -n '1,12{/^# /p}' "$1")
  echo "$3"
}

# Whether the stage is wanted by the flags in $2 (words, possibly none) or the names in $3.
stage_wanted() {
  local stage=$1 flags=$2 names=$3 name
  name=$(basename -s .sh "$stage")
  compgen -G "$(stage_header "$stage" needs x)" >/dev/null || return 1
  if [[ -n $names ]]; then
    [[ " $names " == *" $name "* || " $names " == *" ${name#*-} "* ]]
    return
  fi
  if [[ -z $flags ]]; then
    [[ $(stage_header "$stage" default yes) == yes ]]
    return
  fi
  [[ $flags == *quick* && $(stage_header "$stage" quick no) == yes ]] && return 0
  [[ " $flags " == *" $(stage_header "$stage" flag -) "* ]]
}

# Runs one stage, prints its line, leaves "PASSED FAILED" in its counts.
run_stage() {
  local stage=$1 name log counts note status=0 started=$EPOCHREALTIME ok bad text=''
  name=$(basename -s .sh "$stage")
  log=build/test/$name.log counts=build/test/$name.counts note=build/test/$name.note
  rm -f "$counts" "$note"
  STAGE_COUNTS=$HOLDFAST_ROOT/$counts STAGE_NOTE=$HOLDFAST_ROOT/$note \
    run_logged "$log" "$name" bash "$stage" || status=$?
  read -r ok bad 2>/dev/null <"$counts" || { ok=0; bad=0; }
  [[ -f $note ]] && text=$(<"$note")
  ((status != 0 && bad == 0)) && bad=1
  ((bad > 0)) && status=1
  echo "$ok $bad" >"$counts"
  local word=ok
  ((status != 0)) && word=FAIL
  printf '%-4s %-16s %6d passed %4d failed %7s s  %s\n' \
    "$word" "$name" "$ok" "$bad" "$(seconds_since "$started")" "$text"
  return "$status"
}

# Runs the stages "$@" and says the sum of what they counted; stops at the first that fails.
run_stages() {
  local stage status=0 passed=0 failed=0 ok bad beside=()
  for stage in "$@"; do
    rm -f "build/test/$(basename -s .sh "$stage").counts"
    if [[ $(stage_header "$stage" alone no) == yes ]]; then
      wait_beside "${beside[@]}" || { beside=() status=1; break; }
      beside=()
    fi
    if [[ $(stage_header "$stage" beside no) == yes ]]; then
      run_stage "$stage" &
      beside+=("$!")
    else
      run_stage "$stage" || { status=1; break; }
    fi
  done
  wait_beside "${beside[@]}" || status=1
  for stage in "$@"; do
    read -r ok bad 2>/dev/null <"build/test/$(basename -s .sh "$stage").counts" || continue
    passed=$((passed + ok)) failed=$((failed + bad))
  done
  echo "$passed passed, $failed failed"
  return "$status"
}

# Waits for stages that run beside others; fails when one of them did.
wait_beside() {
  local pid status=0
  for pid in "$@"; do wait "$pid" || status=1; done
  return "$status"
}

x_test() {
  local flags='' names='' stage status=0
  while (($# > 0)); do
    case $1 in
      --cover) export HOLDFAST_STORY_COVER=1 ;;
      --full) export HOLDFAST_TEST_FULL=1 ;;
      --*)
        [[ " $STAGE_FLAGS " == *" ${1#--} "* ]] ||
          die "test: no flag $1; there are: $STAGE_FLAGS cover full"
        flags+="${1#--} "
        ;;
      *) names+="$1 " ;;
    esac
    shift
  done
  mkdir -p build/test
  rm -f build/test/closing
  export HOLDFAST_TEST_FLAGS=$flags
  local chosen=()
  for stage in tools/stages/[0-9][0-9]-*.sh; do
    stage_wanted "$stage" "${flags% }" "${names% }" && chosen+=("$stage")
  done
  ((${#chosen[@]} > 0)) || die "test: no stage answers to: ${flags}${names}"
  need_packages build test
  run_stages "${chosen[@]}" || status=1
  # What a stage asked for by its flag ends in.
  [[ -n $flags && -f build/test/closing ]] && cat build/test/closing
  return "$status"
}

# For stages: "PASSED FAILED" into the counts file.
report_counts() { echo "$1 $2" >"$STAGE_COUNTS"; }

# For stages: the counts of a script whose output $2 ends in "$1 GOOD/ALL"; one failure without it.
report_ratio() {
  local counted good all
  counted=$(sed -nE "s|^$1 ([0-9]+)/([0-9]+)\$|\1 \2|p" "$2" | tail -1)
  read -r good all <<<"${counted:-0 1}"
  report_counts "$good" "$((all - good))"
}

# For stages: the last line of ./x test when the stage was asked for by its flag.
report_closing() { echo "$*" >build/test/closing; }

# For stages: what is said of the stage on its line.
report_note() { echo "$*" >"$STAGE_NOTE"; }

# For stages: runs build/PRESET/unit_tests, with further options, and reports its counts from its
# own report.
run_unit_tests() {
  local preset=$1 report=build/test/unit-$1.json status=0
  shift
  rm -f "$report"
  "build/$preset/unit_tests" --gtest_brief=1 --gtest_output="json:$report" "$@" || status=$?
  "$PYTHON" - "$report" >"$STAGE_COUNTS" <<'PY' || status=1
import json, sys

with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)
failed = report["failures"] + report.get("errors", 0)
print(report["tests"] - report["disabled"] - failed, failed)
PY
  return "$status"
}
