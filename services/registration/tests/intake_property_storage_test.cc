// The property of intake_test.cc, through the real loop and the real tables: any order, any
// repetition and any delay of submissions lead to the same registry.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "services/registration/tests/intake_fixture.h"

namespace bangkit::registration {
namespace {

constexpr int kBusinesses = 5, kDevices = 4, kEdits = 30;

class IntakePropertyTest : public IntakeTest {
protected:
    /// What devices did before all of them were heard, and, given the etags that they saw then,
    /// afterwards.
    std::vector<v1::SubmitIntakeRequest> Before() {
        std::vector<v1::SubmitIntakeRequest> story;
        for (int i = 1; i <= kBusinesses; ++i) {
            const int device = DeviceOf(i);
            // Two of them are of the same person.
            v1::SubmitIntakeRequest request = NewBusiness(device, Next(device), i, Minute());
            v1::OwnerInput& owner =
                *request.mutable_submission()->mutable_registration()->mutable_owner();
            owner.set_nik(NikOf(std::max(i, 2)));
            if (i < 3) owner.set_phone(Phone());
            story.push_back(std::move(request));
        }
        for (int i = 0; i < kEdits; ++i) {
            const int number = 1 + Draw(kBusinesses), device = DeviceOf(number);
            v1::SubmitIntakeRequest request = Submission(device, Next(device), Minute());
            AboutLocal(request, number);
            Say(request);
            story.push_back(std::move(request));
        }
        return story;
    }
    std::vector<v1::SubmitIntakeRequest> After() {
        std::vector<v1::SubmitIntakeRequest> story;
        for (int i = 0; i < 2 * kEdits; ++i) {
            const int number = 1 + Draw(kBusinesses), device = 1 + Draw(kDevices);
            v1::SubmitIntakeRequest request = Submission(device, Next(device), Minute());
            About(request, BusinessIdOf(Device(DeviceOf(number)), Local(number)), "");
            // Etags of one business say nothing of what was said by way of another.
            Say(request, number > 2);
            story.push_back(std::move(request));
        }
        return story;
    }

    /// Two in one stream, so that they share transactions; some several times.
    void Deliver(std::vector<v1::SubmitIntakeRequest> story, std::mt19937& random) {
        const std::size_t count = story.size();
        for (std::size_t i = 0; i < count; i += 3) story.push_back(story[i]);
        std::ranges::shuffle(story, random);
        for (std::size_t begin = 0; begin < story.size();) {
            const std::size_t end = std::min(story.size(), begin + 1 + random() % 20);
            for (const auto& answer : Submit({story.begin() + static_cast<std::ptrdiff_t>(begin),
                                              story.begin() + static_cast<std::ptrdiff_t>(end)})) {
                EXPECT_FALSE(answer.has_error()) << StatusOf(answer);
            }
            begin = end;
        }
    }
    void Forget() {
        database_.Execute(
            "TRUNCATE businesses, owners, identity_claims, intake_submissions, intake_writes,"
            " intake_keys, condition_history, scale_history, detail_changes, outbox, owner_phones");
    }
    /// What is in the registry and in review, without ids that the registry makes.
    std::set<std::string> State() const {
        std::set<std::string> state;
        for (int number = 1; number <= kBusinesses; ++number) {
            const StoredBusiness stored =
                Stored(BusinessIdOf(Device(DeviceOf(number)), Local(number)));
            const Profile& profile = stored.business.profile;
            state.insert(
                std::to_string(number) + " " + profile.name + " " + profile.address + " " +
                stored.owner.name + " " + stored.owner.phone + " " +
                std::to_string(static_cast<int>(stored.business.condition)) + " " +
                std::to_string(stored.business.condition_since.time_since_epoch().count()));
        }
        for (const v1::IntakeConflict& each : Conflicts()) {
            // Of an owner: by whichever of their businesses it came.
            const bool is_of_owner = each.field().starts_with("owner.");
            state.insert("conflict " + (is_of_owner ? "" : each.business_id()) + each.field() +
                         each.other().ShortDebugString());
        }
        return state;
    }
    static int DeviceOf(int number) { return 1 + number % kDevices; }

    void Restart(unsigned seed) {
        random_.seed(seed);
        sequences_.clear();
    }
    /// Every business as it is now, in what was not delivered yet.
    void ShowTo(std::vector<v1::SubmitIntakeRequest>& story) const {
        for (v1::SubmitIntakeRequest& each : story) {
            const std::string id = each.submission().business_id();
            each.mutable_submission()->set_etag(EtagOf(Stored(id).business.version));
        }
    }

private:
    int Draw(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
    int Minute() { return Draw(500); }
    std::int64_t Next(int device) { return ++sequences_[device]; }
    std::string Phone() { return "0812 000 900" + std::to_string(Draw(5)); }
    void Say(v1::SubmitIntakeRequest& request, bool of_owner_too = true) {
        switch (Draw(3)) {
            case 0: SetAddress(request, "Blok " + std::to_string(Draw(4))); break;
            case 1:
                if (of_owner_too) SetPhone(request, Phone());
                SetAddress(request, "Blok " + std::to_string(Draw(4)));
                break;
            default:
                SetCondition(request, static_cast<common::v1::BusinessCondition>(1 + Draw(5)),
                             "2026-03-0" + std::to_string(1 + Draw(4)));
        }
    }

    std::mt19937 random_;
    std::map<int, std::int64_t> sequences_;
};

TEST_F(IntakePropertyTest, AnyOrderAnyRepetitionAndAnyDelayGiveTheSameRegistry) {
    std::set<std::string> expected;
    for (unsigned delivery = 0; delivery < 5; ++delivery) {
        Forget();
        Restart(7);
        std::mt19937 random(delivery);
        const std::vector<v1::SubmitIntakeRequest> before = Before();
        Deliver(before, random);
        std::vector<v1::SubmitIntakeRequest> after = After();
        ShowTo(after);
        Deliver(after, random);
        Deliver(before, random);  // Once more, much later.
        const std::set<std::string> state = State();
        if (delivery == 0) expected = state;
        ASSERT_EQ(state, expected) << delivery;
    }
    EXPECT_GT(expected.size(), std::size_t{kBusinesses}) << "conflicts are part of it";
    EXPECT_EQ(Count("intake_submissions"), kBusinesses + 3 * kEdits);
}

}  // namespace
}  // namespace bangkit::registration
