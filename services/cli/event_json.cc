#include "services/cli/event_json.h"

#include <memory>
#include <stdexcept>

#include "bangkit/aid/v1/application_events.pb.h"
#include "bangkit/aid/v1/grievance_events.pb.h"
#include "bangkit/aid/v1/ledger_events.pb.h"
#include "bangkit/aid/v1/loan_events.pb.h"
#include "bangkit/aid/v1/nomination_events.pb.h"
#include "bangkit/aid/v1/program_events.pb.h"
#include "bangkit/aid/v1/referral_events.pb.h"
#include "bangkit/aid/v1/stock_events.pb.h"
#include "bangkit/aid/v1/supervision_events.pb.h"
#include "bangkit/registration/v1/need_events.pb.h"
#include "bangkit/registration/v1/registration_events.pb.h"
#include "bangkit/training/v1/course_events.pb.h"
#include "libs/telemetry/json_text.h"
#include "services/cli/output.h"

namespace bangkit::cli {
namespace {

using google::protobuf::Message;

/// The message that a type names; null if we do not know it.
std::unique_ptr<Message> NewMessage(const std::string& type) {
    // Names one message of each file of events, which brings the whole file into the program.
    static const google::protobuf::Descriptor* const one_of_each[] = {
        registration::v1::BusinessRegistered::descriptor(),
        registration::v1::NeedStated::descriptor(),
        aid::v1::ProgramCreated::descriptor(),
        aid::v1::BudgetAllocated::descriptor(),
        aid::v1::ApplicationStarted::descriptor(),
        aid::v1::StockReceived::descriptor(),
        aid::v1::LoanGranted::descriptor(),
        aid::v1::ReferralSent::descriptor(),
        aid::v1::NomineeNominated::descriptor(),
        aid::v1::VisitPlanned::descriptor(),
        aid::v1::GrievanceFiled::descriptor(),
        training::v1::CourseCompleted::descriptor()};
    const google::protobuf::DescriptorPool& pool = *one_of_each[0]->file()->pool();
    const google::protobuf::Descriptor* descriptor = pool.FindMessageTypeByName(type);
    if (descriptor == nullptr) return nullptr;
    return std::unique_ptr<Message>(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
}

}  // namespace

std::string Quoted(std::string_view text) {
    std::string quoted;
    telemetry::AppendJsonString(quoted, text);
    return quoted;
}

std::string HeadersJson(const kafka::Headers& headers) {
    std::string json = "{";
    for (const auto& [name, value] : headers) {
        if (json.size() > 1) json += ',';
        json += Quoted(name) + ":" + Quoted(value);
    }
    return json + "}";
}

std::string EventJson(const kafka::Record& record) {
    const auto message = NewMessage(std::string(record.Header("ce_type")));
    if (!message || !message->ParseFromString(record.payload)) return "null";
    try {
        return ToJson(*message);
    } catch (const std::runtime_error&) {  // Such as a time after the end of time.
        return "null";
    }
}

}  // namespace bangkit::cli
