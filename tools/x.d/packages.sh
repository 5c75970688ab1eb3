# Debian packages, from tools/packages.txt.

packages_of() {
  local name group why
  while read -r name group why; do
    [[ -z $name || $name == \#* || -z $why ]] && continue
    [[ " $* " == *" $group "* ]] && printf '%s\n' "$name"
  done <tools/packages.txt
  return 0
}

# Those of "$@" that are not installed.
missing_packages() {
  local installed name
  installed=" $(dpkg-query -W -f '${db:Status-Status}=${Package} ' "$@" 2>/dev/null || true) "
  for name in "$@"; do
    [[ $installed == *" installed=$name "* ]] || printf '%s\n' "$name"
  done
}

# Runs apt-get as root, asking nothing.
apt_get() {
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "not root and no sudo: as root, run apt-get install $*"
    as_root=(sudo -n)
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C \
    apt-get -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 -o APT::Color=0 "$@"
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} == 0)) && return 0
  command -v apt-get >/dev/null || die "no apt-get here; these are missing: ${missing[*]}"
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  run_logged build/log/apt-update.log 'reading package lists' apt_get update ||
    say 'the package lists could not be read anew; going on with those that are there'
  run_logged build/log/apt-install.log 'installing packages' \
    apt_get install --no-install-recommends "${missing[@]}" ||
    die 'some Debian packages could not be installed'
}

# Installs what the named groups lack; quick when nothing is missing.
need_packages() {
  local wanted
  mapfile -t wanted < <(packages_of "$@")
  if [[ -n $(missing_packages "${wanted[@]}") ]]; then
    with_setup_lock install_packages "${wanted[@]}"
  fi
}
