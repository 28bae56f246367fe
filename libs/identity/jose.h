#pragma once

#include <cjose/cjose.h>
#include <jansson.h>

#include <cstdlib>
#include <memory>
#include <string_view>

namespace bangkit::identity {

// Owners of what the C libraries for JSON and JOSE allocate.

struct JsonDeleter {
    void operator()(json_t* json) const { json_decref(json); }
};
using Json = std::unique_ptr<json_t, JsonDeleter>;

struct JwkDeleter {
    void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
};
using Jwk = std::unique_ptr<cjose_jwk_t, JwkDeleter>;

struct JwsDeleter {
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};
using Jws = std::unique_ptr<cjose_jws_t, JwsDeleter>;

struct FreeDeleter {
    void operator()(char* text) const { std::free(text); }
};
using JsonText = std::unique_ptr<char, FreeDeleter>;

/// Null unless `text` is one JSON value without members of the same name.
inline Json ParseJson(std::string_view text) {
    return Json(json_loadb(text.data(), text.size(), JSON_REJECT_DUPLICATES, nullptr));
}

/// The member `name` of an object if it is a string; empty if there is none.
inline std::string_view StringMember(const json_t* object, const char* name) {
    const json_t* member = json_object_get(object, name);
    if (!json_is_string(member)) return {};
    return {json_string_value(member), json_string_length(member)};
}

}  // namespace bangkit::identity
