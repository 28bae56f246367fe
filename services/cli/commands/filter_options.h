#pragma once

#include "services/cli/commands/field_options.h"

namespace bangkit::cli {

/// What lists and searches of businesses have in common. `request` must outlive the command.
template <typename Request>
void AddFilterOptions(CLI::App& command, Request& request) {
    FieldOptions fields(command);
    command.add_option("--region", *request.mutable_region_code(),
                       "Code of a region; all that lies in it");
    fields.Choice("--kind", "kind", "UMKM, KOPERASI, PKL or KELOMPOK", KindChoices(),
                  [&request](auto kind) { request.set_kind(kind); });
    fields.Choice("--scale", "scale", "MIKRO, KECIL, MENENGAH or BESAR", ScaleChoices(),
                  [&request](auto scale) { request.set_scale(scale); });
    fields.Choice("--condition", "condition", "AKTIF, TERDAMPAK, 'MATI SURI', TUTUP or PULIH",
                  ConditionChoices(),
                  [&request](auto condition) { request.set_condition(condition); });
    fields.Choice("--verification", "verification", "PERNYATAAN, DOKUMEN or LAPANGAN",
                  LevelChoices(), [&request](auto level) { request.set_verification(level); });
    command.add_option("--kbli", *request.mutable_kbli(), "Beginning of a KBLI code");
    fields.Choices("--channel", "channels",
                   "'TEMPAT TETAP', KELILING or DARING: all of them; may be repeated",
                   ChannelChoices(), [&request](auto channel) { request.add_channels(channel); });
    fields.Choices("--coverage", "network_coverage",
                   "'BLANK SPOT', LEMAH or BAIK: one of them; may be repeated", CoverageChoices(),
                   [&request](auto coverage) { request.add_network_coverage(coverage); });
    fields.Choices("--with", "legality",
                   "NIB, NPWP, PIRT, HALAL, BPOM, SKU, TDU, AKTA or 'BADAN HUKUM': all of them; "
                   "may be repeated",
                   LegalityChoices(), [&request](auto paper) { request.add_legality(paper); });
    fields.Choices("--without", "missing_legality", "The same: none of them", LegalityChoices(),
                   [&request](auto paper) { request.add_missing_legality(paper); });
    command.add_flag_callback(
        "--order-and-deliver", [&request] { request.set_order_and_deliver(true); },
        "Only those that take orders and deliver them (warung pesan kirim)");
    fields.Choices("--affiliation", "cooperative_affiliation",
                   "'TIDAK ADA', MASJID or PESANTREN: one of them; may be repeated",
                   AffiliationChoices(),
                   [&request](auto each) { request.add_cooperative_affiliation(each); });
    command.add_option_function<int>(
        "--page-size", [&request](int size) { request.set_page_size(size); },
        "Businesses in one answer, up to 200; default: 50");
    command.add_option("--page-token", *request.mutable_page_token(),
                       "Where an earlier page ended");
}

}  // namespace bangkit::cli
