#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bangkit/registration/v1/duplicate_service.pb.h"
#include "services/registration/jobs/duplicate_searcher.h"
#include "services/registration/storage/duplicate_unit_of_work.h"
#include "services/registration/tests/loop_fixture.h"

namespace bangkit::registration {

using DuplicateLoop = command::CommandLoop<DuplicateUnitOfWork>;

inline constexpr std::chrono::days kUndoPeriod{30};

inline identity::Caller Agency(std::string region = "36.74") {
    return {.subject = "dinas", .roles = {"agency"}, .regions = {std::move(region)}};
}

/// Shops that may have been registered twice.
class DuplicatesTest : public RegistryTest {
protected:
    std::unique_ptr<DuplicateLoop> NewDuplicateLoop() {
        return std::make_unique<DuplicateLoop>(
            command::LoopOptions{.dsn = database_.dsn(), .silence_max = {}}, LoopContext(),
            [this] { return DuplicateUnitOfWork(keys_, kUndoPeriod); });
    }
    static std::future<Outcome> Submit(DuplicateLoop& loop, DuplicateCommand command,
                                       identity::Caller caller = Agency(),
                                       std::string request_id = {}) {
        auto promise = std::make_shared<std::promise<Outcome>>();
        loop.Submit({.caller = std::move(caller),
                     .method = "Test",
                     .request_id = std::move(request_id),
                     .fingerprint = "same",
                     .command = std::move(command),
                     .done = [promise](const Outcome& outcome) { promise->set_value(outcome); }});
        return promise->get_future();
    }
    Outcome RunReview(DuplicateCommand command, identity::Caller caller = Agency()) {
        if (!review_loop_) review_loop_ = NewDuplicateLoop();
        return Submit(*review_loop_, std::move(command), std::move(caller)).get();
    }
    Outcome MergeTwo(const std::string& surviving_id, const std::string& merged_id,
                     identity::Caller caller = Agency()) {
        return RunReview(MergeBusinesses{.merge_id = NewId(kNow),
                                         .surviving_id = surviving_id,
                                         .merged_id = merged_id,
                                         .expected_surviving = {},
                                         .expected_merged = {}},
                         std::move(caller));
    }
    Outcome Undo(const std::string& merged_id, identity::Caller caller = Agency()) {
        return RunReview(UndoMerge{.merged_id = merged_id, .expected_version = {}},
                         std::move(caller));
    }

    /// A shop of somebody else for each number, that resembles no other.
    static RegisterBusiness Shop(int number) {
        RegisterBusiness command = RegistrationCommand(number);
        const std::string digits = std::to_string(number);
        command.owner.name = "Orang Nomor " + digits;
        command.owner.phone = "+62812000" + std::to_string(10'000 + number);
        command.profile.name = "Usaha " + digits + digits;
        command.profile.address = "Jl. Contoh " + digits + " No. " + digits;
        return command;
    }
    /// The same shop once more, as somebody else took it down, without the NIK.
    static RegisterBusiness Again(RegisterBusiness command) {
        command.business_id = NewId(kNow);
        command.owner_id = NewId(kNow);
        command.owner.nik.clear();
        return command;
    }
    static RegisterBusiness BuSiti() {
        RegisterBusiness command = Shop(1);
        command.owner.name = "Siti Aminah";
        command.profile.name = "Warung Bu Siti";
        command.profile.address = "Jl. Melati No. 12, RT 05/RW 08";
        return command;
    }
    /// Runs the search until there is nothing left to compare.
    void Search(const SearchOptions& options = {}) {
        DuplicateSearcher searcher(database_.dsn(), keys_, metrics_, options);
        while (searcher.Turn()) {
        }
    }
    /// "first second score reasons" of every pair, in order.
    std::string Pairs() const {
        return database_.Text(
            "SELECT coalesce(string_agg(concat_ws(' ', first_id, second_id, score, reasons), ';'"
            "                           ORDER BY first_id, second_id), '') FROM duplicates");
    }
    std::string PairId() const {
        return database_.Text("SELECT duplicate_id::text FROM duplicates");
    }
    Business Stored(const std::string& id) const {
        return queries_.Find({.regions = {"36"}, .owner_id = ""}, id)->business;
    }

    std::unique_ptr<DuplicateLoop> review_loop_;
};

}  // namespace bangkit::registration
