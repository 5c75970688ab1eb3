# ./x new: the skeleton of a thing, in the place where it belongs. What is written is meant to be
# edited; nothing is overwritten.

new_file() {
  [[ -e $1 ]] && die "$1 is there already"
  mkdir -p "$(dirname "$1")"
  cat >"$1"
  echo "$1"
}

new_story() {
  local name=$1
  [[ $name =~ ^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$ ]] || die 'new story: STEP/NAME, in snake_case'
  local title=${name#*/}
  new_file "tests/stories/$name.story" <<EOF
# ${title//_/ }
EOF
  say 'tests/stories/README.md and the neighbouring stories show the words a story may use'
}

x_new() {
  local kind=${1:-} name=${2:-}
  case $kind in
    story) new_story "$name" ;;
    *) die 'new: story STEP/NAME' ;;
  esac
}
