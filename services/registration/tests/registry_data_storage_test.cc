// What is known beyond what every registration states: as it is stored, shown, published, completed
// and erased.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "libs/postgres/error.h"
#include "services/registration/storage/held_data.h"
#include "services/registration/tests/personal_data_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class RegistryDataTest : public PersonalDataTest {
protected:
    /// With everything that a business of any kind may have.
    static v1::RegisterBusinessRequest Full(int number) {
        v1::RegisterBusinessRequest request = Registration(number);
        v1::OwnerInput& owner = *request.mutable_owner();
        owner.set_kk("3674051203109777");
        owner.set_birth_date("1985-03-12");
        owner.set_sex(v1::SEX_FEMALE);
        owner.set_email("kenari@contoh.example");
        owner.set_disability(v1::DISABILITY_PHYSICAL);
        owner.set_occupation(v1::OCCUPATION_POLICE);
        v1::BusinessInput& business = *request.mutable_business();
        business.set_order_and_deliver(true);
        business.set_location_type(common::v1::LOCATION_TYPE_FIXED);
        business.set_workers_male(2);
        business.set_workers_female(3);
        business.set_network_coverage(common::v1::NETWORK_COVERAGE_BLANK_SPOT);
        v1::OnlineChannel& channel = *business.add_online_channels();
        channel.set_platform(v1::ONLINE_PLATFORM_INSTAGRAM);
        channel.set_address("@warungkenari");
        business.set_nib("1234567890" + std::to_string(100 + number));
        business.set_nib_issued_on("2025-01-02");
        business.mutable_pirt()->set_number("206367401000127");
        business.mutable_pirt()->set_issued_on("2025-01-03");
        business.mutable_pirt()->set_expires_on("2027-01-03");
        business.mutable_halal()->set_number("ID81110001234567890");
        business.mutable_bpom()->set_number("MD123456789012");
        business.mutable_business_certificate()->set_number("503/77/SKU");
        business.mutable_consent()->set_notice_version("2024-1");
        business.mutable_consent()->mutable_given_at()->set_seconds(1'750'000'000);
        business.mutable_provenance()->set_source(v1::DATA_SOURCE_OFFLINE);
        business.mutable_provenance()->set_device_id("tablet-7");
        business.mutable_provenance()->mutable_captured_at()->set_seconds(1'750'000'001);
        return request;
    }
    static v1::RegisterBusinessRequest Cooperative(int number) {
        v1::RegisterBusinessRequest request = Full(number);
        request.mutable_business()->set_kind(common::v1::BUSINESS_KIND_COOPERATIVE);
        v1::Cooperative& cooperative = *request.mutable_business()->mutable_cooperative();
        cooperative.set_kind(v1::COOPERATIVE_KIND_SAVINGS_AND_LOANS);
        cooperative.set_form(v1::COOPERATIVE_FORM_PRIMARY);
        cooperative.set_deed_number("12");
        cooperative.set_deed_date("2025-02-03");
        cooperative.set_legal_entity_number("AHU-1.AH.01");
        cooperative.set_cooperative_number("3674010001");
        cooperative.set_last_annual_meeting("2026-01-31");
        cooperative.set_members_male(20);
        cooperative.set_members_female(31);
        cooperative.set_sharia(true);
        cooperative.set_affiliation(common::v1::COOPERATIVE_AFFILIATION_MOSQUE);
        return request;
    }
    static v1::RegisterBusinessRequest Vendor(int number) {
        v1::RegisterBusinessRequest request = Full(number);
        request.mutable_business()->set_kind(common::v1::BUSINESS_KIND_STREET_VENDOR);
        v1::StreetVendor& vendor = *request.mutable_business()->mutable_street_vendor();
        vendor.set_place("Pasar Kenari blok 3");
        vendor.set_place_type(v1::STREET_VENDOR_PLACE_TYPE_CART);
        vendor.set_sells_from("16:00");
        vendor.set_sells_until("00:30");
        vendor.mutable_tdu()->set_number("TDU-777");
        vendor.mutable_tdu()->set_expires_on("2027-05-06");
        return request;
    }

    v1::Business GetBusiness(const std::string& id) const {
        v1::GetBusinessRequest request;
        request.set_business_id(id);
        v1::GetBusinessResponse response;
        EXPECT_EQ(Name(Call(&Stub::GetBusiness, request, response)), "OK");
        return response.business();
    }
    v1::UpdateBusinessResponse Updated(const v1::UpdateBusinessRequest& request) const {
        v1::UpdateBusinessResponse response;
        EXPECT_EQ(Name(Call(&Stub::UpdateBusiness, request, response)), "OK");
        return response;
    }
    static v1::UpdateBusinessRequest Naming(const std::string& id,
                                            const std::vector<std::string>& paths) {
        v1::UpdateBusinessRequest request;
        request.set_request_id(NewId(kNow));
        request.set_business_id(id);
        for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
        return request;
    }
    /// Of the last event that was published.
    v1::BusinessStatistics Published() const {
        postgres::Connection connection(database_.owner_dsn());
        const postgres::Rows rows =
            connection.Run("SELECT payload FROM outbox ORDER BY id DESC LIMIT 1");
        v1::BusinessRegistered event;  // All events have the same statistics in the same field...
        EXPECT_TRUE(event.ParseFromString(rows.Text(0, 0)));
        return event.statistics();
    }
};

/// One field with its name, whatever its number is.
template <typename Message>
std::string OnlyField(Message message, const google::protobuf::FieldDescriptor& field) {
    const auto* type = message.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
        if (type->field(i) != &field) {
            message.GetReflection()->ClearField(&message, type->field(i));
        }
    }
    return message.ShortDebugString();
}

/// What of a business was stated is in what is shown of it, under the same names.
template <typename Shown>
void ExpectTheSame(const v1::BusinessInput& stated, const Shown& shown) {
    const auto* to = shown.GetDescriptor();
    const auto* from = stated.GetDescriptor();
    for (int i = 0; i < from->field_count(); ++i) {
        const auto* in = from->field(i);
        const auto* out = to->FindFieldByName(in->name());
        ASSERT_NE(out, nullptr) << in->name();
        const std::string expected = OnlyField(stated, *in);
        if (expected.empty()) continue;
        EXPECT_EQ(OnlyField(shown, *out), expected);
    }
}

TEST_F(RegistryDataTest, IsShownAsItWasStated) {
    for (const v1::RegisterBusinessRequest& request : {Full(1), Cooperative(2), Vendor(3)}) {
        const v1::Business shown = GetBusiness(Registered(request).business_id());
        ExpectTheSame(request.business(), shown);
        EXPECT_EQ(shown.kbli_version(), "2020");
    }
}

// The owner's alone: nobody who may read a business sees any of it.
TEST_F(RegistryDataTest, OfTheOwnerIsSealedAndShownToNobodyWithoutAPurpose) {
    const v1::Business business = Registered(Full(1));
    const std::string dump = Dump(database_);
    for (const char* secret : {"3674051203109777", "kenari@contoh.example", "1985-03-12"}) {
        EXPECT_THAT(dump, Not(HasSubstr(secret)));
        EXPECT_THAT(dump, Not(HasSubstr(InHex(secret))));
        EXPECT_THAT(GetBusiness(business.business_id()).ShortDebugString(), Not(HasSubstr(secret)));
    }
    v1::RevealOwnerRequest request;
    request.set_business_id(business.business_id());
    request.set_purpose(v1::DISCLOSURE_PURPOSE_CORRECTION);
    request.set_case_reference("K-7/2026");
    for (int field = v1::OWNER_FIELD_KK; field <= v1::OWNER_FIELD_OCCUPATION; ++field) {
        request.add_fields(static_cast<v1::OwnerField>(field));
    }
    v1::RevealOwnerResponse response;
    ASSERT_EQ(Name(CallPersonalData(&PersonalDataStub::RevealOwner, request, response, agency_)),
              "OK");
    const v1::RevealedOwner& owner = response.owner();
    EXPECT_EQ(owner.kk(), "3674051203109777");
    EXPECT_EQ(owner.birth_date(), "1985-03-12");
    EXPECT_EQ(owner.sex(), v1::SEX_FEMALE);
    EXPECT_EQ(owner.email(), "kenari@contoh.example");
    EXPECT_EQ(owner.disability(), v1::DISABILITY_PHYSICAL);
    EXPECT_EQ(owner.occupation(), v1::OCCUPATION_POLICE);
    EXPECT_EQ(owner.nik(), "") << "was not asked for";
    request.set_purpose(v1::DISCLOSURE_PURPOSE_SURVEY);
    EXPECT_EQ(Name(CallPersonalData(&PersonalDataStub::RevealOwner, request, response, agency_)),
              "PERMISSION_DENIED FIELD_NOT_FOR_PURPOSE");
}

TEST_F(RegistryDataTest, IsInNoAnswerThatIsKept) {
    v1::RegisterBusinessResponse response;
    ASSERT_TRUE(Register(Vendor(1), response).ok());
    for (const char* secret : {"Pasar Kenari", "TDU-777", "@warungkenari", "503/77/SKU",
                               "206367401000127", "3674051203109777"}) {
        EXPECT_THAT(response.SerializeAsString(), Not(HasSubstr(secret)));
        EXPECT_EQ(
            Count("idempotency WHERE encode(reply, 'escape') LIKE '%" + std::string(secret) + "%'"),
            0);
        EXPECT_EQ(
            Count("outbox WHERE encode(payload, 'escape') LIKE '%" + std::string(secret) + "%'"),
            0);
    }
    EXPECT_TRUE(response.business().order_and_deliver());
    EXPECT_EQ(response.business().workers_female(), 3);
}

TEST_F(RegistryDataTest, TellsDashboardsWhatTheyCount) {
    const std::string id = Registered(Cooperative(1)).business_id();
    v1::BusinessStatistics statistics = Published();
    EXPECT_TRUE(statistics.order_and_deliver());
    EXPECT_EQ(statistics.network_coverage(), common::v1::NETWORK_COVERAGE_BLANK_SPOT);
    EXPECT_EQ(statistics.cooperative_affiliation(), common::v1::COOPERATIVE_AFFILIATION_MOSQUE);
    EXPECT_TRUE(statistics.sharia());
    EXPECT_TRUE(statistics.has_deed());
    EXPECT_EQ(statistics.workers_male(), 2);
    EXPECT_EQ(statistics.workers_female(), 3);
    EXPECT_EQ(Count("businesses WHERE order_and_deliver AND network_coverage = 1 AND is_sharia"
                    " AND has_deed AND cooperative_affiliation = 2 AND workers_female = 3"),
              1);

    v1::UpdateBusinessRequest update =
        Naming(id, {"business.cooperative", "business.network_coverage",
                    "business.order_and_deliver", "business.workers_male"});
    update.mutable_business()->mutable_cooperative()->set_deed_date("2025-02-03");
    Updated(update);
    statistics = Published();
    EXPECT_FALSE(statistics.order_and_deliver());
    EXPECT_EQ(statistics.network_coverage(), common::v1::NETWORK_COVERAGE_UNSPECIFIED);
    EXPECT_EQ(statistics.cooperative_affiliation(),
              common::v1::COOPERATIVE_AFFILIATION_UNSPECIFIED);
    EXPECT_FALSE(statistics.sharia() || statistics.has_deed());
    EXPECT_FALSE(statistics.has_workers_male());
    EXPECT_EQ(Count("businesses WHERE order_and_deliver OR network_coverage <> 0 OR is_sharia"
                    " OR has_deed OR cooperative_affiliation <> 0"),
              0);
}

TEST_F(RegistryDataTest, OfACooperativeIsOfNoOtherKind) {
    v1::RegisterBusinessRequest request = Cooperative(1);
    request.mutable_business()->set_kind(common::v1::BUSINESS_KIND_UMKM);
    v1::RegisterBusinessResponse response;
    EXPECT_EQ(Name(Register(request, response)), "FAILED_PRECONDITION DETAILS_NOT_OF_KIND");
    const std::string id = Registered(Cooperative(2)).business_id();
    EXPECT_THROW(
        database_.Execute("UPDATE businesses SET kind = 1 WHERE business_id = '" + id + "'"),
        postgres::SqlError)
        << "the database holds it too";
}

// Nobody knows the NIK of either, nor the NIB: they neither are in each other's way nor become one.
TEST_F(RegistryDataTest, OfAProvisionalIdentityIsCompletedWithItsIdAndItsHistory) {
    v1::RegisterBusinessRequest request = Registration(1);
    request.mutable_owner()->clear_nik();
    const v1::Business first = Registered(request);
    request.set_request_id(NewId(kNow));
    const v1::Business second = Registered(request);
    EXPECT_NE(first.business_id(), second.business_id());
    EXPECT_NE(first.owner_id(), second.owner_id());

    v1::ReportConditionRequest report;
    report.set_request_id(NewId(kNow));
    report.set_business_id(first.business_id());
    report.set_condition(common::v1::BUSINESS_CONDITION_DORMANT);
    report.set_since("2026-03-10");
    v1::ReportConditionResponse reported;
    ASSERT_EQ(Name(Call(&Stub::ReportCondition, report, reported)), "OK");

    v1::UpdateBusinessRequest update =
        Naming(first.business_id(), {"owner.nik", "owner.kk", "owner.birth_date", "business.nib"});
    update.mutable_owner()->set_nik(NikOf(1));
    update.mutable_owner()->set_kk("3674051203109777");
    update.mutable_owner()->set_birth_date("1985-03-13");
    update.mutable_business()->set_nib("1234567890123");
    const v1::UpdateBusinessResponse completed = Updated(update);
    EXPECT_THAT(completed.warnings(), ElementsAre("BIRTH_DATE_DIFFERS"));
    EXPECT_EQ(completed.business().version(), 3);
    const v1::Business shown = GetBusiness(first.business_id());
    EXPECT_EQ(shown.owner_id(), first.owner_id());
    EXPECT_EQ(shown.condition(), common::v1::BUSINESS_CONDITION_DORMANT);
    EXPECT_EQ(shown.nib(), "1234567890123");
    EXPECT_NE(shown.owner().masked_nik(), "");
    EXPECT_THAT(shown.owner().warnings(), ElementsAre("BIRTH_DATE_DIFFERS"));
    EXPECT_EQ(Count("condition_history WHERE business_id = '" + first.business_id() + "'"), 2);

    // From now on the numbers are taken, by whoever tries: a registration, and a completion.
    v1::RegisterBusinessResponse response;
    EXPECT_EQ(Name(Register(Registration(1), response)), "ALREADY_EXISTS NIK_ALREADY_REGISTERED");
    update.set_request_id(NewId(kNow));
    update.set_business_id(second.business_id());
    v1::UpdateBusinessResponse refused;
    EXPECT_EQ(Name(Call(&Stub::UpdateBusiness, update, refused)),
              "ALREADY_EXISTS NIK_ALREADY_REGISTERED");
    EXPECT_EQ(GetBusiness(second.business_id()).version(), 1);
}

TEST_F(RegistryDataTest, WarningsStandUntilTheyAreNoMore) {
    v1::RegisterBusinessRequest request = Registration(1);
    request.mutable_owner()->set_sex(v1::SEX_MALE);  // The NIK is a woman's.
    const std::string id = Registered(request).business_id();
    EXPECT_THAT(GetBusiness(id).owner().warnings(), ElementsAre("SEX_DIFFERS"));
    v1::UpdateBusinessRequest update = Naming(id, {"owner.sex"});
    update.mutable_owner()->set_sex(v1::SEX_FEMALE);
    EXPECT_THAT(Updated(update).warnings(), IsEmpty());
    EXPECT_THAT(GetBusiness(id).owner().warnings(), IsEmpty());
}

TEST_F(RegistryDataTest, ThatTellsWhoOwnsABusinessIsErased) {
    const v1::Business vendor = Registered(Vendor(1));
    const std::string request =
        Opened(vendor.business_id(), v1::SUBJECT_REQUEST_KIND_ERASURE).subject_request_id();
    ASSERT_EQ(Erase(request), "OK");
    const std::string dump = Dump(database_);
    for (const char* secret :
         {"Pasar Kenari", "TDU-777", "@warungkenari", "503/77/SKU", "206367401000127",
          "ID81110001234567890", "MD123456789012", "3674051203109777", "kenari@contoh.example"}) {
        EXPECT_THAT(dump, Not(HasSubstr(secret)));
        EXPECT_THAT(dump, Not(HasSubstr(InHex(secret))));
    }
    const v1::Business left = GetBusiness(vendor.business_id());
    EXPECT_FALSE(left.has_street_vendor());
    EXPECT_TRUE(left.order_and_deliver());
    EXPECT_EQ(left.network_coverage(), common::v1::NETWORK_COVERAGE_BLANK_SPOT);
    EXPECT_EQ(left.consent().notice_version(), "2024-1");
    for (const char* path : {"business.pirt", "business.online_channels", "owner.kk"}) {
        v1::UpdateBusinessResponse response;
        EXPECT_EQ(Name(Call(&Stub::UpdateBusiness, Naming(vendor.business_id(), {path}), response)),
                  "FAILED_PRECONDITION OWNER_ERASED");
    }
}

TEST_F(RegistryDataTest, IsInTheDocumentOfWhoeverAsksWhatIsHeld) {
    const v1::RegisterBusinessRequest stated = Vendor(1);
    const std::string id = Registered(stated).business_id();
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    postgres::Transaction transaction(connection);
    const auto held = ReadHeldData(transaction, keys_, GetBusiness(id).owner_id());
    ASSERT_TRUE(held);
    EXPECT_EQ(held->owner().kk(), "3674051203109777");
    EXPECT_EQ(held->owner().disability(), v1::DISABILITY_PHYSICAL);
    ASSERT_EQ(held->businesses_size(), 1);
    EXPECT_EQ(held->businesses(0).street_vendor().place(), "Pasar Kenari blok 3");
    EXPECT_EQ(held->businesses(0).online_channels(0).address(), "@warungkenari");
    EXPECT_EQ(held->businesses(0).provenance().device_id(), "tablet-7");
}

}  // namespace
}  // namespace bangkit::registration
