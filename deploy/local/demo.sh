# The demonstration data: Kota Bekasi in figures of its open data, with synthetic people; to be sourced after
# settings.sh.
# shellcheck shell=bash
demo_region=32.75

load_demo() {
    local bangkit=$root/deploy/bin/bangkit
    "$bangkit" demo generate --region "$demo_region" --businesses 6398 --cooperatives 1337 --vendors 2109 --seed 1 \
        >"$var/demo/bekasi.csv"
    "$bangkit" import "$var/demo/bekasi.csv"
    wait_until 60 demo_is_shown
    touch "$var/demo/loaded"
}
demo_is_shown() { "$root/deploy/bin/bangkit" dashboard "$demo_region" --json | jq -e '.dashboard.businesses == "9844"'; }
