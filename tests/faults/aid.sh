# Public money while services die: never a rupiah more than there is, nobody paid twice, no instruction to the bank twice;
# to be sourced by tests/faults/run. Nobody else is in Sumatera Selatan (16).
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.
each_rupiah=1134429
bank=$folder/bank  # What it has been told, and what it has to say.
mkdir -p "$bank"
touch "$bank/messages" "$bank/instructions"

token_in_16() { bangkit token --role "$1" --region 16 --subject "$2"; }  # ROLE SUBJECT

# give BUSINESSES PLACES: a programme that has money for so many of so many that apply. Sets `program`, `budget`; the
# applications are in $folder/applications, up to their surveys.
give() {
    local year
    year=$(TZ=Asia/Jakarta date +%Y)
    bangkit demo generate --region 16 --businesses "$1" --condition TERDAMPAK --seed "$seed" >"$folder/16.csv"
    bangkit import "$folder/16.csv" >"$folder/16.log" 2>&1 || not_so "the import failed: $(tail -n 3 "$folder/16.log")"
    jq -n --arg year "$year" --argjson each "$each_rupiah" '{name: "Insentif", instrument: "AID_INSTRUMENT_CASH_GRANT",
        fundingSource: "FUNDING_SOURCE_APBD", fiscalYear: ($year | tonumber), regionCode: "16", opensOn: "\($year)-01-01",
        closesOn: "\($year)-12-31", amountRupiah: $each,
        approvalBands: [{upToRupiah: 5000000, roles: ["APPROVER_ROLE_PROVINCE"]}],
        rules: {code: "TERDAMPAK", rules: [{code: "TIDAK_TERDAMPAK", fact: "FACT_CONDITION", test: "RULE_TEST_ANY_OF",
            numbers: [2], unknown: "UNKNOWN_FAILS"}]}}' >"$folder/terms.json"
    program=$(bangkit program create --json-file "$folder/terms.json")
    budget=$(bangkit budget allocate --program "$program" --region 16 --amount $(($2 * each_rupiah + 1673)) \
        --document DPA-1/16)
    bangkit program open "$program" >/dev/null
    query registration "SELECT business_id FROM businesses WHERE region_code LIKE '16%' AND condition = 2 LIMIT $1" |
        "$binaries/tests/faults/bangkit-faults-aid" apply "127.0.0.1:${service_port[aid]}" \
            "$(token_in_16 officer petugas)" "$(token_in_16 officer penyurvei)" "$program" >"$folder/applications"
    equals "applications" "$(wc -l <"$folder/applications")" "$1"
}

# approve PORT TWINS: all of them at once; says what was answered.
approve() {
    "$binaries/tests/faults/bangkit-faults-aid" approve "127.0.0.1:$1" "$(token_in_16 province kepala-dinas)" "$2" \
        "$folder/approvals" <"$folder/applications"
}

# with_approvals SQL: the query may read the table `approvals`, which has what was acknowledged.
with_approvals() {
    psql "$(database_dsn aid aid_owner)" --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 <<END
CREATE TEMPORARY TABLE approvals (request_id uuid, method text, application_id uuid, version bigint);
\copy approvals FROM '$folder/approvals'
$1;
END
}

# as_many_as_there_is_money_for PLACES APPLICATIONS ANSWERS
as_many_as_there_is_money_for() {
    equals "answers" "$3" "$(printf 'BUDGET_EXHAUSTED %d\nOK %d\ndiffering 0' $(($2 - $1)) "$1")"
    equals "reservations" "$(query aid "SELECT count(*) FROM ledger WHERE budget_id = '$budget' AND kind = 3")" "$1"
    equals "what is left" "$(query aid "SELECT available_rupiah FROM budgets WHERE budget_id = '$budget'")" 1673
    equals "approvals acknowledged that are not there" "$(with_approvals "
        SELECT count(*) FROM approvals j
         WHERE (SELECT count(*) FROM idempotency i WHERE i.request_id = j.request_id AND NOT i.is_refusal) <> 1
            OR NOT EXISTS (SELECT FROM application_history h
                            WHERE h.application_id = j.application_id AND h.version = j.version AND h.state = 5)")" 0
    exits_with 0 bangkit budget recount "$budget"
}

thousands_are_approved_at_once() {  # APPLICATIONS PLACES TWINS
    rm -f "$folder/approvals"
    give "$1" "$2"
    began=$(now)
    as_many_as_there_is_money_for "$2" "$1" "$(approve "${service_port[aid]}" "$3")"
    printf '        %-62s %6d ms\n' "$1 approvals by $3 twins each" $((($(now) - began) / 1000))
    nothing_is_violated
}
approvals_meet_one_budget() { thousands_are_approved_at_once 10000 1683 50; }

# In the middle of batches, at every tenth commit.
approvals_are_killed() {
    local answers
    rm -f "$folder/approvals"
    give 2000 300
    supervisor stop "$(full_name aid)" >/dev/null
    start_replica aid BANGKIT_FAILPOINTS=before_commit=kill@10
    answers=$(approve "$(replica_port aid)" 4)
    say "        $(replica_deaths aid) deaths"
    [ "$(replica_deaths aid)" -ge 2 ] || not_so "nobody died"
    stop_replica aid
    supervisor start "$(full_name aid)" >/dev/null
    eventually 30 is_healthy aid
    as_many_as_there_is_money_for 300 2000 "$answers"
    nothing_is_violated
}

# until_answered COMMAND...: again and again with the same request id while something is away. Keeps its `output`.
until_answered() {
    local attempt code
    for ((attempt = 1; attempt <= 600; ++attempt)); do
        code=0
        output=$("$@" 2>"$folder/until_answered") || code=$?
        [ "$code" = 3 ] || return "$code"
        sleep 0.1
    done
    return 3
}

# What the bank keeps: a file that it has is not taken again, and everything else that it is told.
bank_takes() {  # FILE
    local message
    message=$(grep -o '<MsgId>[^<]*' "$1" | head -n 1)
    ! grep -qxF "$message" "$bank/messages" || return 0
    say "$message" >>"$bank/messages"
    grep -o '<EndToEndId>[^<]*' "$1" | cut -d'>' -f2 >>"$bank/instructions"
}
# bank_answers FILE: in no order, and some of them twice.
bank_answers() {
    {
        say referensi,status
        grep -o '<EndToEndId>[^<]*' "$1" | cut -d'>' -f2 |
            awk '{print $1 ",DITERIMA"; print $1 ",DIBAYAR"} NR % 5 == 0 {print $1 ",DIBAYAR"}' |
            shuf --random-source=<(yes "$seed")
    } >"$1.csv"
}

# Everything that is approved, in batches of so many, whoever dies meanwhile.
disburse() {  # MOST
    local batch id left treasurer releaser
    treasurer=$(token_in_16 province bendahara) releaser=$(token_in_16 province kuasa-anggaran)
    say '{"bankCode": "CONTIDJA", "accountNumber": "1000000016", "holderName": "Kas Daerah Contoh"}' >"$folder/payer.json"
    while true; do
        left=$(query aid "SELECT count(*) FROM applications WHERE program_id = '$program' AND state = 5")
        [ "$left" -gt 0 ] || break
        id=$(cat /proc/sys/kernel/random/uuid)
        until_answered bangkit --token "$treasurer" payment create --program "$program" --region 16 --max "$1" \
            --payer "$folder/payer.json" --execute-on "$(TZ=Asia/Jakarta date +%F)" --request-id "$id" ||
            { not_so "no batch: $(cat "$folder/until_answered")"; return; }
        batch=$output
        until_answered bangkit --token "$releaser" payment release "$batch" --request-id "$id" || not_so "not released: $output"
        until_answered bangkit --token "$treasurer" payment file "$batch" --out "$folder/pain001.xml" || not_so "no file"
        bank_takes "$folder/pain001.xml"
        bank_answers "$folder/pain001.xml"
        until_answered bangkit --token "$treasurer" payment answers "$folder/pain001.xml.csv" || not_so "answers: $output"
        until_answered bangkit --token "$treasurer" payment file "$batch" --out "$folder/again.xml" || not_so "no file again"
        cmp -s "$folder/pain001.xml" "$folder/again.xml" || not_so "the file is another one the second time"
        bank_takes "$folder/again.xml"
    done
}

a_disbursement_is_killed() {
    local number disbursing places=200
    rm -f "$folder/approvals"
    give 300 "$places"
    as_many_as_there_is_money_for "$places" 300 "$(approve "${service_port[aid]}" 1)"
    disburse 25 >"$folder/disburse.log" 2>&1 &
    disbursing=$!
    on_exit stop_process "$disbursing" KILL 5
    for number in {1..5}; do
        random_pause 15
        kill_and_await aid
    done
    wait "$disbursing" || not_so "the disbursement ended early"
    grep . "$folder/disburse.log" && not_so "the disbursement was disturbed"
    equals "paid" "$(query aid "SELECT count(*) FROM ledger WHERE budget_id = '$budget' AND kind = 5")" "$places"
    equals "instructions of the bank" "$(sort -u "$bank/instructions" | wc -l)" "$places"
    equals "instructions that the bank got twice" "$(sort "$bank/instructions" | uniq -d | wc -l)" 0
    equals "nothing is left reserved" "$(query aid "SELECT reserved_rupiah FROM budgets WHERE budget_id = '$budget'")" 0
    nothing_is_violated
}
