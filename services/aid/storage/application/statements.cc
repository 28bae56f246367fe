#include "services/aid/storage/application/statements.h"

#include "bangkit/aid/v1/statement.pb.h"
#include "libs/indonesia/format.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid {
namespace {

std::string Place(const std::string& application_id) {
    return crypto::Aad({"aid", "applications", "stated", application_id});
}

std::optional<Date> DayOf(const std::string& text) {
    const Result<Date> day = indonesia::ParseDate(text);
    return day ? std::optional(*day) : std::nullopt;
}

v1::StatedFacts ToMessage(const StatedFacts& stated) {
    v1::StatedFacts message;
    message.set_family_card(stated.family_card);
    if (stated.occupation) {
        message.set_occupation(As<registration::v1::Occupation>(*stated.occupation));
    }
    if (stated.has_nik) message.set_has_nik(*stated.has_nik);
    if (stated.has_nib) message.set_has_nib(*stated.has_nib);
    if (stated.has_business_certificate) {
        message.set_has_business_certificate(*stated.has_business_certificate);
    }
    if (stated.has_bank_credit) message.set_has_bank_credit(*stated.has_bank_credit);
    if (stated.has_kur) message.set_has_kur(*stated.has_kur);
    if (stated.receives_social_aid) message.set_receives_social_aid(*stated.receives_social_aid);
    if (stated.in_formal_education) message.set_in_formal_education(*stated.in_formal_education);
    if (stated.annual_sales) message.set_annual_sales_rupiah(*stated.annual_sales);
    if (stated.business_started_on) {
        message.set_business_started_on(indonesia::FormatDate(*stated.business_started_on));
    }
    if (stated.born_on) message.set_born_on(indonesia::FormatDate(*stated.born_on));
    if (stated.collectibility) message.set_collectibility(*stated.collectibility);
    message.set_identity_region_code(stated.identity_region);
    return message;
}

}  // namespace

StatedFacts ToStatedFacts(const v1::StatedFacts& message) {
    StatedFacts stated;
    stated.family_card = message.family_card();
    if (message.occupation() != 0) stated.occupation = message.occupation();
    if (message.has_has_nik()) stated.has_nik = message.has_nik();
    if (message.has_has_nib()) stated.has_nib = message.has_nib();
    if (message.has_has_business_certificate()) {
        stated.has_business_certificate = message.has_business_certificate();
    }
    if (message.has_has_bank_credit()) stated.has_bank_credit = message.has_bank_credit();
    if (message.has_has_kur()) stated.has_kur = message.has_kur();
    if (message.has_receives_social_aid()) {
        stated.receives_social_aid = message.receives_social_aid();
    }
    if (message.has_in_formal_education()) {
        stated.in_formal_education = message.in_formal_education();
    }
    if (message.has_annual_sales_rupiah()) stated.annual_sales = message.annual_sales_rupiah();
    stated.business_started_on = DayOf(message.business_started_on());
    stated.born_on = DayOf(message.born_on());
    if (message.has_collectibility()) stated.collectibility = message.collectibility();
    stated.identity_region = message.identity_region_code();
    return stated;
}

std::string SealStatement(const crypto::Key& owner_key, const std::string& application_id,
                          const StatedFacts& stated) {
    return crypto::Seal(owner_key, ToMessage(stated).SerializeAsString(), Place(application_id));
}

Result<StatedFacts> OpenStatement(const crypto::Key& owner_key, const std::string& application_id,
                                  std::string_view sealed) {
    const Result<std::string> bytes = crypto::Open(owner_key, sealed, Place(application_id));
    if (!bytes) return std::unexpected(bytes.error());
    v1::StatedFacts message;
    message.ParseFromString(*bytes);
    return ToStatedFacts(message);
}

}  // namespace bangkit::aid
