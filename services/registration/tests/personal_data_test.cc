// What identifies people: who may see it, and what they may demand.
#include "services/registration/domain/personal_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "services/registration/api/personal_data_checks.h"
#include "services/registration/domain/update.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

using enum OwnerField;
using ::testing::UnorderedElementsAre;

const OwnerStanding kOwner{.id = "owner", .is_erased = false, .legal_hold = ""};
const OwnerStanding kErased{.id = "owner", .is_erased = true, .legal_hold = ""};

std::string ReasonOf(const auto& result) { return result ? "" : result.error().reason; }

RevealOwner Reveal(Purpose purpose, std::set<OwnerField> fields) {
    return {.business_id = "b",
            .purpose = purpose,
            .case_reference = "K-1",
            .fields = std::move(fields)};
}

SubjectRequest Request(SubjectRequestKind kind) {
    const OpenSubjectRequest command{
        .subject_request_id = "r", .business_id = "b", .kind = kind, .case_reference = "K-1"};
    return Decide(kOwner, nullptr, command, kNow).value();
}

TEST(DisclosureTest, APurposeReachesWhatItNeedsAndNothingElse) {
    EXPECT_THAT(FieldsFor(Purpose::kSurvey), UnorderedElementsAre(kName, kPhone));
    EXPECT_THAT(FieldsFor(Purpose::kPayment), UnorderedElementsAre(kName, kNik));
    EXPECT_EQ(ReasonOf(Decide(kOwner, Reveal(Purpose::kSurvey, {kName}), false)), "");
    EXPECT_EQ(ReasonOf(Decide(kOwner, Reveal(Purpose::kSurvey, {kName, kNik}), false)),
              "FIELD_NOT_FOR_PURPOSE");
    EXPECT_EQ(ReasonOf(Decide(kOwner, Reveal(Purpose::kPayment, {kPhone}), false)),
              "FIELD_NOT_FOR_PURPOSE");
    EXPECT_EQ(ReasonOf(Decide(kOwner, Reveal(Purpose::kCorrection, {kIdentityCardAddress}), true)),
              "");
}

TEST(DisclosureTest, PaymentsAndLegalMattersAreNotForFieldOfficers) {
    for (const Purpose purpose :
         {Purpose::kPayment, Purpose::kLegalObligation, Purpose::kSubjectRequest}) {
        EXPECT_EQ(ReasonOf(Decide(kOwner, Reveal(purpose, {kName}), true)), "PURPOSE_NOT_ALLOWED");
        EXPECT_EQ(ReasonOf(Decide(kOwner, Reveal(purpose, {kName}), false)), "");
    }
}

TEST(DisclosureTest, NothingIsLeftOfWhoWasErased) {
    EXPECT_EQ(ReasonOf(Decide(kErased, Reveal(Purpose::kSurvey, {kName}), false)), "OWNER_ERASED");
}

TEST(SubjectRequestTest, IsDueAfter72HoursWhateverTheCalendarSays) {
    const SubjectRequest request = Request(SubjectRequestKind::kErasure);
    EXPECT_EQ(request.due_at, kNow + std::chrono::hours(72));
    EXPECT_FALSE(request.IsOverdue(request.due_at - std::chrono::microseconds(1)));
    EXPECT_TRUE(request.IsOverdue(request.due_at));
}

TEST(SubjectRequestTest, IsOpenOnceForEachKind) {
    const SubjectRequest open = Request(SubjectRequestKind::kErasure);
    const Result<SubjectRequest> again = Decide(kOwner, &open, OpenSubjectRequest{}, kNow);
    EXPECT_EQ(ReasonOf(again), "SUBJECT_REQUEST_OPEN");
    EXPECT_EQ(again.error().metadata.at("subject_request_id"), "r");
    EXPECT_EQ(ReasonOf(Decide(kErased, nullptr, OpenSubjectRequest{}, kNow)), "OWNER_ERASED");
}

TEST(SubjectRequestTest, AnErasureNeedsAnOpenRequestForItAndNoLegalHold) {
    const SubjectRequest request = Request(SubjectRequestKind::kErasure);
    const Time later = kNow + std::chrono::hours(1);
    const Result<SubjectRequest> done = Decide(kOwner, request, EraseOwner{}, later);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->state, SubjectRequestState::kDone);
    EXPECT_EQ(done->closed_at, later);
    EXPECT_FALSE(done->IsOverdue(kNow + std::chrono::hours(100)));

    EXPECT_EQ(ReasonOf(Decide(kOwner, *done, EraseOwner{}, later)), "SUBJECT_REQUEST_CLOSED");
    EXPECT_EQ(ReasonOf(Decide(kOwner, Request(SubjectRequestKind::kAccess), EraseOwner{}, later)),
              "SUBJECT_REQUEST_KIND_WRONG");
    OwnerStanding held = kOwner;
    held.legal_hold = "PN-12/2026";
    EXPECT_EQ(ReasonOf(Decide(held, request, EraseOwner{}, later)), "LEGAL_HOLD");
}

TEST(SubjectRequestTest, IsClosedWhenThePersonHasTheDocumentOrForAReason) {
    const SubjectRequest request = Request(SubjectRequestKind::kAccess);
    EXPECT_EQ(ReasonOf(Decide(request, CloseSubjectRequest{}, kNow)), "NOT_EXPORTED");
    const Result<SubjectRequest> exported = Decide(kOwner, request, ExportPersonalData{}, kNow);
    ASSERT_TRUE(exported);
    EXPECT_EQ(exported->state, SubjectRequestState::kOpen);
    EXPECT_TRUE(Decide(kOwner, *exported, ExportPersonalData{}, kNow));  // As often as is needed.
    const Result<SubjectRequest> closed = Decide(*exported, CloseSubjectRequest{}, kNow);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->state, SubjectRequestState::kDone);
    EXPECT_EQ(ReasonOf(Decide(*closed, CloseSubjectRequest{}, kNow)), "SUBJECT_REQUEST_CLOSED");

    const SubjectRequest erasure = Request(SubjectRequestKind::kErasure);
    EXPECT_EQ(ReasonOf(Decide(erasure, CloseSubjectRequest{}, kNow)), "SUBJECT_REQUEST_KIND_WRONG");
    const Result<SubjectRequest> refused = Decide(
        erasure, CloseSubjectRequest{.subject_request_id = "r", .refusal = Refusal::kWithdrawn},
        kNow);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->state, SubjectRequestState::kRefused);
}

TEST(ErasureTest, FilesOnTheirWayAreGoneInTimeForTheDemandOrWithinAnHour) {
    const auto hours = [](int count) { return kNow + std::chrono::hours(count); };
    EXPECT_EQ(FilesDestroyedBy(hours(72), hours(2)), hours(26));
    EXPECT_EQ(FilesDestroyedBy(hours(72), hours(60)), hours(72));
    EXPECT_EQ(FilesDestroyedBy(hours(72), hours(80)), hours(81));
}

TEST(ErasureTest, KeepsTheStatisticsAndTheNamesOfWhatIsMoreThanOnePerson) {
    for (const Kind kind : {Kind::kUmkm, Kind::kCooperative, Kind::kStreetVendor, Kind::kGroup}) {
        Business business;
        business.version = 3;
        business.profile = {.kind = kind,
                            .name = "Warung Bu Siti",
                            .region_code = "36.74.05.1002",
                            .address = "Jl. Raya 1",
                            .kbli = "4711",
                            .channels = {},
                            .nib = "1234567890123",
                            .npwp = "092542943407000",
                            .start_date = {}};
        const Business erased = Apply(business, OwnerDataErased{.at = kNow});
        EXPECT_EQ(erased.version, 4);
        EXPECT_TRUE(erased.owner_is_erased);
        EXPECT_EQ(erased.profile.npwp, "");
        EXPECT_EQ(erased.profile.region_code, "36.74.05.1002");
        EXPECT_EQ(erased.profile.kbli, "4711");
        const bool is_of_owner_alone = kind == Kind::kUmkm || kind == Kind::kStreetVendor;
        EXPECT_EQ(erased.profile.name.empty(), is_of_owner_alone);
        EXPECT_EQ(erased.profile.address.empty(), is_of_owner_alone);
        EXPECT_EQ(erased.profile.nib.empty(), is_of_owner_alone);
    }
}

TEST(ErasureTest, NobodyWritesWhatWasErasedAgain) {
    Business business;
    business.version = 4;
    business.profile.kind = Kind::kUmkm;
    business.owner_is_erased = true;
    const auto reason = [&business](Detail detail) {
        UpdateBusiness command;
        command.details = {detail};
        command.profile.name = command.profile.address = "Siti";
        command.profile.kind = Kind::kGroup;
        command.profile.kbli = "4711";
        return ReasonOf(Decide(business, command, UpdateFacts{}, kNow));
    };
    for (const Detail detail : {Detail::kName, Detail::kAddress, Detail::kNib, Detail::kKind,
                                Detail::kOwnerName, Detail::kNpwp}) {
        EXPECT_EQ(reason(detail), "OWNER_ERASED");
    }
    EXPECT_EQ(reason(Detail::kKbli), "");
    business.profile.kind = Kind::kCooperative;
    EXPECT_EQ(reason(Detail::kName), "");
}

TEST(CaseReferenceTest, HasNoRoomForNamesAndNumbersOfPeople) {
    for (const std::string_view good :
         {"K-1", "PDP/2026/0031", "518.2-44", "SP2D-20260310-7", "1/a", "123456789"}) {
        EXPECT_TRUE(IsCaseReference(good)) << good;
    }
    for (const std::string_view bad :
         {"", "K1", "Siti", "Bu Siti 1", "3674055203859001", "0812-3456-7890", "0812345678", "K_1",
          "K-1\n", "K-1é", "12/34/56.78-90", "PDP/2026/00000000000000000000000000000031-Siti"}) {
        EXPECT_FALSE(IsCaseReference(bad)) << bad;
    }
}

}  // namespace
}  // namespace bangkit::registration
