#include "services/registration/storage/changed_details.h"

#include "services/registration/storage/bits.h"
#include "services/registration/storage/counted_columns.h"
#include "services/registration/storage/duplicates.h"
#include "services/registration/storage/name_words.h"

namespace bangkit::registration {

void ChangedDetails::Add(const Business& business, const DetailsChanged& event) {
    const auto [found, is_first] = changes_.try_emplace(business.id);
    Change& change = found->second;
    if (is_first) {
        change.owner_id = business.owner_id;
        change.name_before = business.profile.name;
        change.region_before = business.profile.region_code;
    }
    change.profile = event.profile;
    change.has_new_npwp = change.has_new_npwp || event.details.contains(Detail::kNpwp);
    change.has_moved = change.has_moved || !event.region_before.empty();
}

void ChangedDetails::Save(postgres::Transaction& transaction, const Owners& owners) const {
    if (changes_.empty()) return;
    postgres::UuidArray ids, npwp_ids, moved_ids;
    postgres::SmallintArray kinds, channels;
    postgres::TextArray names, regions, addresses, kblis, nibs, names_before, regions_before;
    postgres::DateArray start_dates;
    postgres::BytesArray npwps;
    CountedColumns counted;
    for (const auto& [id, change] : changes_) {
        const Profile& profile = change.profile;
        ids.Add(id);
        kinds.Add(profile.kind);
        names.Add(profile.name);
        regions.Add(profile.region_code);
        addresses.Add(profile.address);
        kblis.Add(profile.kbli);
        channels.Add(ToBits(profile.channels));
        nibs.AddOrNull(profile.nib);
        start_dates.Add(profile.start_date);
        counted.Add(profile);
        if (change.has_moved) moved_ids.Add(id);
        if (change.has_moved || change.name_before != profile.name) {
            names_before.Add(change.name_before);
            regions_before.Add(change.region_before);
        }
        if (!change.has_new_npwp) continue;
        npwp_ids.Add(id);
        npwps.AddOrNull(owners.SealNpwp(change.owner_id, id, profile.npwp));
    }
    transaction.QueueExact(
        ids.size(),
        "UPDATE businesses t"
        "   SET kind = u.kind, name = u.name, region_code = u.region_code, address = u.address,"
        "       kbli = u.kbli, channels = u.channels, nib = u.nib, start_date = u.start_date,"
        "       order_and_deliver = u.delivers = 1, location_type = u.location_type,"
        "       network_coverage = u.coverage, cooperative_affiliation = u.affiliation,"
        "       is_sharia = u.sharia = 1, has_deed = u.deed = 1, details = u.details,"
        "       permits = u.permits"
        "  FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::text[],"
        "              $6::text[], $7::smallint[], $8::text[], $9::date[], $10::smallint[],"
        "              $11::smallint[], $12::smallint[], $13::smallint[], $14::smallint[],"
        "              $15::smallint[], $16::bytea[], $17::smallint[])"
        "    AS u (id, kind, name, region_code, address, kbli, channels, nib, start_date, delivers,"
        "          location_type, coverage, affiliation, sharia, deed, details, permits)"
        " WHERE t.business_id = u.id",
        {ids, kinds, names, regions, addresses, kblis, channels, nibs, start_dates,
         counted.order_and_deliver, counted.location_types, counted.coverages, counted.affiliations,
         counted.sharia, counted.deeds, counted.details, counted.permits});
    KeepNameWords(transaction, names, regions);
    ForgetNameWords(transaction, names_before, regions_before);
    FollowRegions(transaction, moved_ids);
    if (npwp_ids.size() == 0) return;
    transaction.QueueExact(npwp_ids.size(),
                           "UPDATE businesses t SET sealed_npwp = u.npwp"
                           "  FROM unnest($1::uuid[], $2::bytea[]) AS u (id, npwp)"
                           " WHERE t.business_id = u.id",
                           {npwp_ids, npwps});
}

}  // namespace bangkit::registration
