# The supervisor of a local installation: it starts the processes and restarts what crashes; to be sourced after
# settings.sh. deploy/up starts it and `deploy/up --status` looks whether it lives.
# shellcheck shell=bash
supervisor_conf=$var/supervisord.conf
supervisor_socket=$var/supervisor.sock

supervisor_pid() {  # Of ours, if it runs.
    local pid
    pid=$(cat "$var/supervisord.pid" 2>/dev/null) || return 1
    grep -qaF "$supervisor_conf" "/proc/$pid/cmdline" 2>/dev/null && say "$pid"
}

supervisor() { supervisorctl -c "$supervisor_conf" "$@"; }

# process_state NAME: RUNNING, STARTING, BACKOFF, FATAL, STOPPED, ... and details.
process_state() { supervisor status "$(full_name "$1")" | sed -E 's/^[^ ]+ +//' || true; }

full_name() {
    [ "$1" != archive ] || { say archive; return; }
    case " ${servers[*]} " in
        *" $1 "*) say "servers:$1" ;;
        *) say "services:$1" ;;
    esac
}

write_supervisor_conf() {
    [ ${#supervisor_socket} -le 90 ] || fail "the path of this checkout is too long for a socket: $root"
    {
        supervisor_section
        local name
        for name in "${servers[@]}"; do
            program_section "$name" "$root/deploy/local/$name.sh run $var/$name" INT
        done
        # Between servers and services: the last commits of the services lie in it before it ends.
        if has_archive; then program_section archive "$root/deploy/local/archive.sh run $var/archive" INT '' 15; fi
        for name in "${services[@]}"; do
            program_section "$name" "$binaries/services/$name/bangkit-$name" TERM "$(supervisor_environment "$name")"
        done
        # One after the other: services end before the servers that they use.
        printf '[group:servers]\nprograms=%s\npriority=10\n\n' "$(IFS=,; say "${servers[*]}")"
        printf '[group:services]\nprograms=%s\npriority=20\n' "$(IFS=,; say "${services[*]}")"
    } | write_file "$supervisor_conf"
}

supervisor_environment() {
    { service_settings "$1"; printf '%s\n' "${more_settings[@]}"; } |
        sed -e 's/%/%%/g' -e '/^$/d' -e 's/=\(.*\)/="\1"/' | paste -sd, -
}

supervisor_section() {
    cat <<END
[unix_http_server]
file=$supervisor_socket
chmod=0700

[supervisord]
logfile=$var/log/supervisord.log
logfile_maxbytes=10MB
logfile_backups=2
pidfile=$var/supervisord.pid
directory=$root
umask=077
$([ "$(id -u)" != 0 ] || say "user=root")

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://$supervisor_socket

END
}

program_section() {  # NAME COMMAND STOP-SIGNAL [ENVIRONMENT [PRIORITY]]
    cat <<END
[program:$1]
command=$2
environment=${4:-}
priority=${5:-999}
autostart=false
autorestart=true
startsecs=2
startretries=100
stopsignal=$3
stopwaitsecs=10
killasgroup=true
stdout_logfile=$var/log/$1.log
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=3
redirect_stderr=true

END
}

start_supervisor() {
    # Nothing of the caller's environment: a service refuses a stray BANGKIT_* setting.
    env -i PATH="$PATH" HOME="$HOME" LANG=C.UTF-8 supervisord -c "$supervisor_conf" 9<&-
    wait_until 10 supervisor pid || fail "the supervisor did not start, see $var/log/supervisord.log"
}

# start_group servers|services: those that do not run, side by side. Says nothing of those that fail: `await` does.
start_group() { supervisor start "$1:*" || true; }

# Stops everything that belongs to this installation, whether or not its supervisor still lives.
stop_everything() {
    local pid
    if pid=$(supervisor_pid); then
        kill -TERM "$pid"
        wait_until 25 is_gone "$pid" || kill -KILL "$pid"
    fi
    for pid in $(our_processes); do stop_process "$pid" INT 5; done
    rm -f "$var/supervisord.pid" "$supervisor_socket"
}

# Processes that a killed supervisor left behind. It gave them its address; PostgreSQL writes its id down instead.
our_processes() {
    local environment pid
    for environment in /proc/[0-9]*/environ; do
        grep -qzxF "SUPERVISOR_SERVER_URL=unix://$supervisor_socket" "$environment" 2>/dev/null || continue
        basename "$(dirname "$environment")"
    done
    pid=$(head -n 1 "$var/postgres/data/postmaster.pid" 2>/dev/null) || return 0
    ! grep -qaF "$var/postgres/data" "/proc/$pid/cmdline" 2>/dev/null || say "$pid"
}
