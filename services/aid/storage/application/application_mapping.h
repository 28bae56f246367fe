#pragma once

#include <string>
#include <string_view>

#include "services/aid/domain/application/application.h"
#include "services/aid/storage/document/documents.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid::v1 {
class Application;
class Document;
}  // namespace bangkit::aid::v1

namespace bangkit::aid {

inline constexpr std::string_view kApplicationAggregate = "application";

void Fill(v1::Application& out, const Application& application);
/// `is_current`: it is the latest of its kind, or a photograph of a survey.
void Fill(v1::Document& out, const StoredDocument& document, bool is_current);

/// What has no column of its own, serialized; and back into an application that has the rest.
std::string SerializedDetails(const Application& application);
void ReadDetails(std::string_view bytes, Application& application);

/// For the record of a decision.
std::string Serialized(const Facts& facts);

// Answers: serialized response messages, stored with the request and sent as they are.
std::string AnswerTo(const StartApplication& command, const Application& application);
std::string AnswerTo(const StateFacts& command, const Application& application);
std::string AnswerTo(const Application& application, const StoredDocument& attached);
std::string AnswerTo(const SubmitApplication& command, const Application& application);
std::string AnswerTo(const CheckDocuments& command, const Application& application);
std::string AnswerTo(const RecordSurvey& command, const Application& application);
std::string AnswerTo(const ReturnApplication& command, const Application& application);
std::string AnswerTo(const ApproveApplication& command, const Application& application);
std::string AnswerTo(const RejectApplication& command, const Application& application);
std::string AnswerTo(const ExpireCorrection& command, const Application& application);
std::string AnswerTo(const WithdrawApplication& command, const Application& application);
std::string AnswerTo(const CancelApplication& command, const Application& application);

/// `before` and `after`: as the application was, and as the event left it.
PublicEvent ToPublic(const Application& before, const Application& after,
                     const ApplicationEvent& event);

}  // namespace bangkit::aid
