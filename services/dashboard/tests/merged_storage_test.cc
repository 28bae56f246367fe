// Merged businesses in the read model.
#include <gmock/gmock.h>

#include "services/dashboard/tests/events.h"
#include "services/dashboard/tests/projected_database.h"

namespace bangkit::dashboard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class MergedStorage : public ::testing::Test {
protected:
    kafka::Record IsMerged(Time at) {
        auto message = WithStatistics<registration::v1::BusinessesMerged>(kBekasiVendor, at);
        message.mutable_statistics()->set_merged(true);
        return ToRecord(id_, ++version_, message);
    }
    kafka::Record IsSeparated(Time at) {
        return ToRecord(id_, ++version_,
                        WithStatistics<registration::v1::MergeUndone>(kBekasiVendor, at));
    }
    kafka::Record Registers(Time at) {
        return ToRecord(id_, ++version_,
                        WithStatistics<registration::v1::BusinessRegistered>(kBekasiVendor, at));
    }

    ProjectedDatabase model_;
    const std::string id_ = NewId(kMay2022);
    std::int64_t version_ = 0;
};

TEST_F(MergedStorage, AreCountedUntilTheyAreMergedAndNotAfterwards) {
    model_.Project({Registers(kMay2022)});
    model_.Project({IsMerged(kJune2022)});
    const RegionFigures figures = model_.Figures("32.75");
    EXPECT_EQ(figures.businesses, 0);
    EXPECT_THAT(figures.counts, IsEmpty());
    ASSERT_THAT(figures.months, SizeIs(2));
    EXPECT_EQ(figures.months[0],
              (MonthFigures{.month = MonthOf(kMay2022), .registered = 1, .businesses = 1}));
    EXPECT_EQ(figures.months[1], (MonthFigures{.month = MonthOf(kJune2022)}));
}

TEST_F(MergedStorage, AreRememberedAsMergedFromBatchToBatch) {
    model_.Project({Registers(kMay2022)});
    model_.Project({IsMerged(kMay2022)});
    model_.Project({IsSeparated(kJune2022)});
    EXPECT_EQ(model_.Figures("ID").businesses, 1);
    EXPECT_THAT(model_.Figures("ID").counts, ElementsAre(CategoryCount{kBekasiVendor.category, 1}));
    model_.Project({IsMerged(kJune2022), IsSeparated(kJune2022), IsMerged(kJune2022)});
    EXPECT_EQ(model_.Figures("ID").businesses, 0);
    EXPECT_EQ(model_.database().Count("SELECT count(*) FROM business_states WHERE merged"), 1);
    EXPECT_EQ(
        model_.database().Count("SELECT coalesce(sum(change), 0)::bigint FROM business_counts"), 0);
}

TEST_F(MergedStorage, CountForOneWhateverIsSentAgain) {
    model_.Project({Registers(kMay2022), IsMerged(kMay2022)});
    model_.ProjectAgain();
    EXPECT_EQ(model_.Figures("ID").businesses, 0);
    model_.Project({IsSeparated(kJune2022)});
    model_.ProjectAgain();
    EXPECT_EQ(model_.Figures("ID").businesses, 1);
}

}  // namespace
}  // namespace bangkit::dashboard
