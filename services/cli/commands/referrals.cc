#include "bangkit/aid/v1/referral_service.grpc.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/aid_words.h"
#include "services/cli/commands/calls.h"
#include "services/cli/instrument_words.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;
using Stub = ReferralService::Stub;

/// Of every answer that has one.
constexpr auto kAgreement = [](const auto& response) {
    return response.agreement().agreement_id();
};
constexpr auto kReferral = [](const auto& response) {
    const Referral& referral = response.referral();
    return referral.referral_id() + ' ' + std::string(WordFor(referral.state()));
};

void PrintAgreements(const ListAgreementsResponse& page) {
    Table table({Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kRight});
    for (const Agreement& agreement : page.agreements()) {
        table.Add({agreement.agreement_id(), std::string(WordFor(agreement.partner_kind())),
                   agreement.partner_name(), agreement.is_ended() ? "BERAKHIR" : "BERLAKU",
                   std::to_string(agreement.answer_days()) + " hari kerja"});
    }
    table.Print(std::cout);
}

void PrintReferrals(const ListReferralsResponse& page) {
    Table table({Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kRight,
                 Table::kLeft, Table::kLeft});
    for (const Referral& referral : page.referrals()) {
        table.Add({referral.referral_id(), referral.region_code(),
                   std::string(WordFor(referral.instrument())),
                   std::string(WordFor(referral.state())), FormatNumber(referral.amount_rupiah()),
                   referral.answer_due(), referral.is_silent() ? "TERLAMBAT" : ""});
    }
    table.Print(std::cout);
}

void AddAgreements(CommandLine& line, CLI::App& referral) {
    AddCall(line, referral, "agree", "What a partner has agreed to do; prints its id",
            Method{&Session::StubOf<aid::v1::ReferralService>, &Stub::MakeAgreement}, kAgreement)
        .Text("--program", &MakeAgreementRequest::mutable_program_id, "Id")
        .Text("--partner", &MakeAgreementRequest::mutable_partner_id,
              "UUID: the subject of the partner's tokens")
        .Word("--kind", &MakeAgreementRequest::set_partner_kind, "BANK, LPDB ...",
              PartnerKindChoices())
        .Text("--name", &MakeAgreementRequest::mutable_partner_name, "Of the partner")
        .Text("--document", &MakeAgreementRequest::mutable_document, "What it rests on")
        .Amount("--answer-days", &MakeAgreementRequest::set_answer_days,
                "Working days until an answer is due")
        .Amount("--rate", &MakeAgreementRequest::set_yearly_rate_basis_points,
                "Of loans: hundredths of a percent for a year", false)
        .Amount("--months", &MakeAgreementRequest::set_months_max, "At most");
    AddCall(line, referral, "end-agreement", "No more is handed over under it",
            Method{&Session::StubOf<aid::v1::ReferralService>, &Stub::EndAgreement}, kAgreement)
        .Text("agreement", &EndAgreementRequest::mutable_agreement_id, "Id of the agreement");
    AddList(line, referral, "agreements", "The agreements of a programme",
            Method{&Session::StubOf<aid::v1::ReferralService>, &Stub::ListAgreements},
            PrintAgreements)
        .Text("--program", &ListAgreementsRequest::mutable_program_id, "Id");
}

void AddDeeds(CommandLine& line, CLI::App& referral) {
    AddCall(line, referral, "send", "Hand an application to a partner; prints its id",
            Method{&Session::StubOf<aid::v1::ReferralService>, &Stub::ReferApplication}, kReferral)
        .Text("application", &ReferApplicationRequest::mutable_application_id,
              "Id of the application")
        .Text("--agreement", &ReferApplicationRequest::mutable_agreement_id, "Id")
        .Words("--form", &ReferApplicationRequest::add_forms,
               "Of a restructuring: 'PENURUNAN BUNGA' ...; may be repeated",
               RestructuringFormChoices(), false)
        .Amount("--months", &ReferApplicationRequest::set_months, "For how long", false)
        .Amount("--owed", &ReferApplicationRequest::set_owed_rupiah,
                "Rupiah that the owner owes to the partner", false)
        .Text("--on", &ReferApplicationRequest::mutable_sent_on,
              "YYYY-MM-DD: when the partner got it", false);
    AddCall(line, referral, "answer", "What the partner says",
            Method{&Session::StubOf<aid::v1::ReferralService>, &Stub::AnswerReferral}, kReferral)
        .Text("referral", &AnswerReferralRequest::mutable_referral_id, "Id of the referral")
        .Flag("--granted", &AnswerReferralRequest::set_is_granted, "It is; otherwise: refused")
        .Words("--form", &AnswerReferralRequest::add_forms, "What was granted; may be repeated",
               RestructuringFormChoices(), false)
        .Amount("--months", &AnswerReferralRequest::set_months, "For how long", false)
        .Words("--reason", &AnswerReferralRequest::add_reasons,
               "Of a refusal: 'KREDIT LAIN' ...; may be repeated", RefusalReasonChoices(), false)
        .Text("--on", &AnswerReferralRequest::mutable_answered_on,
              "YYYY-MM-DD: when the partner said so", false)
        .Text("--etag", &AnswerReferralRequest::mutable_etag,
              "Only if it has not changed since this etag", false);
    AddUpload(line, referral, "answers",
              "Take down what a partner says (CSV or XLSX); again: no change",
              &Session::StubOf<aid::v1::ReferralService>, &Stub::UploadReferralAnswers);
    AddCall(line, referral, "end", "Take it back, so that it can go to another partner",
            Method{&Session::StubOf<aid::v1::ReferralService>, &Stub::EndReferral}, kReferral)
        .Text("referral", &EndReferralRequest::mutable_referral_id, "Id of the referral")
        .Text("--etag", &EndReferralRequest::mutable_etag,
              "Only if it has not changed since this etag", false);
}

}  // namespace

void AddReferralCommand(CommandLine& line) {
    CLI::App& referral = *line.app.add_subcommand(
        "referral", "What is in the hands of banks, LPDB and finance companies");
    referral.require_subcommand(1);
    AddAgreements(line, referral);
    AddDeeds(line, referral);
    AddCall(line, referral, "show", "One, as JSON",
            Method{&Session::StubOf<aid::v1::ReferralService>, &Stub::GetReferral}, kAsJson)
        .Text("referral", &GetReferralRequest::mutable_referral_id, "Id of the referral");
    AddList(line, referral, "list", "What is to be reconciled with partners",
            Method{&Session::StubOf<aid::v1::ReferralService>, &Stub::ListReferrals},
            PrintReferrals)
        .Text("--agreement", &ListReferralsRequest::mutable_agreement_id, "Id", false)
        .Text("--program", &ListReferralsRequest::mutable_program_id, "Id", false)
        .Text("--region", &ListReferralsRequest::mutable_region_code, "Code", false)
        .Word("--state", &ListReferralsRequest::set_state, "DIKIRIM, DISETUJUI, DITOLAK ...",
              ReferralStateChoices(), false)
        .Flag("--silent", &ListReferralsRequest::set_only_silent,
              "Only those whose day for an answer has passed");
}

}  // namespace bangkit::cli
