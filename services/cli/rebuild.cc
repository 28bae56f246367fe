#include "services/cli/rebuild.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <iostream>
#include <thread>
#include <vector>

#include "libs/indonesia/format.h"
#include "libs/postgres/connection.h"
#include "services/cli/failure.h"
#include "services/cli/progress.h"

namespace bangkit::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kBetweenLooks{250};

/// Installed in the same folder, or built beside this program.
fs::path DashboardProgram() {
    const fs::path folder = ProgramPath().parent_path();
    for (const fs::path& path :
         {folder / "bangkit-dashboard", folder.parent_path() / "dashboard" / "bangkit-dashboard"}) {
        if (fs::exists(path)) return path;
    }
    throw UsageError("bangkit-dashboard is not installed beside this program");
}

/// All that the service asks for; it listens nowhere and calls nobody while it only begins a
/// rebuild.
std::vector<std::string> EnvironmentOf(Session& session) {
    const std::string& dsn = session.Setting("DASHBOARD_DSN");
    const bool is_development = session.config().IsDevelopment();
    return {std::string("BANGKIT_ENV=") + (is_development ? "development" : "production"),
            "BANGKIT_DSN=" + dsn,
            "BANGKIT_MIGRATION_DSN=" + dsn,
            "BANGKIT_KAFKA=" + session.Setting("KAFKA"),
            "BANGKIT_REDIS=" + session.Setting("REDIS"),
            "BANGKIT_LISTEN=127.0.0.1:0",
            "BANGKIT_ADMIN_LISTEN=127.0.0.1:0",
            "BANGKIT_JWKS=/dev/null",
            "BANGKIT_LOG_LEVEL=warning"};
}

void BeginRebuild(Session& session) {
    const std::string program = DashboardProgram();
    std::vector<std::string> environment = EnvironmentOf(session);
    std::vector<char*> variables;
    for (std::string& variable : environment) variables.push_back(variable.data());
    variables.push_back(nullptr);
    std::string name = "bangkit-dashboard", verb = "rebuild";
    char* const arguments[] = {name.data(), verb.data(), nullptr};
    pid_t process = 0;
    int status = 0;
    if (posix_spawn(&process, program.c_str(), nullptr, nullptr, arguments, variables.data()) !=
            0 ||
        waitpid(process, &status, 0) != process) {
        throw std::runtime_error("cannot run " + program);
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        throw std::runtime_error("the rebuild could not begin");
    }
}

}  // namespace

int RebuildDashboard(Session& session, const RebuildOptions& options) {
    BeginRebuild(session);
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
