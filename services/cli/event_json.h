#pragma once

#include <string>
#include <string_view>

#include "libs/kafka/record.h"

namespace bangkit::cli {

/// A JSON string with its quotes. Whatever the bytes are, the result is valid JSON on one line.
std::string Quoted(std::string_view text);

/// {"name":"value",...}, in their order; names that occur twice are there twice.
std::string HeadersJson(const kafka::Headers& headers);

/// The event that a payload holds, as JSON; "null" if it is not of the type that the headers name,
/// or cannot be said in JSON.
std::string EventJson(const kafka::Record& record);

}  // namespace bangkit::cli
