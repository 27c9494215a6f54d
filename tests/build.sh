# Sourced by ./run and ./test, which set pipefail. Installs missing packages and builds a preset.
# shellcheck shell=bash disable=SC2120 # ./run passes no arguments

# Prints the packages of the arguments that are not installed, one per line. dpkg-query fails for an
# unknown package, and grep if no package is missing; both failures are ignored.
missing_packages() {
  local installed
  # shellcheck disable=SC2016 # dpkg-query's own variables
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null) || true
  { printf 'installed %s\n' "$@" | grep -Fxv "$installed" || true; } | cut -d ' ' -f 2
}

apt() {
  local root=()
  if [ "$(id -u)" -ne 0 ]; then root=(sudo); fi
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 "$@" </dev/null >&2
}

# Succeeds if apt can install the package. A virtual package is known to apt, but has no version.
is_available() { apt-cache show "$1" 2>/dev/null | grep '^Version:' >/dev/null; }

# Installs the missing packages of a build and of the arguments. Does nothing without dpkg-query:
# CMake then names the missing libraries.
install_packages() {
  local missing boost boosts=(libboost1.81-dev libboost1.83-dev libboost1.88-dev libboost1.90-dev)
  command -v dpkg-query >/dev/null || return 0
  mapfile -t missing < <(missing_packages "$@" g++ cmake ninja-build ccache libsqlite3-dev \
    nlohmann-json3-dev libcli11-dev libspdlog-dev libssl-dev libjemalloc-dev)
  if [ "$(missing_packages "${boosts[@]}" | wc -l)" -lt ${#boosts[@]} ]; then boosts=(); fi
  if [ ${#missing[@]} -eq 0 ] && [ ${#boosts[@]} -eq 0 ]; then return 0; fi
  echo "Missing packages: ${missing[*]} ${boosts[*]:0:1}" >&2
  apt update || return
  for boost in "${boosts[@]}"; do  # libboost-dev is too old in Debian 12
    if is_available "$boost"; then missing+=("$boost") && break; fi
  done
  apt install -y --no-install-recommends "${missing[@]}"
}

# Configures and builds a workflow preset. Prints the progress, and all output if the build fails.
build() {
  mkdir -p build
  if flock "build/$1.lock" cmake --workflow --preset "$1" 2>&1 </dev/null |
    tee "build/$1.log" | sed -un '/^\[[1-9]/p' >&2; then return 0; fi
  cat "build/$1.log" >&2
  return 1
}
