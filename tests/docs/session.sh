# Read by the shell of a page's session before the page's first block. $session is the folder for
# what the page should not see.
# shellcheck shell=bash disable=SC2154
set -Eeuo pipefail
ip link set lo up

# Tells which line of the block failed, also if it called a function that did.
note_failure() {
  local code=$? level line=
  for level in "${!BASH_SOURCE[@]}"; do
    if [[ ${BASH_SOURCE[level]} == "$session"/* ]]; then line=${BASH_LINENO[level - 1]}; fi
  done
  echo "$code $line" >"$session/failed"
}
trap note_failure ERR

# "papersail serve" replaces the server that runs, and returns when the new one is ready.
papersail() {
  if [ "${1:-}" = serve ] && [[ ! " $* " =~ \ (-h|--help)\  ]]; then
    stop_server
    start_server "${@:2}"
  else
    command papersail "$@"
  fi
}

# Prints what the server prints until it is ready. A server that ends before that gives its exit code.
start_server() {
  : >"$session/server.log"
  command papersail serve "$@" >"$session/server.log" 2>&1 &
  echo $! >"$session/server.pid"
  until grep -qx 'Ready\.' "$session/server.log"; do
    kill -0 $! 2>/dev/null || break
    sleep 0.01
  done
  cat "$session/server.log"
  grep -qx 'Ready\.' "$session/server.log" || wait $!
}

stop_server() {
  local server
  server=$(cat "$session/server.pid" 2>/dev/null) || return 0
  kill "$server" 2>/dev/null || true
  while kill -0 "$server" 2>/dev/null; do sleep 0.01; done
  rm "$session/server.pid"
}
