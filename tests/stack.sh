# A whole installation for a test: servers, services and their supervisor as deploy/up starts them, but in a folder of its
# own and on free ports; to be sourced after common.sh. Ends with the script.
# shellcheck shell=bash
export JDK_JAVA_OPTIONS=-XX:TieredStopAtLevel=1  # As in servers.sh.

# start_stack FOLDER [SETTING=VALUE...]: more settings for every service. Then `bangkit` is the command line of this stack.
start_stack() {
    var=$1
    more_settings=("${@:2}")
    mkdir -p "$var"
    step_logs=$var/log/steps
    local attempt
    for attempt in {1..20}; do
        first_port=$(free_port)
        stack_ports_are_free && break
        [ "$attempt" -lt 20 ] || fail "no free range of ports found"
    done
    . "$root/deploy/local/steps.sh"
    . "$root/deploy/local/settings.sh"
    . "$root/deploy/local/build.sh"
    . "$root/deploy/local/databases.sh"
    . "$root/deploy/local/supervisor.sh"
    . "$root/deploy/local/status.sh"
    . "$root/deploy/local/installation.sh"
    on_exit rm -rf "$var"
    on_exit stop_everything
    local name
    for name in "${!BANGKIT_@}"; do unset "$name"; done  # Of the caller: programs refuse what they do not know.
    export BANGKIT_CONFIG=$var/bangkit.conf
    [ "$links" = no ] || start_links  # tests/faults/links.sh
    step "installation" install_stack
}

install_stack() {
    prepare_folder
    make_secrets
    supervise
    start_servers
    make_databases
    bangkit topics apply --file "$root/deploy/topics.yaml"
    start_services
}

stack_ports_are_free() {
    local port
    while read -r port _; do
        ! port_is_open "$port" || return 1
    done < <(. "$root/deploy/local/settings.sh" && all_ports)
}

bangkit() { "$binaries/services/cli/bangkit" "$@"; }

# query DATABASE SQL: what it returns, without decoration.
query() { psql "$(database_dsn "$1" "${1}_owner")" --no-psqlrc --quiet --tuples-only --no-align --command "$2"; }

# pid_of NAME: of the process itself.
pid_of() { supervisor pid "$(full_name "$1")"; }
