#include "services/cli/parked_choice.h"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <charconv>

#include "libs/base/ids.h"
#include "libs/messaging/name.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

template <typename Number>
bool ParseNumber(std::string_view text, Number& number) {
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && stopped == end && number >= 0;
}

void ParseRecord(std::string_view text, messaging::ParkedFilter& filter) {
    const std::size_t last = text.rfind('/');
    const std::size_t first = last == std::string_view::npos ? last : text.find('/');
    messaging::RecordPlace place;
    if (first == last || !messaging::IsName(text.substr(0, first)) ||
        !ParseNumber(text.substr(first + 1, last - first - 1), place.partition) ||
        !ParseNumber(text.substr(last + 1), place.offset)) {
        throw UsageError("a record is named TOPIC/PARTITION/OFFSET, as `bangkit parked list` does");
    }
    filter.topic = text.substr(0, first);
    filter.place = place;
}

void ParseAggregate(std::string_view text, messaging::ParkedFilter& filter) {
    const std::size_t slash = text.find('/');
    const bool is_whole = slash != std::string_view::npos;
    const auto id = is_whole ? ParseUuid(text.substr(slash + 1)) : std::nullopt;
    if (!id || !messaging::IsName(text.substr(0, slash))) {
        throw UsageError("an aggregate is named TYPE/ID, such as business/<id>");
    }
    filter.aggregate_type = text.substr(0, slash);
    filter.aggregate_id = *id;
}

}  // namespace

std::string NameOf(std::string_view topic, const messaging::RecordPlace& place) {
    return std::string(topic) + "/" + std::to_string(place.partition) + "/" +
           std::to_string(place.offset);
}

messaging::ParkedFilter ParseParkedChoice(std::string_view topic, std::string_view record,
                                          std::string_view aggregate) {
    messaging::ParkedFilter filter{.topic = std::string(topic)};
    if (!record.empty()) ParseRecord(record, filter);
    if (!aggregate.empty()) ParseAggregate(aggregate, filter);
    if (!topic.empty() && filter.topic != topic) {
        throw UsageError("the record is of another topic than --topic says");
    }
    return filter;
}

std::string OperatorName() {
    std::array<char, 256> machine{};
    gethostname(machine.data(), machine.size() - 1);
    const passwd* user = getpwuid(geteuid());
    return (user == nullptr ? std::to_string(geteuid()) : std::string(user->pw_name)) + "@" +
           machine.data();
}

}  // namespace bangkit::cli
