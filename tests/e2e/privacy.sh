# Where personal data must not be; to be sourced by tests/e2e/run.
# shellcheck shell=bash

# A citizen like no other, so that a search finds only them. The forms that a leak could have: as sent, as normalised.
canary_name="Kanarianti Zulmaharani"
canary_nik=3275015506909777
canary_phone=081299977755
canary_forms="Kanarianti|Zulmaharani|3275015506909777|81299977755"

everything_that_is_kept() {
    cat "$var"/log/*.log
    kcat -b "$kafka_address" -t bangkit.registration.v1 -C -o beginning -e -q -f '%k %h %s\n'
    local key
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

    everything_that_is_kept >"$folder/everything"
    matches "something was searched" "$(wc -c <"$folder/everything")" '^[0-9]{6,}$'
    ! grep -qaE "$canary_forms" "$folder/everything" || not_so "found: $(grep -aoE ".{0,60}($canary_forms)" "$folder/everything" | head -n 3)"
    # bytea columns are dumped as hexadecimal digits.
    local form
    for form in "$canary_nik" Kanarianti 81299977755; do
        ! grep -qa "$(printf '%s' "$form" | od -An -tx1 | tr -d ' \n')" "$folder/everything" || not_so "found in bytes: $form"
    done
}
