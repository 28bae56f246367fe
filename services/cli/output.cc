#include "services/cli/output.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <ostream>
#include <stdexcept>

#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

/// Characters, not bytes: what follows a first byte in UTF-8 has the form 10xxxxxx.
std::size_t WidthOf(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message) {
    google::protobuf::util::JsonPrintOptions options;
    options.always_print_primitive_fields = true;
    std::string json;
    const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
    if (!status.ok()) throw std::runtime_error("an answer cannot be written as JSON");
    return json;
}

void FromJson(std::string_view json, google::protobuf::Message& message) {
    const auto status =
        google::protobuf::util::JsonStringToMessage({json.data(), json.size()}, &message);
    // Its own message may quote the value of a field.
    if (!status.ok()) throw UsageError("not the JSON of a " + message.GetDescriptor()->full_name());
}

void Table::Print(std::ostream& out, std::string_view indent) const {
    std::vector<std::size_t> widths(columns_.size(), 0);
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], WidthOf(row[i]));
        }
    }
    for (const auto& row : rows_) {
        std::string line(indent);
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(widths[i] - WidthOf(row[i]), ' ');
            line += i == 0 ? "" : "  ";
            line += columns_[i] == kRight ? padding + row[i] : row[i] + padding;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out << line << '\n';
    }
}

}  // namespace bangkit::cli
