#include "libs/crypto/key_ring.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <ranges>

#include "libs/base/settings.h"

namespace bangkit::crypto {
namespace {

constexpr std::size_t kFileMax = 64 * 1024;

[[noreturn]] void Refuse(const std::string& why) { throw SettingError("the key file " + why); }

/// Text with keys in it, which wipes itself.
class SecretText {
public:
    explicit SecretText(std::size_t size) : text_(size, '\0') {}
    SecretText(const SecretText&) = delete;
    SecretText& operator=(const SecretText&) = delete;
    ~SecretText() { sodium_memzero(text_.data(), text_.size()); }

    std::string& text() { return text_; }

private:
    std::string text_;
};

class File {
public:
    explicit File(const std::filesystem::path& path)
        : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (descriptor_ < 0) Refuse("cannot be opened");
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { close(descriptor_); }

    /// Of the open file, not of its name, which could mean another file by now. Returns the size.
    std::size_t CheckIsPrivate() const {
        struct stat info{};
        if (fstat(descriptor_, &info) != 0 || !S_ISREG(info.st_mode)) Refuse("is not a file");
        if (info.st_uid != geteuid()) Refuse("belongs to another user");
        const auto mode = info.st_mode & 07777;
        if (mode != 0400 && mode != 0600) Refuse("must have mode 0400 or 0600");
        const auto size = static_cast<std::size_t>(info.st_size);
        if (size > kFileMax) Refuse("is too large");
        return size;
    }

    void Read(std::string& text) const {
        std::size_t done = 0;
        while (done < text.size()) {
            const ssize_t count = read(descriptor_, text.data() + done, text.size() - done);
            if (count <= 0) Refuse("cannot be read");
            done += static_cast<std::size_t>(count);
        }
    }

private:
    const int descriptor_;
};

std::vector<std::string_view> Words(std::string_view line) {
    constexpr std::string_view kBlank = " \t\r";
    std::vector<std::string_view> words;
    for (auto start = line.find_first_not_of(kBlank); start != std::string_view::npos;
         start = line.find_first_not_of(kBlank)) {
        line.remove_prefix(start);
        words.push_back(line.substr(0, line.find_first_of(kBlank)));
        line.remove_prefix(words.back().size());
    }
    return words;
}

std::optional<KeyPurpose> ParsePurpose(std::string_view word) {
    if (word == "master") return KeyPurpose::kMaster;
    if (word == "hash") return KeyPurpose::kHash;
    return std::nullopt;
}

std::optional<int> ParseVersion(std::string_view word) {
    int version = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), version);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    if (version < 1 || version > KeyRing::kMaxVersion) return std::nullopt;
    return version;
}

/// nullopt unless `base64` holds 32 bytes that are not all zero.
std::optional<Key> ParseKey(std::string_view base64) {
    std::array<unsigned char, Key::kSize> bytes{};
    std::size_t size = 0;
    const bool is_complete =
        sodium_base642bin(bytes.data(), bytes.size(), base64.data(), base64.size(), nullptr, &size,
                          nullptr, sodium_base64_VARIANT_ORIGINAL) == 0 &&
        size == bytes.size() && sodium_is_zero(bytes.data(), bytes.size()) == 0;
    std::optional<Key> key;
    if (is_complete) key.emplace(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return key;
}

}  // namespace

std::string NewKeyText() {
    const Key key = Key::Random();
    std::string text(sodium_base64_ENCODED_LEN(Key::kSize, sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), key.bytes().data(), Key::kSize,
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // The NUL that it ends with.
    return text;
}

KeyRing KeyRing::Load(const std::filesystem::path& file, bool is_development) {
    const File opened(file);
    SecretText secret(opened.CheckIsPrivate());
    opened.Read(secret.text());

    KeyRing ring;
    int number = 0;
    for (const auto line : std::views::split(std::string_view(secret.text()), '\n')) {
        ++number;
        if (!ring.ReadLine({line.begin(), line.end()})) {
            Refuse("is malformed in line " + std::to_string(number));
        }
    }
    if (!ring.HasCurrent(KeyPurpose::kMaster)) Refuse("has no master key");
    if (!ring.HasCurrent(KeyPurpose::kHash)) Refuse("has no hash key");
    if (ring.is_development_ && !is_development) Refuse("has development keys");
    return ring;
}

bool KeyRing::ReadLine(std::string_view line) {
    const std::vector<std::string_view> words = Words(line);
    if (words.empty() || words[0].starts_with('#')) return true;
    if (words.size() == 2 && words[0] == "environment" && words[1] == "development") {
        is_development_ = true;
        return true;
    }
    const bool is_read_only = words.size() == 4 && words[3] == "readonly";
    if (words.size() != 3 && !is_read_only) return false;
    const auto purpose = ParsePurpose(words[0]);
    const auto version = ParseVersion(words[1]);
    auto key = ParseKey(words[2]);
    return purpose && version && key &&
           keys_.try_emplace({*purpose, *version}, *std::move(key), is_read_only).second;
}

std::string KeyRing::Generate(bool is_development) {
    std::string text =
        "# Keys of bangkit: mode 0400. Who loses this file loses the personal data.\n";
    if (is_development) text += "environment development\n";
    text += "master 1 " + NewKeyText() + "\n";
    text += "hash 1 " + NewKeyText() + "\n";
    return text;
}

int KeyRing::CurrentVersion(KeyPurpose purpose) const { return Versions(purpose).front(); }

const Key& KeyRing::Current(KeyPurpose purpose) const {
    return *Find(purpose, CurrentVersion(purpose));
}

const Key* KeyRing::Find(KeyPurpose purpose, int version) const {
    const auto found = keys_.find({purpose, version});
    return found == keys_.end() ? nullptr : &found->second.key;
}

std::vector<int> KeyRing::Versions(KeyPurpose purpose) const {
    std::vector<int> versions;
    for (const auto& [id, entry] : keys_ | std::views::reverse) {
        if (id.first == purpose) versions.push_back(id.second);
    }
    const auto current =
        std::ranges::find_if(versions, [&](int version) { return !IsReadOnly(purpose, version); });
    if (current != versions.end()) std::rotate(versions.begin(), current, current + 1);
    return versions;
}

bool KeyRing::IsReadOnly(KeyPurpose purpose, int version) const {
    const auto found = keys_.find({purpose, version});
    return found != keys_.end() && found->second.is_read_only;
}

bool KeyRing::HasCurrent(KeyPurpose purpose) const {
    return std::ranges::any_of(keys_, [purpose](const auto& each) {
        return each.first.first == purpose && !each.second.is_read_only;
    });
}

}  // namespace bangkit::crypto
