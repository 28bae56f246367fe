#!/usr/bin/env bash
# A private PostgreSQL on 127.0.0.1, everything of it below DIR.
#   postgres.sh init DIR PORT | run DIR | start DIR | stop DIR | ready DIR | dsn DIR
set -euo pipefail
umask 077
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/server.sh"

programs=/usr/lib/postgresql/15/bin
stop_signal=INT  # "Fast": open transactions end, data is kept.

# PostgreSQL refuses to run as root: then it runs as its own user.
as_its_user() {  # DIR COMMAND...
    local folder=$1 become
    shift
    [ "$(id -u)" = 0 ] || exec "$@"
    become=(setpriv --reuid=postgres --regid=postgres --init-groups)
    # A checkout below a closed folder such as /root: the user may pass through it (the second right where a container
    # has not the first).
    can_enter "$folder" || become+=(--inh-caps=+dac_read_search --ambient-caps=+dac_read_search)
    can_enter "$folder" || become=("${become[@]//dac_read_search/dac_override}")
    can_enter "$folder" || fail "the user postgres cannot enter $folder" \
        "Put the checkout where every user can go, for example below /opt."
    cd "$folder" && exec "${become[@]}" env HOME="$folder" "$@"
}
can_enter() { "${become[@]}" stat "$1/." >/dev/null 2>&1; }

init() {  # DIR PORT: DIR/password is the superuser's, and made if it is not there.
    if [ ! -f "$1/data/PG_VERSION" ]; then
        rm -rf "$1/data"
        [ -f "$1/password" ] || new_password >"$1/password"
        give_to_its_user "$1"
        (as_its_user "$1" "$programs/initdb" --pgdata="$1/data" --username=postgres --pwfile="$1/password" \
            --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --data-checksums --no-instructions)
    fi
    write_settings "$1" "$2"
    give_to_its_user "$1"
}
give_to_its_user() { [ "$(id -u)" != 0 ] || chown -R postgres:postgres "$1"; }

write_settings() {  # DIR PORT
    write_file "$1/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
port = $2
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
# Statements, parameters and the details of errors can hold personal data: never in a log.
log_statement = 'none'
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
END
}

run() { as_its_user "$1" "$programs/postgres" -D "$1/data" -c config_file="$1/postgresql.conf"; }

port_of() { sed -n 's/^port = //p' "$1/postgresql.conf"; }
is_ready() { "$programs/pg_isready" -q -h 127.0.0.1 -p "$(port_of "$1")"; }

more_verbs() {  # dsn DIR: of the superuser, without a database.
    [ "$1" = dsn ] || fail "unknown verb: $1"
    say "host=127.0.0.1 port=$(port_of "$2") user=postgres password=$(cat "$2/password")"
}

server_main "$@"
