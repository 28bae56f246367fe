// How much of what was registered twice is found, and how much of what is found was registered
// twice: on a set that is made for it, through the tables.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "services/registration/tests/duplicate_fixture.h"
#include "services/registration/tests/duplicate_set.h"

namespace bangkit::registration {
namespace {

constexpr int kShops = 5'000;
constexpr double kRecallMin = 0.95;
constexpr double kPrecisionMin = 0.90;

class DuplicateQualityTest : public DuplicatesTest {
protected:
    void Register(const std::vector<RegisterBusiness>& registrations) {
        constexpr std::size_t kTogether = 250;
        for (std::size_t begin = 0; begin < registrations.size(); begin += kTogether) {
            const std::size_t end = std::min(begin + kTogether, registrations.size());
            std::vector<Command> commands;
            for (std::size_t i = begin; i < end; ++i) commands.emplace_back(registrations[i]);
            for (const Outcome& outcome : RunTogether(commands)) ASSERT_TRUE(outcome);
        }
    }
    std::set<BusinessPair> Found() const {
        postgres::Connection connection(database_.owner_dsn());
        const postgres::Rows rows = connection.Run("SELECT first_id, second_id FROM duplicates");
        std::set<BusinessPair> found;
        for (int i = 0; i < rows.size(); ++i) found.emplace(rows.Uuid(i, 0), rows.Uuid(i, 1));
        return found;
    }
};

TEST_F(DuplicateQualityTest, FindsNearlyAllAndLittleElse) {
    const DuplicateSet set(kShops, 20'220'512);
    ASSERT_GE(std::ssize(set.commands()), 5'000);
    ASSERT_GE(std::ssize(set.duplicates()), 400);
    ASSERT_NO_FATAL_FAILURE(Register(set.commands()));
    Search();

    const std::set<BusinessPair> found = Found();
    std::int64_t right = 0;
    for (const BusinessPair& pair : found) right += set.duplicates().contains(pair) ? 1 : 0;
    std::map<std::string, int> missed;
    for (const auto& [pair, kind] : set.kinds()) {
        if (!found.contains(pair)) ++missed[kind];
    }
    const double recall = static_cast<double>(right) / static_cast<double>(set.duplicates().size());
    const double precision = static_cast<double>(right) / static_cast<double>(found.size());
    RecordProperty("businesses", static_cast<int>(set.commands().size()));
    RecordProperty("recall_per_mille", static_cast<int>(recall * 1000));
    RecordProperty("precision_per_mille", static_cast<int>(precision * 1000));
    EXPECT_GE(recall, kRecallMin) << "missed: " << ::testing::PrintToString(missed);
    EXPECT_GE(precision, kPrecisionMin);
}

}  // namespace
}  // namespace bangkit::registration
