# The demonstration data: Kota Bekasi in figures of its open data, with synthetic people; to be sourced after
# settings.sh.
# shellcheck shell=bash
demo_region=32.75

load_demo() {
    local bangkit=$root/deploy/bin/bangkit
    "$bangkit" demo generate --region "$demo_region" --businesses 6398 --cooperatives 1337 --vendors 2109 --seed 1 \
        >"$var/demo/bekasi.csv"
    "$bangkit" import --wait "$var/demo/bekasi.csv"
    touch "$var/demo/loaded"
}
