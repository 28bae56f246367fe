#pragma once

#include <string>
#include <string_view>

#include "bangkit/aid/v1/application.pb.h"
#include "bangkit/aid/v1/ledger.pb.h"
#include "bangkit/aid/v1/payment.pb.h"
#include "bangkit/aid/v1/program.pb.h"
#include "bangkit/aid/v1/program_service.pb.h"
#include "bangkit/common/v1/aid.pb.h"
#include "services/cli/words.h"

namespace bangkit::cli {

// The Indonesian words of aid.

std::string_view WordFor(common::v1::AidInstrument instrument);
std::string_view WordFor(common::v1::ProgramState state);
std::string_view WordFor(aid::v1::ApplicationState state);
std::string_view WordFor(aid::v1::DocumentKind kind);
std::string_view WordFor(aid::v1::ReturnReason reason);
std::string_view WordFor(aid::v1::RejectionReason reason);
std::string_view WordFor(aid::v1::PostingKind kind);
std::string_view WordFor(aid::v1::Account account);
std::string_view WordFor(aid::v1::PaymentBatchState state);
std::string_view WordFor(aid::v1::PaymentState state);

/// What an agency looks at before it uses a template, for no source confirms it; empty: nothing.
std::string ParametersOf(const aid::v1::ProgramTemplate& made);

const Choices<common::v1::ProgramState>& ProgramStateChoices();
const Choices<aid::v1::ApproverRole>& ApproverRoleChoices();
const Choices<aid::v1::ApplicationState>& ApplicationStateChoices();
const Choices<aid::v1::DocumentKind>& DocumentKindChoices();
const Choices<aid::v1::ReturnReason>& ReturnReasonChoices();
const Choices<aid::v1::RejectionReason>& RejectionReasonChoices();
const Choices<aid::v1::PaymentState>& PaymentStateChoices();

}  // namespace bangkit::cli
