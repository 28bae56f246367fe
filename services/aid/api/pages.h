#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <vector>

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

/// Fills a page of what was found, one row more than `size` if there is a next page.
/// `place(last)`: where that one begins.
template <typename Row, typename Message, typename Response, typename Place>
void FillPage(Response& response, google::protobuf::RepeatedPtrField<Message>& out,
              const std::vector<Row>& found, std::int32_t size, const crypto::KeyRing& keys,
              const std::string& label, const Place& place) {
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*out.Add(), found[i]);
    if (found.size() == shown) return;
    response.set_next_page_token(crypto::SignToken(keys, label, place(found[shown - 1])));
}

}  // namespace bangkit::aid
