#include "tests/contract/golden.h"

#include <google/protobuf/util/json_util.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

namespace bangkit::contract {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

std::string ToHex(std::string_view bytes) {
    std::string hex;
    for (const unsigned char byte : bytes) {
        hex += kHex[byte >> 4];
        hex += kHex[byte & 0xf];
    }
    return hex;
}

std::string FromHex(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const std::size_t high = kHex.find(hex[i]);
        const std::size_t low = i + 1 < hex.size() ? kHex.find(hex[i + 1]) : std::string_view::npos;
        if (high == std::string_view::npos || low == std::string_view::npos) {
            throw std::runtime_error("not hexadecimal");
        }
        bytes += static_cast<char>(high << 4 | low);
    }
    return bytes;
}

/// Calls `on_line(what, rest)` for each line.
template <typename OnLine>
void ReadLines(std::string_view text, const OnLine& on_line) {
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) throw std::runtime_error("the last line has no end");
        const std::string_view line = text.substr(0, end);
        const std::size_t space = line.find(' ');
        if (space == std::string_view::npos) throw std::runtime_error("a line without a space");
        on_line(line.substr(0, space), line.substr(space + 1));
        text.remove_prefix(end + 1);
    }
}

}  // namespace

std::string ToText(const kafka::Record& record) {
    std::string text = "key " + record.key + "\n";
    for (const auto& [name, value] : record.headers) text += "header " + name + " " + value + "\n";
    text += "payload " + ToHex(record.payload) + "\n";
    return text + "json " + ToJson(*Decode(record)) + "\n";
}

kafka::Record FromText(std::string_view text) {
    kafka::Record record;
    ReadLines(text, [&record](std::string_view what, std::string_view rest) {
        if (what == "key") {
            record.key = rest;
        } else if (what == "header") {
            const std::size_t space = rest.find(' ');
            record.headers.emplace_back(rest.substr(0, space), rest.substr(space + 1));
        } else if (what == "payload") {
            record.payload = FromHex(rest);
        } else if (what != "json") {
            throw std::runtime_error("a line of another kind");
        }
    });
    return record;
}

std::string JsonOf(std::string_view text) {
    std::string json;
    ReadLines(text, [&json](std::string_view what, std::string_view rest) {
        if (what == "json") json = rest;
    });
    return json;
}

std::string WithoutJson(std::string_view text) {
    return std::string(text.substr(0, text.find("\njson ")));
}

std::map<std::string, std::string> Committed(const std::filesystem::path& folder) {
    std::map<std::string, std::string> texts;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        texts[entry.path().stem()] = {std::istreambuf_iterator<char>(file), {}};
    }
    return texts;
}

std::string NameOf(const kafka::Record& record) {
    const std::string_view type = record.Header("ce_type");
    return std::string(type.substr(type.rfind('.') + 1));
}

std::unique_ptr<google::protobuf::Message> Decode(const kafka::Record& record) {
    using namespace google::protobuf;
    const Descriptor* type = DescriptorPool::generated_pool()->FindMessageTypeByName(
        std::string(record.Header("ce_type")));
    if (type == nullptr) throw std::runtime_error("not a type of ours");
    std::unique_ptr<Message> message(
        MessageFactory::generated_factory()->GetPrototype(type)->New());
    if (!message->ParseFromString(record.payload)) throw std::runtime_error("not of its type");
    return message;
}

std::string ToJson(const google::protobuf::Message& message) {
    google::protobuf::util::JsonPrintOptions options;
    options.always_print_primitive_fields = true;
    std::string json;
    if (!MessageToJsonString(message, &json, options).ok()) throw std::runtime_error("no JSON");
    return json;
}

bool SaysTheSame(const google::protobuf::Message& message, const std::string& json) {
    const std::unique_ptr<google::protobuf::Message> said(message.New());
    return google::protobuf::util::JsonStringToMessage(json, said.get()).ok() &&
           said->SerializeAsString() == message.SerializeAsString();
}

}  // namespace bangkit::contract
