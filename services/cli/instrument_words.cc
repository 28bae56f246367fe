#include "services/cli/instrument_words.h"

namespace bangkit::cli {

using namespace aid::v1;

std::string_view WordFor(GoodsKind kind) {
    switch (kind) {
        case GOODS_KIND_TEXTILE: return "TEKSTIL";
        case GOODS_KIND_FOOD: return "PANGAN";
        case GOODS_KIND_PACKAGING: return "KEMASAN";
        case GOODS_KIND_TOOL: return "PERALATAN";
        case GOODS_KIND_HYGIENE: return "KEBERSIHAN";
        case GOODS_KIND_OTHER: return "LAINNYA";
        default: return "?";
    }
}

std::string_view WordFor(GoodsUnit unit) {
    switch (unit) {
        case GOODS_UNIT_PIECE: return "BUAH";
        case GOODS_UNIT_METRE: return "METER";
        case GOODS_UNIT_KILOGRAM: return "KILOGRAM";
        case GOODS_UNIT_LITRE: return "LITER";
        case GOODS_UNIT_PACKAGE: return "PAKET";
        case GOODS_UNIT_SET: return "SET";
        default: return "?";
    }
}

std::string_view WordFor(StockPostingKind kind) {
    switch (kind) {
        case STOCK_POSTING_KIND_RECEIPT: return "PENERIMAAN";
        case STOCK_POSTING_KIND_CORRECTION: return "KOREKSI";
        case STOCK_POSTING_KIND_RESERVATION: return "PENCADANGAN";
        case STOCK_POSTING_KIND_RELEASE: return "PELEPASAN";
        case STOCK_POSTING_KIND_HANDOVER: return "PENYERAHAN";
        case STOCK_POSTING_KIND_RETURN: return "PENGEMBALIAN";
        default: return "?";
    }
}

std::string_view WordFor(VisitState state) {
    switch (state) {
        case VISIT_STATE_PLANNED: return "DIRENCANAKAN";
        case VISIT_STATE_VISITED: return "DIKUNJUNGI";
        case VISIT_STATE_CANCELLED: return "DIBATALKAN";
        default: return "?";
    }
}

std::string_view WordFor(VisitOutcome outcome) {
    switch (outcome) {
        case VISIT_OUTCOME_AS_INTENDED: return "SESUAI";
        case VISIT_OUTCOME_PARTLY: return "SEBAGIAN";
        case VISIT_OUTCOME_NOT_USED: return "TIDAK DIPAKAI";
        case VISIT_OUTCOME_MISUSED: return "DISALAHGUNAKAN";
        case VISIT_OUTCOME_NOBODY_MET: return "TIDAK BERTEMU";
        default: return "?";
    }
}

std::string_view WordFor(RefundState state) {
    switch (state) {
        case REFUND_STATE_OPEN: return "TERBUKA";
        case REFUND_STATE_REPAID: return "LUNAS";
        case REFUND_STATE_DROPPED: return "DIHAPUS";
        default: return "?";
    }
}

std::string_view WordFor(RefundReason reason) {
    switch (reason) {
        case REFUND_REASON_MISUSED: return "DISALAHGUNAKAN";
        case REFUND_REASON_NOT_USED: return "TIDAK DIPAKAI";
        case REFUND_REASON_NOT_ELIGIBLE: return "TIDAK MEMENUHI SYARAT";
        case REFUND_REASON_OFFERED: return "DIKEMBALIKAN SENDIRI";
        case REFUND_REASON_OTHER: return "LAINNYA";
        default: return "?";
    }
}

std::string_view WordFor(LoanState state) {
    switch (state) {
        case LOAN_STATE_RUNNING: return "BERJALAN";
        case LOAN_STATE_REPAID: return "LUNAS";
        case LOAN_STATE_DEFAULTED: return "MACET";
        default: return "?";
    }
}

std::string_view WordFor(PartnerKind kind) {
    switch (kind) {
        case PARTNER_KIND_BANK: return "BANK";
        case PARTNER_KIND_LPDB: return "LPDB";
        case PARTNER_KIND_FINANCE_COMPANY: return "PERUSAHAAN PEMBIAYAAN";
        default: return "?";
    }
}

std::string_view WordFor(ReferralState state) {
    switch (state) {
        case REFERRAL_STATE_SENT: return "DIKIRIM";
        case REFERRAL_STATE_GRANTED: return "DISETUJUI";
        case REFERRAL_STATE_REFUSED: return "DITOLAK";
        case REFERRAL_STATE_ENDED: return "DIAKHIRI";
        default: return "?";
    }
}

std::string_view WordFor(RestructuringForm form) {
    switch (form) {
        case RESTRUCTURING_FORM_RATE_CUT: return "PENURUNAN BUNGA";
        case RESTRUCTURING_FORM_TENOR_EXTENSION: return "PERPANJANGAN WAKTU";
        case RESTRUCTURING_FORM_PRINCIPAL_ARREARS_REDUCTION: return "PENGURANGAN TUNGGAKAN POKOK";
        case RESTRUCTURING_FORM_INTEREST_ARREARS_REDUCTION: return "PENGURANGAN TUNGGAKAN BUNGA";
        case RESTRUCTURING_FORM_ADDITIONAL_FACILITY: return "PENAMBAHAN FASILITAS";
        case RESTRUCTURING_FORM_EQUITY_CONVERSION: return "PENYERTAAN MODAL SEMENTARA";
        default: return "?";
    }
}

std::string_view WordFor(RefusalReason reason) {
    switch (reason) {
        case REFUSAL_REASON_OTHER_LOANS: return "KREDIT LAIN";
        case REFUSAL_REASON_CREDIT_RECORD: return "SLIK";
        case REFUSAL_REASON_NO_CAPACITY: return "TIDAK MAMPU BAYAR";
        case REFUSAL_REASON_DOCUMENTS: return "DOKUMEN";
        case REFUSAL_REASON_NOT_ELIGIBLE: return "TIDAK MEMENUHI SYARAT";
        case REFUSAL_REASON_NO_LOAN: return "TIDAK PUNYA KREDIT";
        case REFUSAL_REASON_FUNDS_EXHAUSTED: return "DANA HABIS";
        case REFUSAL_REASON_OTHER: return "LAINNYA";
        default: return "?";
    }
}

const Choices<GoodsKind>& GoodsKindChoices() {
    static const auto choices = AllWords<GoodsKind>(GoodsKind_MAX, WordFor);
    return choices;
}

const Choices<GoodsUnit>& GoodsUnitChoices() {
    static const auto choices = AllWords<GoodsUnit>(GoodsUnit_MAX, WordFor);
    return choices;
}

const Choices<VisitState>& VisitStateChoices() {
    static const auto choices = AllWords<VisitState>(VisitState_MAX, WordFor);
    return choices;
}

const Choices<VisitOutcome>& VisitOutcomeChoices() {
    static const auto choices = AllWords<VisitOutcome>(VisitOutcome_MAX, WordFor);
    return choices;
}

const Choices<RefundState>& RefundStateChoices() {
    static const auto choices = AllWords<RefundState>(RefundState_MAX, WordFor);
    return choices;
}

const Choices<RefundReason>& RefundReasonChoices() {
    static const auto choices = AllWords<RefundReason>(RefundReason_MAX, WordFor);
    return choices;
}

const Choices<LoanState>& LoanStateChoices() {
    static const auto choices = AllWords<LoanState>(LoanState_MAX, WordFor);
    return choices;
}

const Choices<PartnerKind>& PartnerKindChoices() {
    static const auto choices = AllWords<PartnerKind>(PartnerKind_MAX, WordFor);
    return choices;
}

const Choices<ReferralState>& ReferralStateChoices() {
    static const auto choices = AllWords<ReferralState>(ReferralState_MAX, WordFor);
    return choices;
}

const Choices<RestructuringForm>& RestructuringFormChoices() {
    static const auto choices = AllWords<RestructuringForm>(RestructuringForm_MAX, WordFor);
    return choices;
}

const Choices<RefusalReason>& RefusalReasonChoices() {
    static const auto choices = AllWords<RefusalReason>(RefusalReason_MAX, WordFor);
    return choices;
}

}  // namespace bangkit::cli
