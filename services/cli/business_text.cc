#include "services/cli/business_text.h"

#include <ostream>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/indonesia/format.h"
#include "services/cli/output.h"
#include "services/cli/words.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;

std::string RupiahOr(bool is_known, std::int64_t amount) {
    return is_known ? indonesia::FormatRupiah(amount) : "belum diketahui";
}

std::string Join(std::initializer_list<std::string> parts) {
    std::string joined;
    for (const std::string& part : parts) {
        if (!part.empty()) joined += (joined.empty() ? "" : ", ") + part;
    }
    return joined;
}

std::string TextOf(const ConditionStatement& stated) {
    return Join({std::string(WordFor(stated.condition())),
                 stated.has_monthly_sales_rupiah()
                     ? "omzet bulanan " + indonesia::FormatRupiah(stated.monthly_sales_rupiah())
                     : "",
                 stated.has_workers_male() || stated.has_workers_female()
                     ? "pekerja L/P " + std::to_string(stated.workers_male()) + "/" +
                           std::to_string(stated.workers_female())
                     : ""});
}

std::string TextOf(const ScaleStatement& stated) {
    return Join(
        {std::string(WordFor(stated.scale())) + " (" + stated.rule_set() + ")",
         "modal " + RupiahOr(stated.has_capital_rupiah(), stated.capital_rupiah()),
         "omzet " + RupiahOr(stated.has_annual_sales_rupiah(), stated.annual_sales_rupiah()),
         stated.upgraded() ? "naik kelas" : ""});
}

std::string TextOf(const DetailsStatement& stated) {
    std::string fields;
    for (const std::string& field : stated.changed_fields()) {
        fields += (fields.empty() ? "" : " ") + field;
    }
    if (!stated.region_code_before().empty())
        fields += " (dari " + stated.region_code_before() + ")";
    return fields;
}

std::string TextOf(const GroupMembersStatement& stated) {
    return Join({stated.added_business_ids().empty()
                     ? ""
                     : "masuk " + std::to_string(stated.added_business_ids_size()),
                 stated.removed_business_ids().empty()
                     ? ""
                     : "keluar " + std::to_string(stated.removed_business_ids_size())});
}

std::string TextOf(const LegalDocument& document) {
    return Join({document.number(),
                 document.issued_on().empty() ? "" : "terbit " + document.issued_on(),
                 document.expires_on().empty() ? "" : "berlaku s.d. " + document.expires_on()});
}

void AddWayOfSelling(const auto& add, const Business& business) {
    if (business.order_and_deliver()) add("pesan kirim", "YA");
    if (business.location_type() != common::v1::LOCATION_TYPE_UNSPECIFIED) {
        add("lokasi", WordFor(business.location_type()));
    }
    if (business.network_coverage() != common::v1::NETWORK_COVERAGE_UNSPECIFIED) {
        add("jaringan", WordFor(business.network_coverage()));
    }
    if (business.has_workers_male() || business.has_workers_female()) {
        add("pekerja L/P", std::to_string(business.workers_male()) + "/" +
                               std::to_string(business.workers_female()));
    }
    for (const OnlineChannel& channel : business.online_channels()) {
        add("toko daring", channel.address());
    }
}

void AddCooperative(const auto& add, const Cooperative& cooperative) {
    add("akta", Join({cooperative.deed_number(), cooperative.deed_date()}));
    add("badan hukum", cooperative.legal_entity_number());
    add("NIK koperasi", cooperative.cooperative_number());
    add("RAT terakhir", cooperative.last_annual_meeting());
    if (cooperative.has_members_male() || cooperative.has_members_female()) {
        add("anggota L/P", std::to_string(cooperative.members_male()) + "/" +
                               std::to_string(cooperative.members_female()));
    }
    if (cooperative.sharia()) add("pola", "SYARIAH");
    if (cooperative.affiliation() != common::v1::COOPERATIVE_AFFILIATION_UNSPECIFIED) {
        add("afiliasi", WordFor(cooperative.affiliation()));
    }
}

void AddStreetVendor(const auto& add, const StreetVendor& vendor) {
    add("lokasi PKL", vendor.place());
    if (!vendor.sells_from().empty()) {
        add("jam", vendor.sells_from() + "–" + vendor.sells_until());
    }
    add("TDU", TextOf(vendor.tdu()));
}

std::string TextOf(const MergeStatement& stated) {
    return stated.merged_business_id() + (stated.undone() ? " dipisahkan dari " : " ke dalam ") +
           stated.surviving_business_id();
}

/// What it is of, and what it says.
std::pair<std::string, std::string> TextOf(const BusinessStatement& statement) {
    switch (statement.statement_case()) {
        case BusinessStatement::kCondition: return {"kondisi", TextOf(statement.condition())};
        case BusinessStatement::kScale: return {"skala", TextOf(statement.scale())};
        case BusinessStatement::kVerification:
            return {"verifikasi", Join({std::string(WordFor(statement.verification().level())),
                                        statement.verification().note()})};
        case BusinessStatement::kDetails: return {"data", TextOf(statement.details())};
        case BusinessStatement::kMembers: return {"anggota", TextOf(statement.members())};
        case BusinessStatement::kMerge: return {"penggabungan", TextOf(statement.merge())};
        case BusinessStatement::STATEMENT_NOT_SET: break;
    }
    return {"?", ""};
}

}  // namespace

void Print(std::ostream& out, const Business& business) {
    Table table({Table::kLeft, Table::kLeft});
    const auto add = [&table](std::string_view label, std::string_view value) {
        if (!value.empty()) table.Add({std::string(label), std::string(value)});
    };
    add("id", business.business_id());
    add("nama usaha", business.name());
    add("jenis", WordFor(business.kind()));
    add("wilayah", business.region_code());
    add("alamat", business.address());
    add("KBLI", business.kbli());
    add("kondisi",
        std::string(WordFor(business.condition())) + " sejak " + business.condition_since());
    add("skala", std::string(WordFor(business.scale())) + " (" + business.scale_rule_set() + ")");
    add("modal", RupiahOr(business.has_capital_rupiah(), business.capital_rupiah()));
    add("omzet tahunan",
        RupiahOr(business.has_annual_sales_rupiah(), business.annual_sales_rupiah()));
    add("verifikasi", WordFor(business.verification()));
    for (int i = 0; i < business.channels_size(); ++i) {
        add("saluran", WordFor(business.channels(i)));
    }
    AddWayOfSelling(add, business);
    add("NIB", business.nib());
    add("NPWP", business.npwp());
    add("P-IRT", TextOf(business.pirt()));
    add("halal", TextOf(business.halal()));
    add("BPOM", TextOf(business.bpom()));
    add("SKU", TextOf(business.business_certificate()));
    add("mulai usaha", business.start_date());
    if (business.has_cooperative()) AddCooperative(add, business.cooperative());
    if (business.has_street_vendor()) AddStreetVendor(add, business.street_vendor());
    add("pemilik", business.owner().masked_name());
    add("NIK pemilik", business.owner().masked_nik());
    add("telepon", business.owner().masked_phone());
    for (const std::string& warning : business.owner().warnings()) add("periksa", warning);
    add("versi", std::to_string(business.version()));
    if (business.merged()) add("status", "digabungkan dengan usaha lain");
    table.Print(out);
}

void Print(std::ostream& out, const GetBusinessHistoryResponse& page) {
    Table table(
        {Table::kRight, Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft});
    for (const BusinessStatement& statement : page.statements()) {
        const auto [subject, text] = TextOf(statement);
        const Time recorded{std::chrono::seconds(statement.recorded_at().seconds())};
        table.Add({std::to_string(statement.version()), statement.valid_from(), subject, text,
                   indonesia::FormatDate(indonesia::LocalDate(recorded)), statement.recorded_by()});
    }
    table.Print(out);
}

void PrintTable(std::ostream& out, const google::protobuf::RepeatedPtrField<Business>& businesses) {
    Table table(
        {Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft});
    for (const Business& business : businesses) {
        table.Add({business.business_id(), business.region_code(),
                   std::string(WordFor(business.kind())), std::string(WordFor(business.scale())),
                   std::string(WordFor(business.condition())), business.name()});
    }
    table.Print(out);
}

}  // namespace bangkit::cli
