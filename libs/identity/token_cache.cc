#include "libs/identity/token_cache.h"

#include <stdexcept>

namespace bangkit::identity {

TokenCache::Digest TokenCache::DigestOf(std::string_view token) const {
    Digest digest;
    unsigned int size = 0;
    if (EVP_Digest(token.data(), token.size(), digest.data(), &size, sha256_.get(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 is not available");
    }
    return digest;
}

std::optional<Caller> TokenCache::Find(const Digest& digest, Time now) {
    std::shared_ptr<const Caller> caller;
    {
        Shard& shard = ShardOf(digest);
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.entries.find(digest);
        if (found == shard.entries.end()) return std::nullopt;
        if (found->second.expires <= now) {
            shard.entries.erase(found);
            return std::nullopt;
        }
        caller = found->second.caller;
    }
    return *caller;  // Copied outside of the lock.
}

void TokenCache::Insert(const Digest& digest, const Caller& caller, Time expires, Time now) {
    Entry entry{std::make_shared<const Caller>(caller), expires};
    Shard& shard = ShardOf(digest);
    const std::lock_guard lock(shard.mutex);
    if (shard.entries.size() >= kMaxPerShard) {
        std::erase_if(shard.entries, [now](const auto& e) { return e.second.expires <= now; });
    }
    if (shard.entries.size() >= kMaxPerShard) shard.entries.erase(shard.entries.begin());
    shard.entries.insert_or_assign(digest, std::move(entry));
}

}  // namespace bangkit::identity
