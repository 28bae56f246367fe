#include "services/cli/need_words.h"

namespace bangkit::cli {

using namespace common::v1;
using namespace registration::v1;

std::string_view WordFor(NeedTopic topic) {
    switch (topic) {
        case NEED_TOPIC_TRAINING_GROUP_MANAGEMENT: return "PELATIHAN KELOMPOK";
        case NEED_TOPIC_TRAINING_FINANCE: return "PELATIHAN KEUANGAN";
        case NEED_TOPIC_TRAINING_PRODUCT_QUALITY: return "PELATIHAN MUTU";
        case NEED_TOPIC_TRAINING_DIGITAL_MARKETING: return "PELATIHAN DIGITAL";
        case NEED_TOPIC_TRAINING_PRODUCTION: return "PELATIHAN PRODUKSI";
        case NEED_TOPIC_MENTORING: return "PENDAMPINGAN";
        case NEED_TOPIC_CAPITAL: return "MODAL";
        case NEED_TOPIC_EQUIPMENT: return "PERALATAN";
        case NEED_TOPIC_RAW_MATERIAL: return "BAHAN BAKU";
        case NEED_TOPIC_MARKET: return "PASAR";
        case NEED_TOPIC_LEGALITY: return "LEGALITAS";
        case NEED_TOPIC_CONNECTIVITY: return "JARINGAN";
        case NEED_TOPIC_OTHER: return "LAINNYA";
        default: return "?";
    }
}

std::string_view WordFor(NeedStatus status) {
    switch (status) {
        case NEED_STATUS_RECEIVED: return "DITERIMA";
        case NEED_STATUS_VERIFIED: return "DIVERIFIKASI";
        case NEED_STATUS_ACCOMMODATED: return "DIAKOMODIR";
        case NEED_STATUS_DECLINED: return "DITOLAK";
        default: return "?";
    }
}

std::string_view WordFor(NeedSource source) {
    switch (source) {
        case NEED_SOURCE_OWNER: return "PEMILIK";
        case NEED_SOURCE_GROUP: return "KELOMPOK";
        case NEED_SOURCE_CONSTITUENCY_MEETING: return "RESES";
        default: return "?";
    }
}

const Choices<NeedTopic>& NeedTopicChoices() {
    static const Choices<NeedTopic> choices = [] {
        Choices<NeedTopic> made;
        for (int i = NeedTopic_MIN + 1; i <= NeedTopic_MAX; ++i) {
            made.emplace(WordFor(static_cast<NeedTopic>(i)), static_cast<NeedTopic>(i));
        }
        return made;
    }();
    return choices;
}

const Choices<NeedStatus>& NeedStatusChoices() {
    static const Choices<NeedStatus> choices{{"DITERIMA", NEED_STATUS_RECEIVED},
                                             {"DIVERIFIKASI", NEED_STATUS_VERIFIED},
                                             {"DIAKOMODIR", NEED_STATUS_ACCOMMODATED},
                                             {"DITOLAK", NEED_STATUS_DECLINED}};
    return choices;
}

const Choices<NeedDeclineReason>& DeclineReasonChoices() {
    static const Choices<NeedDeclineReason> choices{
        {"KEWENANGAN", NEED_DECLINE_REASON_OTHER_AUTHORITY},
        {"RENCANA", NEED_DECLINE_REASON_NOT_IN_PLAN},
        {"ANGGARAN", NEED_DECLINE_REASON_NO_BUDGET},
        {"TERLAYANI", NEED_DECLINE_REASON_ALREADY_SERVED},
        {"TIDAK TERBUKTI", NEED_DECLINE_REASON_NOT_CONFIRMED},
        {"GANDA", NEED_DECLINE_REASON_STATED_TWICE},
        {"DICABUT", NEED_DECLINE_REASON_WITHDRAWN}};
    return choices;
}

}  // namespace bangkit::cli
