#include "libs/crypto/rotation.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "libs/base/settings.h"

namespace bangkit::crypto {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void Refuse(const std::string& why) { throw SettingError("the key file " + why); }

std::string NameOf(KeyPurpose purpose) {
    return purpose == KeyPurpose::kMaster ? "master" : "hash";
}

std::string LineOf(KeyPurpose purpose, int version) {
    return NameOf(purpose) + " " + std::to_string(version);
}

/// The text of a key file, which wipes itself.
class KeyFileText {
public:
    explicit KeyFileText(const fs::path& file) {
        std::ifstream in(file);
        text_.assign(std::istreambuf_iterator<char>(in), {});
        if (!in) Refuse("cannot be read");
        if (!text_.ends_with('\n')) text_ += '\n';
    }
    KeyFileText(const KeyFileText&) = delete;
    KeyFileText& operator=(const KeyFileText&) = delete;
    ~KeyFileText() { sodium_memzero(text_.data(), text_.size()); }

    void Append(const std::string& line) { text_ += line + '\n'; }
    /// Puts `after` at the end of the line of a key, or takes it away with what stood there.
    void EndLine(KeyPurpose purpose, int version, const std::string& after) {
        const auto [begin, end] = Find(purpose, version);
        std::istringstream words(text_.substr(begin, end - begin));
        std::string name, number, key;
        words >> name >> number >> key;
        text_.replace(begin, end - begin, name + " " + number + " " + key + after);
    }
    void Remove(KeyPurpose purpose, int version) {
        const auto [begin, end] = Find(purpose, version);
        text_.erase(begin, end + 1 - begin);
    }

    /// In one step: a new file takes the place of the old one, with the same owner.
    void Replace(const fs::path& file) const {
        struct stat old{};
        if (stat(file.c_str(), &old) != 0) Refuse("cannot be read");
        const fs::path made = file.string() + ".new";
        fs::remove(made);
        const int descriptor = open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR);
        if (descriptor < 0) Refuse("cannot be written");
        const auto size = static_cast<ssize_t>(text_.size());
        const bool is_written =
            write(descriptor, text_.data(), text_.size()) == size &&
            (old.st_uid == geteuid() || fchown(descriptor, old.st_uid, old.st_gid) == 0) &&
            fsync(descriptor) == 0;
        close(descriptor);
        if (!is_written || rename(made.c_str(), file.c_str()) != 0) {
            fs::remove(made);
            Refuse("cannot be written");
        }
        SyncFolder(file);
    }

private:
    /// Where the line of a key begins and ends.
    std::pair<std::size_t, std::size_t> Find(KeyPurpose purpose, int version) const {
        for (std::size_t begin = 0; begin < text_.size();) {
            const std::size_t end = text_.find('\n', begin);
            std::istringstream words(text_.substr(begin, end - begin));
            std::string name, number;
            words >> name >> number;
            if (name + " " + number == LineOf(purpose, version)) return {begin, end};
            begin = end + 1;
        }
        Refuse("has no " + LineOf(purpose, version));
    }

    static void SyncFolder(const fs::path& file) {
        const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
        const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0) return;
        fsync(descriptor);
        close(descriptor);
    }

    std::string text_;
};

KeyRing Read(const fs::path& file) { return KeyRing::Load(file, /*is_development=*/true); }

void Change(const fs::path& file, const auto& change) {
    KeyFileText text(file);
    change(text);
    text.Replace(file);
}

void RequireKey(const KeyRing& ring, KeyPurpose purpose, int version) {
    if (ring.Find(purpose, version) == nullptr) Refuse("has no " + LineOf(purpose, version));
}

}  // namespace

int AddKey(const fs::path& file, KeyPurpose purpose) {
    const std::vector<int> versions = Read(file).Versions(purpose);
    const int version = *std::ranges::max_element(versions) + 1;
    if (version > KeyRing::kMaxVersion) Refuse("has room for no more keys");
    Change(file, [&](KeyFileText& text) {
        text.Append(LineOf(purpose, version) + " " + NewKeyText() + " readonly");
    });
    return version;
}

void UseKey(const fs::path& file, KeyPurpose purpose, int version) {
    RequireKey(Read(file), purpose, version);
    Change(file, [&](KeyFileText& text) { text.EndLine(purpose, version, ""); });
}

void StopUsingKey(const fs::path& file, KeyPurpose purpose, int version) {
    const KeyRing ring = Read(file);
    RequireKey(ring, purpose, version);
    if (ring.CurrentVersion(purpose) == version) {
        Refuse("has " + LineOf(purpose, version) + " as its current key");
    }
    Change(file, [&](KeyFileText& text) { text.EndLine(purpose, version, " readonly"); });
}

void RemoveKey(const fs::path& file, KeyPurpose purpose, int version) {
    const KeyRing ring = Read(file);
    RequireKey(ring, purpose, version);
    if (!ring.IsReadOnly(purpose, version)) Refuse("uses " + LineOf(purpose, version));
    Change(file, [&](KeyFileText& text) { text.Remove(purpose, version); });
}

}  // namespace bangkit::crypto
