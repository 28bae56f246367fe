#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/grpc/call.h"
#include "libs/grpc/fields.h"
#include "services/registration/storage/viewer.h"

namespace bangkit::registration {

// What calls have in common that answer with pages of what a caller may see.

/// A subject that is not the id of an owner owns nothing, and sees nothing.
Viewer ViewerOf(const rpc::Call& call);

/// Regions of which none lies inside another, so that nothing is found twice.
std::vector<std::string> Outermost(const std::vector<std::string>& regions);

/// 1 to 200; 50 if none is wanted.
std::int32_t PageSize(rpc::FieldChecker& fields, std::int32_t wanted);

/// A page token is good for the list that it was made for and no other.
template <typename Request>
std::string PageLabel(const Request& request, const rpc::Call& call) {
    Request list = request;
    list.clear_page_size();
    list.clear_page_token();
    return Request::descriptor()->name() + "|" + call.caller.subject + "|" +
           list.SerializeAsString();
}

/// The two parts of the place where the page before ended.
std::optional<std::pair<std::string, std::string>> OpenPlace(rpc::FieldChecker& fields,
                                                             const crypto::KeyRing& keys,
                                                             const std::string& label,
                                                             const std::string& token);

/// A time that makes sense; nullopt if the request, which has a `known_at`, does not set it.
template <typename Request>
std::optional<Time> KnownAt(rpc::FieldChecker& fields, const Request& request) {
    if (!request.has_known_at()) return std::nullopt;
    const std::chrono::seconds seconds(request.known_at().seconds());
    const std::chrono::nanoseconds nanos(request.known_at().nanos());
    constexpr Date kFirst = std::chrono::year(1970) / 1 / 1, kEnd = std::chrono::year(2200) / 1 / 1;
    if (seconds < kFirst.time_since_epoch() || seconds >= kEnd.time_since_epoch() ||
        nanos < nanos.zero() || nanos >= std::chrono::seconds(1)) {
        fields.Refuse("known_at", "OUT_OF_RANGE", "must be a time from 1970 to 2199");
        return std::nullopt;
    }
    return Time(seconds + nanos);
}

}  // namespace bangkit::registration
