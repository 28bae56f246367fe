#!/usr/bin/env bash
# A private Redis on 127.0.0.1. It is a cache: nothing of it is kept.
#   redis.sh init DIR PORT | run DIR | start DIR | stop DIR | ready DIR
set -euo pipefail
umask 077
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/server.sh"

stop_signal=TERM

init() {  # DIR PORT
    write_file "$1/redis.conf" <<END
bind 127.0.0.1
port $2
dir "$1"
save ""
appendonly no
maxmemory 512mb
maxmemory-policy allkeys-lru
set-proc-title no
loglevel notice
END
}

run() { exec redis-server "$1/redis.conf"; }

is_ready() { [ "$(redis-cli -h 127.0.0.1 -p "$(sed -n 's/^port //p' "$1/redis.conf")" ping)" = PONG ]; }

server_main "$@"
