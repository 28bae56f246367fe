#pragma once

#include <string>

#include "bangkit/aid/v1/grievance.pb.h"
#include "services/aid/domain/grievance/grievance.h"
#include "services/aid/storage/grievance/grievance_words.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid {

inline constexpr std::string_view kGrievanceAggregate = "grievance";

/// Whose owner has filed it, and what it is about, such as an application of theirs.
void FillSubject(v1::Grievance& out, const Grievance& grievance);
/// Without what was said in it, and of a hidden one without its subject.
void Fill(v1::Grievance& out, const Grievance& grievance);
void Fill(v1::Reporter& out, const Reporter& reporter);

// What a command is answered with: serialized, and without anybody's words.
std::string AnswerTo(const FileGrievance& command, const Grievance& grievance);
std::string AnswerTo(const AcceptGrievance& command, const Grievance& grievance);
std::string AnswerTo(const AnswerGrievance& command, const Grievance& grievance);
std::string AnswerTo(const CloseGrievance& command, const Grievance& grievance);
std::string AnswerTo(const EvaluateGrievance& command, const Grievance& grievance);
std::string AnswerTo(const ReplyToAnswer& command, const Grievance& grievance);
/// Nobody reads it.
std::string AnswerTo(const PassDeadline& command, const Grievance& grievance);

/// `grievance`: as the event left it.
PublicEvent ToPublic(const Grievance& grievance, const GrievanceEvent& event);

}  // namespace bangkit::aid
