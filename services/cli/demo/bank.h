#pragma once

#include <string>
#include <string_view>

namespace bangkit::cli {

/// A bank that pays everything: its answers (CSV) to a file of credit transfers (pain.001) of ours.
std::string AnswersOfBank(std::string_view file);

}  // namespace bangkit::cli
