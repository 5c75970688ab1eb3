# Words to the person at the terminal, and the few things every other part needs.

# Progress goes to stderr, so that a command's own output stays clean.
say() { printf '%s\n' "x: $*" >&2; }

die() {
  say "$*"
  exit 1
}

# Seconds with one decimal since $1, which was a value of $EPOCHREALTIME.
seconds_since() {
  local now=${EPOCHREALTIME/[.,]/} then=${1/[.,]/}
  local tenths=$(((now - then) / 100000))
  printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}

# Files of the project: tracked, and new ones that are not ignored. Arguments are git pathspecs.
project_files() {
  git -c safe.directory='*' ls-files --cached --others --exclude-standard --deduplicate -- "$@" |
    while IFS= read -r file; do
      if [[ -f $file ]]; then printf '%s\n' "$file"; fi
    done
}

# Set-up is done by one process at a time; a second one waits and then finds nothing to do. Held
# already by this process (a step of set-up needing another), the lock is not taken again. A failure
# has been explained where it happened, and ends the command.
with_setup_lock() {
  if [[ -n ${SETUP_LOCK_HELD:-} ]]; then
    "$@" || exit 1
    return 0
  fi
  mkdir -p build
  (
    flock 9
    SETUP_LOCK_HELD=yes
    "$@"
  ) 9>build/.setup.lock || exit 1
}

# Runs "$@" with its output in the file $1, and says every 15 seconds how far it is: $2 is what is
# being done. On failure the end of the output is shown.
run_logged() {
  local log=$1 what=$2 started=$SECONDS pid status=0 slept=0
  shift 2
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 9>&- &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    slept=$((slept + 1))
    if ((slept % 75 == 0)); then
      say "$what: $((SECONDS - started)) s, $(tail -n 1 "$log" | tr -d '\r' | cut -c 1-90)"
    fi
  done
  wait "$pid" || status=$?
  if ((status != 0)); then
    tail -n 30 "$log" >&2
    say "$what failed; the whole output is in $log"
  fi
  return "$status"
}
