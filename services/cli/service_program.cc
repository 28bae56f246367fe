#include "services/cli/service_program.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

namespace fs = std::filesystem;

/// Installed in the same folder, or built beside this program.
fs::path ProgramOf(const std::string& service) {
    const fs::path folder = ProgramPath().parent_path();
    const std::string name = "bangkit-" + service;
    for (const fs::path& path : {folder / name, folder.parent_path() / service / name}) {
        if (fs::exists(path)) return path;
    }
    throw UsageError(name + " is not installed beside this program");
}

/// All that the service asks for.
std::vector<std::string> EnvironmentOf(Session& session, const std::string& service) {
    std::string upper = service;
    std::ranges::transform(upper, upper.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    const std::string& dsn = session.Setting(upper + "_DSN");
    const bool is_development = session.config().IsDevelopment();
    std::vector<std::string> environment = {
        std::string("BANGKIT_ENV=") + (is_development ? "development" : "production"),
        "BANGKIT_DSN=" + dsn,
        "BANGKIT_MIGRATION_DSN=" + dsn,
        "BANGKIT_KAFKA=" + session.Setting("KAFKA"),
        "BANGKIT_LISTEN=127.0.0.1:0",
        "BANGKIT_ADMIN_LISTEN=127.0.0.1:0",
        "BANGKIT_JWKS=/dev/null",
        "BANGKIT_LOG_LEVEL=warning"};
    environment.push_back(service == "dashboard" ? "BANGKIT_REDIS=" + session.Setting("REDIS")
                                                 : "BANGKIT_KEY_FILE=" + session.Setting("KEYS"));
    if (service == "aid") {
        environment.push_back("BANGKIT_REGISTRATION=" + session.Setting("REGISTRATION"));
        environment.push_back("BANGKIT_DOCUMENTS=" + session.Setting("DOCUMENTS"));
    }
    return environment;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

int RunServiceProgram(Session& session, std::string_view service,
                      const std::vector<std::string>& arguments) {
    const std::string name(service);
    const std::string program = ProgramOf(name);
    std::vector<std::string> environment = EnvironmentOf(session, name);
    std::vector<std::string> words{"bangkit-" + name};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::cout.flush();
    pid_t process = 0;
    int status = 0;
    if (posix_spawn(&process, program.c_str(), nullptr, nullptr, Pointers(words).data(),
                    Pointers(environment).data()) != 0 ||
        waitpid(process, &status, 0) != process || !WIFEXITED(status)) {
        throw std::runtime_error("cannot run " + program);
    }
    return WEXITSTATUS(status);
}

}  // namespace bangkit::cli
