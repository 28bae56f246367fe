#include "bangkit/aid/v1/grievance_service.grpc.pb.h"
#include "services/cli/commands/calls.h"
#include "services/cli/instrument_words.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using Stub = GrievanceService::Stub;

std::string TextOf(const Grievance& grievance) {
    std::string text = grievance.grievance_id() + ' ' + std::string(WordFor(grievance.state())) +
                       ' ' + std::string(WordFor(grievance.level()));
    if (grievance.is_overdue()) text += " TERLAMBAT";
    return text;
}

/// Of every answer that has one.
constexpr auto kGrievance = [](const auto& response) { return TextOf(response.grievance()); };

void PrintGrievances(const ListGrievancesResponse& page) {
    Table table({Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft,
                 Table::kLeft});
    for (const Grievance& grievance : page.grievances()) {
        table.Add({grievance.grievance_id(), grievance.region_code(), grievance.received_on(),
                   std::string(WordFor(grievance.service())),
                   std::string(WordFor(grievance.topic())), std::string(WordFor(grievance.state())),
                   grievance.is_overdue()     ? "TERLAMBAT"
                   : grievance.is_escalated() ? "DIALIHKAN"
                                              : ""});
    }
    table.Print(std::cout);
}

/// The history for whoever has the ticket number.
std::string TextOf(const FollowGrievanceResponse& response) {
    std::string text = TextOf(response.grievance());
    for (const GrievanceMessage& message : response.messages()) {
        text += '\n' + std::string(WordFor(message.kind())) + ": " + message.text();
    }
    return text;
}

void AddReporters(CommandLine& line, CLI::App& grievance) {
    AddCall(line, grievance, "file", "Prints the ticket number, which is shown only once",
            Method{&Session::StubOf<aid::v1::GrievanceService>, &Stub::FileGrievance},
            [](const FileGrievanceResponse& response) {
                return response.grievance().grievance_id() + ' ' + response.ticket_number();
            })
        .Word("--service", &FileGrievanceRequest::set_service, "BANTUAN, PELATIHAN ...",
              ConcernedServiceChoices())
        .Word("--topic", &FileGrievanceRequest::set_topic, "LAMBAT, KEPUTUSAN ...",
              GrievanceTopicChoices())
        .Word("--channel", &FileGrievanceRequest::set_channel, "LOKET, SURAT, LAPOR ...",
              GrievanceChannelChoices(), false)
        .Text("--region", &FileGrievanceRequest::mutable_region_code, "Code", false)
        .Text("--business", &FileGrievanceRequest::mutable_business_id, "Id of the reporter's own",
              false)
        .Text("--subject", &FileGrievanceRequest::mutable_subject_id,
              "Id of what it is about, such as an application", false)
        .File("--text-file", &FileGrievanceRequest::mutable_text,
              "What is complained of; -: standard input")
        .Json("--reporter-file", &FileGrievanceRequest::mutable_reporter,
              "Reporter as JSON; personal data", false)
        .Flag("--hidden", &FileGrievanceRequest::set_is_hidden,
              "Who filed it is shown to the province alone")
        .Text("--received-on", &FileGrievanceRequest::mutable_received_on,
              "YYYY-MM-DD, if not today", false);
    AddCall(line, grievance, "follow", "What became of a ticket",
            Method{&Session::StubOf<aid::v1::GrievanceService>, &Stub::FollowGrievance},
            [](const FollowGrievanceResponse& response) { return TextOf(response); })
        .File("--ticket-file", &FollowGrievanceRequest::mutable_ticket_number,
              "The ticket number; -: standard input");
    AddCall(line, grievance, "reply", "Whether the answer settles it",
            Method{&Session::StubOf<aid::v1::GrievanceService>, &Stub::ReplyToAnswer}, kGrievance)
        .Text("grievance", &ReplyToAnswerRequest::mutable_grievance_id, "Id of the grievance")
        .File("--ticket-file", &ReplyToAnswerRequest::mutable_ticket_number,
              "The ticket number; -: standard input")
        .Flag("--settled", &ReplyToAnswerRequest::set_is_settled, "It does")
        .File("--text-file", &ReplyToAnswerRequest::mutable_text, "What is missing", false);
}

void AddAgencies(CommandLine& line, CLI::App& grievance) {
    AddCall(line, grievance, "accept", "The first answer",
            Method{&Session::StubOf<aid::v1::GrievanceService>, &Stub::AcceptGrievance}, kGrievance)
        .Text("grievance", &AcceptGrievanceRequest::mutable_grievance_id, "Id of the grievance")
        .Word("--class", &AcceptGrievanceRequest::set_class_,
              "RINGAN (5 working days), TANPA PEMERIKSAAN (14), PEMERIKSAAN LAPANGAN (60)",
              GrievanceClassChoices())
        .File("--text-file", &AcceptGrievanceRequest::mutable_text, "For the reporter")
        .Text("--etag", &AcceptGrievanceRequest::mutable_etag,
              "Only if it has not changed since this etag", false);
    AddCall(line, grievance, "answer", "The answer",
            Method{&Session::StubOf<aid::v1::GrievanceService>, &Stub::AnswerGrievance}, kGrievance)
        .Text("grievance", &AnswerGrievanceRequest::mutable_grievance_id, "Id of the grievance")
        .File("--text-file", &AnswerGrievanceRequest::mutable_text, "For the reporter")
        .Text("--etag", &AnswerGrievanceRequest::mutable_etag,
              "Only if it has not changed since this etag", false);
    AddCall(line, grievance, "close", "Without an answer",
            Method{&Session::StubOf<aid::v1::GrievanceService>, &Stub::CloseGrievance}, kGrievance)
        .Text("grievance", &CloseGrievanceRequest::mutable_grievance_id, "Id of the grievance")
        .Word("--reason", &CloseGrievanceRequest::set_reason, "TIDAK JELAS, GANDA ...",
              ClosingReasonChoices())
        .File("--text-file", &CloseGrievanceRequest::mutable_text, "For the reporter")
        .Text("--etag", &CloseGrievanceRequest::mutable_etag,
              "Only if it has not changed since this etag", false);
    AddCall(line, grievance, "evaluate", "A meeting has spoken of why it was late",
            Method{&Session::StubOf<aid::v1::GrievanceService>, &Stub::EvaluateGrievance},
            kGrievance)
        .Text("grievance", &EvaluateGrievanceRequest::mutable_grievance_id, "Id of the grievance")
        .Text("--on", &EvaluateGrievanceRequest::mutable_held_on, "YYYY-MM-DD, of the meeting")
        .Text("--etag", &EvaluateGrievanceRequest::mutable_etag,
              "Only if it has not changed since this etag", false);
    AddCall(line, grievance, "reveal", "Who filed it; audited",
            Method{&Session::StubOf<aid::v1::GrievanceService>, &Stub::RevealReporter}, kAsJson)
        .Text("grievance", &RevealReporterRequest::mutable_grievance_id, "Id of the grievance");
}

}  // namespace

void AddGrievanceCommand(CommandLine& line) {
    CLI::App& grievance =
        *line.app.add_subcommand("grievance", "What people complain of, and what becomes of it");
    grievance.require_subcommand(1);
    AddReporters(line, grievance);
    AddAgencies(line, grievance);
    AddCall(line, grievance, "show", "One with its history, as JSON",
            Method{&Session::StubOf<aid::v1::GrievanceService>, &Stub::GetGrievance}, kAsJson)
        .Text("grievance", &GetGrievanceRequest::mutable_grievance_id, "Id of the grievance");
    AddList(line, grievance, "list", "Of a region, a service, a state",
            Method{&Session::StubOf<aid::v1::GrievanceService>, &Stub::ListGrievances},
            PrintGrievances)
        .Text("--region", &ListGrievancesRequest::mutable_region_code, "Code", false)
        .Word("--service", &ListGrievancesRequest::set_service, "BANTUAN, PELATIHAN ...",
              ConcernedServiceChoices(), false)
        .Word("--state", &ListGrievancesRequest::set_state, "MASUK, TINDAK LANJUT, TANGGAPAN ...",
              GrievanceStateChoices(), false)
        .Word("--class", &ListGrievancesRequest::set_class_, "RINGAN ...", GrievanceClassChoices(),
              false)
        .Flag("--open", &ListGrievancesRequest::set_only_open, "Only those that await an answer")
        .Flag("--overdue", &ListGrievancesRequest::set_only_overdue, "Only those that are late")
        .Flag("--escalated", &ListGrievancesRequest::set_only_escalated,
              "Only those that the province has taken over")
        .Flag("--to-evaluate", &ListGrievancesRequest::set_only_to_be_evaluated,
              "For the next evaluation meeting");
}

}  // namespace bangkit::cli
