# What officers take down where there is no network, and what people need; to be sourced by tests/e2e/run.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

# submission DEVICE SEQUENCE MINUTE JSON: a line for `bangkit intake submit`.
submission() {
    jq -nc --arg device "$1" --arg sequence "$2" --arg at "2026-03-09T03:$3:00Z" --argjson more "$4" \
        '{deviceId: $device, submission: ({sequence: $sequence, capturedAt: $at} + $more)}'
}
# registered_address BUSINESS: as the registry has it.
registered_address() { bangkit get "$1" --json | jq -r .business.address; }

what_was_taken_down_without_network_comes_in() {
    local first second shop=0195b3f2-0000-7000-8000-000000000001 id etag conflict
    first=$(new_id) second=$(new_id)
    {
        submission "$first" 2 02 "{\"localBusinessId\": \"$shop\", \"edit\": {\"updateMask\": \"business.address\",
            \"business\": {\"address\": \"Blok A\"}}}"
        submission "$first" 1 01 "{\"localBusinessId\": \"$shop\", \"registration\": {
            \"owner\": {\"name\": \"Siti Contoh\", \"nik\": \"1771014107909002\"},
            \"business\": {\"kind\": \"BUSINESS_KIND_UMKM\", \"name\": \"Warung Tanpa Sinyal\",
                           \"regionCode\": \"17.71.02\", \"kbli\": \"56102\"}}}"
    } >"$folder/intake.jsonl"
    matches "a report that comes first" "$(bangkit intake submit "$folder/intake.jsonl")" '^2 [0-9a-f-]+ WAITING'
    matches "the same again" "$(bangkit intake submit "$folder/intake.jsonl")" '2 [0-9a-f-]+ APPLIED \(known already\)'
    id=$(bangkit intake submit "$folder/intake.jsonl" --json | jq -r .receipt.businessId | sort -u)
    equals "its address" "$(registered_address "$id")" 'Blok A'
    etag=$(bangkit get "$id" --json | jq -r .business.etag)
    submission "$first" 3 10 "{\"businessId\": \"$id\", \"etag\": \"$etag\", \"edit\": {
        \"updateMask\": \"business.address\", \"business\": {\"address\": \"Blok B\"}}}" >"$folder/one.jsonl"
    submission "$second" 1 20 "{\"businessId\": \"$id\", \"etag\": \"$etag\", \"edit\": {
        \"updateMask\": \"business.address\", \"business\": {\"address\": \"Blok C\"}}}" >"$folder/two.jsonl"
    exits_with 0 bangkit intake submit "$folder/two.jsonl"
    matches "who was earlier" "$(bangkit intake submit "$folder/one.jsonl")" 'SUPERSEDED conflict:business.address'
    conflict=$(bangkit intake conflicts --business "$id" --json | jq -r .conflictId)
    exits_with 0 bangkit intake resolve "$conflict" GANTI
    exits_with 1 bangkit intake resolve "$conflict" GANTI
    equals "what was decided" "$(registered_address "$id")" 'Blok B'
    sed -i 's/Blok B/Blok D/' "$folder/one.jsonl"
    exits_with 1 bangkit intake submit "$folder/one.jsonl"
}

# needs_shown REGION STATUS
needs_shown() {
    dashboard_of "$1" | jq "[.dashboard.needs[] | select(.status == \"NEED_STATUS_$2\") | .needs | tonumber] | add // 0"
}

what_people_need_is_set_against_what_is_done() {
    local id
    id=$(bangkit needs state --constituency DPRD-17/1 --held-on 2026-03-01 --region 17.71.03 \
        --topic 'PELATIHAN DIGITAL' --beneficiaries 40 | cut -d ' ' -f 1)
    bangkit needs state --constituency DPRD-17/1 --held-on 2026-03-01 --region 17.71.03 --topic MODAL >"$folder/need"
    exits_with 1 bangkit needs accommodate "$id" --course "$(new_id)"
    exits_with 0 bangkit needs verify "$id"
    exits_with 0 bangkit needs accommodate "$id" --course "$(new_id)"
    exits_with 0 bangkit needs decline "$(cut -d ' ' -f 1 "$folder/need")" --reason ANGGARAN
    demand_and_supply_are_shown() {
        [ "$(needs_shown 17.71.03 ACCOMMODATED) $(needs_shown 17.71.03 DECLINED)" = '1 1' ]
    }
    eventually 30 demand_and_supply_are_shown
    matches "the dashboard" "$(bangkit dashboard 17.71.03)" 'PELATIHAN DIGITAL +1 +1'
    matches "the list" "$(bangkit needs list --region 17.71.03 --status DITOLAK)" 'RESES +MODAL +DITOLAK'
}
