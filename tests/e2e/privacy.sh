# Where personal data must not be; to be sourced by tests/e2e/run.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

# A citizen like no other, so that a search finds only them. The forms that a leak could have: as sent, as normalised.
canary_name="Kanarianti Zulmaharani"
canary_nik=3275015506909777
canary_phone=081299977755
canary_forms="Kanarianti|Zulmaharani|3275015506909777|81299977755"

everything_that_is_kept() {
    cat "$var"/log/*.log
    local topic key
    for topic in registration aid; do
        kcat -b "$kafka_address" -t "bangkit.$topic.v1" -C -o beginning -e -q -f '%k %h %s\n'
    done
    find "$documents" -type f -exec cat {} +
    redis-cli -p "$redis_port" --scan | while read -r key; do say "$key"; redis-cli -p "$redis_port" get "$key"; done
    local database
    for database in "${databases[@]}"; do
        pg_dump "$(database_dsn "$database" "${database}_owner")" --data-only
    done
}

personal_data_is_nowhere() {
    local request row answers
    request=$(registration_request "$(new_id)" "$canary_nik" "$canary_name" "$canary_phone")
    answers=$(registration RegisterBusiness "$request")
    answers+=$(registration RegisterBusiness "$request")  # The stored answer.
    answers+=$(registration RegisterBusiness "$(registration_request "$(new_id)" "$canary_nik" "$canary_name" "$canary_phone")")
    answers+=$(registration RegisterBusiness "$(registration_request "$(new_id)" "${canary_nik}0" "$canary_name" "${canary_phone}999999")")
    row="$canary_nik,$canary_name,$canary_phone,Toko Kanari,UMKM,32.75.01,47111,abc"
    printf 'nik,nama_pemilik,telepon,nama_usaha,jenis,kode_wilayah,kbli,modal\n%s\n%s\n' "$row" "${row/abc/1}" >"$folder/canary.csv"
    answers+=$(bangkit import "$folder/canary.csv" --errors "$folder/canary.errors.csv" 2>&1 || true)
    matches "the canary is registered" "$(query registration "SELECT count(*) FROM owners WHERE created_at > now() - interval '1 minute'")" '^[1-9]'
    ! grep -qaE "$canary_forms" <<<"$answers" || not_so "an answer quotes the citizen"

    is_nowhere "$canary_forms"
}

is_nowhere() {  # FORMS of an extended regular expression, in text and as hexadecimal digits of a bytea.
    everything_that_is_kept >"$folder/everything"
    matches "something was searched" "$(wc -c <"$folder/everything")" '^[0-9]{6,}$'
    ! grep -qaE "$1" "$folder/everything" || not_so "found: $(grep -aoE ".{0,60}($1)" "$folder/everything" | head -n 3)"
    local form
    for form in ${1//|/ }; do
        ! grep -qa "$(printf '%s' "$form" | od -An -tx1 | tr -d ' \n')" "$folder/everything" || not_so "found in bytes: $form"
    done
}

an_erased_citizen_is_nowhere() {
    local id request before application
    id=$(registration_request "$(new_id)" 3275015506909778 "Wulandarini Prasetyanti" 081299977756 |
        jq -c '.business.name = "Warung Wulandarini"' | { read -r body; registration RegisterBusiness "$body"; } |
        jq -r .business.business_id)
    exits_with 0 bangkit reveal "$id" --purpose SURVEI --case S-7/2026 --field TELEPON
    matches "the phone, for a survey" "$output" '\+6281299977756'
    exits_with 1 bangkit reveal "$id" --purpose SURVEI --case S-7/2026 --field NIK
    request=$(bangkit access request "$id" --case PDP/2026/0030 --json | jq -r .subjectRequestId)
    exits_with 0 bangkit access export "$request" --out "$folder/held.json"
    equals "what is held" "$(jq -r '.owner.name + " " + (.disclosures | length | tostring)' "$folder/held.json")" \
        "Wulandarini Prasetyanti 2"
    exits_with 0 bangkit access close "$request"

    application=$(an_application_of "$id" 32.75 "Wulandarini Prasetyanti" 9981299977756)
    exits_with 0 bangkit verify  # Waits until all is drained.
    before=$(query dashboard "SELECT sum(businesses) FROM dashboards")
    request=$(bangkit erasures request "$id" --case PDP/2026/0031 --json | jq -r .subjectRequestId)
    matches "the open request" "$(bangkit erasures list --due-within 72)" "$request"
    exits_with 0 bangkit erasures execute "$request"
    exits_with 0 bangkit verify
    withdrawn() { [ "$(query aid "SELECT state FROM applications WHERE application_id = '$application'")" = 12 ]; }
    eventually 30 withdrawn
    exits_with 0 bangkit verify
    is_nowhere "Wulandarini|Prasetyanti|3275015506909778|81299977756"
    equals "the figures stay" "$(query dashboard "SELECT sum(businesses) FROM dashboards")" "$before"
    exits_with 0 bangkit erasures replay
    matches "erased once" "$output" 'erased 0 erased_already 1'
}

keys_change_without_a_stop() {
    local count
    count=$(query registration "SELECT count(*) FROM owners")
    exits_with 0 bangkit keys add hash
    exits_with 0 bangkit keys add master
    restart_keepers
    exits_with 0 bangkit keys use hash 2
    exits_with 0 bangkit keys use master 2
    restart_keepers
    exits_with 0 bangkit keys rekey
    matches "all owners" "$output" "rewrapped $(query registration "SELECT count(*) FROM owners WHERE wrapped_key <> ''")"
    matches "who is known stays known" "$(registration RegisterBusiness \
        "$(registration_request "$(new_id)" "$canary_nik" "$canary_name" "$canary_phone")")" NIK_ALREADY_REGISTERED
    exits_with 0 bangkit keys retire master 1
    exits_with 0 bangkit keys retire master 1
    exits_with 0 bangkit keys retire hash 1
    exits_with 1 bangkit keys retire hash 1  # Rows of files are known by it.
    restart_keepers
    exits_with 0 bangkit list --region 32.75
    equals "owners" "$(query registration "SELECT count(*) FROM owners")" "$count"
}

restart_keepers() {
    local name
    for name in registration aid; do
        supervisor restart "$(full_name "$name")" >/dev/null
        eventually 30 port_is_open "${service_port[$name]}"
    done
}
