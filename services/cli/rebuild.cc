#include "services/cli/rebuild.h"

#include <iostream>
#include <thread>

#include "libs/indonesia/format.h"
#include "libs/postgres/connection.h"
#include "services/cli/failure.h"
#include "services/cli/progress.h"
#include "services/cli/service_program.h"

namespace bangkit::cli {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{250};

}  // namespace

int RebuildDashboard(Session& session, const RebuildOptions& options) {
    if (RunServiceProgram(session, "dashboard", {"rebuild"}) != 0) {
        throw std::runtime_error("the rebuild could not begin");
    }
    std::cerr << "bangkit: the rebuild has begun\n";
    if (options.limit.count() == 0) return kOk;
    postgres::Connection connection(session.Setting("DASHBOARD_DSN"));
    ProgressLine line;
    const auto deadline = std::chrono::steady_clock::now() + options.limit;
    while (std::chrono::steady_clock::now() < deadline) {
        const postgres::Rows rows = connection.Run(
            "SELECT is_complete, (SELECT coalesce(sum(lag), 0)::bigint FROM inbox_offsets)"
            "  FROM read_model");
        if (rows.Bool(0, 0)) {
            line.Say("the read model is complete");
            return kOk;
        }
        line.Show(indonesia::FormatNumber(rows.Int64(0, 1)) + " events to go");
        std::this_thread::sleep_for(kBetweenLooks);
    }
    line.Say("the read model is not complete yet; it goes on by itself");
    return kUnavailable;
}

}  // namespace bangkit::cli
