#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "libs/objects/store.h"

namespace bangkit::objects {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNameMin = 8, kNameMax = 64;
constexpr std::string_view kUnfinished = ".part";

[[noreturn]] void Fail(const std::string& what) {
    throw StoreError(what + ": " + std::generic_category().message(errno));
}

/// No name leads out of the folder.
void CheckName(std::string_view name) {
    const bool is_name =
        name.size() >= kNameMin && name.size() <= kNameMax && std::ranges::all_of(name, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
    if (!is_name) throw StoreError("this is not the name of an object");
}

/// Closes itself.
class File {
public:
    File(const fs::path& path, int flags)
        : descriptor_(open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~File() {
        if (descriptor_ >= 0) close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    bool IsOpen() const { return descriptor_ >= 0; }
    int get() const { return descriptor_; }

private:
    const int descriptor_;
};

/// What is written and what its name is survives a crash of the machine.
void Sync(const fs::path& path, int flags) {
    const File file(path, flags);
    if (!file.IsOpen() || fsync(file.get()) != 0) Fail("a file cannot be kept");
}

class FolderUpload final : public Upload {
public:
    FolderUpload(fs::path unfinished, fs::path path)
        : unfinished_(std::move(unfinished)),
          path_(std::move(path)),
          file_(unfinished_, O_WRONLY | O_CREAT | O_EXCL) {
        if (!file_.IsOpen()) Fail("a file cannot be made");
    }
    ~FolderUpload() override {
        if (!is_finished_) unlink(unfinished_.c_str());
    }

    void Add(std::string_view bytes) override {
        while (!bytes.empty()) {
            const ssize_t written = write(file_.get(), bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) Fail("a file cannot be written");
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    void Finish() override {
        if (fsync(file_.get()) != 0) Fail("a file cannot be kept");
        if (std::rename(unfinished_.c_str(), path_.c_str()) != 0) Fail("a file cannot be named");
        is_finished_ = true;
        Sync(path_.parent_path(), O_RDONLY | O_DIRECTORY);
    }

private:
    const fs::path unfinished_, path_;
    const File file_;
    bool is_finished_ = false;
};

class Folder final : public Store {
public:
    explicit Folder(fs::path folder) : folder_(std::move(folder)) {
        std::error_code error;
        fs::create_directories(folder_, error);
        if (!error) fs::permissions(folder_, fs::perms::owner_all, error);
        if (error) throw StoreError("the folder for objects: " + error.message());
    }

    std::unique_ptr<Upload> Begin(const std::string& name) override {
        const fs::path path = PathOf(name);
        std::error_code error;
        if (fs::create_directory(path.parent_path(), error)) Sync(folder_, O_RDONLY | O_DIRECTORY);
        fs::path unfinished = path;
        unfinished += "." + std::to_string(getpid()) + "-" + std::to_string(next_++);
        unfinished += kUnfinished;
        return std::make_unique<FolderUpload>(std::move(unfinished), path);
    }

    std::optional<std::string> Read(const std::string& name, std::int64_t offset,
                                    std::size_t size) override {
        const File file(PathOf(name), O_RDONLY);
        if (!file.IsOpen()) {
            if (errno == ENOENT) return std::nullopt;
            Fail("a file cannot be opened");
        }
        std::string bytes(size, '\0');
        std::size_t count = 0;
        while (count < size) {
            const ssize_t read = pread(file.get(), bytes.data() + count, size - count,
                                       offset + static_cast<off_t>(count));
            if (read < 0 && errno == EINTR) continue;
            if (read < 0) Fail("a file cannot be read");
            if (read == 0) break;
            count += static_cast<std::size_t>(read);
        }
        bytes.resize(count);
        return bytes;
    }

    void Remove(const std::string& name) override {
        const fs::path path = PathOf(name);
        if (unlink(path.c_str()) != 0 && errno != ENOENT) Fail("a file cannot be removed");
    }

    /// What a crash has left unfinished goes. A shelf on which there never was anything is not
    /// there.
    std::vector<ObjectInfo> List(int shelf) override {
        std::vector<ObjectInfo> found;
        std::error_code error;
        for (const fs::directory_entry& entry : fs::directory_iterator(PathOf(shelf), error)) {
            const auto written = entry.last_write_time(error);
            if (error) continue;  // It was removed meanwhile.
            if (entry.path().extension() == kUnfinished) {
                RemoveIfOld(entry.path(), written);
                continue;
            }
            found.push_back({.name = entry.path().filename(), .written_at = ToTime(written)});
        }
        return found;
    }

private:
    static Time ToTime(fs::file_time_type time) {
        return std::chrono::time_point_cast<Time::duration>(std::chrono::file_clock::to_sys(time));
    }

    /// Nobody writes one object for so long.
    static void RemoveIfOld(const fs::path& path, fs::file_time_type written) {
        constexpr std::chrono::hours kLongest{24};
        if (ToTime(written) + kLongest < SystemClock().Now()) unlink(path.c_str());
    }

    fs::path PathOf(int shelf) const {
        std::array<char, 8> name;
        std::snprintf(name.data(), name.size(), "%02x", static_cast<unsigned>(shelf) & 0xFFU);
        return folder_ / name.data();
    }
    fs::path PathOf(const std::string& name) const {
        CheckName(name);
        return PathOf(ShelfOf(name)) / name;
    }

    const fs::path folder_;
    std::atomic<std::uint64_t> next_ = 0;
};

}  // namespace

int ShelfOf(std::string_view name) {
    int shelf = 0;
    for (const char c : name.substr(name.size() - std::min<std::size_t>(name.size(), 2))) {
        const int digit = c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= '0' && c <= '9' ? c - '0' : 0;
        shelf = shelf * 16 + digit;
    }
    return shelf;
}

std::unique_ptr<Store> OpenFolder(const std::filesystem::path& folder) {
    return std::make_unique<Folder>(folder);
}

}  // namespace bangkit::objects
