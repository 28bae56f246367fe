// What the registry promises when businesses are registered, whatever happens at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "services/registration/tests/loop_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

class RegisterTest : public RegistryTest {
protected:
    std::optional<StoredBusiness> Find(const std::string& id) {
        return queries_.Find({.regions = {"36"}, .owner_id = ""}, id);
    }
};

TEST_F(RegisterTest, KeepsAllThatWasStated) {
    RegisterBusiness command = RegistrationCommand(1);
    command.owner.phone = "+6281234567890";
    command.owner.identity_card_address = "Jl. KTP 1";
    command.profile = {.kind = Kind::kCooperative,
                       .name = "Koperasi Maju",
                       .region_code = "36.74.05.1002",
                       .address = "Jl. Raya 1",
                       .kbli = "01111",
                       .channels = {Channel::kFixedPlace, Channel::kOnline},
                       .nib = "1234567890123",
                       .npwp = "092542943407000",
                       .start_date = Date(std::chrono::year(1999) / 12 / 31)};
    command.figures = {.capital = 0, .annual_sales = 15'000'000'001};
    command.condition = Condition::kAffected;
    command.condition_since = Day(1, 2);
    command.warnings = {"AGE_UNUSUAL"};
    const Outcome outcome = Run(command);
    ASSERT_TRUE(outcome);
    EXPECT_EQ(Registered(outcome).warnings(0), "AGE_UNUSUAL");
    EXPECT_EQ(Registered(outcome).position(),
              "bangkit.registration.v1/business/" + command.business_id + "/1");

    const std::optional<StoredBusiness> found = Find(command.business_id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->business.profile, command.profile);
    EXPECT_EQ(found->business.scale.figures, command.figures);
    EXPECT_EQ(found->business.scale.classification.scale, Scale::kMedium);
    EXPECT_EQ(found->business.condition, Condition::kAffected);
    EXPECT_EQ(found->business.condition_since, Day(1, 2));
    EXPECT_EQ(found->business.registered_at, kNow);
    EXPECT_EQ(found->owner.nik, command.owner.nik);
    EXPECT_EQ(found->owner.name, command.owner.name);
    EXPECT_EQ(found->owner.phone, command.owner.phone);
    EXPECT_EQ(found->owner.identity_card_address, command.owner.identity_card_address);
    EXPECT_EQ(Count("outbox"), 1);
    EXPECT_EQ(Count("condition_history WHERE version = 1 AND reported_by = 'budi'"), 1);
    EXPECT_EQ(Count("scale_history WHERE scale = 3 AND NOT is_upgrade"), 1);
    EXPECT_EQ(Count("audit_entries WHERE outcome = 'OK' AND actor = 'budi'"), 1);
}

TEST_F(RegisterTest, RefusesASecondBusinessOfAnOwnerUnlessItIsSaidToBeOne) {
    const RegisterBusiness first = RegistrationCommand(1);
    ASSERT_TRUE(Run(first));
    RegisterBusiness second = RegistrationCommand(1);
    const Outcome refused = Run(second);
    EXPECT_EQ(ReasonOf(refused), "NIK_ALREADY_REGISTERED");
    EXPECT_EQ(refused.error().code, ErrorCode::kAlreadyExists);
    EXPECT_EQ(refused.error().metadata.at("business_id"), first.business_id);

    second.additional_business = true;
    second.profile.npwp = "092542943407000";  // Sealed with the key of the owner who is there.
    ASSERT_TRUE(Run(second));
    EXPECT_EQ(Find(second.business_id)->business.owner_id, first.owner_id);
    EXPECT_EQ(Find(second.business_id)->business.profile.npwp, "092542943407000");
    EXPECT_EQ(Count("owners"), 1);
    EXPECT_EQ(Count("businesses"), 2);
}

TEST_F(RegisterTest, TellsOfTheOtherBusinessOnlyWhoeverReachesIt) {
    ASSERT_TRUE(Run(RegistrationCommand(1)));
    RegisterBusiness elsewhere = RegistrationCommand(1);
    elsewhere.profile.region_code = "36.71";
    const Outcome refused = Run(elsewhere, Officer("36.71"));
    EXPECT_EQ(ReasonOf(refused), "NIK_ALREADY_REGISTERED");
    EXPECT_TRUE(refused.error().metadata.empty());
}

TEST_F(RegisterTest, RefusesRegionsOutsideTheCallersScope) {
    const Outcome refused = Run(RegistrationCommand(1), Officer("36.71"));
    EXPECT_EQ(refused.error().code, ErrorCode::kNotFound);
    EXPECT_EQ(ReasonOf(refused), "REGION_NOT_FOUND");
    EXPECT_EQ(Count("audit_entries WHERE outcome = 'REGION_NOT_FOUND'"), 1);
}

TEST_F(RegisterTest, LeavesNothingOfRefusedCommandsButTheAudit) {
    RegisterBusiness command = RegistrationCommand(1);
    command.profile.nib = "1234567890123";
    command.row_keys = {"row"};
    EXPECT_FALSE(Run(command, Officer("36.71")));
    for (const std::string table : {"identity_claims", "owners", "businesses", "outbox"}) {
        EXPECT_EQ(Count(table), 0) << table;
    }
    EXPECT_TRUE(Run(command));  // So the numbers are still free.
}

TEST_F(RegisterTest, GivesANibToOneBusiness) {
    RegisterBusiness first = RegistrationCommand(1);
    first.profile.nib = "1234567890123";
    RegisterBusiness second = RegistrationCommand(2);
    second.profile.nib = first.profile.nib;
    ASSERT_TRUE(Run(first));
    EXPECT_EQ(ReasonOf(Run(second)), "NIB_ALREADY_REGISTERED");
    EXPECT_EQ(Count("identity_claims"), 2);  // The second one's NIK is free again.
    second.profile.nib.clear();
    EXPECT_TRUE(Run(second));
}

TEST_F(RegisterTest, TakesPeopleWithoutANikForDifferentOnes) {
    RegisterBusiness first = RegistrationCommand(1);
    RegisterBusiness second = RegistrationCommand(1);
    first.owner.nik.clear();
    second.owner.nik.clear();
    EXPECT_TRUE(Run(first));
    EXPECT_TRUE(Run(second));
    EXPECT_EQ(Count("owners"), 2);
}

TEST_F(RegisterTest, KnowsARowOfAnImportAgain) {
    RegisterBusiness row = RegistrationCommand(1);
    row.row_keys = {"key"};
    ASSERT_TRUE(Run(row));
    RegisterBusiness again = RegistrationCommand(1);
    again.row_keys = {"key"};
    const Outcome unchanged = Run(again);
    EXPECT_EQ(ReasonOf(unchanged), "ROW_UNCHANGED");
    EXPECT_EQ(unchanged.error().metadata.at("business_id"), row.business_id);
}

TEST_F(RegisterTest, DecidesCommandsOfOneBatchOneAfterTheOther) {
    RegisterBusiness outside = RegistrationCommand(1);  // Refused: its NIK must go to the next one.
    outside.profile.region_code = "36.71";
    RegisterBusiness first = RegistrationCommand(1);
    first.row_keys = {"row"};
    RegisterBusiness same_row = first;
    same_row.business_id = NewId(kNow);
    RegisterBusiness same_nik = RegistrationCommand(1);
    RegisterBusiness another = RegistrationCommand(1);
    another.additional_business = true;
    another.profile.npwp = "092542943407000";
    std::vector<std::string> reasons;
    for (const Outcome& each : RunTogether({outside, first, same_row, same_nik, another})) {
        reasons.push_back(ReasonOf(each));
    }
    EXPECT_THAT(reasons,
                ElementsAre("REGION_NOT_FOUND", "", "ROW_UNCHANGED", "NIK_ALREADY_REGISTERED", ""));
    EXPECT_EQ(Count("owners"), 1);
    EXPECT_EQ(Count("businesses b JOIN owners USING (owner_id)"), 2);
    EXPECT_EQ(Count("identity_claims c JOIN owners o ON c.subject_id = o.owner_id WHERE kind = 1"),
              1);
    EXPECT_EQ(Count("identity_claims c JOIN businesses b ON c.subject_id = business_id"
                    " WHERE c.kind = 3"),
              1);
}

TEST_F(RegisterTest, AnswersTwinsOnce) {
    loop_ = NewLoop();
    const std::string request_id = NewId(kNow);
    std::vector<std::future<Outcome>> twins;
    for (int i = 0; i < 50; ++i) {
        twins.push_back(Submit(*loop_, RegistrationCommand(1), Officer(), request_id));
    }
    std::vector<std::string> answers;
    for (auto& twin : twins) answers.push_back(twin.get().value());
    EXPECT_THAT(answers, Each(answers.front()));
    EXPECT_EQ(Count("businesses"), 1);
}

/// The rows of one file, as two officers import it through two processes.
TEST_F(RegisterTest, MakesOneBusinessPerRowWhenTwoProcessesImportTheSameFile) {
    constexpr int kRows = 300;
    const std::unique_ptr<Loop> loops[] = {NewLoop(32), NewLoop(32)};
    int registered[2] = {}, unchanged[2] = {};
    std::vector<std::jthread> officers;
    for (int officer : {0, 1}) {
        officers.emplace_back([&, officer] {
            std::vector<std::future<Outcome>> outcomes;
            for (int i = 0; i < kRows; ++i) {
                // One reads the file from the end: the worst order for locks.
                const int number = 1 + (officer == 0 ? i : kRows - 1 - i);
                RegisterBusiness row = RegistrationCommand(number);
                row.row_keys = {"row " + std::to_string(number)};
                row.profile.nib = std::to_string(1'000'000'000'000 + (number * 7'919) % 10'000);
                outcomes.push_back(Submit(*loops[officer], row));
            }
            for (auto& each : outcomes) {
                const Outcome outcome = each.get();
                if (outcome) ++registered[officer];
                if (ReasonOf(outcome) == "ROW_UNCHANGED") ++unchanged[officer];
            }
        });
    }
    officers.clear();
    EXPECT_EQ(registered[0] + registered[1], kRows);
    EXPECT_EQ(unchanged[0] + unchanged[1], kRows);
    EXPECT_EQ(Count("businesses"), kRows);
    EXPECT_EQ(Count("owners"), kRows);
    EXPECT_EQ(Count("outbox"), kRows);
    EXPECT_THAT(logger_.lines(), ElementsAre());  // Nobody had to try again in smaller pieces.
}

// Holds because the claim is a row of its own: without it both would find the NIK free.
TEST_F(RegisterTest, GivesANikToOneOfTwoProcessesAtTheSameInstant) {
    const std::unique_ptr<Loop> loops[] = {NewLoop(1), NewLoop(1)};
    for (int round = 1; round <= 40; ++round) {
        std::future<Outcome> first = Submit(*loops[0], RegistrationCommand(round));
        std::future<Outcome> second = Submit(*loops[1], RegistrationCommand(round));
        EXPECT_NE(first.get().has_value(), second.get().has_value());
    }
    EXPECT_EQ(Count("owners"), 40);
}

}  // namespace
}  // namespace bangkit::registration
