#include "services/cli/demo/agency.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "libs/csv/parser.h"
#include "libs/csv/writer.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/nik.h"

namespace bangkit::cli {
namespace {

std::string Line(const std::string& reference, std::string_view status, std::string_view reason) {
    return csv::Line(
        std::vector<std::string>{reference, std::string(status), std::string(reason), ""});
}

}  // namespace

std::string AnswersToList(std::string_view list, std::int64_t invalid_every) {
    csv::Parser parser;
    parser.Feed(list);
    parser.Finish();
    std::string answers(kAnswersHeader);
    while (const std::optional<csv::Row> row = parser.Next()) {
        if (row->number == 0) continue;  // The header: "nomor", "nomor_usulan" ...
        const std::string& reference = row->fields.at(1);
        const bool is_first = reference.ends_with("-1");
        const bool is_invalid = is_first && std::stoll(row->fields.at(0)) % invalid_every == 0;
        answers += is_invalid ? Line(reference, "TIDAK VALID", "NIK_TIDAK_PADAN")
                              : Line(reference, "VALID", "");
    }
    return answers;
}

std::string AnswerLine(const aid::v1::Nominee& nominee, std::string_view status,
                       std::string_view reason) {
    std::string reference = nominee.application_id();
    std::erase(reference, '-');
    return Line(reference + "-" + std::to_string(nominee.round()), status, reason);
}

std::string BirthDateOf(const std::string& nik, Date today) {
    const auto parsed = indonesia::ParseNik(nik, today);
    return parsed ? indonesia::FormatDate(parsed->birth_date) : std::string();
}

}  // namespace bangkit::cli
