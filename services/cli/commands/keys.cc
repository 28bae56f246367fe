#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <utility>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/crypto/rotation.h"
#include "libs/identity/development_issuer.h"
#include "services/cli/command_line.h"
#include "services/cli/failure.h"
#include "services/cli/service_program.h"

namespace bangkit::cli {
namespace {

namespace fs = std::filesystem;

struct KeysOptions {
    std::string folder;
    bool production = false;
};

struct KeyFile {
    std::string name;
    mode_t mode;
    std::string content;
};

/// Never replaces a file, and nobody else can read it at any moment.
void WriteNew(const fs::path& path, const KeyFile& file) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file.mode);
    if (descriptor < 0) throw UsageError("cannot make " + path.string());
    const auto size = static_cast<ssize_t>(file.content.size());
    const bool is_written = ::write(descriptor, file.content.data(), file.content.size()) == size &&
                            ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (is_written) return;
    fs::remove(path);
    throw UsageError("cannot write " + path.string());
}

int GenerateKeys(Session&, const KeysOptions& options) {
    std::vector<KeyFile> files{
        {"keys", 0400, crypto::KeyRing::Generate(/*is_development=*/!options.production)}};
    if (!options.production) {
        identity::DevelopmentKey key = identity::GenerateDevelopmentKey();
        files.push_back({"jwt-private.json", 0600, std::move(key.private_jwk)});
        files.push_back({"jwks.json", 0644, std::move(key.public_jwks)});
    }
    const fs::path folder = options.folder;
    for (const KeyFile& file : files) {
        if (fs::exists(folder / file.name)) {
            throw UsageError((folder / file.name).string() +
                             " exists; keys are never overwritten, for what they protect would be "
                             "lost");
        }
    }
    fs::create_directories(folder);
    for (const KeyFile& file : files) {
        WriteNew(folder / file.name, file);
        std::cerr << "bangkit: made " << (folder / file.name).string() << '\n';
    }
    return kOk;
}

struct KeyChoice {
    crypto::KeyPurpose purpose = crypto::KeyPurpose::kMaster;
    int version = 0;
};

std::string NameOf(crypto::KeyPurpose purpose) {
    return purpose == crypto::KeyPurpose::kMaster ? "master" : "hash";
}

crypto::KeyRing ReadKeys(Session& session) {
    return crypto::KeyRing::Load(session.Setting("KEYS"), session.config().IsDevelopment());
}

int ShowKeys(Session& session, const KeyChoice&) {
    const crypto::KeyRing keys = ReadKeys(session);
    for (const auto purpose : {crypto::KeyPurpose::kMaster, crypto::KeyPurpose::kHash}) {
        for (const int version : keys.Versions(purpose)) {
            const bool is_current = version == keys.CurrentVersion(purpose);
            std::cout << NameOf(purpose) << ' ' << version
                      << (is_current                          ? " current"
                          : keys.IsReadOnly(purpose, version) ? " readonly"
                                                              : " in use")
                      << '\n';
        }
    }
    return kOk;
}

int AddKey(Session& session, const KeyChoice& choice) {
    const int version = crypto::AddKey(session.Setting("KEYS"), choice.purpose);
    std::cerr << "bangkit: added " << NameOf(choice.purpose) << " key " << version
              << ", readonly; restart the services, one after the other, then use it\n";
    return kOk;
}

int UseKey(Session& session, const KeyChoice& choice) {
    crypto::UseKey(session.Setting("KEYS"), choice.purpose, choice.version);
    std::cerr << "bangkit: restart the services, one after the other, then rekey\n";
    return kOk;
}

constexpr std::string_view kKeepers[] = {"registration", "aid"};

/// On every service that keeps what the keys protect; the largest exit code.
int OnAllKeepers(Session& session, const std::vector<std::string>& words) {
    int code = 0;
    for (const std::string_view service : kKeepers) {
        code = std::max(code, RunServiceProgram(session, service, words));
    }
    return code;
}

int Rekey(Session& session, const KeyChoice&) {
    return OnAllKeepers(session, {"rekey"}) == 0 ? kOk : kFailed;
}

/// First it is made readonly, then, when nothing needs it any more, taken out.
int RetireKey(Session& session, const KeyChoice& choice) {
    constexpr int kNeededByWhatMoves = 10;
    const std::string& file = session.Setting("KEYS");
    const std::vector<std::string> key{NameOf(choice.purpose), std::to_string(choice.version)};
    if (!ReadKeys(session).IsReadOnly(choice.purpose, choice.version)) {
        bool is_needed_by_what_moves = false;
        for (const std::string_view service : kKeepers) {
            is_needed_by_what_moves |=
                RunServiceProgram(session, service, {"key-needs", key[0], key[1]}) ==
                kNeededByWhatMoves;
        }
        if (is_needed_by_what_moves) {
            std::cerr << "bangkit: rekey first\n";
            return kFailed;
        }
        crypto::StopUsingKey(file, choice.purpose, choice.version);
        std::cerr << "bangkit: it is readonly now; restart the services, then retire it again\n";
        return kOk;
    }
    const bool is_needed = OnAllKeepers(session, {"key-needs", key[0], key[1]}) != 0;
    if (is_needed || OnAllKeepers(session, {"retire-key", key[0], key[1]}) != 0) {
        std::cerr << "bangkit: the key is still needed and stays\n";
        return kFailed;
    }
    crypto::RemoveKey(file, choice.purpose, choice.version);
    std::cerr << "bangkit: the key is gone\n";
    return kOk;
}

void AddKeyCommand(CommandLine& line, CLI::App& keys, const std::string& name,
                   const std::string& help, bool with_version, auto action) {
    static const std::map<std::string, crypto::KeyPurpose> purposes{
        {"master", crypto::KeyPurpose::kMaster}, {"hash", crypto::KeyPurpose::kHash}};
    auto choice = std::make_shared<KeyChoice>();
    CLI::App* command = keys.add_subcommand(name, help);
    command->add_option("purpose", choice->purpose, "master or hash")
        ->transform(CLI::CheckedTransformer(purposes).description(""))
        ->required();
    if (with_version) {
        command->add_option("version", choice->version, "Number of the key")
            ->required()
            ->check(CLI::Range(1, crypto::KeyRing::kMaxVersion));
    }
    line.OnChosen(command, choice, action);
}

}  // namespace

void AddKeysCommand(CommandLine& line) {
    auto options = std::make_shared<KeysOptions>();
    CLI::App* keys = line.app.add_subcommand("keys", "Keys of an installation");
    keys->require_subcommand(1);
    CLI::App* command = keys->add_subcommand(
        "generate",
        "Make new keys: `keys` protects personal data, jwt-private.json signs development tokens, "
        "jwks.json verifies them");
    command->add_option("--out", options->folder, "Folder that gets the files")->required();
    command->add_flag("--production", options->production,
                      "Only `keys`, for production; tokens come from an identity provider there");
    line.OnChosen(command, options, GenerateKeys);

    auto none = std::make_shared<KeyChoice>();
    line.OnChosen(
        keys->add_subcommand("list", "The keys of the installation, without their values"), none,
        ShowKeys);
    AddKeyCommand(line, *keys, "add", "Add a new key, with which nothing is made yet", false,
                  AddKey);
    AddKeyCommand(line, *keys, "use", "Make new things with a key", true, UseKey);
    line.OnChosen(keys->add_subcommand("rekey",
                                       "Move what is stored to the keys in use, in small batches, "
                                       "while the services go on; may be run again"),
                  none, Rekey);
    AddKeyCommand(line, *keys, "retire",
                  "Make nothing new with a key; when nothing needs it any more, take it out", true,
                  RetireKey);
}

}  // namespace bangkit::cli
