#include "services/registration/storage/need_seal.h"

namespace bangkit::registration {
namespace {

std::string KeyPlace(std::string_view need_id) {
    return crypto::Aad({"registration", "needs", "wrapped_key", need_id});
}
std::string TextPlace(std::string_view need_id) {
    return crypto::Aad({"registration", "needs", "text", need_id});
}

}  // namespace

SealedNeedText SealNeedText(const crypto::KeyRing& keys, const std::string& need_id,
                            std::string_view text) {
    if (text.empty()) return {};
    const crypto::Key key = crypto::Key::Random();
    return {.wrapped_key = crypto::WrapKey(keys, key, KeyPlace(need_id)),
            .text = crypto::Seal(key, text, TextPlace(need_id))};
}

Result<std::string> OpenNeedText(const crypto::KeyRing& keys, const std::string& need_id,
                                 std::string_view wrapped_key, std::string_view sealed) {
    if (wrapped_key.empty()) return std::string();
    const Result<crypto::Key> key = crypto::UnwrapKey(keys, wrapped_key, KeyPlace(need_id));
    if (!key) return std::unexpected(key.error());
    return crypto::Open(*key, sealed, TextPlace(need_id));
}

Result<std::string> RewrapNeedKey(const crypto::KeyRing& keys, const std::string& need_id,
                                  std::string_view wrapped_key) {
    if (crypto::IsWrappedByCurrent(keys, wrapped_key)) return std::string(wrapped_key);
    const Result<crypto::Key> key = crypto::UnwrapKey(keys, wrapped_key, KeyPlace(need_id));
    if (!key) return std::unexpected(key.error());
    return crypto::WrapKey(keys, *key, KeyPlace(need_id));
}

}  // namespace bangkit::registration
