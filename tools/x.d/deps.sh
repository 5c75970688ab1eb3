# Single files taken out of packages of the Node registry, by the hashes in tools/pins.txt.

pinned_hash() {
  local spec hash
  while read -r spec hash; do
    if [[ $spec == "$1" ]]; then
      printf '%s\n' "$hash"
      return 0
    fi
  done <tools/pins.txt
  die "$1 is not in tools/pins.txt"
}

# Leaves in the folder $2 the files $3… of the package $1 (paths inside its tarball).
unpack_pinned() {
  local spec=$1 dir=$2 hash work file
  shift 2
  hash=$(pinned_hash "$spec") || exit 1
  if [[ -f $dir/.stamp && $(<"$dir/.stamp") == "$spec $hash" ]]; then return 0; fi
  rm -f "$dir/.stamp"
  need_npm
  say "fetching $spec"
  mkdir -p "$dir"
  rm -rf "$dir"/.fetch.*
  work=$(mktemp -d "$dir/.fetch.XXXXXX")
  npm_logged "fetch $spec" pack --pack-destination "$work" "$spec" ||
    die "$spec could not be fetched"
  echo "$hash  $(echo "$work"/*.tgz)" | sha512sum --check --status ||
    die "$spec: the tarball's SHA-512 is not the one in tools/pins.txt"
  tar -xmzf "$work"/*.tgz -C "$work" "$@"
  for file in "$@"; do mv -f "$work/$file" "$dir/"; done
  rm -rf "$work"
  echo "$spec $hash" >"$dir/.stamp"
}

sqlite_now() {
  unpack_pinned better-sqlite3@12.11.1 build/deps/sqlite \
    package/deps/sqlite3/sqlite3.c package/deps/sqlite3/sqlite3.h
  # The write-ahead log's reset bug was fixed in 3.51.3: an older library would lose orders.
  grep -q -m 1 '^#define SQLITE_VERSION  *"3\.53\.' build/deps/sqlite/sqlite3.c ||
    die 'build/deps/sqlite/sqlite3.c is not SQLite 3.53'
}

shopify_now() {
  unpack_pinned @shopify/dev-mcp@1.16.0 build/deps/shopify \
    package/dist/data/admin_2026-10.json.gz package/dist/data/admin_2026-07.json.gz
}

need_sqlite() { with_setup_lock sqlite_now; }

# Shopify's published Admin schemas; only tests read them.
need_shopify() { with_setup_lock shopify_now; }

x_deps() {
  local what
  (($# == 0)) && set -- packages sqlite shopify node
  for what in "$@"; do
    case $what in
      packages) need_packages build test ;;
      sqlite) need_sqlite ;;
      shopify) need_shopify ;;
      node) need_node ;;
      *) die "deps: packages, sqlite, shopify or node; not '$what'" ;;
    esac
  done
}
