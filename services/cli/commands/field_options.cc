#include "services/cli/commands/field_options.h"

namespace bangkit::cli {

using common::v1::BusinessCondition;
using common::v1::BusinessKind;
using common::v1::SalesChannel;
using registration::v1::BusinessInput;
using registration::v1::OwnerInput;

void AddOwnerOptions(FieldOptions& fields, OwnerInput& owner) {
    fields.Text("--owner-name", "owner.name", "Name of the owner (of a cooperative: its chair)",
                [&owner](const std::string& v) { owner.set_name(v); });
    fields.Text("--nik", "owner.nik", "NIK of the owner; none: registered provisionally",
                [&owner](const std::string& v) { owner.set_nik(v); });
    fields.Text("--phone", "owner.phone", "Telephone number of the owner",
                [&owner](const std::string& v) { owner.set_phone(v); });
    fields.Text("--owner-address", "owner.identity_card_address",
                "Address on the owner's identity card",
                [&owner](const std::string& v) { owner.set_identity_card_address(v); });
}

void AddBusinessOptions(FieldOptions& fields, BusinessInput& business) {
    fields.Text("--name", "business.name", "Name of the business",
                [&business](const std::string& v) { business.set_name(v); });
    fields.Choice<BusinessKind>("--kind", "business.kind", "UMKM, KOPERASI, PKL or KELOMPOK",
                                KindChoices(),
                                [&business](BusinessKind v) { business.set_kind(v); });
    fields.Text("--region", "business.region_code", "Code of the village, district or regency",
                [&business](const std::string& v) { business.set_region_code(v); });
    fields.Text("--address", "business.address", "Address of the business",
                [&business](const std::string& v) { business.set_address(v); });
    fields.Text("--kbli", "business.kbli", "KBLI code, 2 to 5 digits",
                [&business](const std::string& v) { business.set_kbli(v); });
    fields.Rupiah("--capital", "business.capital_rupiah", "Capital without land and building",
                  [&business](std::int64_t v) { business.set_capital_rupiah(v); });
    fields.Rupiah("--annual-sales", "business.annual_sales_rupiah", "Sales per year",
                  [&business](std::int64_t v) { business.set_annual_sales_rupiah(v); });
    fields.Choices("--channel", "business.channels", "TETAP, KELILING or DARING; may be repeated",
                   ChannelChoices(), [&business](SalesChannel v) { business.add_channels(v); });
    fields.Text("--nib", "business.nib", "NIB, 13 digits",
                [&business](const std::string& v) { business.set_nib(v); });
    fields.Text("--npwp", "business.npwp", "NPWP, 15 or 16 digits",
                [&business](const std::string& v) { business.set_npwp(v); });
    fields.Text("--start-date", "business.start_date", "Date it started, YYYY-MM-DD",
                [&business](const std::string& v) { business.set_start_date(v); });
}

void AddConditionOptions(FieldOptions& fields, BusinessInput& business) {
    fields.Choice<BusinessCondition>(
        "--condition", "business.condition",
        "AKTIF (default), TERDAMPAK, 'MATI SURI', TUTUP or PULIH", ConditionChoices(),
        [&business](BusinessCondition v) { business.set_condition(v); });
    fields.Text("--condition-since", "business.condition_since",
                "Date since which it holds, YYYY-MM-DD; default: today",
                [&business](const std::string& v) { business.set_condition_since(v); });
}

}  // namespace bangkit::cli
