#include <algorithm>
#include <charconv>
#include <iterator>
#include <system_error>

#include "libs/iso20022/answer.h"

namespace bangkit::iso20022 {

Status StatusOf(std::string_view code) {
    struct Known {
        std::string_view code;
        Status status;
    };
    using enum Status;
    constexpr Known kCodes[] = {{"ACCC", kPaid},     {"ACCP", kAccepted}, {"ACFC", kAccepted},
                                {"ACSC", kPaid},     {"ACSP", kAccepted}, {"ACTC", kAccepted},
                                {"ACWC", kAccepted}, {"CANC", kRejected}, {"PATC", kAccepted},
                                {"PDNG", kAccepted}, {"RCVD", kAccepted}, {"RJCT", kRejected}};
    const auto* const known = std::ranges::find(kCodes, code, &Known::code);
    return known == std::end(kCodes) ? kUnknown : known->status;
}

std::int64_t ToRupiah(std::string_view amount, std::string_view currency) {
    if (currency != "IDR") return 0;
    const std::string_view whole = amount.substr(0, amount.find('.'));
    const std::string_view rest = amount.substr(whole.size());
    if (rest.find_first_not_of('0', rest.empty() ? 0 : 1) != std::string_view::npos) return 0;
    std::int64_t rupiah = 0;
    const char* const end = whole.data() + whole.size();
    const auto [parsed, error] = std::from_chars(whole.data(), end, rupiah);
    return error == std::errc() && parsed == end && rupiah > 0 ? rupiah : 0;
}

}  // namespace bangkit::iso20022
