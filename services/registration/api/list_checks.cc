#include "services/registration/api/list_checks.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "libs/indonesia/kbli.h"
#include "services/registration/api/paging.h"

namespace bangkit::registration {
namespace {

using rpc::Presence;

constexpr std::size_t kWordMax = 40;

template <typename Enum, typename PublicEnum>
std::optional<Enum> One(rpc::FieldChecker& fields, std::string_view field, PublicEnum value) {
    fields.Enum(field, value, Presence::kOptional);
    if (static_cast<int>(value) == 0) return std::nullopt;
    return static_cast<Enum>(static_cast<int>(value));
}

/// The domain's enums have the numbers of the public ones, from 1 on.
template <typename Enum, typename PublicEnum>
std::set<Enum> Several(rpc::FieldChecker& fields, const std::string& field,
                       const google::protobuf::RepeatedField<int>& values) {
    std::set<Enum> several;
    for (int i = 0; i < values.size(); ++i) {
        const auto value = static_cast<PublicEnum>(values[i]);
        fields.Enum(field + "[" + std::to_string(i) + "]", value);
        if (google::protobuf::GetEnumDescriptor<PublicEnum>()->FindValueByNumber(value)) {
            several.insert(static_cast<Enum>(static_cast<int>(value)));
        }
    }
    return several;
}

/// Of letters or digits; anything else has no trigrams, and would be in every name.
bool HasLetters(std::string_view word) {
    return std::ranges::any_of(word, [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
               static_cast<unsigned char>(c) >= 0x80;
    });
}

}  // namespace

std::vector<std::string> WithFormer(std::vector<std::string> codes,
                                    const indonesia::RegionHistory& regions) {
    const auto add = [&codes](std::string former) {
        const bool is_there = std::ranges::any_of(
            codes, [&](const std::string& each) { return identity::LiesIn(former, each); });
        if (!is_there) codes.push_back(std::move(former));
        return !is_there;
    };
    // Of a part of what took over: the same part of before, if it has no change of its own.
    const auto part_of_before = [&regions](const indonesia::RegionChange& change,
                                           std::string_view code) -> std::string {
        std::string part(change.code);
        part += code.substr(change.successor.size());
        const bool leads_there = std::ranges::any_of(
            regions.SuccessorsOf(part), [&](const auto& each) { return each.code == code; });
        return leads_there ? part : "";
    };
    for (bool grows = true; grows;) {  // What took over may be a code of before by now.
        grows = false;
        for (const auto& [former, change] : regions.changes()) {
            for (std::size_t i = 0; i < codes.size(); ++i) {
                std::string found;
                if (identity::LiesIn(change.successor, codes[i])) {
                    found = former;
                } else if (identity::LiesIn(codes[i], change.successor)) {
                    found = part_of_before(change, codes[i]);
                }
                if (!found.empty() && add(std::move(found))) grows = true;
            }
        }
    }
    return codes;
}

template <typename Request>
ListFilter CheckFilter(rpc::FieldChecker& fields, const Request& request, const rpc::Call& call,
                       const indonesia::RegionHistory& regions, bool may_be_former) {
    ListFilter filter{
        .regions = Outermost(call.caller.regions),
        .kind = One<Kind>(fields, "kind", request.kind()),
        .scale = One<Scale>(fields, "scale", request.scale()),
        .condition = One<Condition>(fields, "condition", request.condition()),
        .verification = One<Verification>(fields, "verification", request.verification())};
    if (!request.kbli().empty()) {
        const auto kbli = fields.Take("kbli", indonesia::ParseKbli(request.kbli()));
        if (kbli) filter.kbli = kbli->code;
    }
    filter.channels =
        Several<Channel, common::v1::SalesChannel>(fields, "channels", request.channels());
    filter.coverages = Several<NetworkCoverage, common::v1::NetworkCoverage>(
        fields, "network_coverage", request.network_coverage());
    filter.legality = Several<Legality, v1::Legality>(fields, "legality", request.legality());
    filter.missing_legality =
        Several<Legality, v1::Legality>(fields, "missing_legality", request.missing_legality());
    filter.order_and_deliver = request.order_and_deliver();
    filter.affiliations = Several<Affiliation, common::v1::CooperativeAffiliation>(
        fields, "cooperative_affiliation", request.cooperative_affiliation());
    if (may_be_former) filter.regions = WithFormer(std::move(filter.regions), regions);
    if (!request.region_code().empty()) {
        const bool is_known = may_be_former
                                  ? regions.Knows(request.region_code())
                                  : regions.regions().Find(request.region_code()) != nullptr;
        if (!is_known)
            fields.Refuse("region_code", "REGION_UNKNOWN", "must be the code of a region");
        filter.regions = {request.region_code()};
    }
    return filter;
}

template <typename Request>
std::optional<AsOf> CheckAsOf(rpc::FieldChecker& fields, const Request& request) {
    const std::optional<Time> known_at = KnownAt(fields, request);
    if (known_at) fields.Require("as_of", !request.as_of().empty());
    const auto day = fields.Day("as_of", request.as_of(), Date::max(), Presence::kOptional);
    if (!day) return std::nullopt;
    return AsOf{.day = *day, .known_at = known_at};
}

std::vector<std::string> CheckWords(rpc::FieldChecker& fields, const std::string& name) {
    constexpr std::size_t kNameMax = Queries::kWordsMax * (kWordMax + 1);
    const std::string text = fields.Text("name", name, kNameMax);
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        std::string word = text.substr(begin, end - begin);
        if (HasLetters(word)) words.push_back(std::move(word));
        begin = end + 1;
    }
    const bool is_long =
        std::ranges::any_of(words, [](const std::string& word) { return word.size() > kWordMax; });
    if (words.size() > Queries::kWordsMax || is_long) {
        fields.Refuse("name", "TOO_LONG", "must have at most 4 words of up to 40 bytes");
    }
    if (words.empty() && !text.empty()) fields.Refuse("name", "REQUIRED", "must have letters");
    return words;
}

template ListFilter CheckFilter(rpc::FieldChecker&, const v1::ListBusinessesRequest&,
                                const rpc::Call&, const indonesia::RegionHistory&, bool);
template ListFilter CheckFilter(rpc::FieldChecker&, const v1::SearchBusinessesRequest&,
                                const rpc::Call&, const indonesia::RegionHistory&, bool);
template std::optional<AsOf> CheckAsOf(rpc::FieldChecker&, const v1::GetBusinessRequest&);
template std::optional<AsOf> CheckAsOf(rpc::FieldChecker&, const v1::ListBusinessesRequest&);

}  // namespace bangkit::registration
