#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <utility>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/identity/development_issuer.h"
#include "services/cli/command_line.h"
#include "services/cli/failure.h"

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
}

}  // namespace bangkit::cli
