#pragma once

#include <string>
#include <string_view>

#include "services/aid/domain/loan/loan.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid::v1 {
class Loan;
}  // namespace bangkit::aid::v1

namespace bangkit::aid {

inline constexpr std::string_view kLoanAggregate = "loan";

void Fill(v1::Loan& out, const Loan& loan);

// Answers: serialized response messages, stored with the request and sent as they are.
std::string AnswerTo(const GrantLoan& command, const Loan& loan);
std::string AnswerTo(const RecordInstalment& command, const Loan& loan);
std::string AnswerTo(const DeclareDefault& command, const Loan& loan);
/// What came of a line of a file: not stored, for it has no request id.
std::string ToResult(const Loan& loan, bool is_changed);

/// `loan`: as the event left it.
PublicEvent ToPublic(const Loan& loan, const LoanEvent& event);

}  // namespace bangkit::aid
