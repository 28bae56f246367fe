# Aid from the programme to the payment, and what agencies see of it; to be sourced by tests/e2e/run after users.sh.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

aid() { call "${service_port[aid]}" "bangkit.aid.v1.$1" "${@:2}"; }
aid_of() { dashboard_of "$1" | jq -r ".dashboard.aid.$2 // \"0\""; }  # REGION FIGURE

# open_program REGION: one for anybody, which needs an identity card; prints its id.
open_program() {
    local year program
    year=$(TZ=Asia/Jakarta date +%Y)
    program=$(bangkit program create --json-file <(jq -n --arg region "$1" --arg year "$year" '{name: "Bantuan Contoh",
        instrument: "AID_INSTRUMENT_CASH_GRANT", fundingSource: "FUNDING_SOURCE_APBD", fiscalYear: ($year | tonumber),
        regionCode: $region, opensOn: "\($year)-01-01", closesOn: "\($year)-12-31", amountRupiah: 1000000,
        documents: ["DOCUMENT_KIND_IDENTITY_CARD"], approvalBands: [{upToRupiah: 1000000, roles: ["APPROVER_ROLE_AGENCY"]}],
        rules: {code: "CONTOH", rules: [{code: "LUAR_WILAYAH", fact: "FACT_REGION", test: "RULE_TEST_IN_REGION",
            regionCodes: [$region], unknown: "UNKNOWN_FAILS"}]}}'))
    bangkit program open "$program" >/dev/null
    say "$program"
}

# an_application_of BUSINESS REGION NAME ACCOUNT: with a document and a bank account; prints its id.
an_application_of() {
    local id
    id=$(bangkit application start --program "$(open_program "$2")" --business "$1")
    small_pdf "$3" >"$folder/citizen.pdf"
    bangkit application attach "$id" "$folder/citizen.pdf" --kind KTP >/dev/null
    jq -n --arg name "$3" --arg account "$4" '{bankCode: "CONTIDJA", accountNumber: $account, holderName: $name}' |
        bangkit bank-account state "$1" >/dev/null
    bangkit application submit "$id" >/dev/null
    say "$id"
}

incentive_of_lampung() {
    bangkit program list --region 18 --json |
        jq -r '.programs[] | select(.terms.rules.code == "INSENTIF_LAMPUNG_2020").programId'
}
incentives_in() {  # REGION: how many were paid there.
    query aid "SELECT count(*) FROM ledger l JOIN applications a USING (application_id)
                WHERE l.kind = 5 AND l.amount_rupiah > 0 AND a.region_code LIKE '$1.%'"
}
umkm_of_lampung() {  # CONDITION: one of them.
    bangkit list --region 18 --kind UMKM --condition "$1" --page-size 1 --json | jq -r '.businesses[0].businessId'
}
sum_of_parts() {  # FIGURE: of the regencies and cities of Lampung.
    local code sum=0
    for code in $(bangkit regions 18 --json | jq -r '.regions[].regionCode'); do sum=$((sum + $(aid_of "$code" "$1"))); done
    say "$sum"
}
small_pdf() { printf '%%PDF-1.7\n%% %s\nstartxref\n9\n%%%%EOF\n' "$1"; }

lampung_gives_its_incentive() {
    local program budget before code everybody=$((1763 + 30 + 48 + 21))  # Restructurings, holidays, Prakerja.
    exits_with 0 bangkit demo run lampung
    program=$(incentive_of_lampung)
    budget=$(bangkit budget list --program "$program" --json | jq -c '.budgets[0]')
    equals "balances" "$(jq -r '[.recipients, (.balances | .allocatedRupiah, .availableRupiah, .reservedRupiah,
        .disbursedRupiah, .returnedRupiah)] | join(" ")' <<<"$budget")" "1763 2000000000 1673 0 1999998327 0"
    exits_with 0 bangkit budget recount "$(field .budgetId "$budget")"
    all_are_paid_somewhere() { [ "$(sum_of_parts recipients)" = "$everybody" ]; }
    eventually 60 all_are_paid_somewhere
    equals "rupiah of all regencies and cities" "$(sum_of_parts disbursedRupiah)" 1999998327
    for code in $(bangkit regions 18 --json | jq -r '.regions[].regionCode'); do
        matches "recipients of $code" "$(aid_of "$code" recipients)" '^[1-9][0-9]*$'
        equals "rupiah of $code" "$(aid_of "$code" disbursedRupiah)" $(($(incentives_in "$code") * 1134429))
    done
    matches "for people" "$(bangkit dashboard 18)" '1\.999\.998\.327'

    before=$(query aid "SELECT count(*) FROM application_history")
    exits_with 0 bangkit demo run lampung
    equals "what a second run changes" "$(query aid "SELECT count(*) FROM application_history")" "$before"
}

# By other people than those who entered it; and what does not go.
an_application_needs_more_than_one_person() {
    local id document file=$folder/ktp.pdf token
    id=$(bangkit application start --program "$(incentive_of_lampung)" --business "$(umkm_of_lampung AKTIF)")
    exits_with 1 bangkit application submit "$id"
    matches "what is missing" "$output" DOCUMENTS_MISSING
    small_pdf contoh >"$file"
    exits_with 0 bangkit application attach "$id" "$file" --kind KTP
    exits_with 0 bangkit application attach "$id" "$file" --kind REKENING
    printf '<html><script>' >"$folder/page.pdf"
    exits_with 1 bangkit application attach "$id" "$folder/page.pdf" --kind KTP
    matches "a page is no PDF" "$output" CONTENT_UNSUPPORTED
    document=$(bangkit application documents "$id" --json | jq -r '.documents[0].documentId')
    exits_with 0 bangkit application download "$id" "$document" --out "$folder/back.pdf"
    cmp -s "$file" "$folder/back.pdf" || not_so "what comes back is not what was handed in"
    exits_with 1 bangkit application submit "$id"
    matches "which rule does not hold" "$output" 'NOT_ELIGIBLE.*TIDAK_TERDAMPAK'
    token=$(token_of agency 36.74)
    looked_at() { aid ApplicationService/GetApplication "{\"application_id\": \"$id\"}"; }
    matches "to another province it is not there" "$(looked_at)" NotFound
    token=$(token_of council 18)
    matches "the council looks at figures" "$(looked_at)" PermissionDenied
    token=
    exits_with 0 bangkit application withdraw "$id"
}

# Known businesses are served while registration is down, and what is not known yet is served once it is up.
aid_goes_on_while_registration_is_down() {
    local business program
    program=$(incentive_of_lampung)
    business=$(umkm_of_lampung TERDAMPAK)
    supervisor stop "$(full_name registration)" >/dev/null
    exits_with 0 bangkit application start --program "$program" --business "$business"
    exits_with 3 bangkit application start --program "$program" --business "$(new_id)"
    supervisor start "$(full_name registration)" >/dev/null
    eventually 60 is_healthy registration
    unknown() {
        output=$(bangkit application start --program "$program" --business "$(new_id)" 2>&1) || true
        [[ $output == *BUSINESS_NOT_FOUND* ]]
    }
    eventually 30 unknown
}

# A shop that was given something by one of its two records is not given it again by the other one.
who_was_merged_is_not_given_it_twice() {
    local program candidate paid other id
    program=$(incentive_of_lampung)
    bangkit application list --program "$program" --state DISALURKAN --json >"$folder/paid.json"
    for candidate in $(jq -r '.applications[].businessId' "$folder/paid.json"); do
        [ "$(bangkit get "$candidate" --json | jq -r '.business.nib + .business.kind')" != BUSINESS_KIND_UMKM ] || break
    done
    paid=$candidate  # With a NIB it would have to be the one that stays.
    other=$(bangkit register --name "Warung Kembar" --kind UMKM --region 18.71.05 --kbli 56102 --condition TERDAMPAK \
        --owner-name "Contoh Kembar")
    exits_with 0 bangkit merge "$other" "$paid"
    lives_on_in() {
        [ "$(query aid "SELECT coalesce(merged_into::text, '') FROM businesses WHERE business_id = '$paid'")" = "$1" ]
    }
    eventually 30 lives_on_in "$other"
    id=$(bangkit application start --program "$program" --business "$other")
    small_pdf contoh >"$folder/twin.pdf"
    exits_with 0 bangkit application attach "$id" "$folder/twin.pdf" --kind KTP
    exits_with 0 bangkit application attach "$id" "$folder/twin.pdf" --kind REKENING
    exits_with 1 bangkit application submit "$id"
    matches "the same shop" "$output" DOUBLE_AID
    exits_with 0 bangkit merge undo "$paid"
    eventually 30 lives_on_in ""
    exits_with 0 bangkit application withdraw "$id"
}

tangsel_nominates_for_bpum() {
    local before
    exits_with 0 bangkit demo run tangsel
    matches "share of those registered" "$(bangkit dashboard 36.74)" 'Disalurkan +25\.000 +31,25%'
    before=$(query aid "SELECT sum(version) FROM nominees")
    exits_with 0 bangkit demo run tangsel
    equals "what a second run changes" "$(query aid "SELECT sum(version) FROM nominees")" "$before"
}

# Of 80 who are proposed, 40 go to the bank and 4 pass; another bank says nothing of 300.
bandar_lampung_lends_without_interest() {
    local before
    exits_with 0 bangkit demo run bandarlampung
    equals "months that were paid, to the rupiah" "$(query aid "SELECT concat_ws(' ', count(*), sum(amount_rupiah))
        FROM ledger WHERE kind = 8")" "8 950000"
    equals "of whom the province was told, once" "$(query aid "SELECT concat_ws(' ', count(DISTINCT referral_id), count(*))
        FROM referrals JOIN referral_history h USING (referral_id) WHERE is_silent AND h.version > 1")" "300 300"
    before=$(query aid "SELECT concat_ws(' ', (SELECT count(*) FROM application_history), (SELECT count(*) FROM referral_history),
        (SELECT sum(version) FROM loans))")
    exits_with 0 bangkit demo run bandarlampung
    equals "what a second run changes" "$(query aid "SELECT concat_ws(' ', (SELECT count(*) FROM application_history),
        (SELECT count(*) FROM referral_history), (SELECT sum(version) FROM loans))")" "$before"
}
