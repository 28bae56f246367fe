#include <gmock/gmock.h>
#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "services/cli/aid_words.h"
#include "services/cli/dashboard_aid_text.h"
#include "services/cli/dashboard_text.h"
#include "services/cli/durations.h"
#include "services/cli/failure.h"
#include "services/cli/instrument_words.h"
#include "services/cli/output.h"
#include "services/cli/progress.h"

namespace bangkit::cli {
namespace {

using testing::HasSubstr;

TEST(TableTest, AlignsByCharactersNotBytes) {
    Table table({Table::kLeft, Table::kRight});
    table.Add({"é", "1"});
    table.Add({"abc", "1.337"});
    std::ostringstream out;
    table.Print(out, "  ");
    EXPECT_EQ(out.str(), "  é        1\n  abc  1.337\n");
}

TEST(ParseDurationTest, TakesSecondsMinutesAndHours) {
    EXPECT_EQ(ParseDuration("90s"), std::chrono::seconds(90));
    EXPECT_EQ(ParseDuration("5m"), std::chrono::minutes(5));
    EXPECT_EQ(ParseDuration("12h"), std::chrono::hours(12));
    for (const char* text : {"", "12", "h", "-1h", "1d", "1.5h", "99999999h", "1h "}) {
        EXPECT_EQ(ParseDuration(text), std::nullopt) << text;
    }
}

TEST(JsonTest, PrintsZerosAndNumbersAsText) {
    dashboard::v1::RegionSummary region;
    region.set_region_code("36.74");
    EXPECT_EQ(ToJson(region),
              R"({"regionCode":"36.74","regionName":"","level":"REGION_LEVEL_UNSPECIFIED",)"
              R"("businesses":"0"})");
}

TEST(JsonTest, ARefusalDoesNotQuoteTheValue) {
    dashboard::v1::RegionSummary region;
    try {
        FromJson(R"({"businesses": "3674019001909001x"})", region);
        FAIL();
    } catch (const UsageError& error) {
        EXPECT_THAT(error.what(), testing::Not(HasSubstr("3674019001909001")));
    }
}

TEST(DashboardTextTest, ShowsSumsSharesMonthsAndAge) {
    dashboard::v1::GetDashboardResponse response;
    google::protobuf::util::TimeUtil::FromString("2022-05-12T03:04:05Z",
                                                 response.mutable_freshness()->mutable_as_of());
    response.mutable_freshness()->set_lag_events(1'200);
    auto& dashboard = *response.mutable_dashboard();
    dashboard.set_region_code("32.75");
    dashboard.set_region_name("Kota Bekasi");
    dashboard.set_businesses(1'337);
    for (const int number : {1'000, 337}) {
        auto& count = *dashboard.add_counts();
        count.set_kind(common::v1::BUSINESS_KIND_COOPERATIVE);
        count.set_scale(number == 337 ? common::v1::BUSINESS_SCALE_SMALL
                                      : common::v1::BUSINESS_SCALE_MICRO);
        count.set_condition(common::v1::BUSINESS_CONDITION_DORMANT);
        count.set_businesses(number);
    }
    auto& month = *dashboard.add_months();
    month.set_month("2022-05");
    month.set_registered(1'337);
    std::ostringstream out;
    Print(out, response);
    EXPECT_THAT(out.str(), HasSubstr("Kota Bekasi (32.75)"));
    EXPECT_THAT(out.str(), HasSubstr("Data per 12 Mei 2022 10.04.05 WIB, 1.200 perubahan"));
    EXPECT_THAT(out.str(), HasSubstr("KOPERASI  1.337  100%"));
    EXPECT_THAT(out.str(), HasSubstr("KECIL    337"));
    EXPECT_THAT(out.str(), HasSubstr("2022-05           1.337"));
}

TEST(DashboardTextTest, AnEmptyRegionHasNoShares) {
    std::ostringstream out;
    Print(out, dashboard::v1::GetDashboardResponse());
    EXPECT_THAT(out.str(), HasSubstr("Usaha terdaftar  0"));
    EXPECT_THAT(out.str(), HasSubstr("Data belum lengkap"));
}

TEST(DashboardTextTest, ShowsWhatBecameOfTheMoneyAndHowLongPeopleWaited) {
    dashboard::v1::GetDashboardResponse response;
    auto& aid = *response.mutable_dashboard()->mutable_aid();
    aid.set_allocated_rupiah(2'000'000'000);
    aid.set_disbursed_rupiah(1'999'998'327);
    aid.set_recipients(1'763);
    auto& program = *aid.add_programs();
    program.set_instrument(common::v1::AID_INSTRUMENT_CASH_GRANT);
    program.set_state(common::v1::PROGRAM_STATE_OPEN);
    program.set_programs(1);
    auto& paid = *aid.add_applications();
    paid.set_state(aid::v1::APPLICATION_STATE_DISBURSED);
    paid.set_applications(1'763);
    paid.set_rupiah(1'999'998'327);
    auto& rejected = *aid.add_rejections();
    rejected.set_reason(aid::v1::REJECTION_REASON_TWICE);
    rejected.set_applications(7);
    aid.mutable_approval()->set_applications(1'763);
    aid.mutable_approval()->set_p90_hours(72);
    auto& month = *response.mutable_dashboard()->add_months();
    month.set_month("2026-03");
    month.mutable_aid()->set_submitted(1'770);
    month.mutable_aid()->set_disbursed_rupiah(1'999'998'327);
    std::ostringstream out;
    Print(out, response);
    EXPECT_THAT(out.str(), HasSubstr("Anggaran dialokasikan  Rp2.000.000.000"));
    EXPECT_THAT(out.str(), testing::ContainsRegex("Penerima +1.763"));
    EXPECT_THAT(out.str(),
                testing::ContainsRegex("sampai disetujui +1.763 +di bawah 1 jam +3 hari"));
    EXPECT_THAT(out.str(), testing::ContainsRegex("sampai disalurkan +0 +– +–"));
    EXPECT_THAT(out.str(), testing::ContainsRegex("2026-03 +1.770 +0 +0 +0 +Rp1.999.998.327"));
    EXPECT_THAT(out.str(), testing::ContainsRegex("1.763 +Rp1.999.998.327\n"));
}

TEST(DashboardTextTest, ShowsGoodsLoansReferralsNominationsAndGrievances) {
    dashboard::v1::GetDashboardResponse response;
    auto& dashboard = *response.mutable_dashboard();
    dashboard.set_businesses(80'000);
    auto& goods = *dashboard.add_goods();
    goods.set_kind(aid::v1::GOODS_KIND_TEXTILE);
    goods.set_unit(aid::v1::GOODS_UNIT_METRE);
    goods.set_on_hand(40'000);
    auto& loan = *dashboard.mutable_loans()->add_loans();
    loan.set_instrument(common::v1::AID_INSTRUMENT_INTEREST_FREE_LOAN);
    loan.set_state(aid::v1::LOAN_STATE_RUNNING);
    loan.set_loans(4);
    loan.set_principal_rupiah(100'000'000);
    dashboard.mutable_loans()->set_subsidy_rupiah(1'250'000);
    auto& answers = *dashboard.mutable_referrals()->add_answers();
    answers.set_instrument(common::v1::AID_INSTRUMENT_RESTRUCTURING_REFERRAL);
    answers.set_silent(300);
    auto& scheme = *dashboard.add_nominations();
    scheme.set_scheme(aid::v1::NOMINATION_SCHEME_BPUM_2020);
    scheme.set_nominated(30'000);
    scheme.set_paid(25'000);
    auto& visit = *dashboard.mutable_supervision()->add_visits();
    visit.set_state(aid::v1::VISIT_STATE_PLANNED);
    visit.set_visits(7);
    auto& grievances = *dashboard.mutable_grievances();
    grievances.set_escalated(1);
    grievances.mutable_resolution()->set_applications(1);
    grievances.mutable_resolution()->set_median_hours(96);
    auto& month = *dashboard.add_months();
    month.set_month("2026-03");
    month.mutable_instruments()->set_loans_granted(4);
    std::ostringstream out;
    Print(out, response);
    using testing::ContainsRegex;
    EXPECT_THAT(out.str(), ContainsRegex("TEKSTIL +METER +40.000 +0 +0 +0"));
    EXPECT_THAT(out.str(), ContainsRegex("PINJAMAN TANPA BUNGA +BERJALAN +4 +Rp100.000.000"));
    EXPECT_THAT(out.str(), ContainsRegex("Subsidi bunga dibayar +Rp1.250.000"));
    EXPECT_THAT(out.str(), ContainsRegex("RESTRUKTURISASI +0 +– +– +300 +0"));
    EXPECT_THAT(out.str(), HasSubstr("Usulan BPUM 2020"));
    EXPECT_THAT(out.str(), ContainsRegex("Disalurkan +25.000 +31,25%"));
    EXPECT_THAT(out.str(), ContainsRegex("DIRENCANAKAN +7"));
    EXPECT_THAT(out.str(), ContainsRegex("Dialihkan ke provinsi +1"));
    EXPECT_THAT(out.str(), ContainsRegex("sampai selesai +1 +4 hari"));
    EXPECT_THAT(out.str(), ContainsRegex("2026-03 +4 +Rp0"));
}

TEST(DashboardTextTest, SaysNothingOfAidWhereThereIsNone) {
    std::ostringstream out;
    Print(out, dashboard::v1::GetDashboardResponse());
    for (const char* title :
         {"Bantuan", "Barang", "Pinjaman", "Rujukan", "Usulan", "Pengawasan", "Pengaduan"}) {
        EXPECT_THAT(out.str(), testing::Not(HasSubstr(title)));
    }
}

TEST(DashboardTextTest, ComparesAidWhereAnyRegionHasIt) {
    dashboard::v1::CompareRegionsResponse response;
    response.add_regions()->mutable_dashboard()->mutable_aid()->set_disbursed_rupiah(500);
    response.add_regions();
    std::ostringstream out;
    Print(out, response);
    EXPECT_THAT(out.str(), testing::ContainsRegex("Disalurkan +Rp500 +Rp0\n"));
}

TEST(DashboardTextTest, ComparesWhatAnyRegionHas) {
    dashboard::v1::CompareRegionsResponse response;
    auto& first = *response.add_regions()->mutable_dashboard();
    auto& second = *response.add_regions()->mutable_dashboard();
    first.mutable_loans()->add_loans()->set_loans(4);
    first.mutable_loans()->add_loans()->set_loans(1);
    second.add_nominations()->set_paid(25'000);
    second.mutable_grievances()->add_open()->set_grievances(3);
    std::ostringstream out;
    Print(out, response);
    EXPECT_THAT(out.str(), testing::ContainsRegex("Pinjaman +5 +0\n"));
    EXPECT_THAT(out.str(), testing::ContainsRegex("Usulan disalurkan +0 +25.000\n"));
    EXPECT_THAT(out.str(), testing::ContainsRegex("Pengaduan terbuka +0 +3\n"));
    EXPECT_THAT(out.str(), testing::Not(HasSubstr("terlambat")));
}

/// Each value has a word of its own.
template <typename Enum>
void ExpectWords(const google::protobuf::EnumDescriptor& descriptor) {
    std::set<std::string_view> words{"?"};
    for (int i = 1; i < descriptor.value_count(); ++i) {
        const auto value = static_cast<Enum>(descriptor.value(i)->number());
        EXPECT_TRUE(words.insert(WordFor(value)).second) << descriptor.value(i)->name();
    }
}

TEST(AidWordsTest, HaveAWordForEverything) {
    using namespace aid::v1;
    ExpectWords<common::v1::AidInstrument>(*common::v1::AidInstrument_descriptor());
    ExpectWords<common::v1::ProgramState>(*common::v1::ProgramState_descriptor());
    ExpectWords<ApplicationState>(*ApplicationState_descriptor());
    ExpectWords<DocumentKind>(*DocumentKind_descriptor());
    ExpectWords<ReturnReason>(*ReturnReason_descriptor());
    ExpectWords<RejectionReason>(*RejectionReason_descriptor());
    ExpectWords<PostingKind>(*PostingKind_descriptor());
    ExpectWords<Account>(*Account_descriptor());
    ExpectWords<PaymentBatchState>(*PaymentBatchState_descriptor());
    ExpectWords<PaymentState>(*PaymentState_descriptor());
    EXPECT_EQ(DocumentKindChoices().at("FOTO SURVEI"), DOCUMENT_KIND_SURVEY_PHOTO);
}

TEST(InstrumentWordsTest, HaveAWordForEverything) {
    using namespace aid::v1;
    ExpectWords<GoodsKind>(*GoodsKind_descriptor());
    ExpectWords<GoodsUnit>(*GoodsUnit_descriptor());
    ExpectWords<StockPostingKind>(*StockPostingKind_descriptor());
    ExpectWords<VisitState>(*VisitState_descriptor());
    ExpectWords<VisitOutcome>(*VisitOutcome_descriptor());
    ExpectWords<RefundState>(*RefundState_descriptor());
    ExpectWords<RefundReason>(*RefundReason_descriptor());
    ExpectWords<LoanState>(*LoanState_descriptor());
    ExpectWords<PartnerKind>(*PartnerKind_descriptor());
    ExpectWords<ReferralState>(*ReferralState_descriptor());
    ExpectWords<RestructuringForm>(*RestructuringForm_descriptor());
    ExpectWords<RefusalReason>(*RefusalReason_descriptor());
    ExpectWords<NominationScheme>(*NominationScheme_descriptor());
    ExpectWords<NominationBatchState>(*NominationBatchState_descriptor());
    ExpectWords<NomineeState>(*NomineeState_descriptor());
    ExpectWords<ConcernedService>(*ConcernedService_descriptor());
    ExpectWords<GrievanceTopic>(*GrievanceTopic_descriptor());
    ExpectWords<GrievanceChannel>(*GrievanceChannel_descriptor());
    ExpectWords<GrievanceClass>(*GrievanceClass_descriptor());
    ExpectWords<GrievanceState>(*GrievanceState_descriptor());
    ExpectWords<GrievanceLevel>(*GrievanceLevel_descriptor());
    ExpectWords<GrievanceMessageKind>(*GrievanceMessageKind_descriptor());
    ExpectWords<ClosingReason>(*ClosingReason_descriptor());
}

TEST(AidWordsTest, SayWhatIsToBeLookedAtBeforeATemplateIsUsed) {
    aid::v1::ProgramTemplate made;
    EXPECT_EQ(ParametersOf(made), "");
    made.set_is_amount_a_parameter(true);
    made.set_are_exclusions_parameters(true);
    made.mutable_terms()->mutable_rules()->add_rules()->set_code("KUR_AKTIF");
    aid::v1::Rule& unconfirmed = *made.mutable_terms()->mutable_rules()->add_rules();
    unconfirmed.set_code("BUKAN_UMKM");
    unconfirmed.set_is_parameter(true);
    EXPECT_EQ(ParametersOf(made), "jumlah, bantuan ganda, BUKAN_UMKM");
}

TEST(WordsForHoursTest, CountsInHoursAndThenInDays) {
    EXPECT_EQ(WordsForHours(0, true), "di bawah 1 jam");
    EXPECT_EQ(WordsForHours(47, true), "47 jam");
    EXPECT_EQ(WordsForHours(48, true), "2 hari");
    EXPECT_EQ(WordsForHours(0, false), "–");
}

TEST(BarTest, GrowsFromEmptyToFull) {
    EXPECT_EQ(Bar(0), "[" + std::string(30, ' ') + "]");
    EXPECT_EQ(Bar(0.5), "[" + std::string(15, '#') + std::string(15, ' ') + "]");
    EXPECT_EQ(Bar(7), "[" + std::string(30, '#') + "]");
}

}  // namespace
}  // namespace bangkit::cli
