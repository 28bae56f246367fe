#include "services/aid/domain/program/templates.h"

#include <utility>

namespace bangkit::aid {
namespace {

// Numbers of bangkit.common.v1 and bangkit.registration.v1.
constexpr std::int64_t kUmkm = 1, kCooperative = 2;
constexpr std::int64_t kMicro = 1;
constexpr std::int64_t kAffected = 2, kClosed = 4;
constexpr std::int64_t kCivilServant = 2, kMilitary = 3, kPolice = 4, kStateEnterprise = 5,
                       kRegionalEnterprise = 6;
constexpr std::int64_t kTrainingProduction = 5;
constexpr std::int64_t kYes = 1;

Rule OneOf(std::string code, Fact fact, std::vector<std::int64_t> numbers, std::string source) {
    return {.code = std::move(code),
            .fact = fact,
            .test = RuleTest::kAnyOf,
            .numbers = std::move(numbers),
            .region_codes = {},
            .source = std::move(source)};
}

Rule NoneOf(std::string code, Fact fact, std::vector<std::int64_t> numbers, std::string source) {
    Rule rule = OneOf(std::move(code), fact, std::move(numbers), std::move(source));
    rule.test = RuleTest::kNoneOf;
    return rule;
}

Rule AtLeast(std::string code, Fact fact, std::int64_t number, std::string source) {
    Rule rule = OneOf(std::move(code), fact, {number}, std::move(source));
    rule.test = RuleTest::kAtLeast;
    return rule;
}

Rule InRegion(std::string code, std::string region_code) {
    return {.code = std::move(code),
            .fact = Fact::kRegion,
            .test = RuleTest::kInRegion,
            .numbers = {},
            .region_codes = {std::move(region_code)},
            .source = {}};
}

/// The source does not say so: the agency looks at it.
Rule Unconfirmed(Rule rule) {
    rule.is_parameter = true;
    return rule;
}

// A register of credits or employers is asked by the one who decides; what is not known yet does
// not keep an application from being taken down.
Rule IfKnown(Rule rule) {
    rule.passes_if_unknown = true;
    return rule;
}

const std::vector<std::int64_t> kPaidByTheState = {kCivilServant, kMilitary, kPolice,
                                                   kStateEnterprise, kRegionalEnterprise};

ProgramTemplate Bpum2020() {
    const std::string source = "Permenkop UKM 6/2020";
    ProgramTemplate made{.terms = {}, .source = source};
    made.terms = {.name = "Banpres Produktif Usaha Mikro 2020",
                  .instrument = Instrument::kExternalNomination,
                  .funding_source = FundingSource::kApbn,
                  .fiscal_year = 2020,
                  .region_code = {},
                  .opens_on = {},
                  .closes_on = {},
                  .amount = 2'400'000,
                  .documents = {DocumentKind::kIdentityCard, DocumentKind::kBusinessPhoto,
                                DocumentKind::kStampedStatement},
                  .approval_bands = {},
                  .rules = {.code = "BPUM_2020", .version = 0, .rules = {}},
                  .exclusions = {{"BPUM", ExclusionScope::kOwner, ExclusionSpan::kFiscalYear, 1}}};
    made.terms.rules.rules = {
        OneOf("NIK_KOSONG", Fact::kHasNik, {kYes}, source),
        OneOf("BUKAN_USAHA_MIKRO", Fact::kScale, {kMicro}, source),
        IfKnown(NoneOf("KREDIT_AKTIF", Fact::kHasBankCredit, {kYes}, source)),
        IfKnown(NoneOf("KUR_AKTIF", Fact::kHasKur, {kYes}, source)),
        IfKnown(NoneOf("ASN_TNI_POLRI", Fact::kOccupation, kPaidByTheState, source))};
    return made;
}

/// General bank credit excludes nobody any more; who received something in an earlier year may
/// again.
ProgramTemplate Bpum2021() {
    const std::string source = "Permenkop UKM 2/2021";
    ProgramTemplate made = Bpum2020();
    made.source = source;
    made.terms.name = "Banpres Produktif Usaha Mikro 2021";
    made.terms.fiscal_year = 2021;
    made.terms.amount = 1'200'000;
    made.terms.documents.insert({DocumentKind::kFamilyCard, DocumentKind::kBusinessPermit});
    made.terms.rules = {
        .code = "BPUM_2021",
        .version = 0,
        .rules = {OneOf("NIK_KOSONG", Fact::kHasNik, {kYes}, source),
                  OneOf("BUKAN_USAHA_MIKRO", Fact::kScale, {kMicro}, source),
                  IfKnown(NoneOf("KUR_AKTIF", Fact::kHasKur, {kYes}, source)),
                  IfKnown(NoneOf("ASN_TNI_POLRI", Fact::kOccupation, kPaidByTheState, source))}};
    return made;
}

/// Rp2.000.000.000 in equal shares for 1,683 affected businesses and 80 cooperatives.
ProgramTemplate LampungIncentive() {
    ProgramTemplate made{.terms = {},
                         .is_amount_a_parameter = true,
                         .are_documents_parameters = true,
                         .are_exclusions_parameters = true};
    made.terms = {
        .name = "Insentif UMKM dan Koperasi Terdampak",
        .instrument = Instrument::kCashGrant,
        .funding_source = FundingSource::kApbd,
        .fiscal_year = 2020,
        .region_code = "18",
        .opens_on = {},
        .closes_on = {},
        .amount = InEqualShares(2'000'000'000, 1'683 + 80).each,
        .documents = {DocumentKind::kIdentityCard, DocumentKind::kBankAccount},
        .approval_bands = {},
        .rules = {.code = "INSENTIF_LAMPUNG_2020", .version = 0, .rules = {}},
        .exclusions = {{"INSENTIF_LAMPUNG", ExclusionScope::kBusiness, ExclusionSpan::kEver, 1}}};
    made.terms.rules.rules = {
        InRegion("LUAR_WILAYAH", "18"),
        Unconfirmed(OneOf("BUKAN_UMKM_ATAU_KOPERASI", Fact::kKind, {kUmkm, kCooperative}, "")),
        Unconfirmed(OneOf("TIDAK_TERDAMPAK", Fact::kCondition, {kAffected}, ""))};
    return made;
}

/// At most Rp50.000.000, whatever was said of single years.
ProgramTemplate BandarLampungLoan() {
    ProgramTemplate made{.terms = {}, .are_exclusions_parameters = true};
    made.terms = {.name = "Pinjaman Tanpa Bunga Kota Bandar Lampung",
                  .instrument = Instrument::kInterestFreeLoan,
                  .funding_source = FundingSource::kApbd,
                  .fiscal_year = 2022,
                  .region_code = "18.71",
                  .opens_on = {},
                  .closes_on = {},
                  .amount = 50'000'000,
                  .documents = {DocumentKind::kIdentityCard, DocumentKind::kFamilyCard,
                                DocumentKind::kBusinessPermit},
                  .approval_bands = {},
                  .rules = {.code = "PINJAMAN_BANDAR_LAMPUNG", .version = 0, .rules = {}},
                  .exclusions = {{"PINJAMAN_BANDAR_LAMPUNG", ExclusionScope::kOwner,
                                  ExclusionSpan::kFiscalYear, 1}}};
    made.terms.rules.rules = {
        InRegion("LUAR_WILAYAH", "18.71"),
        AtLeast("USAHA_TERLALU_BARU", Fact::kBusinessAgeMonths, 12, ""),
        Unconfirmed(IfKnown(NoneOf("KREDIT_AKTIF", Fact::kHasBankCredit, {kYes}, ""))),
        Unconfirmed(OneOf("BUKAN_UMKM", Fact::kKind, {kUmkm}, ""))};
    return made;
}

/// First learn to make it, then get the material.
ProgramTemplate RawMaterialStimulus() {
    ProgramTemplate made{
        .terms = {}, .are_documents_parameters = true, .are_exclusions_parameters = true};
    made.terms = {.name = "Stimulus Bahan Baku",
                  .instrument = Instrument::kInKind,
                  .funding_source = FundingSource::kApbd,
                  .fiscal_year = 2020,
                  .region_code = {},
                  .opens_on = {},
                  .closes_on = {},
                  .amount = 0,
                  .documents = {DocumentKind::kIdentityCard, DocumentKind::kCertificate},
                  .approval_bands = {},
                  .rules = {.code = "STIMULUS_BAHAN_BAKU", .version = 0, .rules = {}},
                  .exclusions = {{"STIMULUS_BAHAN_BAKU", ExclusionScope::kBusiness,
                                  ExclusionSpan::kFiscalYear, 1}}};
    made.terms.rules.rules = {
        OneOf("BELUM_PELATIHAN", Fact::kCompletedCourses, {kTrainingProduction}, ""),
        Unconfirmed(NoneOf("USAHA_TUTUP", Fact::kCondition, {kClosed}, ""))};
    return made;
}

ProgramTemplate PrakerjaNomination() {
    const std::string source = "Kartu Prakerja 2020";
    ProgramTemplate made{.terms = {}, .source = source, .are_documents_parameters = true};
    made.terms = {
        .name = "Usulan Kartu Prakerja",
        .instrument = Instrument::kExternalNomination,
        .funding_source = FundingSource::kApbn,
        .fiscal_year = 2020,
        .region_code = {},
        .opens_on = {},
        .closes_on = {},
        .amount = 3'550'000,
        .documents = {DocumentKind::kIdentityCard, DocumentKind::kFamilyCard},
        .approval_bands = {},
        .rules = {.code = "PRAKERJA_2020", .version = 0, .rules = {}},
        .exclusions = {{"PRAKERJA", ExclusionScope::kOwner, ExclusionSpan::kEver, 1},
                       {"PRAKERJA_KELUARGA", ExclusionScope::kHousehold, ExclusionSpan::kEver, 2}}};
    made.terms.rules.rules = {
        AtLeast("UMUR_KURANG", Fact::kOwnerAgeYears, 18, source),
        IfKnown(NoneOf("PENDIDIKAN_FORMAL", Fact::kInFormalEducation, {kYes}, source)),
        IfKnown(NoneOf("ASN_TNI_POLRI", Fact::kOccupation, {kCivilServant, kMilitary, kPolice},
                       source)),
        IfKnown(NoneOf("PENERIMA_BANSOS", Fact::kReceivesSocialAid, {kYes}, source)),
        Unconfirmed(OneOf("USAHA_MASIH_BERJALAN", Fact::kBusinessStopped, {kYes}, ""))};
    return made;
}

/// For any debtor that is affected, without a ceiling; which banks do it, agreements say.
ProgramTemplate Restructuring() {
    const std::string source = "POJK 11/POJK.03/2020";
    ProgramTemplate made{.terms = {}, .source = source, .are_documents_parameters = true};
    made.terms = {.name = "Restrukturisasi Pinjaman",
                  .instrument = Instrument::kRestructuringReferral,
                  .funding_source = FundingSource::kPartner,
                  .fiscal_year = 2020,
                  .region_code = {},
                  .opens_on = {},
                  .closes_on = {},
                  .amount = 0,
                  .documents = {DocumentKind::kIdentityCard},
                  .approval_bands = {},
                  .rules = {.code = "RESTRUKTURISASI_2020", .version = 0, .rules = {}},
                  .exclusions = {}};
    made.terms.rules.rules = {OneOf("TIDAK_TERDAMPAK", Fact::kCondition, {kAffected}, source)};
    return made;
}

ProgramTemplate PaymentHoliday() {
    ProgramTemplate made = Restructuring();
    made.terms.name = "Penundaan Angsuran";
    made.terms.instrument = Instrument::kPaymentHolidayReferral;
    made.terms.rules.code = "PENUNDAAN_ANGSURAN_2020";
    return made;
}

/// For the best of the year, without collateral, for a year.
ProgramTemplate AwardLoan() {
    ProgramTemplate made{.terms = {},
                         .is_amount_a_parameter = true,
                         .are_documents_parameters = true,
                         .are_exclusions_parameters = true};
    made.terms = {.name = "Pinjaman Penghargaan Usaha Terbaik",
                  .instrument = Instrument::kAwardLoan,
                  .funding_source = FundingSource::kPartner,
                  .fiscal_year = 2022,
                  .region_code = {},
                  .opens_on = {},
                  .closes_on = {},
                  .amount = 250'000'000,
                  .documents = {DocumentKind::kIdentityCard, DocumentKind::kProposal},
                  .approval_bands = {},
                  .rules = {.code = "PINJAMAN_PENGHARGAAN", .version = 0, .rules = {}},
                  .exclusions = {{"PINJAMAN_PENGHARGAAN", ExclusionScope::kBusiness,
                                  ExclusionSpan::kFiscalYear, 1}}};
    made.terms.rules.rules = {
        Unconfirmed(OneOf("BUKAN_UMKM_ATAU_KOPERASI", Fact::kKind, {kUmkm, kCooperative}, ""))};
    return made;
}

}  // namespace

std::vector<ProgramTemplate> ProgramTemplates() {
    return {Bpum2020(),
            Bpum2021(),
            LampungIncentive(),
            BandarLampungLoan(),
            RawMaterialStimulus(),
            PrakerjaNomination(),
            Restructuring(),
            PaymentHoliday(),
            AwardLoan()};
}

}  // namespace bangkit::aid
