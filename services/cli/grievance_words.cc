#include "services/cli/instrument_words.h"

namespace bangkit::cli {

using namespace aid::v1;

std::string_view WordFor(NominationScheme scheme) {
    switch (scheme) {
        case NOMINATION_SCHEME_BPUM_2020: return "BPUM 2020";
        case NOMINATION_SCHEME_BPUM_2021: return "BPUM 2021";
        case NOMINATION_SCHEME_PRAKERJA: return "PRAKERJA";
        default: return "?";
    }
}

std::string_view WordFor(NominationBatchState state) {
    switch (state) {
        case NOMINATION_BATCH_STATE_COLLECTING: return "DIKUMPULKAN";
        case NOMINATION_BATCH_STATE_SENT: return "DIKIRIM";
        default: return "?";
    }
}

std::string_view WordFor(NomineeState state) {
    switch (state) {
        case NOMINEE_STATE_NOMINATED: return "DIUSULKAN";
        case NOMINEE_STATE_VALID: return "VALID";
        case NOMINEE_STATE_RETURNED: return "DIKEMBALIKAN";
        case NOMINEE_STATE_CORRECTED: return "DIPERBAIKI";
        case NOMINEE_STATE_DETERMINED: return "DITETAPKAN";
        case NOMINEE_STATE_PAID: return "DISALURKAN";
        case NOMINEE_STATE_CLAIMED: return "DICAIRKAN";
        case NOMINEE_STATE_GIVEN_BACK: return "KEMBALI KE KAS";
        case NOMINEE_STATE_REJECTED: return "DITOLAK";
        case NOMINEE_STATE_WITHDRAWN: return "DICABUT";
        default: return "?";
    }
}

std::string_view WordFor(ConcernedService service) {
    switch (service) {
        case CONCERNED_SERVICE_REGISTRATION: return "PENDATAAN";
        case CONCERNED_SERVICE_AID: return "BANTUAN";
        case CONCERNED_SERVICE_TRAINING: return "PELATIHAN";
        case CONCERNED_SERVICE_MARKETPLACE: return "PASAR";
        case CONCERNED_SERVICE_OTHER: return "LAINNYA";
        default: return "?";
    }
}

std::string_view WordFor(GrievanceTopic topic) {
    switch (topic) {
        case GRIEVANCE_TOPIC_SLOW: return "LAMBAT";
        case GRIEVANCE_TOPIC_DECISION: return "KEPUTUSAN";
        case GRIEVANCE_TOPIC_AMOUNT: return "JUMLAH";
        case GRIEVANCE_TOPIC_DATA: return "DATA";
        case GRIEVANCE_TOPIC_CONDUCT: return "PERILAKU";
        case GRIEVANCE_TOPIC_EXTORTION: return "PUNGLI";
        case GRIEVANCE_TOPIC_QUALITY: return "MUTU";
        case GRIEVANCE_TOPIC_INFORMATION: return "INFORMASI";
        case GRIEVANCE_TOPIC_PROPOSAL: return "ASPIRASI";
        case GRIEVANCE_TOPIC_OTHER: return "LAINNYA";
        default: return "?";
    }
}

std::string_view WordFor(GrievanceChannel channel) {
    switch (channel) {
        case GRIEVANCE_CHANNEL_WEB: return "WEB";
        case GRIEVANCE_CHANNEL_COUNTER: return "LOKET";
        case GRIEVANCE_CHANNEL_LETTER: return "SURAT";
        case GRIEVANCE_CHANNEL_PHONE: return "TELEPON";
        case GRIEVANCE_CHANNEL_MESSENGER: return "PESAN";
        case GRIEVANCE_CHANNEL_LAPOR: return "LAPOR";
        case GRIEVANCE_CHANNEL_MEETING: return "PERTEMUAN";
        default: return "?";
    }
}

std::string_view WordFor(GrievanceClass grievance_class) {
    switch (grievance_class) {
        case GRIEVANCE_CLASS_LIGHT: return "RINGAN";
        case GRIEVANCE_CLASS_DESK: return "TANPA PEMERIKSAAN";
        case GRIEVANCE_CLASS_INSPECTION: return "PEMERIKSAAN LAPANGAN";
        default: return "?";
    }
}

std::string_view WordFor(GrievanceState state) {
    switch (state) {
        case GRIEVANCE_STATE_FILED: return "MASUK";
        case GRIEVANCE_STATE_ACCEPTED: return "TINDAK LANJUT";
        case GRIEVANCE_STATE_ANSWERED: return "TANGGAPAN";
        case GRIEVANCE_STATE_RESOLVED: return "SELESAI";
        case GRIEVANCE_STATE_ARCHIVED: return "DIARSIPKAN";
        case GRIEVANCE_STATE_FORWARDED: return "DILIMPAHKAN";
        default: return "?";
    }
}

std::string_view WordFor(GrievanceLevel level) {
    switch (level) {
        case GRIEVANCE_LEVEL_CITY: return "KAB/KOTA";
        case GRIEVANCE_LEVEL_PROVINCE: return "PROVINSI";
        default: return "?";
    }
}

std::string_view WordFor(GrievanceMessageKind kind) {
    switch (kind) {
        case GRIEVANCE_MESSAGE_KIND_FIRST_ANSWER: return "TANGGAPAN AWAL";
        case GRIEVANCE_MESSAGE_KIND_ANSWER: return "TANGGAPAN";
        case GRIEVANCE_MESSAGE_KIND_REPLY: return "BALASAN PELAPOR";
        case GRIEVANCE_MESSAGE_KIND_CLOSING: return "PENUTUPAN";
        default: return "?";
    }
}

std::string_view WordFor(ClosingReason reason) {
    switch (reason) {
        case CLOSING_REASON_UNCLEAR: return "TIDAK JELAS";
        case CLOSING_REASON_FILED_TWICE: return "GANDA";
        case CLOSING_REASON_OTHER_AUTHORITY: return "WEWENANG LAIN";
        case CLOSING_REASON_WITHDRAWN: return "DICABUT";
        case CLOSING_REASON_CONFIRMED: return "DITERIMA PELAPOR";
        case CLOSING_REASON_SILENCE: return "TANPA BALASAN";
        default: return "?";
    }
}

const Choices<NominationScheme>& NominationSchemeChoices() {
    static const auto choices = AllWords<NominationScheme>(NominationScheme_MAX, WordFor);
    return choices;
}

const Choices<NomineeState>& NomineeStateChoices() {
    static const auto choices = AllWords<NomineeState>(NomineeState_MAX, WordFor);
    return choices;
}

const Choices<ConcernedService>& ConcernedServiceChoices() {
    static const auto choices = AllWords<ConcernedService>(ConcernedService_MAX, WordFor);
    return choices;
}

const Choices<GrievanceTopic>& GrievanceTopicChoices() {
    static const auto choices = AllWords<GrievanceTopic>(GrievanceTopic_MAX, WordFor);
    return choices;
}

const Choices<GrievanceChannel>& GrievanceChannelChoices() {
    static const auto choices = AllWords<GrievanceChannel>(GrievanceChannel_MAX, WordFor);
    return choices;
}

const Choices<GrievanceClass>& GrievanceClassChoices() {
    static const auto choices = AllWords<GrievanceClass>(GrievanceClass_MAX, WordFor);
    return choices;
}

const Choices<GrievanceState>& GrievanceStateChoices() {
    static const auto choices = AllWords<GrievanceState>(GrievanceState_MAX, WordFor);
    return choices;
}

const Choices<ClosingReason>& ClosingReasonChoices() {
    static const auto choices = AllWords<ClosingReason>(ClosingReason_MAX, WordFor);
    return choices;
}

}  // namespace bangkit::cli
