#include "services/cli/commands/field_options.h"

#include <algorithm>
#include <cctype>

#include "services/cli/output.h"

namespace bangkit::cli {

using namespace common::v1;
using namespace registration::v1;

namespace {

/// Up to the next `separator`, which is taken away too.
std::string TakePart(std::string& text, char separator) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string part = text.substr(0, end);
    text.erase(0, std::min(end + 1, text.size()));
    return part;
}

LegalDocument ToDocument(std::string text) {
    LegalDocument document;
    document.set_number(TakePart(text, ','));
    document.set_issued_on(TakePart(text, ','));
    document.set_expires_on(TakePart(text, ','));
    return document;
}

void SetOnlineChannels(BusinessInput& business, std::string text) {
    while (!text.empty()) {
        std::string address = TakePart(text, ' ');
        std::string platform = "ONLINE_PLATFORM_" + TakePart(address, ':');
        std::ranges::transform(platform, platform.begin(),
                               [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        OnlineChannel& channel = *business.add_online_channels();
        OnlinePlatform value = ONLINE_PLATFORM_UNSPECIFIED;  // Refused by the service.
        OnlinePlatform_Parse(platform, &value);
        channel.set_platform(value);
        channel.set_address(address);
    }
}

}  // namespace

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
    fields.Text("--kk", "owner.kk", "Number of the owner's family card",
                [&owner](const std::string& v) { owner.set_kk(v); });
    fields.Text("--birth-date", "owner.birth_date", "Birth date as the owner states it",
                [&owner](const std::string& v) { owner.set_birth_date(v); });
    fields.Choice<Sex>("--sex", "owner.sex", "L or P, as the owner states it", SexChoices(),
                       [&owner](Sex v) { owner.set_sex(v); });
    fields.Text("--email", "owner.email", "Mail address of the owner",
                [&owner](const std::string& v) { owner.set_email(v); });
    fields.Choice<Disability>("--disability", "owner.disability",
                              "'TIDAK ADA', FISIK, INTELEKTUAL, MENTAL, SENSORIK or GANDA",
                              DisabilityChoices(),
                              [&owner](Disability v) { owner.set_disability(v); });
    fields.Choice<Occupation>("--occupation", "owner.occupation",
                              "ASN, TNI, POLRI, BUMN, BUMD or LAINNYA", OccupationChoices(),
                              [&owner](Occupation v) { owner.set_occupation(v); });
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

void AddDetailOptions(FieldOptions& fields, BusinessInput& business) {
    fields.Choice<bool>("--order-and-deliver", "business.order_and_deliver",
                        "YA or TIDAK: takes orders and delivers them", YesNoChoices(),
                        [&business](bool v) { business.set_order_and_deliver(v); });
    fields.Choice<LocationType>("--location-type", "business.location_type",
                                "TETAP, KELILING or DARING", LocationTypeChoices(),
                                [&business](LocationType v) { business.set_location_type(v); });
    fields.Number("--workers-male", "business.workers_male", "Men who work there",
                  [&business](std::int32_t v) { business.set_workers_male(v); });
    fields.Number("--workers-female", "business.workers_female", "Women who work there",
                  [&business](std::int32_t v) { business.set_workers_female(v); });
    fields.Choice<NetworkCoverage>(
        "--network", "business.network_coverage", "'BLANK SPOT', LEMAH or BAIK", CoverageChoices(),
        [&business](NetworkCoverage v) { business.set_network_coverage(v); });
    fields.Text("--online", "business.online_channels",
                "All of them: instagram:@account shopee:shop ...",
                [&business](const auto& v) { SetOnlineChannels(business, v); });
    fields.Text("--nib-issued-on", "business.nib_issued_on", "Date of the NIB, YYYY-MM-DD",
                [&business](const std::string& v) { business.set_nib_issued_on(v); });
    constexpr const char* kDocument = "NUMBER[,ISSUED[,EXPIRES]], dates as YYYY-MM-DD";
    fields.Text("--pirt", "business.pirt", kDocument,
                [&business](const std::string& v) { *business.mutable_pirt() = ToDocument(v); });
    fields.Text("--halal", "business.halal", kDocument,
                [&business](const std::string& v) { *business.mutable_halal() = ToDocument(v); });
    fields.Text("--bpom", "business.bpom", kDocument,
                [&business](const std::string& v) { *business.mutable_bpom() = ToDocument(v); });
    fields.Text("--sku", "business.business_certificate", kDocument,
                [&business](const std::string& v) {
                    *business.mutable_business_certificate() = ToDocument(v);
                });
    fields.Text(
        "--cooperative", "business.cooperative",
        "All of it, as JSON: {\"deedNumber\": \"12\", \"affiliation\": ...}",
        [&business](const std::string& v) { FromJson(v, *business.mutable_cooperative()); });
    fields.Text(
        "--street-vendor", "business.street_vendor",
        "All of it, as JSON: {\"place\": \"Blok A\", \"sellsFrom\": \"16:00\", ...}",
        [&business](const std::string& v) { FromJson(v, *business.mutable_street_vendor()); });
    fields.Text("--consent", "business.consent",
                "As JSON: {\"noticeVersion\": \"2024-1\", \"givenAt\": "
                "\"2026-03-10T09:00:00Z\"}",
                [&business](const std::string& v) { FromJson(v, *business.mutable_consent()); });
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
