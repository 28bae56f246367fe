#pragma once

#include <string>
#include <vector>

#include "services/aid/domain/program/program.h"

namespace bangkit::aid {

/// Terms that are ready to be used: programmes as they were, for those who make the next one. The
/// agency sets region, period, year and approval bands, and looks at what is marked as a parameter:
/// no source confirms it.
struct ProgramTemplate {
    ProgramTerms terms;
    std::string source = {};  // The regulation that it follows.
    bool is_amount_a_parameter = false;
    bool are_documents_parameters = false;
    bool are_exclusions_parameters = false;
};

std::vector<ProgramTemplate> ProgramTemplates();

}  // namespace bangkit::aid
