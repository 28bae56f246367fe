#include <iostream>

#include "services/cli/command_line.h"
#include "services/cli/demo/file.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

int Generate(Session& session, const DemoOptions& options) {
    std::ios::sync_with_stdio(false);
    WriteDemoFile(std::cout, options, session.regions());
    return kOk;
}

}  // namespace

void AddDemoCommand(CommandLine& line) {
    constexpr std::int64_t kMost = 50'000'000;
    auto options = std::make_shared<DemoOptions>();
    CLI::App* demo = line.app.add_subcommand("demo", "Demonstration data");
    demo->require_subcommand(1);
    CLI::App* command = demo->add_subcommand(
        "generate",
        "Write a CSV file of businesses that do not exist to standard output; the same options "
        "make the same file");
    command->add_option("--region", options->region_code, "Code of the region that they lie in")
        ->required();
    const auto add_count = [&](const char* name, std::int64_t& count, const char* help) {
        command->add_option(name, count, help)->check(CLI::Range(std::int64_t{0}, kMost));
    };
    add_count("--businesses", options->businesses, "UMKM");
    add_count("--cooperatives", options->cooperatives, "Cooperatives");
    add_count("--vendors", options->vendors, "Street vendors (PKL)");
    add_count("--delivery-shops", options->delivery_shops,
              "Shops that take orders and deliver them (warung pesan kirim)");
    add_count("--bad", options->bad, "Rows that must be refused, besides the others");
    command->add_option("--condition", options->condition,
                        "AKTIF, TERDAMPAK ...: of all UMKM and cooperatives");
    command->add_option("--seed", options->seed, "Another seed makes other businesses")
        ->capture_default_str();
    line.OnChosen(command, options, Generate);
    AddDemoRunCommand(line, *demo);
}

}  // namespace bangkit::cli
