# The random campaign: kills at random moments while links are slow, cut or silent, so that failures overlap; to be sourced
# by tests/faults/run. The plan depends on the seed alone.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `wait_until`.
import_rows=20000
targets=(registration registration-replica relay-holder aid aid-replica dashboard dashboard-replica kafka postgres redis)
links_to_break=(postgres postgres kafka redis)
troubles=(slow slow cut silent)
rest_every=10  # Kills after which everything has to come back.

# make_plan KILLS: a line each: tenths of a second before the kill, its target, a link, its trouble (or none).
make_plan() {
    local number trouble
    RANDOM=$seed
    for ((number = 1; number <= $1; ++number)); do
        trouble=none
        [ $((RANDOM % 3)) = 0 ] || trouble=${troubles[RANDOM % ${#troubles[@]}]}
        say "$number $((3 + RANDOM % 22)) ${targets[RANDOM % ${#targets[@]}]} ${links_to_break[RANDOM % ${#links_to_break[@]}]} $trouble"
    done
}

pid_of_target() {
    case $1 in
        *-replica) replica_pid "${1%-replica}" ;;
        relay-holder) relay_holder_pid ;;
        postgres) postgres_pid ;;
        *) pid_of "$1" ;;
    esac
}

trouble_link() {  # LINK TROUBLE
    case $2 in
        slow) slow_link "$1" 150 ;;
        cut) cut_link "$1" ;;
        silent) silence_link "$1" ;;
        none) ;;
    esac
}

# The link is in trouble before the kill and for as long after it.
kill_one() {  # NUMBER TENTHS TARGET LINK TROUBLE
    local pid pause=$(($2 / 10)).$(($2 % 10))
    trouble_link "$4" "$5"
    sleep "$pause"
    pid=$(pid_of_target "$3") || pid=
    # The holder is not known while PostgreSQL is away, and a process may be dead already.
    if [[ $pid =~ ^[1-9][0-9]*$ ]] && kill -KILL "$pid" 2>/dev/null; then kills_done=$((kills_done + 1)); fi
    sleep "$pause"
    heal_links
    [ $(($1 % rest_every)) != 0 ] || rest "$1"
}
rest() {  # NUMBER
    began=$(now)
    recovers 120 "all well after kill $1" all_are_well
    clients_are_answered
}

a_campaign_of_kills() {
    local line
    kills_done=0
    make_plan "$kills" >"$folder/plan"
    say "        plan (kill, tenths of a second, target, link, trouble):"
    paste -sd '|' "$folder/plan" | sed -e 's/|/ | /g' | fold -s -w 110 | sed 's/^/          /'
    start_replica registration
    start_replica dashboard
    start_replica aid
    begin_instruments 2000
    start_load 8 merging
    bangkit demo generate --region 17.71 --businesses "$import_rows" --seed "$seed" >"$folder/import.csv"
    bangkit import --retry-for 60m "$folder/import.csv" >"$folder/import.log" 2>&1 &
    local import=$!
    on_exit stop_process "$import" KILL 5
    devices_of_campaign &
    local devices=$!
    on_exit stop_process "$devices" KILL 5
    while read -r line; do
        # shellcheck disable=SC2086  # One word per column.
        kill_one $line
    done <"$folder/plan"
    rest "$kills"
    say "        $kills_done of $kills kills met a process that lived"
    ! is_gone "$load_pid" || not_so "the clients ended by themselves: $(tail -n 3 "$folder/load.log")"
    say "        the import was interrupted $(grep -c interrupted "$folder/import.log" || true) times"
    wait "$import" || not_so "the import failed: $(tail -n 3 "$folder/import.log")"
    equals "imported" "$(query registration "SELECT count(*) FROM businesses WHERE region_code LIKE '17.71%'")" "$import_rows"
    touch "$folder/devices.stop"
    wait "$devices" || not_so "a device never got through: $(tail -qn 1 "$folder"/device.*.answers)"
    everything_is_in $(($(cat "$folder/devices.rounds") * 50))
    stop_load
    end_instruments
    everything_holds
    stop_replica registration
    stop_replica dashboard
    stop_replica aid
}
