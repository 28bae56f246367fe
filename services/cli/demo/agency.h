#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bangkit/aid/v1/nomination.pb.h"
#include "libs/base/clock.h"

namespace bangkit::cli {

// An agency to which people are nominated, as a demonstration needs one.

inline constexpr std::string_view kAnswersHeader = "nomor_usulan,status,alasan,nominal\n";

/// Its answers to a list, row by row: of what is sent for the first time, each so many-th is
/// invalid, and all else is valid.
std::string AnswersToList(std::string_view list, std::int64_t invalid_every);

/// One line of its answers.
std::string AnswerLine(const aid::v1::Nominee& nominee, std::string_view status,
                       std::string_view reason);

/// YYYY-MM-DD, by a NIK.
std::string BirthDateOf(const std::string& nik, Date today);

}  // namespace bangkit::cli
