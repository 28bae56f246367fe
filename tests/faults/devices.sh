# Devices that come back with what was taken down where there is no network, and send all of it again until it is in; to be
# sourced by tests/faults/run. Nobody else sends to Padang (13.71).
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

# take_down FILE BUSINESSES: what one device took down, in no order: each business, two addresses, and how it is doing.
take_down() {
    jq -nc --arg device "$(</proc/sys/kernel/random/uuid)" --argjson at "$(date -ud 2026-03-09T03:00Z +%s)" --argjson businesses "$2" '
        def taken($business; $number): {deviceId: $device, submission: {
            sequence: ($business * 4 + $number), capturedAt: ($at + $business * 4 + $number | todate),
            localBusinessId: "0195b3f2-0000-7000-8000-\("00000000000\($business)"[-12:])"}};
        range($businesses) as $business
        | (taken($business; 1) | .submission.registration = {owner: {name: "Siti Contoh"}, business: {
              kind: "BUSINESS_KIND_UMKM", name: "Warung Tanpa Sinyal", regionCode: "13.71.01", kbli: "56102"}}),
          (range(2; 4) as $number | taken($business; $number)
              | .submission.edit = {updateMask: "business.address", business: {address: "Blok \($number)"}}),
          (taken($business; 4) | .submission.condition = {condition: "BUSINESS_CONDITION_DORMANT", since: "2026-03-10"})' |
        shuf --random-source=<(yes "$seed") >"$1"
}

# synchronise FILE: until all of it is in and nothing waits.
synchronise() {
    local attempt
    for ((attempt = 1; attempt <= 900; ++attempt)); do
        if bangkit intake submit "$1" >"$1.answers" 2>&1 && ! grep -q WAITING "$1.answers"; then return; fi
        sleep 0.2
    done
    return 1
}

submissions_in() { query registration "SELECT count(*) FROM intake_submissions"; }

# everything_is_in BUSINESSES: once, with what was said last, and without a doubt.
everything_is_in() {
    equals "businesses of devices" \
        "$(query registration "SELECT count(*) FROM businesses WHERE region_code LIKE '13.71%'")" "$1"
    equals "businesses as their devices left them" "$(query registration "SELECT count(*) FROM businesses
        WHERE region_code LIKE '13.71%' AND address = 'Blok 3' AND condition = 3")" "$1"
    equals "submissions" "$(query registration "SELECT count(*) FROM intake_submissions WHERE status IN (1, 3)")" $(($1 * 4))
    equals "conflicts" "$(query registration "SELECT count(*) FROM intake_writes WHERE is_open")" 0
}

devices_of_campaign() {  # Until $folder/devices.stop is there.
    local round
    for ((round = 1; ; ++round)); do
        take_down "$folder/device.$round" 50
        synchronise "$folder/device.$round" || return 1
        [ ! -e "$folder/devices.stop" ] || break
    done
    say "$round" >"$folder/devices.rounds"
}

an_offline_sync_is_interrupted() {
    local businesses=500 kill target sync
    start_load
    take_down "$folder/device" "$businesses"
    synchronise "$folder/device" &
    sync=$!
    on_exit stop_process "$sync" KILL 5
    for kill in 1 2 3; do
        target=$((businesses * 4 * kill / 5))
        is_far_enough() { [ "$(submissions_in)" -ge "$target" ] || is_gone "$sync"; }
        eventually 60 is_far_enough
        ! is_gone "$sync" || not_so "the device was done before kill $kill"
        kill -KILL "$(pid_of registration)"
        began=$(now)
        recovers 60 "registration is back" is_healthy registration
    done
    wait "$sync" || not_so "the device never got through: $(tail -n 3 "$folder/device.answers")"
    everything_is_in "$businesses"
    stop_load
    everything_holds
}
