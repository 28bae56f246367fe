#include "services/aid/storage/nomination/nomination_file_unit_of_work.h"

#include <set>

#include "services/aid/storage/nomination/nomination_mapping.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

constexpr std::int64_t kLinesPerPage = 500;

}  // namespace

std::string NominationFileUnitOfWork::Target(const Command& command) {
    return std::string(kNominationBatchAggregate) + "/" + command.batch_id;
}

void NominationFileUnitOfWork::Load(postgres::Transaction& transaction,
                                    std::span<const Command* const> commands) {
    static const std::string sql = "SELECT " + std::string(kNominationBatchColumns) +
                                   "  FROM nomination_batches b"
                                   " WHERE b.batch_id = ANY($1::uuid[])";
    std::set<std::string> ids, owners;
    for (const Command* command : commands) ids.insert(command->batch_id);
    const postgres::Rows rows = transaction.Run(sql, {Uuids(ids)});
    for (int i = 0; i < rows.size(); ++i) {
        batches_.emplace(rows.Uuid(i, 0), ToNominationBatch(rows, i));
    }
    for (const Command* command : commands) LoadPage(transaction, *command);
    for (const auto& [place, lines] : pages_) {
        for (const SealedLine& line : lines) owners.insert(line.nominee.owner_id);
    }
    owner_keys_.Load(transaction, Uuids(owners));
}

void NominationFileUnitOfWork::LoadPage(postgres::Transaction& transaction,
                                        const Command& command) {
    // Nominated or corrected: the agency has not said whether it is valid.
    static const std::string sql = "SELECT " + std::string(kNomineeColumns) +
                                   ", r.record"
                                   "  FROM nominees n LEFT JOIN nominee_records r"
                                   "    ON r.application_id = n.application_id"
                                   " WHERE n.batch_id = $1::text::uuid AND n.number > $2::bigint"
                                   "   AND n.state IN (1, 4)"
                                   " ORDER BY n.number LIMIT $3::bigint";
    std::vector<SealedLine>& lines = pages_[{command.batch_id, command.after}];
    if (!lines.empty()) return;  // Somebody else wants the same.
    const postgres::Rows rows = transaction.Run(
        sql, {command.batch_id, postgres::Int64(command.after), postgres::Int64(kLinesPerPage)});
    for (int i = 0; i < rows.size(); ++i) {
        lines.push_back({.nominee = ToNominee(rows, i),
                         .record = rows.IsNull(i, kNomineeColumnCount)
                                       ? std::string()
                                       : rows.Text(i, kNomineeColumnCount)});
    }
}

command::Outcome NominationFileUnitOfWork::Handle(const Pending& pending, Time) const {
    const auto& [batch_id, after, answer] = pending.command;
    const auto batch = batches_.find(batch_id);
    if (batch == batches_.end() || !pending.caller.Reaches(batch->second.region_code)) {
        return Refused(ErrorCode::kNotFound, "NOMINATION_NOT_FOUND", "no such list of nominations");
    }
    if (batch->second.state != NominationBatchState::kSent) {
        return Refused(ErrorCode::kFailedPrecondition, "NOMINATION_STATE_WRONG",
                       "the list was not sent");
    }
    const std::vector<SealedLine>& found = pages_.at({batch_id, after});
    NominationFilePage page{
        .batch = batch->second, .lines = {}, .is_first = after == 0, .next = {}};
    for (const SealedLine& line : found) {
        const crypto::Key* key = owner_keys_.Find(line.nominee.owner_id);
        if (key == nullptr || line.record.empty()) continue;  // Erased.
        Result<NomineeRecord> record = OpenRecord(*key, line.nominee.id, line.record);
        if (!record) return std::unexpected(record.error());
        page.lines.push_back({.nominee = line.nominee, .record = *std::move(record)});
    }
    if (std::ssize(found) == kLinesPerPage) page.next = found.back().nominee.number;
    return answer(page);
}

}  // namespace bangkit::aid
