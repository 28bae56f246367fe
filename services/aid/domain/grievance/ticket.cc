#include "services/aid/domain/grievance/ticket.h"

namespace bangkit::aid {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLength = 12;
constexpr std::size_t kGroup = 4;

char Canonical(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') return '0';
    return c == 'I' || c == 'L' ? '1' : c;
}

std::string Grouped(std::string_view digits) {
    std::string ticket;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % kGroup == 0) ticket += '-';
        ticket += digits[i];
    }
    return ticket;
}

}  // namespace

std::string MakeTicket(std::uint64_t random) {
    std::string digits;
    for (std::size_t i = 0; i < kLength; ++i, random >>= 5) digits += kDigits[random & 31U];
    return Grouped(digits);
}

Result<std::string> ParseTicket(std::string_view text) {
    std::string digits;
    bool is_ticket = true;
    for (const char c : text) {
        if (c == '-' || c == ' ') continue;
        digits += Canonical(c);
        is_ticket = is_ticket && kDigits.contains(digits.back()) && digits.size() <= kLength;
        if (!is_ticket) break;
    }
    if (is_ticket && digits.size() == kLength) return Grouped(digits);
    return Refused(ErrorCode::kInvalidArgument, "TICKET_INVALID",
                   "a ticket number has 12 letters and digits");
}

}  // namespace bangkit::aid
