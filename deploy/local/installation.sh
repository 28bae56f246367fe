# The steps from built programs to running services; to be sourced after the other files of this folder.
# shellcheck shell=bash

prepare_folder() {
    mkdir -p "$var"
    chmod 711 "$var"  # PostgreSQL's own user passes through.
    (umask 077 && mkdir -p "$var/log" "$var/passwords" "$var/demo" "$documents")
}

make_secrets() {
    make_passwords
    make_keys
    prepare_servers
    write_command_line_settings
}

prepare_servers() {
    if [ -f "$var/archive/folder" ] && [ ! -f "$var/postgres/data/PG_VERSION" ]; then
        fail "the data of PostgreSQL is gone, but there is a backup in $(cat "$var/archive/folder")" \
            "Run: deploy/restore"
    fi
    "$root/deploy/local/postgres.sh" init "$var/postgres" "$postgres_port"
    "$root/deploy/local/redis.sh" init "$var/redis" "$redis_port"
    "$root/deploy/local/kafka.sh" init "$var/kafka" "$kafka_port" "$kafka_link_port"
}

supervise() {
    write_supervisor_conf
    if supervisor_pid >/dev/null; then supervisor update; else start_supervisor; fi
}

start_servers() {
    start_group servers
    await "${servers[@]}"
    if has_archive; then start_archive; fi
}

# Its loss must not keep the installation down: after some seconds, commits do not wait for it.
start_archive() {
    supervisor start archive >/dev/null || true
    wait_until 60 is_healthy archive ||
        warn "the archive of PostgreSQL's changes does not follow, see $var/log/archive.log"
}

# A service whose program is newer than its process starts again.
start_services() {
    local name
    for name in "${services[@]}"; do
        [ "$binaries/services/$name/bangkit-$name" -nt "$var/log/$name.started" ] || continue
        supervisor stop "$(full_name "$name")" >/dev/null || true
        touch "$var/log/$name.started"
    done
    start_group services
    await "${services[@]}"
}
