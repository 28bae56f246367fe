#include "services/cli/words.h"

namespace bangkit::cli {

using namespace common::v1;
using namespace registration::v1;

std::string_view WordFor(BusinessKind kind) {
    switch (kind) {
        case BUSINESS_KIND_UMKM: return "UMKM";
        case BUSINESS_KIND_COOPERATIVE: return "KOPERASI";
        case BUSINESS_KIND_STREET_VENDOR: return "PKL";
        case BUSINESS_KIND_GROUP: return "KELOMPOK";
        default: return "?";
    }
}

std::string_view WordFor(BusinessScale scale) {
    switch (scale) {
        case BUSINESS_SCALE_UNSPECIFIED: return "BELUM DIKETAHUI";
        case BUSINESS_SCALE_MICRO: return "MIKRO";
        case BUSINESS_SCALE_SMALL: return "KECIL";
        case BUSINESS_SCALE_MEDIUM: return "MENENGAH";
        case BUSINESS_SCALE_LARGE: return "BESAR";
        default: return "?";
    }
}

std::string_view WordFor(BusinessCondition condition) {
    switch (condition) {
        case BUSINESS_CONDITION_ACTIVE: return "AKTIF";
        case BUSINESS_CONDITION_AFFECTED: return "TERDAMPAK";
        case BUSINESS_CONDITION_DORMANT: return "MATI SURI";
        case BUSINESS_CONDITION_CLOSED: return "TUTUP";
        case BUSINESS_CONDITION_RECOVERED: return "PULIH";
        default: return "?";
    }
}

std::string_view WordFor(VerificationLevel level) {
    switch (level) {
        case VERIFICATION_LEVEL_SELF_DECLARED: return "PERNYATAAN SENDIRI";
        case VERIFICATION_LEVEL_DOCUMENT: return "DOKUMEN";
        case VERIFICATION_LEVEL_FIELD: return "LAPANGAN";
        default: return "?";
    }
}

std::string_view WordFor(SalesChannel channel) {
    switch (channel) {
        case SALES_CHANNEL_FIXED_PLACE: return "TEMPAT TETAP";
        case SALES_CHANNEL_MOBILE: return "KELILING";
        case SALES_CHANNEL_ONLINE: return "DARING";
        default: return "?";
    }
}

std::string_view WordFor(LocationType type) {
    switch (type) {
        case LOCATION_TYPE_FIXED: return "TETAP";
        case LOCATION_TYPE_MOBILE: return "KELILING";
        case LOCATION_TYPE_ONLINE: return "DARING";
        default: return "?";
    }
}

std::string_view WordFor(NetworkCoverage coverage) {
    switch (coverage) {
        case NETWORK_COVERAGE_BLANK_SPOT: return "BLANK SPOT";
        case NETWORK_COVERAGE_WEAK: return "LEMAH";
        case NETWORK_COVERAGE_GOOD: return "BAIK";
        default: return "?";
    }
}

std::string_view WordFor(CooperativeAffiliation affiliation) {
    switch (affiliation) {
        case COOPERATIVE_AFFILIATION_NONE: return "TIDAK ADA";
        case COOPERATIVE_AFFILIATION_MOSQUE: return "MASJID";
        case COOPERATIVE_AFFILIATION_PESANTREN: return "PESANTREN";
        default: return "?";
    }
}

std::string_view WordFor(dashboard::v1::BusinessMark mark) {
    using namespace dashboard::v1;
    switch (mark) {
        case BUSINESS_MARK_ORDER_AND_DELIVER: return "Warung pesan kirim";
        case BUSINESS_MARK_COVERAGE_KNOWN: return "Jaringan diketahui";
        case BUSINESS_MARK_BLANK_SPOT: return "Di blank spot";
        case BUSINESS_MARK_MOSQUE_COOPERATIVE: return "Koperasi masjid";
        case BUSINESS_MARK_MOSQUE_COOPERATIVE_WITH_DEED: return "Koperasi masjid berakta";
        case BUSINESS_MARK_PESANTREN_COOPERATIVE: return "Koperasi pesantren";
        case BUSINESS_MARK_SHARIA_COOPERATIVE: return "Koperasi syariah";
        default: return "?";
    }
}

std::string_view WordFor(SubjectRequestKind kind) {
    switch (kind) {
        case SUBJECT_REQUEST_KIND_ERASURE: return "PENGHAPUSAN";
        case SUBJECT_REQUEST_KIND_ACCESS: return "AKSES";
        default: return "?";
    }
}

std::string_view WordFor(SubjectRequestState state) {
    switch (state) {
        case SUBJECT_REQUEST_STATE_OPEN: return "TERBUKA";
        case SUBJECT_REQUEST_STATE_DONE: return "SELESAI";
        case SUBJECT_REQUEST_STATE_REFUSED: return "DITOLAK";
        default: return "?";
    }
}

std::string_view WordFor(DuplicateState state) {
    switch (state) {
        case DUPLICATE_STATE_OPEN: return "TERBUKA";
        case DUPLICATE_STATE_CONFIRMED: return "GANDA";
        case DUPLICATE_STATE_REJECTED: return "BUKAN GANDA";
        case DUPLICATE_STATE_MERGED: return "DIGABUNGKAN";
        default: return "?";
    }
}

std::string_view WordFor(DuplicateReason reason) {
    switch (reason) {
        case DUPLICATE_REASON_SAME_OWNER: return "pemilik sama";
        case DUPLICATE_REASON_SAME_PHONE: return "telepon sama";
        case DUPLICATE_REASON_SAME_OWNER_NAME: return "nama pemilik sama";
        case DUPLICATE_REASON_SAME_NAME: return "nama usaha sama";
        case DUPLICATE_REASON_SIMILAR_NAME: return "nama usaha mirip";
        case DUPLICATE_REASON_SAME_ADDRESS: return "alamat sama";
        case DUPLICATE_REASON_SIMILAR_ADDRESS: return "alamat mirip";
        case DUPLICATE_REASON_SAME_VILLAGE: return "kelurahan sama";
        case DUPLICATE_REASON_SAME_DISTRICT: return "kecamatan sama";
        case DUPLICATE_REASON_DIFFERENT_NIK: return "NIK berbeda";
        case DUPLICATE_REASON_DIFFERENT_NIB: return "NIB berbeda";
        case DUPLICATE_REASON_DIFFERENT_TRADE: return "bidang usaha berbeda";
        case DUPLICATE_REASON_DIFFERENT_PHONE: return "telepon berbeda";
        case DUPLICATE_REASON_DIFFERENT_ADDRESS: return "alamat berbeda";
        default: return "?";
    }
}

const Choices<BusinessKind>& KindChoices() {
    static const Choices<BusinessKind> choices{{"UMKM", BUSINESS_KIND_UMKM},
                                               {"KOPERASI", BUSINESS_KIND_COOPERATIVE},
                                               {"COOPERATIVE", BUSINESS_KIND_COOPERATIVE},
                                               {"PKL", BUSINESS_KIND_STREET_VENDOR},
                                               {"VENDOR", BUSINESS_KIND_STREET_VENDOR},
                                               {"KELOMPOK", BUSINESS_KIND_GROUP},
                                               {"GROUP", BUSINESS_KIND_GROUP}};
    return choices;
}

const Choices<LocationType>& LocationTypeChoices() {
    static const Choices<LocationType> choices{
        {"TETAP", LOCATION_TYPE_FIXED},     {"FIXED", LOCATION_TYPE_FIXED},
        {"KELILING", LOCATION_TYPE_MOBILE}, {"MOBILE", LOCATION_TYPE_MOBILE},
        {"DARING", LOCATION_TYPE_ONLINE},   {"ONLINE", LOCATION_TYPE_ONLINE}};
    return choices;
}

const Choices<NetworkCoverage>& CoverageChoices() {
    static const Choices<NetworkCoverage> choices{{"BLANK SPOT", NETWORK_COVERAGE_BLANK_SPOT},
                                                  {"LEMAH", NETWORK_COVERAGE_WEAK},
                                                  {"WEAK", NETWORK_COVERAGE_WEAK},
                                                  {"BAIK", NETWORK_COVERAGE_GOOD},
                                                  {"GOOD", NETWORK_COVERAGE_GOOD}};
    return choices;
}

const Choices<Sex>& SexChoices() {
    static const Choices<Sex> choices{
        {"L", SEX_MALE}, {"MALE", SEX_MALE}, {"P", SEX_FEMALE}, {"FEMALE", SEX_FEMALE}};
    return choices;
}

const Choices<Disability>& DisabilityChoices() {
    static const Choices<Disability> choices{
        {"TIDAK ADA", DISABILITY_NONE},           {"FISIK", DISABILITY_PHYSICAL},
        {"INTELEKTUAL", DISABILITY_INTELLECTUAL}, {"MENTAL", DISABILITY_MENTAL},
        {"SENSORIK", DISABILITY_SENSORY},         {"GANDA", DISABILITY_MULTIPLE}};
    return choices;
}

const Choices<Occupation>& OccupationChoices() {
    static const Choices<Occupation> choices{
        {"LAINNYA", OCCUPATION_OTHER},         {"ASN", OCCUPATION_CIVIL_SERVANT},
        {"TNI", OCCUPATION_MILITARY},          {"POLRI", OCCUPATION_POLICE},
        {"BUMN", OCCUPATION_STATE_ENTERPRISE}, {"BUMD", OCCUPATION_REGIONAL_ENTERPRISE}};
    return choices;
}

const Choices<bool>& YesNoChoices() {
    static const Choices<bool> choices{
        {"YA", true}, {"YES", true}, {"TIDAK", false}, {"NO", false}};
    return choices;
}

const Choices<BusinessScale>& ScaleChoices() {
    static const Choices<BusinessScale> choices{
        {"MIKRO", BUSINESS_SCALE_MICRO},     {"MICRO", BUSINESS_SCALE_MICRO},
        {"KECIL", BUSINESS_SCALE_SMALL},     {"SMALL", BUSINESS_SCALE_SMALL},
        {"MENENGAH", BUSINESS_SCALE_MEDIUM}, {"MEDIUM", BUSINESS_SCALE_MEDIUM},
        {"BESAR", BUSINESS_SCALE_LARGE},     {"LARGE", BUSINESS_SCALE_LARGE}};
    return choices;
}

const Choices<BusinessCondition>& ConditionChoices() {
    static const Choices<BusinessCondition> choices{
        {"AKTIF", BUSINESS_CONDITION_ACTIVE},       {"ACTIVE", BUSINESS_CONDITION_ACTIVE},
        {"TERDAMPAK", BUSINESS_CONDITION_AFFECTED}, {"AFFECTED", BUSINESS_CONDITION_AFFECTED},
        {"MATI SURI", BUSINESS_CONDITION_DORMANT},  {"DORMANT", BUSINESS_CONDITION_DORMANT},
        {"TUTUP", BUSINESS_CONDITION_CLOSED},       {"CLOSED", BUSINESS_CONDITION_CLOSED},
        {"PULIH", BUSINESS_CONDITION_RECOVERED},    {"RECOVERED", BUSINESS_CONDITION_RECOVERED}};
    return choices;
}

const Choices<VerificationLevel>& LevelChoices() {
    static const Choices<VerificationLevel> choices{
        {"PERNYATAAN", VERIFICATION_LEVEL_SELF_DECLARED},
        {"SELF-DECLARED", VERIFICATION_LEVEL_SELF_DECLARED},
        {"DOKUMEN", VERIFICATION_LEVEL_DOCUMENT},
        {"DOCUMENT", VERIFICATION_LEVEL_DOCUMENT},
        {"LAPANGAN", VERIFICATION_LEVEL_FIELD},
        {"FIELD", VERIFICATION_LEVEL_FIELD}};
    return choices;
}

const Choices<SalesChannel>& ChannelChoices() {
    static const Choices<SalesChannel> choices{
        {"TETAP", SALES_CHANNEL_FIXED_PLACE}, {"FIXED", SALES_CHANNEL_FIXED_PLACE},
        {"KELILING", SALES_CHANNEL_MOBILE},   {"MOBILE", SALES_CHANNEL_MOBILE},
        {"DARING", SALES_CHANNEL_ONLINE},     {"ONLINE", SALES_CHANNEL_ONLINE}};
    return choices;
}

const Choices<ConditionReason>& ReasonChoices() {
    static const Choices<ConditionReason> choices{{"PRODUKTIVITAS", CONDITION_REASON_PRODUCTIVITY},
                                                  {"PRODUCTIVITY", CONDITION_REASON_PRODUCTIVITY},
                                                  {"TEKNOLOGI", CONDITION_REASON_TECHNOLOGY},
                                                  {"TECHNOLOGY", CONDITION_REASON_TECHNOLOGY},
                                                  {"MODAL", CONDITION_REASON_CAPITAL},
                                                  {"CAPITAL", CONDITION_REASON_CAPITAL},
                                                  {"PASAR", CONDITION_REASON_MARKET},
                                                  {"MARKET", CONDITION_REASON_MARKET}};
    return choices;
}

const Choices<DisclosurePurpose>& PurposeChoices() {
    static const Choices<DisclosurePurpose> choices{
        {"SURVEI", DISCLOSURE_PURPOSE_SURVEY},
        {"PEMBAYARAN", DISCLOSURE_PURPOSE_PAYMENT},
        {"KOREKSI", DISCLOSURE_PURPOSE_CORRECTION},
        {"HUKUM", DISCLOSURE_PURPOSE_LEGAL_OBLIGATION},
        {"PEMILIK DATA", DISCLOSURE_PURPOSE_SUBJECT_REQUEST},
        {"SURVEY", DISCLOSURE_PURPOSE_SURVEY},
        {"PAYMENT", DISCLOSURE_PURPOSE_PAYMENT},
        {"CORRECTION", DISCLOSURE_PURPOSE_CORRECTION},
        {"LEGAL", DISCLOSURE_PURPOSE_LEGAL_OBLIGATION},
        {"SUBJECT", DISCLOSURE_PURPOSE_SUBJECT_REQUEST}};
    return choices;
}

const Choices<OwnerField>& OwnerFieldChoices() {
    static const Choices<OwnerField> choices{
        {"NIK", OWNER_FIELD_NIK},       {"NAMA", OWNER_FIELD_NAME},
        {"TELEPON", OWNER_FIELD_PHONE}, {"ALAMAT", OWNER_FIELD_IDENTITY_CARD_ADDRESS},
        {"NPWP", OWNER_FIELD_NPWP},     {"NAME", OWNER_FIELD_NAME},
        {"PHONE", OWNER_FIELD_PHONE},   {"ADDRESS", OWNER_FIELD_IDENTITY_CARD_ADDRESS},
        {"KK", OWNER_FIELD_KK},         {"TANGGAL LAHIR", OWNER_FIELD_BIRTH_DATE},
        {"SEX", OWNER_FIELD_SEX},       {"JENIS KELAMIN", OWNER_FIELD_SEX},
        {"EMAIL", OWNER_FIELD_EMAIL},   {"DISABILITAS", OWNER_FIELD_DISABILITY},
        {"SUREL", OWNER_FIELD_EMAIL},   {"PEKERJAAN", OWNER_FIELD_OCCUPATION}};
    return choices;
}

const Choices<CooperativeAffiliation>& AffiliationChoices() {
    static const Choices<CooperativeAffiliation> choices{
        {"TIDAK ADA", COOPERATIVE_AFFILIATION_NONE},
        {"MASJID", COOPERATIVE_AFFILIATION_MOSQUE},
        {"PESANTREN", COOPERATIVE_AFFILIATION_PESANTREN},
        {"NONE", COOPERATIVE_AFFILIATION_NONE},
        {"MOSQUE", COOPERATIVE_AFFILIATION_MOSQUE}};
    return choices;
}

const Choices<Legality>& LegalityChoices() {
    static const Choices<Legality> choices{{"NIB", LEGALITY_NIB},
                                           {"NPWP", LEGALITY_NPWP},
                                           {"PIRT", LEGALITY_PIRT},
                                           {"HALAL", LEGALITY_HALAL},
                                           {"BPOM", LEGALITY_BPOM},
                                           {"SKU", LEGALITY_BUSINESS_CERTIFICATE},
                                           {"TDU", LEGALITY_TDU},
                                           {"AKTA", LEGALITY_DEED},
                                           {"DEED", LEGALITY_DEED},
                                           {"BADAN HUKUM", LEGALITY_LEGAL_ENTITY},
                                           {"LEGAL ENTITY", LEGALITY_LEGAL_ENTITY}};
    return choices;
}

const Choices<SubjectRequestRefusal>& RefusalChoices() {
    static const Choices<SubjectRequestRefusal> choices{
        {"HUKUM", SUBJECT_REQUEST_REFUSAL_LEGAL_PROCESS},
        {"IDENTITAS", SUBJECT_REQUEST_REFUSAL_IDENTITY_NOT_SHOWN},
        {"DICABUT", SUBJECT_REQUEST_REFUSAL_WITHDRAWN},
        {"LEGAL", SUBJECT_REQUEST_REFUSAL_LEGAL_PROCESS},
        {"IDENTITY", SUBJECT_REQUEST_REFUSAL_IDENTITY_NOT_SHOWN},
        {"WITHDRAWN", SUBJECT_REQUEST_REFUSAL_WITHDRAWN}};
    return choices;
}

const Choices<DuplicateState>& DuplicateStateChoices() {
    static const Choices<DuplicateState> choices{{"TERBUKA", DUPLICATE_STATE_OPEN},
                                                 {"GANDA", DUPLICATE_STATE_CONFIRMED},
                                                 {"BUKAN GANDA", DUPLICATE_STATE_REJECTED},
                                                 {"DIGABUNGKAN", DUPLICATE_STATE_MERGED},
                                                 {"OPEN", DUPLICATE_STATE_OPEN},
                                                 {"CONFIRMED", DUPLICATE_STATE_CONFIRMED},
                                                 {"REJECTED", DUPLICATE_STATE_REJECTED},
                                                 {"MERGED", DUPLICATE_STATE_MERGED}};
    return choices;
}

}  // namespace bangkit::cli
