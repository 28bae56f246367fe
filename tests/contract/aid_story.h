#pragma once

#include <string>
#include <vector>

#include "libs/kafka/record.h"
#include "libs/messaging/envelope.h"
#include "services/aid/storage/application/application_mapping.h"
#include "services/aid/storage/budget/ledger_mapping.h"
#include "services/aid/storage/program/program_mapping.h"

namespace bangkit::contract {

inline constexpr const char* kProgramId = "0190b3f2-7c1e-7abc-8def-0123456789b0";
inline constexpr const char* kBudgetId = "0190b3f2-7c1e-7abc-8def-0123456789b1";
inline constexpr const char* kApplicationId = "0190b3f2-7c1e-7abc-8def-0123456789b2";
inline constexpr const char* kApplicantId = "0190b3f2-7c1e-7abc-8def-0123456789ab";
inline constexpr const char* kApplicantOwnerId = "0190b3f2-7c1e-7abc-8def-0123456789ac";
inline constexpr const char* kDocumentId = "0190b3f2-7c1e-7abc-8def-0123456789b3";
inline constexpr const char* kHousehold = "0190b3f2-7c1e-7abc-8def-0123456789b4";
inline constexpr const char* kReference = "0190b3f27c1e7abc8def0123456789b2";
inline constexpr const char* kOfficer = "petugas-contoh";

inline Time InMonth(int month) {
    return Time(std::chrono::sys_days(std::chrono::year(2026) / month / 10)) +
           std::chrono::microseconds(9'000'000'123);
}

/// As the relay writes it.
inline kafka::Record ToRecord(std::string_view aggregate, const std::string& id,
                              std::int64_t version, Time at, const aid::PublicEvent& out) {
    return {.key = id,
            .payload = out.payload,
            .headers = messaging::ToHeaders(
                {.aggregate_type = std::string(aggregate),
                 .aggregate_id = id,
                 .version = version,
                 .type = std::string(out.type),
                 .time = at,
                 .traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
                "/bangkit/aid")};
}

/// What happens to one programme: each of its events once.
inline std::vector<aid::ProgramEvent> ProgramStory() {
    using namespace aid;
    using std::chrono::year;
    ProgramTerms terms;
    terms.name = "Insentif Contoh";
    terms.instrument = Instrument::kCashGrant;
    terms.funding_source = FundingSource::kApbd;
    terms.fiscal_year = 2026;
    terms.region_code = "18";
    terms.opens_on = year(2026) / 1 / 1;
    terms.closes_on = year(2026) / 12 / 31;
    terms.amount = 1'134'429;
    terms.rules.version = 1;
    RuleSet rules;
    rules.version = 2;
    return {ProgramCreated{.program_id = kProgramId, .terms = terms, .at = InMonth(1)},
            RulesReplaced{.rules = rules, .at = InMonth(2)},
            ProgramOpened{.at = InMonth(3)},
            ProgramPaused{.at = InMonth(4)},
            ProgramClosed{.at = InMonth(5)},
            ProgramSettled{.at = InMonth(6)}};
}

inline std::vector<aid::BudgetEvent> BudgetStory() {
    using namespace aid;
    const auto posting = [](std::int64_t number, PostingKind kind, Account from, Account to,
                            std::int64_t amount, const char* document) {
        Posting made;
        made.budget_id = kBudgetId;
        made.number = number;
        made.kind = kind;
        made.from = from;
        made.to = to;
        made.amount = amount;
        made.document = document;
        made.at = InMonth(static_cast<int>(number));
        return made;
    };
    return {BudgetAllocated{.budget_id = kBudgetId,
                            .program_id = kProgramId,
                            .region_code = "18",
                            .quota = 1'763,
                            .posting = posting(1, PostingKind::kAllocation, Account::kFunding,
                                               Account::kAvailable, 2'000'000'000, "DPA 1/2026")},
            BudgetRevised{.change = -500'000'000,
                          .quota = 1'300,
                          .posting = posting(2, PostingKind::kRevision, Account::kAvailable,
                                             Account::kFunding, 500'000'000, "DPPA 2/2026")}};
}

/// What happens to one application: more than can, so that each of its events is there once.
inline std::vector<aid::ApplicationEvent> ApplicationStory() {
    using namespace aid;
    const Applicant applicant{.business_id = kApplicantId,
                              .owner_id = kApplicantOwnerId,
                              .household = kHousehold,
                              .region_code = "18.71.05.1002"};
    return {ApplicationStarted{.application_id = kApplicationId,
                               .program_id = kProgramId,
                               .applicant = applicant,
                               .amount = 1'134'429,
                               .by = kOfficer,
                               .at = InMonth(1)},
            FactsStated{.household = kHousehold,
                        .statement = "pernyataan contoh",
                        .by = kOfficer,
                        .at = InMonth(1)},
            DocumentAttached{.kind = DocumentKind::kIdentityCard,
                             .document_id = kDocumentId,
                             .by = kOfficer,
                             .at = InMonth(1)},
            ApplicationSubmitted{.rules_version = 2, .by = kOfficer, .at = InMonth(2)},
            DocumentsChecked{.at = InMonth(2)},
            ApplicationSurveyed{.is_recommended = true, .by = kOfficer, .at = InMonth(3)},
            ApplicationReturned{.items = {{.document = DocumentKind::kIdentityCard,
                                           .reason = ReturnReason::kUnreadable}},
                                .until = std::chrono::year(2026) / 4 / 1,
                                .at = InMonth(3)},
            ApplicationRejected{.reasons = {RejectionReason::kKur, RejectionReason::kTwice},
                                .at = InMonth(4)},
            ApplicationApproved{.amount = 1'134'429,
                                .rules_version = 2,
                                .budget_id = kBudgetId,
                                .by = kOfficer,
                                .at = InMonth(5)},
            ApplicationWithdrawn{.at = InMonth(6)},
            AidScheduled{.payment_reference = kReference, .at = InMonth(7)},
            DisbursementFailed{.at = InMonth(8)},
            ApplicationCancelled{.at = InMonth(9)},
            AidDisbursed{.at = InMonth(10)},
            SupervisionRecorded{.at = InMonth(11)},
            ApplicationClosed{.at = InMonth(11)},
            AidReturned{.at = InMonth(12)}};
}

/// The three stories as they lie in the log.
inline std::vector<kafka::Record> PublishedAid() {
    std::vector<kafka::Record> records;
    aid::Program program;
    for (const aid::ProgramEvent& event : ProgramStory()) {
        program = Apply(std::move(program), event);
        records.push_back(ToRecord(aid::kProgramAggregate, program.id, program.version,
                                   program.updated_at, ToPublic(program, event)));
    }
    aid::Budget budget;
    for (const aid::BudgetEvent& event : BudgetStory()) {
        budget = Apply(std::move(budget), event);
        records.push_back(ToRecord(aid::kBudgetAggregate, budget.id, budget.version,
                                   budget.updated_at, ToPublic(budget, event)));
    }
    aid::Application application;
    for (const aid::ApplicationEvent& event : ApplicationStory()) {
        const aid::Application before = application;
        application = Apply(before, event);
        records.push_back(ToRecord(aid::kApplicationAggregate, application.id, application.version,
                                   application.updated_at, ToPublic(before, application, event)));
    }
    return records;
}

}  // namespace bangkit::contract
