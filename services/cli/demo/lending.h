#pragma once

#include <cstdint>

#include "services/cli/progress.h"
#include "services/cli/session.h"

namespace bangkit::cli {

// Kota Bandar Lampung, December 2021: of 80 who were proposed, 40 went to the bank and 4 passed;
// and there were 300 files of which nothing was heard.
inline constexpr std::int64_t kLoanProposed = 80;
inline constexpr std::int64_t kLoanScreened = 40;
inline constexpr std::int64_t kLoanPassed = 4;
inline constexpr std::int64_t kLoanSilent = 300;

inline constexpr std::int64_t kLoanPrincipal = 25'000'000;
/// At 6 % in ten months: 125,000 and 112,500 for the two months that are over, 687,500 in all.
inline constexpr std::int64_t kLoanSubsidyPaid = kLoanPassed * (125'000 + 112'500);
inline constexpr std::int64_t kLoanSubsidyReserved = kLoanPassed * 687'500 - kLoanSubsidyPaid;

/// The city's loans without interest: from the application over the check of the bank, survey and
/// approval to the contract and the first instalment; and a bank that stays silent, of which the
/// province is told. Through the public interface alone, each step by another person. Goes on where
/// an earlier run ended; once all is done, it changes nothing. In development only.
void LendWithoutInterest(Session& session, ProgressLine& line);

}  // namespace bangkit::cli
