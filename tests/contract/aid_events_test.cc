// The events of aid, kept as they are like those of registration (events_test.cc).
#include "services/dashboard/events/aid_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "bangkit/aid/v1/application_events.pb.h"
#include "bangkit/aid/v1/grievance_events.pb.h"
#include "bangkit/aid/v1/ledger_events.pb.h"
#include "bangkit/aid/v1/loan_events.pb.h"
#include "bangkit/aid/v1/nomination_events.pb.h"
#include "bangkit/aid/v1/program_events.pb.h"
#include "bangkit/aid/v1/referral_events.pb.h"
#include "bangkit/aid/v1/stock_events.pb.h"
#include "bangkit/aid/v1/supervision_events.pb.h"
#include "libs/indonesia/regions.h"
#include "services/dashboard/events/measured_events.h"
#include "tests/contract/golden.h"
#include "tests/contract/instruments_story.h"

namespace bangkit::contract {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAreArray;

const std::filesystem::path kFolder =
    std::filesystem::path(SOURCE_DIR) / "tests" / "contract" / "aid_events";

std::vector<kafka::Record> AllPublished() {
    std::vector<kafka::Record> records = PublishedAid();
    for (kafka::Record& record : PublishedInstruments()) records.push_back(std::move(record));
    return records;
}

template <typename Parser>
auto Meant(const Parser& parse, const std::string& name) {
    static const indonesia::RegionTree regions;
    const kafka::Record record = FromText(Committed(kFolder).at(name));
    return parse({.envelope = messaging::ParseEnvelope(record).value(), .record = &record}, regions)
        .value();
}

TEST(AidEventsContractTest, EachTypeHasOne) {
    std::vector<std::string> published, committed, described;
    for (const kafka::Record& record : AllPublished()) published.push_back(NameOf(record));
    for (const auto& [name, text] : Committed(kFolder)) committed.push_back(name);
    for (const auto* file :
         {aid::v1::ProgramCreated::descriptor()->file(),
          aid::v1::BudgetAllocated::descriptor()->file(),
          aid::v1::ApplicationStarted::descriptor()->file(),
          aid::v1::StockReceived::descriptor()->file(), aid::v1::ReferralSent::descriptor()->file(),
          aid::v1::LoanGranted::descriptor()->file(),
          aid::v1::NomineeNominated::descriptor()->file(),
          aid::v1::VisitPlanned::descriptor()->file(),
          aid::v1::GrievanceFiled::descriptor()->file()}) {
        for (int i = 0; i < file->message_type_count(); ++i) {
            const auto* type = file->message_type(i);
            if (type->FindFieldByName("occurred_at") != nullptr) described.push_back(type->name());
        }
    }
    EXPECT_THAT(published, UnorderedElementsAreArray(described));
    EXPECT_THAT(committed, UnorderedElementsAreArray(described));
}

TEST(AidEventsContractTest, AreWrittenAndReadAsTheyAlwaysWere) {
    auto committed = Committed(kFolder);
    for (const kafka::Record& record : AllPublished()) {
        const std::string name = NameOf(record), text = ToText(record);
        EXPECT_EQ(WithoutJson(committed[name]), WithoutJson(text))
            << "If " << name << " is new, this is its text. If not, its meaning has changed.\n"
            << text;
        if (committed[name].empty()) continue;
        const kafka::Record kept = FromText(committed[name]);
        const auto message = Decode(kept);
        EXPECT_TRUE(SaysTheSame(*message, JsonOf(committed[name]))) << ToJson(*message);
        EXPECT_EQ(message->SerializeAsString(), kept.payload);
    }
}

TEST(AidEventsContractTest, MeanToTheDashboardWhatTheyAlwaysMeant) {
    using namespace dashboard;
    const std::vector<std::pair<const char*, int>> programs{
        {"ProgramCreated", 1}, {"ProgramRulesReplaced", 1}, {"ProgramOpened", 2},
        {"ProgramPaused", 3},  {"ProgramClosed", 4},        {"ProgramSettled", 5}};
    for (const auto& [name, state] : programs) {
        EXPECT_EQ(Meant(ParseProgramEvent, name).after,
                  (Program{.region_code = "18",
                           .instrument = Instrument::kCashGrant,
                           .state = ProgramState(state)}))
            << name;
    }
    EXPECT_EQ(Meant(ParseBudgetEvent, "BudgetAllocated").after.allocated, 2'000'000'000);
    EXPECT_EQ(Meant(ParseBudgetEvent, "BudgetRevised").after.allocated, 1'500'000'000);
    const std::vector<std::pair<const char*, int>> applications{
        {"ApplicationStarted", 1},   {"FactsStated", 1},           {"DocumentAttached", 1},
        {"ApplicationSubmitted", 2}, {"DocumentsChecked", 3},      {"ApplicationSurveyed", 4},
        {"ApplicationReturned", 10}, {"ApplicationRejected", 11},  {"ApplicationApproved", 5},
        {"AidScheduled", 6},         {"ApplicationWithdrawn", 12}, {"DisbursementFailed", 5},
        {"AidDisbursed", 7},         {"ApplicationCancelled", 13}, {"SupervisionRecorded", 8},
        {"ApplicationClosed", 9},    {"AidReturned", 14}};
    for (const auto& [name, state] : applications) {
        EXPECT_EQ(Meant(ParseApplicationEvent, name).after,
                  (Application{.region_code = "18.71.05.1002",
                               .state = ApplicationState(state),
                               .amount = 1'134'429}))
            << name;
    }
}

// Who waits since 10 February: 89 days until 10 May, 242 until 10 October.
TEST(AidEventsContractTest, TellTheDashboardHowLongApplicantsWaited) {
    using namespace dashboard;
    EXPECT_EQ(Meant(ParseApplicationEvent, "ApplicationSubmitted").reached,
              (ReachedStep{.step = Step::kSubmitted, .hours = 0}));
    EXPECT_EQ(Meant(ParseApplicationEvent, "ApplicationApproved").reached,
              (ReachedStep{.step = Step::kApproved, .hours = 89 * 24}));
    EXPECT_EQ(Meant(ParseApplicationEvent, "AidDisbursed").reached,
              (ReachedStep{.step = Step::kPaid, .hours = 242 * 24}));
    EXPECT_FALSE(Meant(ParseApplicationEvent, "AidScheduled").reached);
    EXPECT_THAT(Meant(ParseApplicationEvent, "ApplicationRejected").reasons,
                ElementsAre(RejectionReason::kKur, RejectionReason::kTwice));
}

// Each event of what counts as measures is known there, and means what it says.
TEST(AidEventsContractTest, OfAllInstrumentsMeanToTheDashboardWhatTheyAlwaysMeant) {
    using namespace dashboard;
    for (const kafka::Record& record : PublishedInstruments()) {
        const auto type = messaging::ParseEnvelope(record).value().aggregate_type;
        if (!IsMeasured(type)) continue;
        const Measured after = Meant(ParseMeasuredEvent, NameOf(record)).after;
        EXPECT_EQ(after.region_code,
                  type == "stock" || type == "grievance" ? "18.71" : "18.71.05.1002");
        EXPECT_FALSE(after.measures.empty()) << NameOf(record);
    }
    using enum Measure;
    const auto value = [](const char* name, const MeasureKey& key) {
        return ValueOf(Meant(ParseMeasuredEvent, name).after.measures, key);
    };
    EXPECT_EQ(value("GoodsHandedOver", {kGoodsHandedOver, 1, 2}), 6);
    EXPECT_EQ(value("GoodsReturned", {kGoodsOnHand, 1, 2}), 93);
    EXPECT_EQ(value("SubsidyAccrued", {kLoanSubsidy, 3, 0}), 250'000);
    EXPECT_EQ(value("InstalmentPaid", {kLoanRepaid, 3, 0}), 2'500'000);
    EXPECT_EQ(value("ReferralEscalated", {kReferralsSilent, 4, 0}), 1);
    EXPECT_EQ(value("ReferralGranted", {kRestructurings, 1, 2}), 1);
    EXPECT_EQ(value("NomineeReturned", {kNomineeReasons, 1, 3}), 1);
    EXPECT_EQ(value("NomineePaid", {kNomineesReached, 1, 3}), 1);
    EXPECT_EQ(value("NomineeDetermined", {kNomineeRupiah, 1, 5}), 2'400'000);
    EXPECT_EQ(value("VisitRecorded", {kFindings, 0, 4}), 1);
    EXPECT_EQ(value("RepaymentRecorded", {kRefundRepaid, 0, 1}), 134'429);
    EXPECT_EQ(value("RefundOverdue", {kRefundsOverdue, 0, 0}), 1);
    EXPECT_EQ(value("GrievanceEscalated", {kGrievancesEscalated, 0, 0}), 1);
    EXPECT_EQ(value("GrievanceResolved", {kGrievances, 2, 4}), 1);
}

// Who decided, what was stated and of which family the applicant is, are nobody else's business.
TEST(AidEventsContractTest, HoldNothingPersonal) {
    for (const auto& [name, text] : Committed(kFolder)) {
        const kafka::Record record = FromText(text);
        for (const char* secret : {kOfficer, kHousehold, "pernyataan contoh", kReference, kTicket,
                                   kPartnerName, kContract}) {
            EXPECT_EQ(record.payload.find(secret), std::string::npos) << name;
        }
    }
}

}  // namespace
}  // namespace bangkit::contract
