// Whatever the order in which devices are heard, however often and however late: the same state,
// and nothing is lost without somebody having known of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "services/registration/domain/intake.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

using std::chrono::minutes;

// Thousands of submissions of many devices, delivered in many ways.

struct Submission {
    WriteId id;
    Time captured_at;
    int business = 0;
    bool registers = false;
    bool was_synchronised =
        false;  // The device showed the business as of the last synchronisation.
    std::map<int, std::string> values;  // By field.
};

/// A registry that is nothing but fields, with the rules of the intake around the merge: what was
/// taken in is known again, and what is about a business that is still to come waits for it.
class Registry {
public:
    void Receive(const Submission& submission) {
        if (!known_.insert(submission.id).second) return;
        Business& business = businesses_[submission.business];
        if (submission.registers) {
            business.is_there = true;
            business.version = 1;
            for (const auto& [field, value] : submission.values) {
                business.present[field] = {.value = value,
                                           .stamp = {submission.captured_at, submission.id},
                                           .business_id = "b",
                                           .version = 1};
            }
            for (const Submission& waiting : std::exchange(business.waiting, {})) {
                Merge(business, waiting);
            }
        } else if (business.is_there) {
            Merge(business, submission);
        } else {
            business.waiting.push_back(submission);
        }
    }
    /// All devices have seen what is there now.
    void Synchronise() {
        for (auto& [number, business] : businesses_) business.seen_version = business.version;
    }
    /// By business and field: the value, and what is in review.
    using State = std::map<std::pair<int, int>, std::pair<std::string, std::set<std::string>>>;
    State Finally() const {
        State state;
        for (const auto& [number, business] : businesses_) {
            for (const auto& [field, present] : business.present) {
                auto& [value, open] = state[{number, field}];
                value = present.value;
                const auto history = business.histories.find(field);
                if (history == business.histories.end()) continue;
                for (const WriteId& id : history->second.Open()) {
                    open.insert(history->second.writes().at(id).value);
                }
            }
        }
        return state;
    }
    const std::map<int, FieldHistory>& HistoriesOf(int number) {
        return businesses_[number].histories;
    }

private:
    struct Business {
        bool is_there = false;
        std::int64_t version = 0;
        std::int64_t seen_version = 0;
        std::map<int, PresentValue> present;
        std::map<int, FieldHistory> histories;
        std::vector<Submission> waiting;
    };

    static void Merge(Business& business, const Submission& submission) {
        std::map<int, WriteId> changes;
        for (const auto& [field, value] : submission.values) {
            const FieldWrite& now = business.histories[field].Take(
                {.stamp = {submission.captured_at, submission.id},
                 .business_id = "b",
                 .base_version = submission.was_synchronised ? business.seen_version : 0,
                 .value = value},
                business.present[field], business.version);
            if (now.value != business.present[field].value) changes[field] = now.stamp.id;
        }
        if (changes.empty()) return;
        ++business.version;
        for (const auto& [field, id] : changes) {
            FieldHistory& history = business.histories[field];
            history.SetVersion(id, business.version);
            const FieldWrite& write = history.writes().at(id);
            business.present[field] = {.value = write.value,
                                       .stamp = write.stamp,
                                       .business_id = "b",
                                       .version = business.version};
        }
    }

    std::set<WriteId> known_;
    std::map<int, Business> businesses_;
};

constexpr int kBusinesses = 40, kDevices = 7, kFields = 5;

/// Everything that happens: registrations, then what devices write without network, then, after
/// all have been heard and have seen what came of it, the same once more.
struct Story {
    std::vector<Submission> before, after;
};

Story NewStory(unsigned seed) {
    std::mt19937 random(seed);
    const auto draw = [&random](int below) {
        return std::uniform_int_distribution<int>(0, below - 1)(random);
    };
    Story story;
    std::map<int, std::int64_t> sequences;
    std::vector<int> registered_by;
    const auto next = [&](int device) {
        return Submission{.id = {"device" + std::to_string(device), ++sequences[device]},
                          // Clocks are wrong by hours, and set back now and then.
                          .captured_at = kNow + minutes(draw(600)),
                          .values = {}};
    };
    for (int i = 0; i < kBusinesses; ++i) {
        registered_by.push_back(draw(kDevices));
        Submission submission = next(registered_by.back());
        submission.business = i;
        submission.registers = true;
        for (int field = 0; field < kFields; ++field) submission.values[field] = "first";
        story.before.push_back(submission);
    }
    const auto write = [&](std::vector<Submission>& submissions, bool was_synchronised) {
        const int business = draw(kBusinesses);
        // Only whoever registered it knows of it before the first synchronisation.
        const int device =
            was_synchronised ? draw(kDevices) : registered_by[static_cast<std::size_t>(business)];
        Submission submission = next(device);
        submission.business = business;
        submission.was_synchronised = was_synchronised;
        for (int i = 0; i <= draw(3); ++i) {
            submission.values[draw(kFields)] = "value " + std::to_string(draw(6));
        }
        submissions.push_back(submission);
    };
    for (int i = 0; i < 600; ++i) write(story.before, false);
    for (int i = 0; i < 2'400; ++i) write(story.after, true);
    return story;
}

/// In another order, many of them several times, some much later than all others.
std::vector<Submission> Delivered(std::vector<Submission> submissions, std::mt19937& random) {
    const std::size_t count = submissions.size();
    for (std::size_t i = 0; i < count; ++i) {
        for (auto copy = random() % 4; copy == 3; copy = random() % 4) {
            submissions.push_back(submissions[i]);
        }
    }
    std::ranges::shuffle(submissions, random);
    return submissions;
}

Registry Told(const Story& story, unsigned delivery) {
    std::mt19937 random(delivery);
    Registry registry;
    for (const Submission& each : Delivered(story.before, random)) registry.Receive(each);
    registry.Synchronise();
    std::vector<Submission> after = story.after;
    after.insert(after.end(), story.before.begin(), story.before.end());  // Repeated much later.
    for (const Submission& each : Delivered(after, random)) registry.Receive(each);
    return registry;
}

TEST(IntakePropertyTest, AnyOrderAnyRepetitionAndAnyDelayGiveTheSameState) {
    for (const unsigned seed : {1U, 2U, 3U}) {
        const Story story = NewStory(seed);
        const Registry::State expected = Told(story, 0).Finally();
        EXPECT_EQ(expected.size(), kBusinesses * kFields);
        const auto in_review = std::ranges::count_if(
            expected, [](const auto& each) { return !each.second.second.empty(); });
        EXPECT_GT(in_review, kBusinesses) << "a story without conflicts shows nothing";
        for (unsigned delivery = 1; delivery <= 12; ++delivery) {
            ASSERT_EQ(Told(story, delivery).Finally(), expected) << seed << " " << delivery;
        }
    }
}

// Of each value that was ever written, somebody who wrote later knew; or it holds; or somebody is
// asked about it.
TEST(IntakePropertyTest, NothingIsLostSilently) {
    const Story story = NewStory(4);
    Registry registry = Told(story, 5);
    const Registry::State state = registry.Finally();
    for (int number = 0; number < kBusinesses; ++number) {
        for (const auto& [field, history] : registry.HistoriesOf(number)) {
            const auto& [value, open] = state.at({number, field});
            for (const auto& [id, write] : history.writes()) {
                const bool is_known = std::ranges::any_of(history.writes(), [&](const auto& other) {
                    const FieldWrite& later = other.second;
                    return later.saw == id || (later.stamp.id.device_id == id.device_id &&
                                               later.stamp.id.sequence > id.sequence);
                });
                const bool was_known_as_another =
                    std::ranges::any_of(history.writes(), [&](const auto& other) {
                        return other.second.value == write.value && other.first != id;
                    });
                EXPECT_TRUE(is_known || was_known_as_another || write.value == value ||
                            open.contains(write.value))
                    << number << " " << field << " " << write.value;
            }
        }
    }
}

}  // namespace
}  // namespace bangkit::registration
