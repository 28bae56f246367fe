#pragma once

#include <charconv>
#include <cstdint>
#include <string>

#include "libs/crypto/signed_token.h"
#include "libs/grpc/fields.h"

namespace bangkit::aid {

/// Where the page before ended, by the request's page token; `first` if it is the first page.
/// PAGE_TOKEN_INVALID.
template <typename Request>
std::string PageAfter(rpc::FieldChecker& fields, const crypto::KeyRing& keys,
                      const std::string& label, const Request& request, const std::string& first) {
    if (request.page_token().empty()) return first;
    const auto place = crypto::OpenToken(keys, label, request.page_token());
    if (!place) fields.Refuse("page_token", "PAGE_TOKEN_INVALID", "is not of this list");
    return place.value_or(first);
}

/// Of a list in the order of numbers, whose first page begins with 1.
template <typename Request>
std::int64_t PageAfterNumber(rpc::FieldChecker& fields, const crypto::KeyRing& keys,
                             const std::string& label, const Request& request) {
    const std::string place = PageAfter(fields, keys, label, request, "0");
    std::int64_t number = 0;
    std::from_chars(place.data(), place.data() + place.size(), number);
    return number;
}

}  // namespace bangkit::aid
