# PostgreSQL's programs and the user that they run as; to be sourced after common.sh.
# shellcheck shell=bash
programs=/usr/lib/postgresql/15/bin

# PostgreSQL refuses to run as root: then it runs as its own user. To be called in a shell of its own: it does not return.
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
        "Put it where every user can go, for example below /opt."
    cd "$folder" && exec "${become[@]}" env HOME="$folder" "$@"
}
can_enter() { "${become[@]}" stat "$1/." >/dev/null 2>&1; }

give_to_its_user() { [ "$(id -u)" != 0 ] || chown -R postgres:postgres "$1"; }
