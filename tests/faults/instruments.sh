# Goods, loans, referrals, nominations, supervision and grievances while services die; to be sourced by tests/faults/run after
# aid.sh. Nobody else is in Jambi (15).
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

token_in_15() { bangkit token --role "$1" --region 15 --subject "$2"; }  # ROLE SUBJECT
days_ago() { date -d "$1 days ago" +%F; }

# program_in_15 INSTRUMENT AMOUNT BUDGET: a draft with a budget; prints its id.
program_in_15() {
    local year id
    year=$(TZ=Asia/Jakarta date +%Y)
    jq -n --arg year "$year" --arg instrument "$1" --argjson each "$2" '{name: "Program \($instrument)",
        instrument: "AID_INSTRUMENT_\($instrument)", fundingSource: "FUNDING_SOURCE_APBD", fiscalYear: ($year | tonumber),
        regionCode: "15", opensOn: "\($year)-01-01", closesOn: "\($year)-12-31", amountRupiah: $each,
        approvalBands: [{upToRupiah: 50000000, roles: ["APPROVER_ROLE_PROVINCE"]}],
        rules: {code: "TERDAMPAK", rules: [{code: "TIDAK_TERDAMPAK", fact: "FACT_CONDITION", test: "RULE_TEST_ANY_OF",
            numbers: [2], unknown: "UNKNOWN_FAILS"}]}}' >"$folder/terms.json"
    id=$(bangkit program create --json-file "$folder/terms.json")
    bangkit budget allocate --program "$id" --region 15 --amount "$3" --document DPA-1/15 >/dev/null
    say "$id"
}

# agree PROGRAM ANSWER-DAYS [RATE]: prints the id of the agreement.
agree() {
    bangkit referral agree --program "$1" --partner "$partner" --kind BANK --name 'Bank Contoh' --document MOU-1/15 \
        --answer-days "$2" --months 12 ${3:+--rate "$3"}
}

# begin_instruments BUSINESSES: everything that the client needs, and the client.
begin_instruments() {
    local item
    grievances_before=$(query aid "SELECT concat('{', string_agg(grievance_id::text, ','), '}')
        FROM grievances WHERE region_code = '15.71'")
    partner=$(</proc/sys/kernel/random/uuid)
    bangkit demo generate --region 15 --businesses "$1" --condition TERDAMPAK --seed "$seed" >"$folder/15.csv"
    bangkit import "$folder/15.csv" >"$folder/15.log" 2>&1 || not_so "the import failed: $(tail -n 3 "$folder/15.log")"
    goods=$(program_in_15 IN_KIND 0 0)
    item=$(bangkit goods create-item --region 15 --name Kain --kind TEKSTIL --unit METER)
    warehouse=$(bangkit goods create-warehouse --code "GDG-$RANDOM" --name Gudang --region 15)
    bangkit goods set-program "$goods" --goods "$item:5" >/dev/null
    bangkit goods receive "$warehouse" --item "$item" --quantity 1000000 --document SJ-1/15 >/dev/null
    loans=$(program_in_15 INTEREST_FREE_LOAN 25000000 10000000000)
    restructurings=$(program_in_15 RESTRUCTURING_REFERRAL 0 0)
    nominations=$(program_in_15 EXTERNAL_NOMINATION 2400000 0)
    local each
    for each in "$goods" "$loans" "$restructurings" "$nominations"; do bangkit program open "$each" >/dev/null; done
    {
        say "officer $(token_in_15 officer petugas)"
        say "surveyor $(token_in_15 officer penyurvei)"
        say "approver $(token_in_15 province kepala-dinas)"
        say "partner $(bangkit token --role partner --subject "$partner")"
        say "goods $goods"
        say "loans $loans"
        say "loan_agreement $(agree "$loans" 20 1200)"
        say "restructurings $restructurings"
        say "restructuring_agreement $(agree "$restructurings" 3)"
        say "nominations $nominations"
        say "today $(TZ=Asia/Jakarta date +%F)"
        say "long_ago $(days_ago 50)"
        say "before $(days_ago 45)"
        say "lately $(days_ago 40)"
        query registration "SELECT 'business ' || business_id FROM businesses WHERE region_code LIKE '15%' AND condition = 2"
    } >"$folder/instruments.setup"
    chmod 600 "$folder/instruments.setup"
    rm -f "$folder/instruments.stop"
    local addresses=127.0.0.1:${service_port[aid]}
    [ -z "${replica_keeper[aid]:-}" ] || addresses+=,127.0.0.1:$(replica_port aid)
    "$binaries/tests/faults/bangkit-faults-instruments" "$addresses" "$seed" "$folder/instruments.stop" \
        <"$folder/instruments.setup" >"$folder/instruments.counts" 2>"$folder/instruments.log" &
    instruments_pid=$!
    on_exit stop_process "$instruments_pid" KILL 5
}

# acknowledged WHAT: how often the client was told so.
acknowledged() { awk -v what="$1" '$1 == what { count = $2 } END { print count + 0 }' "$folder/instruments.counts"; }
# stored TABLE [WHERE ...]: with what belongs to the programmes of this test.
stored() { query aid "SELECT count(*) FROM $1"; }

nothing_is_due() {
    [ "$(query aid "SELECT count(*) FROM (SELECT due_at FROM grievances UNION ALL SELECT due_at FROM referrals
        UNION ALL SELECT due_at FROM loans UNION ALL SELECT due_at FROM nominees) d WHERE due_at < now()")" = 0 ]
}

# nominate ANSWERED: the list of all of them goes to the agency, which answers so many of them in two ways.
nominate() {
    local batch approver sender
    approver=$(token_in_15 province kepala-dinas) sender=$(token_in_15 province pengirim)
    batch=$(bangkit --token "$approver" nomination open --program "$nominations" --region 15 --scheme 'BPUM 2020' | cut -d' ' -f1)
    bangkit --token "$approver" nomination add "$batch" >/dev/null
    bangkit --token "$sender" nomination send "$batch" --letter S-1/15 >/dev/null
    bangkit --token "$sender" nomination file "$batch" --out "$folder/nominees.csv"
    equals "rows of the list" "$(($(wc -l <"$folder/nominees.csv") - 1))" "$1"
    bangkit --token "$sender" nomination decree "$batch" --number SK-1/15 --on "$(TZ=Asia/Jakarta date +%F)" >/dev/null
    {
        say "nomor_usulan,status,alasan,nominal"
        query aid "SELECT replace(application_id::text, '-', '') || CASE WHEN number % 4 = 0 THEN ',DITOLAK,KUR_AKTIF,'
            ELSE ',DITETAPKAN,,2400000' END FROM nominees WHERE batch_id = '$batch' ORDER BY number"
    } >"$folder/nominees.answers"
    until_answered bangkit --token "$sender" nomination answers "$folder/nominees.answers" ||
        not_so "the answers were refused: $output $(cat "$folder/until_answered")"
    until_answered bangkit --token "$sender" nomination answers "$folder/nominees.answers" ||
        not_so "the same answers again were refused: $output"
    equals "determined" "$(stored "nominees WHERE state = 5 AND batch_id = '$batch'")" "$(($1 - $1 / 4))"
    equals "rejected by the agency" "$(stored "nominees WHERE state = 9 AND batch_id = '$batch'")" "$(($1 / 4))"
}

# end_instruments: what was acknowledged is there, once; and what was to happen by itself has happened, once.
end_instruments() {
    touch "$folder/instruments.stop"
    wait "$instruments_pid" || not_so "the client of all instruments ended early: $(tail -n 3 "$folder/instruments.log")"
    say "        $(paste -sd ' ' "$folder/instruments.counts")"
    local of_loans="JOIN loans USING (loan_id) WHERE program_id = '$loans'"
    local here="region_code = '15.71' AND grievance_id <> ALL ('$grievances_before'::uuid[])"
    equals "hand-overs" "$(stored "handovers WHERE warehouse_id = '$warehouse'")" "$(acknowledged handed_over)"
    equals "metres that left the warehouse" \
        "$(query aid "SELECT sum(handed_over) FROM stock WHERE warehouse_id = '$warehouse'")" \
        "$((5 * ($(acknowledged handed_over) - $(acknowledged taken_back))))"
    equals "refunds" "$(stored "refund_cases WHERE state = 2 AND program_id = '$goods'")" "$(acknowledged taken_back)"
    equals "visits" "$(stored "visits WHERE state = 2 AND program_id = '$goods'")" "$(acknowledged visited)"
    equals "referrals" "$(stored "referrals WHERE program_id IN ('$loans', '$restructurings')")" "$(acknowledged referred)"
    equals "loans" "$(stored "loans WHERE program_id = '$loans'")" "$(acknowledged granted)"
    equals "instalments" "$(stored "loan_instalments $of_loans")" "$(acknowledged instalments)"
    equals "grievances" "$(stored "grievances WHERE $here")" "$(acknowledged filed)"
    eventually 60 nothing_is_due
    equals "months of interest that were paid" "$(stored "loan_subsidies $of_loans")" "$(acknowledged granted)"
    equals "silent partners" "$(stored "referrals WHERE is_silent AND program_id = '$restructurings'")" "$(acknowledged silent)"
    equals "late grievances with the province" "$(stored "grievances WHERE level = 2 AND $here")" "$(acknowledged late)"
    equals "escalations of these" \
        "$(stored "grievance_history h JOIN grievances USING (grievance_id) WHERE h.kind = 5 AND $here")" "$(acknowledged late)"
    nominate "$(acknowledged recorded)"
}

# Each instrument while the service dies at any moment, three times.
all_instruments_are_killed() {
    local number
    begin_instruments 200
    for number in {1..3}; do
        random_pause 30
        kill_and_await aid
    done
    sleep 5
    end_instruments
    nothing_is_violated
}
