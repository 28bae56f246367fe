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
        {"PHONE", OWNER_FIELD_PHONE},   {"ADDRESS", OWNER_FIELD_IDENTITY_CARD_ADDRESS}};
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

}  // namespace bangkit::cli
