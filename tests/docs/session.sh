# Sourced by the shell of a session before the first block of the page. $session is the folder of
# scripts, outputs and logs.
# shellcheck shell=bash disable=SC2154
set -Eeuo pipefail
ip link set lo up

# Writes exit code and line of the failed command. In a function, the line is that of the call.
note_failure() {
  local code=$? level line=
  for level in "${!BASH_SOURCE[@]}"; do
    if [[ ${BASH_SOURCE[level]} == "$session"/* ]]; then line=${BASH_LINENO[level - 1]}; fi
  done
  echo "$code $line" >"$session/failed"
}
trap note_failure ERR

# "papersail serve" stops the running server, starts another one, and returns when that is ready.
papersail() {
  if [ "${1:-}" = serve ] && [[ ! " $* " =~ \ (-h|--help)\  ]]; then
    stop_server
    start_server "${@:2}"
  else
    command papersail "$@"
  fi
}

# Prints the server's output until it is ready. Returns the server's exit code if it ends before.
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
