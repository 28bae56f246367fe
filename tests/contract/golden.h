#pragma once

#include <google/protobuf/message.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "libs/kafka/record.h"

namespace bangkit::contract {

// An event as text, for people and for git: key, headers, the payload in hexadecimal, and what the
// payload says as JSON, each on a line of its own.

std::string ToText(const kafka::Record& record);
/// std::runtime_error if it is no such text.
kafka::Record FromText(std::string_view text);
/// The line that says what the payload says, and the text in front of it.
std::string JsonOf(std::string_view text);
std::string WithoutJson(std::string_view text);

/// The events of a folder as they were committed, by the names of their messages.
std::map<std::string, std::string> Committed(const std::filesystem::path& folder);
/// Of the message, without its package.
std::string NameOf(const kafka::Record& record);

/// The payload as the message that the headers name; std::runtime_error if it is not one.
std::unique_ptr<google::protobuf::Message> Decode(const kafka::Record& record);
std::string ToJson(const google::protobuf::Message& message);
/// True if `json` says what the message says, whatever fields the type has got since.
bool SaysTheSame(const google::protobuf::Message& message, const std::string& json);

}  // namespace bangkit::contract
