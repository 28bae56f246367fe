#include "services/cli/aid_words.h"

namespace bangkit::cli {

using namespace aid::v1;
using namespace common::v1;

std::string_view WordFor(AidInstrument instrument) {
    switch (instrument) {
        case AID_INSTRUMENT_CASH_GRANT: return "HIBAH";
        case AID_INSTRUMENT_IN_KIND: return "BARANG";
        case AID_INSTRUMENT_INTEREST_FREE_LOAN: return "PINJAMAN TANPA BUNGA";
        case AID_INSTRUMENT_RESTRUCTURING_REFERRAL: return "RESTRUKTURISASI";
        case AID_INSTRUMENT_PAYMENT_HOLIDAY_REFERRAL: return "PENUNDAAN ANGSURAN";
        case AID_INSTRUMENT_EXTERNAL_NOMINATION: return "USULAN";
        case AID_INSTRUMENT_AWARD_LOAN: return "PINJAMAN PENGHARGAAN";
        default: return "?";
    }
}

std::string_view WordFor(ProgramState state) {
    switch (state) {
        case PROGRAM_STATE_DRAFT: return "RANCANGAN";
        case PROGRAM_STATE_OPEN: return "DIBUKA";
        case PROGRAM_STATE_PAUSED: return "DIJEDA";
        case PROGRAM_STATE_CLOSED: return "DITUTUP";
        case PROGRAM_STATE_SETTLED: return "SELESAI";
        default: return "?";
    }
}

std::string_view WordFor(ApplicationState state) {
    switch (state) {
        case APPLICATION_STATE_DRAFT: return "RANCANGAN";
        case APPLICATION_STATE_SUBMITTED: return "DIAJUKAN";
        case APPLICATION_STATE_DOCUMENTS_CHECKED: return "DIPERIKSA";
        case APPLICATION_STATE_SURVEYED: return "DISURVEI";
        case APPLICATION_STATE_APPROVED: return "DISETUJUI";
        case APPLICATION_STATE_SCHEDULED: return "DIJADWALKAN";
        case APPLICATION_STATE_DISBURSED: return "DISALURKAN";
        case APPLICATION_STATE_SUPERVISED: return "DIAWASI";
        case APPLICATION_STATE_CLOSED: return "SELESAI";
        case APPLICATION_STATE_RETURNED: return "DIKEMBALIKAN";
        case APPLICATION_STATE_REJECTED: return "DITOLAK";
        case APPLICATION_STATE_WITHDRAWN: return "DICABUT";
        case APPLICATION_STATE_CANCELLED: return "DIBATALKAN";
        case APPLICATION_STATE_REFUNDED: return "DISETOR KEMBALI";
        default: return "?";
    }
}

std::string_view WordFor(DocumentKind kind) {
    switch (kind) {
        case DOCUMENT_KIND_IDENTITY_CARD: return "KTP";
        case DOCUMENT_KIND_FAMILY_CARD: return "KK";
        case DOCUMENT_KIND_BUSINESS_PHOTO: return "FOTO USAHA";
        case DOCUMENT_KIND_STAMPED_STATEMENT: return "SURAT PERNYATAAN";
        case DOCUMENT_KIND_BUSINESS_PERMIT: return "IZIN USAHA";
        case DOCUMENT_KIND_PROPOSAL: return "PROPOSAL";
        case DOCUMENT_KIND_BANK_ACCOUNT: return "REKENING";
        case DOCUMENT_KIND_CERTIFICATE: return "SERTIFIKAT";
        case DOCUMENT_KIND_DEED: return "AKTA";
        case DOCUMENT_KIND_SURVEY_PHOTO: return "FOTO SURVEI";
        case DOCUMENT_KIND_HANDOVER_PHOTO: return "FOTO PENYERAHAN";
        case DOCUMENT_KIND_VISIT_PHOTO: return "FOTO KUNJUNGAN";
        case DOCUMENT_KIND_PROOF_OF_USE: return "BUKTI PEMAKAIAN";
        default: return "?";
    }
}

std::string_view WordFor(ReturnReason reason) {
    switch (reason) {
        case RETURN_REASON_MISSING: return "TIDAK ADA";
        case RETURN_REASON_UNREADABLE: return "TIDAK TERBACA";
        case RETURN_REASON_EXPIRED: return "KEDALUWARSA";
        case RETURN_REASON_DIFFERS: return "TIDAK COCOK";
        case RETURN_REASON_NOT_SIGNED: return "TIDAK DITANDATANGANI";
        default: return "?";
    }
}

std::string_view WordFor(RejectionReason reason) {
    switch (reason) {
        case REJECTION_REASON_NIK_MISMATCH: return "NIK TIDAK PADAN";
        case REJECTION_REASON_BANK_CREDIT: return "KREDIT AKTIF";
        case REJECTION_REASON_KUR: return "KUR AKTIF";
        case REJECTION_REASON_NOT_MICRO: return "BUKAN USAHA MIKRO";
        case REJECTION_REASON_DECEASED: return "MENINGGAL";
        case REJECTION_REASON_TWICE: return "GANDA";
        case REJECTION_REASON_PAID_BY_THE_STATE: return "ASN TNI POLRI";
        case REJECTION_REASON_NOT_ELIGIBLE: return "TIDAK MEMENUHI SYARAT";
        case REJECTION_REASON_SURVEY_NEGATIVE: return "SURVEI NEGATIF";
        case REJECTION_REASON_QUOTA_EXHAUSTED: return "KUOTA HABIS";
        case REJECTION_REASON_NOT_CORRECTED: return "TIDAK DIPERBAIKI";
        case REJECTION_REASON_OTHER: return "LAINNYA";
        default: return "?";
    }
}

std::string_view WordFor(PostingKind kind) {
    switch (kind) {
        case POSTING_KIND_ALLOCATION: return "ALOKASI";
        case POSTING_KIND_REVISION: return "PERUBAHAN";
        case POSTING_KIND_RESERVATION: return "PENCADANGAN";
        case POSTING_KIND_RELEASE: return "PELEPASAN";
        case POSTING_KIND_DISBURSEMENT: return "PENYALURAN";
        case POSTING_KIND_RETURN: return "PENGEMBALIAN";
        case POSTING_KIND_SUBSIDY_RESERVATION: return "PENCADANGAN SUBSIDI";
        case POSTING_KIND_SUBSIDY: return "SUBSIDI BUNGA";
        case POSTING_KIND_SUBSIDY_RELEASE: return "PELEPASAN SUBSIDI";
        default: return "?";
    }
}

std::string_view WordFor(Account account) {
    switch (account) {
        case ACCOUNT_FUNDING: return "SUMBER DANA";
        case ACCOUNT_AVAILABLE: return "TERSEDIA";
        case ACCOUNT_RESERVED: return "DICADANGKAN";
        case ACCOUNT_DISBURSED: return "DISALURKAN";
        case ACCOUNT_RETURNED: return "KEMBALI";
        default: return "?";
    }
}

std::string_view WordFor(PaymentBatchState state) {
    switch (state) {
        case PAYMENT_BATCH_STATE_PROPOSED: return "DIUSULKAN";
        case PAYMENT_BATCH_STATE_RELEASED: return "DIRILIS";
        case PAYMENT_BATCH_STATE_DISSOLVED: return "DIBUBARKAN";
        default: return "?";
    }
}

std::string_view WordFor(PaymentState state) {
    switch (state) {
        case PAYMENT_STATE_WAITING: return "MENUNGGU";
        case PAYMENT_STATE_ACCEPTED: return "DITERIMA BANK";
        case PAYMENT_STATE_PAID: return "DIBAYAR";
        case PAYMENT_STATE_FAILED: return "GAGAL";
        case PAYMENT_STATE_RETURNED: return "KEMBALI";
        default: return "?";
    }
}

std::string ParametersOf(const ProgramTemplate& made) {
    std::string parameters;
    const auto add = [&parameters](const std::string& name) {
        if (!parameters.empty()) parameters += ", ";
        parameters += name;
    };
    if (made.is_amount_a_parameter()) add("jumlah");
    if (made.are_documents_parameters()) add("dokumen");
    if (made.are_exclusions_parameters()) add("bantuan ganda");
    for (const Rule& rule : made.terms().rules().rules()) {
        if (rule.is_parameter()) add(rule.code());
    }
    return parameters;
}

const Choices<ProgramState>& ProgramStateChoices() {
    static const auto choices = AllWords<ProgramState>(ProgramState_MAX, WordFor);
    return choices;
}

const Choices<ApproverRole>& ApproverRoleChoices() {
    static const Choices<ApproverRole> choices{{"DINAS", APPROVER_ROLE_AGENCY},
                                               {"PROVINSI", APPROVER_ROLE_PROVINCE},
                                               {"AGENCY", APPROVER_ROLE_AGENCY},
                                               {"PROVINCE", APPROVER_ROLE_PROVINCE}};
    return choices;
}

const Choices<ApplicationState>& ApplicationStateChoices() {
    static const auto choices = AllWords<ApplicationState>(ApplicationState_MAX, WordFor);
    return choices;
}

const Choices<DocumentKind>& DocumentKindChoices() {
    static const auto choices = AllWords<DocumentKind>(DocumentKind_MAX, WordFor);
    return choices;
}

const Choices<ReturnReason>& ReturnReasonChoices() {
    static const auto choices = AllWords<ReturnReason>(ReturnReason_MAX, WordFor);
    return choices;
}

const Choices<RejectionReason>& RejectionReasonChoices() {
    static const auto choices = AllWords<RejectionReason>(RejectionReason_MAX, WordFor);
    return choices;
}

const Choices<PaymentState>& PaymentStateChoices() {
    static const auto choices = AllWords<PaymentState>(PaymentState_MAX, WordFor);
    return choices;
}

}  // namespace bangkit::cli
