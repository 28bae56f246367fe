#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "libs/grpc/call.h"
#include "libs/grpc/fields.h"

namespace bangkit::rpc {

// What calls have in common that answer in pages.

/// 1 to 200; 50 if none is wanted. OUT_OF_RANGE below zero.
inline std::int32_t PageSize(FieldChecker& fields, std::int32_t wanted) {
    constexpr std::int32_t kDefault = 50, kMax = 200;
    if (wanted < 0) fields.Refuse("page_size", "OUT_OF_RANGE", "must not be negative");
    return wanted == 0 ? kDefault : std::min(wanted, kMax);
}

/// A page token is good for the list that it was made for and no other: the label to sign it with.
template <typename Request>
std::string PageLabel(const Request& request, const Call& call) {
    Request list = request;
    list.clear_page_size();
    list.clear_page_token();
    return Request::descriptor()->name() + "|" + call.caller.subject + "|" +
           list.SerializeAsString();
}

}  // namespace bangkit::rpc
