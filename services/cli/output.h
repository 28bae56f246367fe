#pragma once

#include <google/protobuf/message.h>

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace bangkit::cli {

/// Protobuf's JSON on one line: lowerCamelCase, zeros included, 64-bit integers as strings.
std::string ToJson(const google::protobuf::Message& message);

/// Throws UsageError if `json` is no such message.
void FromJson(std::string_view json, google::protobuf::Message& message);

/// A text table without lines: columns as wide as they need, those of numbers to the right.
class Table {
public:
    enum Align { kLeft, kRight };

    explicit Table(std::vector<Align> columns) : columns_(std::move(columns)) {}
    void Add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    /// Each line begins with `indent`.
    void Print(std::ostream& out, std::string_view indent = "") const;

private:
    const std::vector<Align> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace bangkit::cli
