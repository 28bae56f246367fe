#include "services/registration/domain/legality.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PermitsTest, AreThoseThatHaveANumber) {
    Profile profile;
    EXPECT_THAT(PermitsOf(profile), IsEmpty());
    profile.pirt.number = "1234567890123-45";
    profile.halal.number = "ID1";
    profile.bpom.number = "MD1";
    profile.business_certificate.number = "1/2026";
    EXPECT_THAT(PermitsOf(profile), ElementsAre(Legality::kPirt, Legality::kHalal, Legality::kBpom,
                                                Legality::kBusinessCertificate));
}

TEST(PermitsTest, AreOfVendorsAndCooperativesToo) {
    Profile vendor;
    vendor.street_vendor.emplace().tdu.number = "TDU-1";
    EXPECT_THAT(PermitsOf(vendor), ElementsAre(Legality::kTdu));
    Profile cooperative;
    cooperative.cooperative.emplace().deed_number = "12";
    EXPECT_THAT(PermitsOf(cooperative), ElementsAre(Legality::kDeed));
    cooperative.cooperative->legal_entity_number = "BH-1";
    EXPECT_THAT(PermitsOf(cooperative), ElementsAre(Legality::kDeed, Legality::kLegalEntity));
}

}  // namespace
}  // namespace bangkit::registration
