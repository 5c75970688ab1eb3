# Node: one pinned version runs every script. Debian 12's own is too old for today's tools, but its
# npm is good enough to fetch the right one; an npm that is there already is used as it is, since
# Debian's cannot be installed beside a Node from elsewhere.

need_npm() {
  command -v npm >/dev/null && return 0
  need_packages_named npm
}

need_packages_named() {
  if [[ -n $(missing_packages "$@") ]]; then
    with_setup_lock install_packages "$@"
  fi
}

node_dir() {
  case $(uname -m) in
    x86_64) echo tools/node/node_modules/node/bin ;;
    aarch64) echo tools/node/node_modules/node-arm64/bin ;;
    *) die "no Node is pinned for $(uname -m)" ;;
  esac
}

# npm, quiet and without questions, output in a log.
npm_logged() {
  local what=$1
  shift
  run_logged "build/log/npm-$(tr -c 'a-z0-9\n' '-' <<<"$what").log" "$what" \
    npm --no-audit --no-fund --no-update-notifier --loglevel=warn "$@"
}

# `npm ci` in the folder $1, again only when its lock file has changed.
npm_ci() {
  local dir=$1 stamp=$1/node_modules/.holdfast-lock
  if [[ -f $stamp ]] && cmp -s "$dir/package-lock.json" "$stamp"; then return 0; fi
  with_setup_lock npm_ci_now "$dir"
}

npm_ci_now() {
  local dir=$1 stamp=$1/node_modules/.holdfast-lock
  if [[ -f $stamp ]] && cmp -s "$dir/package-lock.json" "$stamp"; then return 0; fi
  say "installing the Node packages of $dir"
  npm_logged "npm ci in $dir" ci --prefix "$dir" || die "npm ci failed in $dir"
  mkdir -p "$dir/node_modules"
  cp "$dir/package-lock.json" "$stamp"
}

# Puts the pinned Node first on PATH.
need_node() {
  local dir
  dir=$HOLDFAST_ROOT/$(node_dir)
  if [[ ! -x $dir/node ]]; then
    need_npm
    rm -f tools/node/node_modules/.holdfast-lock
  fi
  npm_ci tools/node
  [[ -x $dir/node ]] || die "the pinned Node is not at $dir/node"
  case ":$PATH:" in
    *":$dir:"*) ;;
    *) export PATH=$dir:$PATH ;;
  esac
}
