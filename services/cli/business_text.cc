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
    return fields;
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
    add("NIB", business.nib());
    add("NPWP", business.npwp());
    add("mulai usaha", business.start_date());
    add("pemilik", business.owner().masked_name());
    add("NIK pemilik", business.owner().masked_nik());
    add("telepon", business.owner().masked_phone());
    add("versi", std::to_string(business.version()));
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

}  // namespace bangkit::cli
