#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "services/aid/domain/nomination/nominee.h"
#include "services/aid/domain/nomination/nominee_record.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid::v1 {
class NominationBatch;
class Nominee;
class NomineeRecord;
}  // namespace bangkit::aid::v1

namespace bangkit::aid {

inline constexpr std::string_view kNominationBatchAggregate = "nomination_batch";
inline constexpr std::string_view kNomineeAggregate = "nominee";

void Fill(v1::NominationBatch& out, const NominationBatch& batch);
void Fill(v1::Nominee& out, const Nominee& nominee);
void Fill(v1::NomineeRecord& out, const NomineeRecord& record);
NomineeRecord ToRecord(const v1::NomineeRecord& message);

// Answers: serialized response messages, stored with the request and sent as they are.
std::string OpenedAnswer(const NominationBatch& batch);
std::string AddedAnswer(const NominationBatch& batch, std::int64_t added,
                        std::int64_t without_record);
std::string SentAnswer(const NominationBatch& batch);
std::string WindowAnswer(const NominationBatch& batch);
std::string DecreeAnswer(const NominationBatch& batch);
std::string WithdrawnAnswer(const Nominee& nominee);
/// `nominee`: who was put right by it; nullptr: nobody is nominated.
std::string StatedAnswer(const std::string& application_id, const Nominee* nominee);
/// What came of a line of answers: not stored, for it has no request id.
std::string LineAnswer(const Nominee& nominee, bool is_changed);

/// What has become of a list by one event.
enum class NominationBatchChange { kOpened, kGrown, kSent, kWindowOpened, kDecreed };
PublicEvent ToPublic(const NominationBatch& after, NominationBatchChange change);
/// Each state of a nominee is reached by an event of its own.
PublicEvent ToPublic(const Nominee& after);

}  // namespace bangkit::aid
