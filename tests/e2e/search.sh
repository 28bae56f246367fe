# How businesses are found again; to be sourced by tests/e2e/run, after users.sh.
# shellcheck shell=bash

ids_of() { jq -r '.businesses[].businessId' | sort -u; }

# No row of a file has 0853.
a_business_is_found_again() {
    local answer id today
    answer=$(registration RegisterBusiness "$(jq -nc --arg id "$(new_id)" '{request_id: $id,
        owner: {nik: "3275014107909011", name: "Contoh Kenanga", phone: "085300009311"},
        business: {kind: "BUSINESS_KIND_UMKM", name: "Katering Kenanga Wangi", region_code: "32.75.01.1001", kbli: "56210",
                   order_and_deliver: true}}')")
    id=$(field .business.business_id "$answer")
    equals "by a word of its name" "$(bangkit search kenanga --region 32.75 --json | ids_of)" "$id"
    equals "by words that are misspelled" "$(bangkit search kennanga kattering --region 32.75 --json | ids_of)" "$id"
    equals "with a filter" "$(bangkit search kenanga --order-and-deliver --without NIB --json | ids_of)" "$id"
    equals "with another filter" "$(bangkit search kenanga --with NIB --json | ids_of)" ""
    equals "by the phone of its owner" \
        "$(bangkit find --phone --purpose SURVEI --case S-7/2026 --json <<<'0853-0000-9311' | ids_of)" "$id"
    equals "by the NIK of its owner" "$(bangkit find --purpose KOREKSI --case K-7/2026 --json <<<3275014107909011 | ids_of)" "$id"
    exits_with 1 bangkit find --purpose SURVEI --case S-7/2026 <<<3275014107909011
    equals "on record" "$(query registration "SELECT count(*) FROM disclosures WHERE business_id = '$id'")" 2
    today=$(TZ=Asia/Jakarta date +%F)
    equals "as of today" "$(bangkit list --region 32.75.01.1001 --as-of "$today" --order-and-deliver --json | ids_of)" "$id"
    equals "as of long ago" "$(bangkit list --region 32.75.01.1001 --as-of 2020-01-01 --json | ids_of)" ""
    exits_with 1 bangkit get "$id" --as-of 2020-01-01
    exits_with 0 bangkit update "$id" --annual-sales 120000000
    exits_with 0 bangkit update "$id" --annual-sales 2500000000
    equals "moved up" "$(bangkit upgrades --region 32.75.01.1001 --from "$today" --json | jq -r .businessId)" "$id"
}

codes_of_before_lead_to_their_successors() {
    local shown
    shown=$(bangkit region show 91.02.03)
    matches "until when" "$shown" 'sampai 2022-07-24'
    matches "what took over" "$shown" '95\.01\.02 +Kurulu +sejak 2022-07-25 +UU 16/2022'
    exits_with 1 bangkit region show 97
    printf 'nama_pemilik,nama_usaha,jenis,kode_wilayah,kbli\nContoh,Warung Lama,UMKM,91.02.03,4711\n' >"$folder/before.csv"
    exits_with 0 bangkit import "$folder/before.csv"
    equals "registered at the successor" "$(registered 95.01.02)" 1
    exits_with 0 bangkit region apply 91.02
    exits_with 1 bangkit region apply 36.74
}
