#pragma once

#include <string>

namespace bangkit::aid {

/// What an agency has to know of somebody, as its list has it. Personal data.
struct NomineeRecord {
    std::string nik;  // 16 digits.
    std::string name;
    std::string identity_card_address;
    std::string line_of_business;
    std::string phone;        // "+62..."
    std::string family_card;  // 16 digits. From here on empty if the list does not need it.
    std::string business_address;
    std::string permit;
    std::string email;
    bool operator==(const NomineeRecord&) const = default;
};

}  // namespace bangkit::aid
