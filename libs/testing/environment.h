#pragma once

#include <string>

namespace bangkit::testing {

/// The address of a server that tests/run has started for the tests; std::runtime_error if it has
/// not.
std::string RequiredVariable(const char* name);

/// A name that nobody else has, for a database or a topic: "test_" and hexadecimal digits.
std::string NewName();

}  // namespace bangkit::testing
