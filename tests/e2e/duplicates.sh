# One shop that two officers took down; to be sourced by tests/e2e/run, and run before there is much else to compare.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

a_shop_that_was_registered_twice_becomes_one() {
    local first second pair found
    first=$(bangkit register --owner-name 'Siti Contoh' --nik 1771014107909001 --phone 081200009011 --region 17.71.01 \
        --name 'Warung Bu Siti' --address 'Jl. Melati No. 12, RT 05/RW 08' --kind UMKM --kbli 56102 --json |
        jq -r .business.businessId)
    second=$(bangkit register --owner-name 'Contoh, Sitti' --phone '+62 812-0000-9011' --region 17.71.01 \
        --name 'WR. IBU SITTI' --address 'Jalan Melati 12' --kind UMKM --kbli 56102 --json | jq -r .business.businessId)
    eventually 30 dashboard_shows 17.71 2
    a_pair_is_found() {
        pair=$(bangkit duplicates list --region 17.71 --json | jq -r .duplicateId)
        [ -n "$pair" ]
    }
    eventually 60 a_pair_is_found
    matches "why" "$(bangkit duplicates show "$pair")" 'nama usaha sama'
    exits_with 0 bangkit duplicates assign "$pair" petugas
    exits_with 0 bangkit duplicates confirm "$pair"
    exits_with 1 bangkit duplicates assign "$pair" petugas
    exits_with 0 bangkit merge "$first" "$second"
    eventually 30 dashboard_shows 17.71 1
    found=$(bangkit get "$second" --json)
    equals "the id of the merged one stands for" "$(field .business.businessId "$found")" "$first"
    equals "and says so" "$(field .mergedBusinessId "$found")" "$second"
    exits_with 1 bangkit update "$second" --name Toko
    matches "its history" "$(bangkit history "$second")" 'ke dalam'
    exits_with 0 bangkit merge undo "$second"
    eventually 30 dashboard_shows 17.71 2
    equals "undone" "$(bangkit get "$second" --json | jq -r .business.businessId)" "$second"
    exits_with 1 bangkit merge undo "$second"
    exits_with 0 bangkit duplicates reject "$pair"
    exits_with 1 bangkit merge "$first" "$second"
}
