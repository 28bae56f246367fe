#pragma once

#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "libs/base/clock.h"
#include "libs/identity/caller.h"

namespace bangkit::identity {

/// Callers of tokens that were verified, until the tokens expire. Tokens are known by their SHA-256
/// only: a core dump holds none. Threads meet only at tokens of the same shard.
class TokenCache {
public:
    using Digest = std::array<unsigned char, 32>;

    Digest DigestOf(std::string_view token) const;

    std::optional<Caller> Find(const Digest& digest, Time now);
    void Insert(const Digest& digest, const Caller& caller, Time expires, Time now);

private:
    static constexpr std::size_t kShards = 16;
    static constexpr std::size_t kMaxPerShard = 1024;

    struct DigestHash {
        std::size_t operator()(const Digest& digest) const {
            std::size_t hash = 0;  // A digest is random enough as it is.
            std::memcpy(&hash, digest.data(), sizeof(hash));
            return hash;
        }
    };
    struct Entry {
        std::shared_ptr<const Caller> caller;
        Time expires;
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<Digest, Entry, DigestHash> entries;
    };
    struct MdDeleter {
        void operator()(EVP_MD* md) const { EVP_MD_free(md); }
    };

    Shard& ShardOf(const Digest& digest) { return shards_[digest.back() % kShards]; }

    const std::unique_ptr<EVP_MD, MdDeleter> sha256_{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
    std::array<Shard, kShards> shards_;
};

}  // namespace bangkit::identity
