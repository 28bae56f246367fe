#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/clock.h"

namespace bangkit::objects {

/// The place where objects are kept does not do what it should: full, away, or not ours.
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// An object that is being written. Nobody sees it before Finish(), and of what is not finished
/// nothing stays.
class Upload {
public:
    virtual ~Upload() = default;
    virtual void Add(std::string_view bytes) = 0;
    /// It is there from now on, whatever fails afterwards.
    virtual void Finish() = 0;
};

struct ObjectInfo {
    std::string name;
    Time written_at;
};

/// Large things that are written once, read in parts and removed: bytes under a name. Names are of
/// small letters, digits and -, 8 to 64 of them, and made by us. All functions may be called from
/// several threads, block, and throw StoreError.
class Store {
public:
    virtual ~Store() = default;

    virtual std::unique_ptr<Upload> Begin(const std::string& name) = 0;
    /// `size` bytes from `offset` on, fewer at the end; nullopt: there is no such object.
    virtual std::optional<std::string> Read(const std::string& name, std::int64_t offset,
                                            std::size_t size) = 0;
    /// What is not there need not be removed.
    virtual void Remove(const std::string& name) = 0;
    /// Objects are in so many shelves, by the end of their names; all of one.
    static constexpr int kShelves = 256;
    virtual std::vector<ObjectInfo> List(int shelf) = 0;
};

/// The shelf that an object is in. Names that end as UUIDs do are spread evenly.
int ShelfOf(std::string_view name);

/// A folder of this machine, made if it is not there; only its owner may look into it.
std::unique_ptr<Store> OpenFolder(const std::filesystem::path& folder);

}  // namespace bangkit::objects
