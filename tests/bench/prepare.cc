#include <sys/stat.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "libs/base/clock.h"
#include "libs/crypto/key_ring.h"
#include "libs/identity/development_issuer.h"
#include "libs/identity/policy.h"
#include "libs/kafka/admin.h"
#include "libs/kafka/error.h"
#include "tests/bench/commands.h"
#include "tests/bench/synthetic.h"

namespace bangkit::bench {
namespace {

constexpr std::chrono::hours kTokenLifetime{12};

void WriteFile(const std::string& path, std::string_view content) {
    std::ofstream file(path);
    file << content;
    if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

/// While a topic goes, its settings cannot be read any more.
bool IsThere(kafka::Admin& admin, const std::string& name) {
    try {
        return admin.Describe(name).has_value();
    } catch (const kafka::KafkaError&) {
        return true;
    }
}

}  // namespace

void MakeKeys(const Arguments& arguments) {
    const std::string folder = arguments.Text(0);
    umask(077);
    WriteFile(folder + "/keys", crypto::KeyRing::Generate(true));
    const identity::DevelopmentKey key = identity::GenerateDevelopmentKey();
    WriteFile(folder + "/jwks.json", key.public_jwks);
    const identity::Caller caller{.subject = "bench",
                                  .roles = {std::string(identity::role::kProvince)},
                                  .regions = {std::string(kProvince)}};
    WriteFile(folder + "/token", identity::DevelopmentIssuer(key.private_jwk)
                                     .Mint(caller, SystemClock().Now(), kTokenLifetime));
}

void MakeTopic(const Arguments& arguments) {
    ErrorLogger logger;
    kafka::Admin admin(arguments.Text(0), logger);
    const std::string name = arguments.Text(1);
    if (IsThere(admin, name)) admin.DeleteTopic(name);
    while (IsThere(admin, name)) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const kafka::TopicSpec spec{
        .name = name,
        .partitions = static_cast<std::int32_t>(arguments.Number(2)),
        .config = {{"retention.ms", "-1"}, {"message.timestamp.type", "LogAppendTime"}}};
    admin.EnsureTopics({&spec, 1});
}

void WriteCsv(const Arguments& arguments) {
    const SyntheticBusinesses businesses;
    const auto first = static_cast<std::uint64_t>(arguments.Number(0));
    const auto count = static_cast<std::uint64_t>(arguments.Number(1));
    std::fputs(SyntheticBusinesses::CsvHeader().c_str(), stdout);
    for (std::uint64_t n = first; n < first + count; ++n) {
        std::fputs(businesses.CsvRow(n).c_str(), stdout);
    }
}

}  // namespace bangkit::bench
