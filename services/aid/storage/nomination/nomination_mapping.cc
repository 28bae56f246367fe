#include "services/aid/storage/nomination/nomination_mapping.h"

#include <utility>

#include "bangkit/aid/v1/nomination_events.pb.h"
#include "bangkit/aid/v1/nomination_service.pb.h"
#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

std::string DayOf(const std::optional<Date>& day) {
    return day ? indonesia::FormatDate(*day) : std::string();
}

template <typename Response>
std::string Answer(Response response, const NominationBatch& batch) {
    Fill(*response.mutable_batch(), batch);
    response.set_position(PositionOf(kNominationBatchAggregate, batch.id, batch.version));
    return response.SerializeAsString();
}

void AddReasons(auto& out, const Nominee& nominee) {
    for (const RejectionReason reason : nominee.reasons) {
        out.add_reasons(As<v1::RejectionReason>(reason));
    }
}

/// What a message and an event say alike.
void FillTimes(auto& out, const Nominee& nominee) {
    Fill(*out.mutable_nominated_at(), nominee.nominated_at);
    if (nominee.determined_at) Fill(*out.mutable_determined_at(), *nominee.determined_at);
    if (nominee.paid_at) Fill(*out.mutable_paid_at(), *nominee.paid_at);
    if (nominee.claimed_at) Fill(*out.mutable_claimed_at(), *nominee.claimed_at);
}

void FillStatistics(v1::NominationBatchStatistics& out, const NominationBatch& batch) {
    out.set_program_id(batch.program_id);
    out.set_region_code(batch.region_code);
    out.set_scheme(As<v1::NominationScheme>(batch.scheme));
    out.set_state(As<v1::NominationBatchState>(batch.state));
    out.set_nominees(batch.nominees);
    out.set_correct_until(DayOf(batch.correct_until));
}

void FillStatistics(v1::NomineeStatistics& out, const Nominee& nominee) {
    out.set_program_id(nominee.program_id);
    out.set_application_id(nominee.id);
    out.set_business_id(nominee.business_id);
    out.set_owner_id(nominee.owner_id);
    out.set_region_code(nominee.region_code);
    out.set_batch_id(nominee.batch_id);
    out.set_scheme(As<v1::NominationScheme>(nominee.scheme));
    out.set_state(As<v1::NomineeState>(nominee.state));
    out.set_amount_rupiah(nominee.amount);
    AddReasons(out, nominee);
    FillTimes(out, nominee);
}

template <typename Event>
PublicEvent EventOf(const NominationBatch& batch) {
    Event out;
    out.set_batch_id(batch.id);
    FillStatistics(*out.mutable_statistics(), batch);
    Fill(*out.mutable_occurred_at(), batch.updated_at);
    return {out.GetDescriptor()->full_name(), out.SerializeAsString()};
}

template <typename Event>
PublicEvent EventOf(const Nominee& nominee) {
    Event out;
    out.set_nominee_id(nominee.id);
    FillStatistics(*out.mutable_statistics(), nominee);
    Fill(*out.mutable_occurred_at(), nominee.updated_at);
    return {out.GetDescriptor()->full_name(), out.SerializeAsString()};
}

}  // namespace

void Fill(v1::NominationBatch& out, const NominationBatch& batch) {
    out.set_batch_id(batch.id);
    out.set_version(batch.version);
    out.set_program_id(batch.program_id);
    out.set_region_code(batch.region_code);
    out.set_scheme(As<v1::NominationScheme>(batch.scheme));
    out.set_state(As<v1::NominationBatchState>(batch.state));
    out.set_nominees(batch.nominees);
    out.set_letter(batch.letter);
    out.set_correct_until(DayOf(batch.correct_until));
    out.set_decree(batch.decree);
    out.set_decreed_on(DayOf(batch.decreed_on));
    Fill(*out.mutable_created_at(), batch.created_at);
    if (batch.sent_at) Fill(*out.mutable_sent_at(), *batch.sent_at);
}

void Fill(v1::Nominee& out, const Nominee& nominee) {
    out.set_application_id(nominee.id);
    out.set_version(nominee.version);
    out.set_batch_id(nominee.batch_id);
    out.set_number(nominee.number);
    out.set_state(As<v1::NomineeState>(nominee.state));
    out.set_round(nominee.round);
    AddReasons(out, nominee);
    if (nominee.due_at) Fill(*out.mutable_correct_until(), *nominee.due_at);
    out.set_amount_rupiah(nominee.amount);
    out.set_decree(nominee.decree);
    FillTimes(out, nominee);
    Fill(*out.mutable_updated_at(), nominee.updated_at);
}

void Fill(v1::NomineeRecord& out, const NomineeRecord& record) {
    out.set_nik(record.nik);
    out.set_name(record.name);
    out.set_identity_card_address(record.identity_card_address);
    out.set_line_of_business(record.line_of_business);
    out.set_phone(record.phone);
    out.set_family_card(record.family_card);
    out.set_business_address(record.business_address);
    out.set_permit(record.permit);
    out.set_email(record.email);
}

NomineeRecord ToRecord(const v1::NomineeRecord& message) {
    return {.nik = message.nik(),
            .name = message.name(),
            .identity_card_address = message.identity_card_address(),
            .line_of_business = message.line_of_business(),
            .phone = message.phone(),
            .family_card = message.family_card(),
            .business_address = message.business_address(),
            .permit = message.permit(),
            .email = message.email()};
}

std::string OpenedAnswer(const NominationBatch& batch) {
    return Answer(v1::OpenNominationBatchResponse(), batch);
}
std::string AddedAnswer(const NominationBatch& batch, std::int64_t added,
                        std::int64_t without_record) {
    v1::AddNomineesResponse response;
    response.set_added(added);
    response.set_without_record(without_record);
    return Answer(std::move(response), batch);
}
std::string SentAnswer(const NominationBatch& batch) {
    return Answer(v1::SendNominationBatchResponse(), batch);
}
std::string WindowAnswer(const NominationBatch& batch) {
    return Answer(v1::OpenCorrectionWindowResponse(), batch);
}
std::string DecreeAnswer(const NominationBatch& batch) {
    return Answer(v1::RecordDecreeResponse(), batch);
}
std::string WithdrawnAnswer(const Nominee& nominee) {
    v1::WithdrawNomineeResponse response;
    Fill(*response.mutable_nominee(), nominee);
    response.set_position(PositionOf(kNomineeAggregate, nominee.id, nominee.version));
    return response.SerializeAsString();
}
std::string StatedAnswer(const std::string& application_id, const Nominee* nominee) {
    v1::StateNomineeRecordResponse response;
    response.set_application_id(application_id);
    if (nominee != nullptr) Fill(*response.mutable_nominee(), *nominee);
    return response.SerializeAsString();
}
std::string LineAnswer(const Nominee& nominee, bool is_changed) {
    v1::NominationAnswerResult result;
    Fill(*result.mutable_nominee(), nominee);
    result.set_is_changed(is_changed);
    return result.SerializeAsString();
}

PublicEvent ToPublic(const NominationBatch& after, NominationBatchChange change) {
    switch (change) {
        case NominationBatchChange::kOpened: return EventOf<v1::NominationBatchOpened>(after);
        case NominationBatchChange::kGrown: return EventOf<v1::NomineesAdded>(after);
        case NominationBatchChange::kSent: return EventOf<v1::NominationSent>(after);
        case NominationBatchChange::kWindowOpened:
            return EventOf<v1::CorrectionWindowOpened>(after);
        case NominationBatchChange::kDecreed: return EventOf<v1::NominationDetermined>(after);
    }
    std::unreachable();
}

PublicEvent ToPublic(const Nominee& after) {
    switch (after.state) {
        case NomineeState::kNominated: return EventOf<v1::NomineeNominated>(after);
        case NomineeState::kValid: return EventOf<v1::NomineeValidated>(after);
        case NomineeState::kReturned: return EventOf<v1::NomineeReturned>(after);
        case NomineeState::kCorrected: return EventOf<v1::NomineeCorrected>(after);
        case NomineeState::kDetermined: return EventOf<v1::NomineeDetermined>(after);
        case NomineeState::kPaid: return EventOf<v1::NomineePaid>(after);
        case NomineeState::kClaimed: return EventOf<v1::NomineeClaimed>(after);
        case NomineeState::kGivenBack: return EventOf<v1::NomineeGivenBack>(after);
        case NomineeState::kRejected: return EventOf<v1::NomineeRejected>(after);
        case NomineeState::kWithdrawn: return EventOf<v1::NomineeWithdrawn>(after);
    }
    std::unreachable();
}

}  // namespace bangkit::aid
