#include "services/aid/storage/application/doubled.h"

#include "services/aid/storage/uuids.h"

namespace bangkit::aid {

std::set<std::string> FindDoubled(postgres::Transaction& transaction,
                                  const std::set<std::string>& application_ids) {
    std::set<std::string> doubled;
    if (application_ids.empty()) return doubled;
    const postgres::Rows rows = transaction.Run(
        "SELECT id FROM unnest($1::uuid[]) id WHERE is_doubled(id)", {Uuids(application_ids)});
    for (int i = 0; i < rows.size(); ++i) doubled.insert(rows.Uuid(i, 0));
    return doubled;
}

std::unexpected<Error> Doubled() {
    return Refused(ErrorCode::kFailedPrecondition, "DOUBLE_AID",
                   "somebody who is one with the applicant by now has applied for the same");
}

}  // namespace bangkit::aid
