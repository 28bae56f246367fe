# What users do, and what they find; to be sourced by tests/e2e/run.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

token_of() { bangkit token --role "$1" --region "$2" 2>/dev/null; }

# call SERVICE-PORT METHOD JSON [GRPCURL-OPTION...]: by grpcurl, as an integrator would; as an agency of Kota Bekasi.
call() {
    grpcurl -plaintext -H "authorization: Bearer ${token:-$(token_of agency 32.75)}" "${@:4}" -d "$3" \
        "127.0.0.1:$1" "$2" 2>&1
}
registration() { call "${service_port[registration]}" "bangkit.registration.v1.RegistrationService/$1" "${@:2}"; }
dashboard_of() { bangkit dashboard "$1" --json; }
new_id() { cat /proc/sys/kernel/random/uuid; }

# registration_request REQUEST-ID NIK NAME PHONE
registration_request() {
    jq -nc --arg id "$1" --arg nik "$2" --arg name "$3" --arg phone "$4" '{request_id: $id,
        owner: {nik: $nik, name: $name, phone: $phone},
        business: {kind: "BUSINESS_KIND_UMKM", name: "Warung Contoh", region_code: "32.75.01", kbli: "56102",
                   annual_sales_rupiah: 120000000}}'
}

# registered REGION: by a count of the registry itself.
registered() { query registration "SELECT count(*) FROM businesses WHERE region_code >= '$1' AND region_code < '$1/'"; }
blank_spots() {
    query registration "SELECT count(*) FROM businesses
        WHERE region_code >= '$1' AND region_code < '$1/' AND network_coverage = 1"
}
dashboard_shows() { [ "$(dashboard_of "$1" | jq -r .dashboard.businesses)" = "$2" ]; }

# marked REGION MARK: how many businesses of the dashboard have the mark.
marked() {
    dashboard_of "$1" | jq -r --arg mark "BUSINESS_MARK_$2" '[.dashboard.marks[] | select(.mark == $mark) | .businesses] | .[0] // "0"'
}

bekasi_shows_its_figures() {
    exits_with 0 bangkit demo run bekasi
    local shown kind code run=$output
    eventually 30 dashboard_shows 32.75 9844
    shown=$(dashboard_of 32.75)
    for kind in COOPERATIVE:1337 STREET_VENDOR:2109 UMKM:6398; do
        equals "$kind" "$(jq "[.dashboard.counts[] | select(.kind == \"BUSINESS_KIND_${kind%:*}\") | .businesses | tonumber] | add" <<<"$shown")" "${kind#*:}"
    done
    equals "cooperatives of mosques" "$(marked 32.75 MOSQUE_COOPERATIVE)" 300
    equals "with their deeds" "$(marked 32.75 MOSQUE_COOPERATIVE_WITH_DEED)" 300
    for code in $(bangkit regions 32.75 --json | jq -r '.regions[].regionCode'); do
        matches "a share for people" "$run" "$code .* [0-9,]+%"
        equals "blank spots of $code" "$(marked "$code" BLANK_SPOT)" "$(blank_spots "$code")"
    done
    [ "$(marked 32.75 BLANK_SPOT)" -gt 0 ] || not_so "there is no blank spot to be shown"
    matches "as of" "$(field .freshness.asOf "$shown")" '^20[0-9]{2}-[0-9]{2}-[0-9]{2}T'
    equals "the province" "$(dashboard_of 32 | jq -r .dashboard.businesses)" "$(registered 32)"
    equals "the country" "$(dashboard_of ID | jq -r .dashboard.businesses)" "$(query registration 'SELECT count(*) FROM businesses')"
}

a_file_registers_every_row_once() {
    bangkit demo generate --region 36.74 --businesses "$rows" --seed 1 >"$folder/f.csv"
    exits_with 0 bangkit import "$folder/f.csv"
    equals "registered" "$(registered 36.74)" "$rows"
    equals "unchanged" "$(bangkit import "$folder/f.csv" --json 2>/dev/null | jq -r .unchanged)" "$rows"
    equals "registered after the second time" "$(registered 36.74)" "$rows"
    eventually 60 dashboard_shows 36.74 "$rows"
    local most
    most=$(awk '/^VmHWM/ {print int($2 / 1024)}' "/proc/$(pid_of registration)/status")
    [ "$most" -lt 200 ] || not_so "registration needed $most MiB: more than a stream of rows should"
}

bad_rows_are_reported() {
    bangkit demo generate --region 36.71 --businesses 200 --bad 30 --seed 5 >"$folder/bad.csv"
    exits_with 1 bangkit import "$folder/bad.csv" --errors "$folder/bad.errors.csv"
    equals "registered" "$(registered 36.71)" 200
    exits_with 2 bangkit import "$folder/bad.csv" --errors "$folder/bad.csv"
    equals "rows in the error file" "$(($(wc -l <"$folder/bad.errors.csv") - 1))" 30
}

lampung_counts_its_delivery_shops_and_blank_spots() {
    local code
    exits_with 0 bangkit demo run lampung
    exits_with 0 bangkit demo run lampung
    equals "regencies and cities" "$(bangkit regions 18 --json | jq '.regions | length')" 15
    for code in $(bangkit regions 18 --json | jq -r '.regions[].regionCode'); do
        matches "shops of $code" "$(marked "$code" ORDER_AND_DELIVER)" '^1[56]$'
    done
    equals "blank spots" "$(marked 18 BLANK_SPOT)" "$(blank_spots 18)"
    matches "a share for people" "$(bangkit dashboard 18)" 'Bagian blank spot +[0-9,]+%'
}

files_come_out_as_they_went_in() {
    bangkit demo generate --region 19 --businesses 300 --cooperatives 60 --vendors 60 --delivery-shops 20 --seed 19 >"$folder/19.csv"
    exits_with 0 bangkit import "$folder/19.csv"
    bangkit export --region 19 --out "$folder/masked.csv"
    exits_with 1 bangkit import "$folder/masked.csv"
    bangkit export --region 19 --purpose KOREKSI --case E-1/2026 --out "$folder/all.csv"
    equals "rows" "$(wc -l <"$folder/all.csv")" 441
    equals "unchanged" "$(bangkit import "$folder/all.csv" --json 2>/dev/null | jq -r .unchanged)" 440
    equals "on record" "$(query registration "SELECT count(*) FROM disclosures WHERE case_reference = 'E-1/2026'")" 440
    bangkit export --region 19 --english --purpose HUKUM --case E-2/2026 --out "$folder/all.xlsx"
    equals "unchanged of a workbook" "$(bangkit import "$folder/all.xlsx" --json 2>/dev/null | jq -r .unchanged)" 440
}

subscribers_find_cloud_events() {
    local headers records=$folder/records decoded=$folder/decoded
    kcat -b "$kafka_address" -t bangkit.registration.v1 -C -o beginning -e -q -f '%h|%k\n' >"$records"
    headers=$(grep -m 1 'ce_subject=business/' "$records")
    matches "headers" "$headers" 'ce_specversion=1.0'
    matches "headers" "$headers" 'ce_type=bangkit.registration.v1.BusinessRegistered'
    matches "headers" "$headers" 'ce_source=/bangkit/registration'
    matches "headers" "$headers" 'ce_dataschema=https://bangkit.id/schemas/bangkit.registration.v1.BusinessRegistered'
    matches "headers" "$headers" 'ce_sequence=1'
    matches "headers" "$headers" 'content-type=application/protobuf'
    matches "the subject ends in the key" "$headers" 'ce_subject=business/([0-9a-f-]{36}),.*\|'
    equals "key" "${headers##*|}" "${BASH_REMATCH[1]}"
    bangkit events tail --from-start --count "$(wc -l <"$records")" >"$decoded"
    matches "a business" "$(grep -m 1 BusinessRegistered "$decoded")" '"regionCode"'
    matches "a need" "$(grep -m 1 NeedStated "$decoded")" '"regionCode"'
}

integrators_find_their_way() {
    local address=127.0.0.1:${service_port[registration]}
    matches "list" "$(grpcurl -plaintext "$address" list)" 'bangkit.registration.v1.RegistrationService'
    matches "describe" "$(grpcurl -plaintext "$address" describe bangkit.registration.v1.RegistrationService)" 'rpc RegisterBusiness'
    matches "health" "$(grpcurl -plaintext -d '{"service": "bangkit.registration.v1.RegistrationService"}' "$address" \
        grpc.health.v1.Health/Check)" SERVING
    matches "metrics" "$(curl -fsS "http://127.0.0.1:$(admin_port registration)/metrics")" 'bangkit_commands_total'
    matches "a page" "$(registration ListBusinesses '{"region_code": "32.75", "page_size": 2}')" 'next_page_token'
}

a_write_is_read_back() {
    local answer position before after
    before=$(dashboard_of 32.75.01 | jq -r .dashboard.businesses)
    answer=$(registration RegisterBusiness "$(registration_request "$(new_id)" 3275014107909001 "Contoh Satu" 081200009001)")
    position=$(field .position "$answer")
    after=$(bangkit dashboard 32.75.01 --min-position "$position" --json | jq -r .dashboard.businesses)
    equals "the dashboard includes the write" "$after" $((before + 1))
}

a_change_is_in_the_figures_and_the_history() {
    local id moved verified
    id=$(bangkit list --region 36.71 --page-size 1 --json | jq -r '.businesses[0].businessId')
    exits_with 1 bangkit update "$id" --nib 12
    exits_with 0 bangkit update "$id" --region 51.03 --annual-sales 2500000000 --phone 081200009009
    exits_with 0 bangkit verify-business "$id" --level LAPANGAN --note kunjungan
    exits_with 1 bangkit verify-business "$id" --level DOKUMEN
    moved_and_verified() {
        [ "$(bangkit compare 51.03 36.71 --json | jq -r '.regions[0].dashboard |
            .businesses + " " + (.verified[0].businesses // "0")')" = "1 1" ]
    }
    eventually 30 moved_and_verified
    verified=$(bangkit history "$id" --all --json | jq -r '[.statements[].verification.level // empty] | join(",")')
    equals "verification" "$verified" VERIFICATION_LEVEL_FIELD
    moved=$(bangkit history "$id" --all --json | jq -r '[.statements[].details.changedFields // [] | .[]] | join(",")')
    equals "changed" "$moved" owner.phone,business.region_code,business.annual_sales_rupiah
}

a_trace_leads_to_the_consumer() {
    local trace=4bf92f3577b34da6a3ce929d0e0e4736
    registration RegisterBusiness "$(registration_request "$(new_id)" 3275014107909002 "Contoh Dua" 081200009002)" \
        -H "traceparent: 00-$trace-00f067aa0ba902b7-01" >/dev/null
    eventually 20 grep -q "$trace" "$var/log/dashboard.log"
    matches "the call's own line" "$(grep -c "$trace" "$var/log/registration.log")" '^[1-9]'
}

refusals_are_precise() {
    local id request answer businesses
    id=$(new_id)
    request=$(registration_request "$id" 3275014107909003 "Contoh Tiga" 081200009003)
    businesses=$(query registration 'SELECT count(*) FROM businesses')
    matches "bad NIK" "$(registration RegisterBusiness "$(registration_request "$(new_id)" 12345 x 08)")" 'InvalidArgument'
    matches "other region" "$(token=$(token_of agency 36.74) registration RegisterBusiness "$(registration_request "$(new_id)" '' Lain '')")" 'NotFound'
    matches "other role" "$(token=$(token_of council 32.75) registration RegisterBusiness "$request")" 'PermissionDenied'
    matches "no token" "$(token=none registration RegisterBusiness "$request")" 'Unauthenticated'
    equals "nothing was registered" "$(query registration 'SELECT count(*) FROM businesses')" "$businesses"
    answer=$(registration RegisterBusiness "$request")
    equals "a repeated request" "$(registration RegisterBusiness "$request")" "$answer"
    matches "the id for another request" "$(registration RegisterBusiness "$(registration_request "$id" '' Lain '')")" 'FailedPrecondition'
    matches "the same NIK" "$(registration RegisterBusiness "$(registration_request "$(new_id)" 3275014107909003 Lain '')")" 'AlreadyExists'
    equals "one was registered" "$(query registration 'SELECT count(*) FROM businesses')" $((businesses + 1))
}

exit_codes_are_stable() {
    exits_with 2 bangkit dashboard
    exits_with 2 bangkit no-such-command
    exits_with 3 bangkit --registration 127.0.0.1:1 list --region 32.75
    exits_with 1 bangkit get 00000000-0000-7000-8000-000000000000
    exits_with 0 bangkit list --region 32.75 --page-size 1
}

a_rebuild_changes_nothing() {
    local before after
    before=$(dashboard_of 32.75 | jq -S '.dashboard | del(.version, .generation)')
    exits_with 0 bangkit dashboard rebuild
    rebuilt() { [ "$(query dashboard "SELECT coalesce(sum(lag), 1) FROM inbox_offsets")" = 0 ]; }
    eventually 60 rebuilt
    eventually 30 dashboard_shows 32.75 "$(registered 32.75)"
    after=$(dashboard_of 32.75 | jq -S '.dashboard | del(.version, .generation)')
    equals "figures" "$after" "$before"
}

every_invariant_holds() { exits_with 0 bangkit verify; }
