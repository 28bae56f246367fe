// Objects in a folder: whole or not there at all, and nothing outside of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "libs/objects/store.h"
#include "libs/testing/temp_folder.h"

namespace bangkit::objects {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FolderTest : public ::testing::Test {
protected:
    void Write(const std::string& name, const std::string& content) {
        const auto upload = store_->Begin(name);
        upload->Add(content);
        upload->Finish();
    }
    std::vector<std::string> Names() {
        std::vector<std::string> names;
        for (int shelf = 0; shelf < Store::kShelves; ++shelf) {
            for (const ObjectInfo& each : store_->List(shelf)) {
                EXPECT_EQ(ShelfOf(each.name), shelf);
                names.push_back(each.name);
            }
        }
        return names;
    }
    int Files() const {
        int files = 0;
        for (const auto& each : fs::recursive_directory_iterator(folder_)) {
            files += each.is_regular_file() ? 1 : 0;
        }
        return files;
    }

    static constexpr const char* kName = "0190b2f0-0000-7000-8000-00000000002a";
    const testing::TempFolder temp_;
    const fs::path& folder_ = temp_.path();
    const std::unique_ptr<Store> store_ = OpenFolder(folder_ / "objects");
};

TEST_F(FolderTest, KeepsWhatWasWrittenUntilItIsRemoved) {
    Write(kName, "0123456789");
    EXPECT_EQ(store_->Read(kName, 0, 100), "0123456789");
    EXPECT_EQ(store_->Read(kName, 4, 3), "456");
    EXPECT_EQ(store_->Read(kName, 10, 3), "");
    EXPECT_THAT(Names(), ElementsAre(kName));
    EXPECT_EQ(ShelfOf(kName), 0x2a);
    const auto again = OpenFolder(folder_ / "objects");
    EXPECT_EQ(again->Read(kName, 0, 4), "0123");
    store_->Remove(kName);
    store_->Remove(kName);
    EXPECT_EQ(store_->Read(kName, 0, 1), std::nullopt);
    EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(FolderTest, ShowsNothingOfWhatIsNotFinishedAndKeepsNothingOfIt) {
    {
        const auto upload = store_->Begin(kName);
        upload->Add("half of it");
        EXPECT_EQ(store_->Read(kName, 0, 1), std::nullopt);
        EXPECT_THAT(Names(), IsEmpty());
        EXPECT_EQ(Files(), 1);
    }
    EXPECT_EQ(Files(), 0);
}

TEST_F(FolderTest, RemovesWhatACrashHasLeftUnfinished) {
    Write(kName, "x");
    store_->Remove(kName);
    const fs::path left = folder_ / "objects" / "2a" / (std::string(kName) + ".1-1.part");
    std::ofstream(left) << "half of it";
    EXPECT_THAT(Names(), IsEmpty());
    EXPECT_EQ(Files(), 1) << "somebody may be writing it";
    fs::last_write_time(left, fs::file_time_type::clock::now() - std::chrono::hours(25));
    EXPECT_THAT(Names(), IsEmpty());
    EXPECT_EQ(Files(), 0);
}

TEST_F(FolderTest, IsLedNowhereElseByANameAndShownToNobodyElse) {
    // A file of this test: without the guard it would really be gone.
    const fs::path outside = folder_ / "outside";
    std::ofstream(outside) << "none of it";
    for (const std::string& name :
         {std::string("../../outside"), outside.string(), std::string("0190b2f0/../../../outside"),
          std::string(".."), std::string(), std::string("ABCDEFGH"), std::string("short"),
          std::string("with.dots.in.it")}) {
        EXPECT_THROW(store_->Begin(name), StoreError) << name;
        EXPECT_THROW(store_->Read(name, 0, 1), StoreError) << name;
        EXPECT_THROW(store_->Remove(name), StoreError) << name;
    }
    EXPECT_TRUE(fs::exists(outside));
    Write(kName, "x");
    EXPECT_EQ(fs::status(folder_ / "objects").permissions(), fs::perms::owner_all);
    EXPECT_EQ(fs::status(folder_ / "objects" / "2a" / kName).permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(FolderTest, SaysWhenItCannotBeWritten) {
    std::ofstream(folder_ / "file") << "no folder";
    EXPECT_THROW(OpenFolder(folder_ / "file"), StoreError);
}

}  // namespace
}  // namespace bangkit::objects
