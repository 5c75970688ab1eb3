# The console: built once into console/dist, which the program then carries inside.

# Builds console/dist again when a source, the contract or the lock file is newer than it.
need_console() {
  [[ -f console/package.json ]] || return 0
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
