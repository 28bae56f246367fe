#include "services/registration/api/reads.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "libs/base/ids.h"
#include "libs/crypto/signed_token.h"
#include "libs/grpc/fields.h"
#include "services/registration/api/answers.h"

namespace bangkit::registration {
namespace {

constexpr std::int32_t kPageSizeDefault = 50;
constexpr std::int32_t kPageSizeMax = 200;

/// A subject that is not the id of an owner owns nothing, and sees nothing.
Viewer ViewerOf(const rpc::Call& call) {
    const bool sees_only_own = call.scope == identity::Scope::kOwn;
    return {.regions = call.caller.regions,
            .owner_id = sees_only_own ? ParseUuid(call.caller.subject).value_or("") : ""};
}

/// Regions of which none lies inside another, so that no business is found twice.
std::vector<std::string> Outermost(const std::vector<std::string>& regions) {
    std::vector<std::string> outermost;
    for (const std::string& region : regions) {
        const bool is_inside = std::ranges::any_of(regions, [&region](const std::string& other) {
            return other != region && identity::LiesIn(region, other);
        });
        if (!is_inside && std::ranges::find(outermost, region) == outermost.end()) {
            outermost.push_back(region);
        }
    }
    return outermost;
}

/// A page token is good for the list that it was made for and no other.
std::string PageLabel(const v1::ListBusinessesRequest& request, const rpc::Call& call) {
    std::string label = "ListBusinesses|" + call.caller.subject + "|" + request.region_code();
    for (const int part : {static_cast<int>(request.kind()), static_cast<int>(request.scale()),
                           static_cast<int>(request.condition())}) {
        label += "|" + std::to_string(part);
    }
    return label;
}

std::string PageLabel(const v1::GetBusinessHistoryRequest& request, const rpc::Call& call) {
    return "GetBusinessHistory|" + call.caller.subject + "|" + request.business_id() + "|" +
           request.as_of() + "|" + std::to_string(request.known_at().seconds()) + "|" +
           std::to_string(request.known_at().nanos());
}

std::int32_t PageSize(rpc::FieldChecker& fields, std::int32_t wanted) {
    if (wanted < 0) fields.Refuse("page_size", "OUT_OF_RANGE", "must not be negative");
    return wanted == 0 ? kPageSizeDefault : std::min(wanted, kPageSizeMax);
}

/// The two parts of the place where the page before ended.
std::optional<std::pair<std::string, std::string>> OpenPlace(rpc::FieldChecker& fields,
                                                             const crypto::KeyRing& keys,
                                                             const std::string& label,
                                                             const std::string& token) {
    const auto payload = crypto::OpenToken(keys, label, token);
    if (!payload) {
        fields.Refuse("page_token", "PAGE_TOKEN_INVALID", "is not of this list");
        return std::nullopt;
    }
    const std::size_t slash = payload->find('/');
    return std::pair(payload->substr(0, slash), payload->substr(slash + 1));
}

/// nullopt if it is not set.
std::optional<Time> KnownAt(rpc::FieldChecker& fields,
                            const v1::GetBusinessHistoryRequest& request) {
    if (!request.has_known_at()) return std::nullopt;
    const std::chrono::seconds seconds(request.known_at().seconds());
    const std::chrono::nanoseconds nanos(request.known_at().nanos());
    constexpr Date kFirst = std::chrono::year(1970) / 1 / 1, kEnd = std::chrono::year(2200) / 1 / 1;
    if (seconds < kFirst.time_since_epoch() || seconds >= kEnd.time_since_epoch() ||
        nanos < nanos.zero() || nanos >= std::chrono::seconds(1)) {
        fields.Refuse("known_at", "OUT_OF_RANGE", "must be a time from 1970 to 2199");
        return std::nullopt;
    }
    return Time(seconds + nanos);
}

std::int64_t ToNumber(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

template <typename Enum, typename PublicEnum>
std::optional<Enum> FilterOf(PublicEnum value) {
    if (static_cast<int>(value) == 0) return std::nullopt;
    return static_cast<Enum>(static_cast<int>(value));
}

}  // namespace

Result<v1::GetBusinessResponse> Reads::Get(const rpc::Call& call,
                                           const v1::GetBusinessRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("business_id", request.business_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<StoredBusiness> found = queries_.Find(ViewerOf(call), id);
    if (!found) return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
    v1::GetBusinessResponse response;
    Fill(*response.mutable_business(), *found);
    return response;
}

Result<v1::ListBusinessesResponse> Reads::List(const rpc::Call& call,
                                               const v1::ListBusinessesRequest& request) const {
    rpc::FieldChecker fields;
    fields.Enum("kind", request.kind(), rpc::Presence::kOptional);
    fields.Enum("scale", request.scale(), rpc::Presence::kOptional);
    fields.Enum("condition", request.condition(), rpc::Presence::kOptional);
    const std::int32_t size = PageSize(fields, request.page_size());
    ListFilter filter{.regions = Outermost(call.caller.regions),
                      .kind = FilterOf<Kind>(request.kind()),
                      .scale = FilterOf<Scale>(request.scale()),
                      .condition = FilterOf<Condition>(request.condition())};
    if (!request.region_code().empty()) {
        if (regions_.Find(request.region_code()) == nullptr) {
            fields.Refuse("region_code", "REGION_UNKNOWN", "must be the code of a region");
        }
        filter.regions = {request.region_code()};
    }
    ListPosition after;
    if (!request.page_token().empty()) {
        const auto place = OpenPlace(fields, keys_, PageLabel(request, call), request.page_token());
        if (place) after = {place->first, place->second};
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const Viewer viewer = ViewerOf(call);
    if (viewer.owner_id.empty() && !request.region_code().empty() &&
        !call.caller.Reaches(request.region_code())) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }

    const std::vector<StoredBusiness> found = queries_.List(viewer, filter, after, size + 1);
    v1::ListBusinessesResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_businesses(), found[i]);
    if (found.size() > shown) {  // There is more than this page.
        const Business& last = found[shown - 1].business;
        response.set_next_page_token(crypto::SignToken(keys_, PageLabel(request, call),
                                                       last.profile.region_code + "/" + last.id));
    }
    return response;
}

Result<v1::GetBusinessHistoryResponse> Reads::History(
    const rpc::Call& call, const v1::GetBusinessHistoryRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("business_id", request.business_id());
    const HistoryFilter filter{
        .as_of = fields.Day("as_of", request.as_of(), Date::max(), rpc::Presence::kOptional),
        .known_at = KnownAt(fields, request)};
    const std::int32_t size = PageSize(fields, request.page_size());
    HistoryPosition after{.version = 0, .kind = 0};
    if (!request.page_token().empty()) {
        const auto place = OpenPlace(fields, keys_, PageLabel(request, call), request.page_token());
        if (place) after = {ToNumber(place->first), ToNumber(place->second)};
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());

    const auto found = history_.List(ViewerOf(call), id, filter, after, size + 1);
    if (!found) return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
    v1::GetBusinessHistoryResponse response;
    const auto shown = std::min(found->size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_statements(), (*found)[i]);
    if (found->size() > shown) {
        const Statement& last = (*found)[shown - 1];
        response.set_next_page_token(crypto::SignToken(
            keys_, PageLabel(request, call),
            std::to_string(last.version) + "/" + std::to_string(last.what.index())));
    }
    return response;
}

}  // namespace bangkit::registration
