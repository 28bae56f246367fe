#include "services/registration/api/reads.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "libs/crypto/signed_token.h"
#include "libs/grpc/fields.h"
#include "libs/indonesia/format.h"
#include "services/registration/api/answers.h"
#include "services/registration/api/list_checks.h"
#include "services/registration/api/paging.h"

namespace bangkit::registration {
namespace {

/// A code of before is reached by whoever reaches one of those that took over: what they see lies
/// there by now.
bool Reaches(const identity::Caller& caller, const indonesia::RegionHistory& regions,
             const std::string& region_code) {
    return caller.Reaches(region_code) ||
           std::ranges::any_of(regions.SuccessorsOf(region_code),
                               [&](const auto& each) { return caller.Reaches(each.code); });
}

std::int64_t ToNumber(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// "region/day/id/version", behind the first slash.
std::string TextOf(const StatedUpgrade& last) {
    return last.region_code + "/" + indonesia::FormatDate(last.since) + "/" + last.business_id +
           "/" + std::to_string(last.version);
}
UpgradePosition ToUpgradePosition(const std::string& region_code, const std::string& rest) {
    const std::size_t day = rest.find('/'), id = rest.find('/', day + 1);
    return {.region_code = region_code,
            .since = indonesia::ParseDate(rest.substr(0, day)).value(),
            .business_id = rest.substr(day + 1, id - day - 1),
            .version = ToNumber(rest.substr(id + 1))};
}

}  // namespace

Result<v1::GetBusinessResponse> Reads::Get(const rpc::Call& call,
                                           const v1::GetBusinessRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("business_id", request.business_id());
    const std::optional<AsOf> as_of = CheckAsOf(fields, request);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const Viewer viewer = ViewerOf(call);
    auto found = as_of ? queries_.FindAsOf(viewer, id, *as_of) : queries_.Find(viewer, id);
    if (!found) return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
    v1::GetBusinessResponse response;
    // What it was merged into may have been merged too. One that the caller does not see stays out.
    while (!as_of && !found->business.merged_into.empty()) {
        std::optional<StoredBusiness> next = queries_.Find(viewer, found->business.merged_into);
        if (!next) break;
        found = std::move(next);
    }
    Fill(*response.mutable_business(), *found);
    if (found->business.id != id) response.set_merged_business_id(id);
    if (as_of) response.mutable_business()->clear_etag();
    return response;
}

template <typename Request, typename Find>
Result<BusinessPage> Reads::Page(rpc::FieldChecker& fields, const rpc::Call& call,
                                 const Request& request, bool may_be_former,
                                 const Find& find) const {
    const ListFilter filter = CheckFilter(fields, request, call, region_history_, may_be_former);
    const std::int32_t size = PageSize(fields, request.page_size());
    ListPosition after;
    if (!request.page_token().empty()) {
        const auto place = OpenPlace(fields, keys_, PageLabel(request, call), request.page_token());
        if (place) after = {place->first, place->second};
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const Viewer viewer = ViewerOf(call);
    if (viewer.owner_id.empty() && !request.region_code().empty() &&
        !Reaches(call.caller, region_history_, request.region_code())) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }
    FoundBusinesses found = find(viewer, filter, after, size);
    BusinessPage page{.businesses = std::move(found.businesses), .next_page_token = {}};
    if (found.next) {
        page.next_page_token =
            crypto::SignToken(keys_, PageLabel(request, call),
                              found.next->region_code + "/" + found.next->business_id);
    }
    return page;
}

Result<BusinessPage> Reads::Page(const rpc::Call& call,
                                 const v1::ListBusinessesRequest& request) const {
    rpc::FieldChecker fields;
    const std::optional<AsOf> as_of = CheckAsOf(fields, request);
    return Page(fields, call, request, as_of.has_value(),
                [&](const Viewer& viewer, const ListFilter& filter, const ListPosition& after,
                    std::int64_t limit) {
                    return as_of ? queries_.ListAsOf(viewer, filter, *as_of, after, limit)
                                 : queries_.List(viewer, filter, after, limit);
                });
}

Result<v1::ListBusinessesResponse> Reads::List(const rpc::Call& call,
                                               const v1::ListBusinessesRequest& request) const {
    const Result<BusinessPage> page = Page(call, request);
    if (!page) return std::unexpected(page.error());
    v1::ListBusinessesResponse response;
    for (const StoredBusiness& each : page->businesses) Fill(*response.add_businesses(), each);
    response.set_next_page_token(page->next_page_token);
    return response;
}

Result<v1::SearchBusinessesResponse> Reads::Search(
    const rpc::Call& call, const v1::SearchBusinessesRequest& request) const {
    rpc::FieldChecker fields;
    const std::vector<std::string> words = CheckWords(fields, request.name());
    const Result<BusinessPage> page = Page(
        fields, call, request, false,
        [&](const Viewer& viewer, const ListFilter& filter, const ListPosition& after,
            std::int64_t limit) { return queries_.Search(viewer, filter, words, after, limit); });
    if (!page) return std::unexpected(page.error());
    v1::SearchBusinessesResponse response;
    for (const StoredBusiness& each : page->businesses) Fill(*response.add_businesses(), each);
    response.set_next_page_token(page->next_page_token);
    return response;
}

Result<v1::ListUpgradesResponse> Reads::Upgrades(const rpc::Call& call,
                                                 const v1::ListUpgradesRequest& request) const {
    rpc::FieldChecker fields;
    UpgradeFilter filter{
        .regions = WithFormer(Outermost(call.caller.regions), region_history_),
        .from = fields.Day("from", request.from(), Date::max(), rpc::Presence::kOptional),
        .until = fields.Day("until", request.until(), Date::max(), rpc::Presence::kOptional)};
    const std::int32_t size = PageSize(fields, request.page_size());
    if (!request.region_code().empty()) {
        if (!region_history_.Knows(request.region_code())) {
            fields.Refuse("region_code", "REGION_UNKNOWN", "must be the code of a region");
        }
        filter.regions = {request.region_code()};
    }
    UpgradePosition after;
    if (!request.page_token().empty()) {
        const auto place = OpenPlace(fields, keys_, PageLabel(request, call), request.page_token());
        if (place) after = ToUpgradePosition(place->first, place->second);
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    if (!request.region_code().empty() &&
        !Reaches(call.caller, region_history_, request.region_code())) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }

    // They stay where they happened, which is theirs who have that region by now.
    Viewer viewer = ViewerOf(call);
    viewer.regions = WithFormer(std::move(viewer.regions), region_history_);
    const std::vector<StatedUpgrade> found = history_.Upgrades(viewer, filter, after, size + 1);
    v1::ListUpgradesResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_upgrades(), found[i]);
    if (found.size() > shown) {
        response.set_next_page_token(
            crypto::SignToken(keys_, PageLabel(request, call), TextOf(found[shown - 1])));
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
