#pragma once

#include <chrono>
#include <string>

#include "bangkit/registration/v1/registration_service.pb.h"
#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/crypto/tests/key_file.h"
#include "libs/indonesia/regions.h"
#include "services/registration/domain/business.h"

namespace bangkit::registration {

inline constexpr Time kNow =
    std::chrono::sys_days(std::chrono::year(2026) / 3 / 10) + std::chrono::hours(2);
inline constexpr Date kToday = std::chrono::year(2026) / 3 / 10;

inline Date Day(int month, int day) { return std::chrono::year(2026) / month / day; }

/// Reading all regions takes a while: once for all tests.
inline const indonesia::RegionTree& Regions() {
    static const indonesia::RegionTree regions;
    return regions;
}

inline crypto::KeyRing TestKeys() {
    return crypto::Ring("environment development\nmaster 1 " + std::string(crypto::kAscending) +
                        "\nhash 1 " + std::string(crypto::kDescending) + "\n");
}

/// A NIK of Setu, Tangerang Selatan, born on 12 March 1985; another one for each number below
/// 10,000.
inline std::string NikOf(int number) {
    return "367405520385" + std::to_string(10'000 + number).substr(1);
}

/// A business in Tangerang Selatan, of another owner for each number.
inline v1::RegisterBusinessRequest Registration(int number) {
    v1::RegisterBusinessRequest request;
    request.set_request_id(NewId(kNow));
    request.mutable_owner()->set_nik(NikOf(number));
    request.mutable_owner()->set_name("Siti Aminah");
    v1::BusinessInput& business = *request.mutable_business();
    business.set_kind(common::v1::BUSINESS_KIND_UMKM);
    business.set_name("Warung " + std::to_string(number));
    business.set_region_code("36.74.05.1002");
    business.set_kbli("4711");
    return request;
}

/// What Checks make of such a request.
inline RegisterBusiness RegistrationCommand(int number) {
    RegisterBusiness command;
    command.business_id = NewId(kNow);
    command.owner_id = NewId(kNow);
    command.owner = {
        .nik = NikOf(number), .name = "Siti Aminah", .phone = "", .identity_card_address = ""};
    command.profile.name = "Warung";
    command.profile.region_code = "36.74.05.1002";
    command.profile.kbli = "4711";
    command.condition_since = kToday;
    return command;
}

}  // namespace bangkit::registration
