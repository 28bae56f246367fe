#include "services/dashboard/api/dashboard_handler.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "libs/grpc/fields.h"
#include "libs/indonesia/region_history.h"
#include "libs/telemetry/metrics.h"
#include "services/dashboard/api/comparison.h"
#include "services/dashboard/api/wire.h"
#include "services/dashboard/storage/mapping.h"
#include "services/dashboard/storage/read_model.h"

namespace bangkit::dashboard {
namespace {

constexpr std::string_view kGetDashboard = "bangkit.dashboard.v1.DashboardService/GetDashboard";
constexpr std::string_view kCompareRegions = "bangkit.dashboard.v1.DashboardService/CompareRegions";
constexpr std::string_view kListRegions = "bangkit.dashboard.v1.DashboardService/ListRegions";

constexpr int kComparedMin = 2;
constexpr int kComparedMax = 20;

using Cached = Result<std::optional<ServedDashboard>>;
using CachedMany = Result<std::vector<std::optional<ServedDashboard>>>;

struct Wanted {
    std::string region_code;
    std::optional<messaging::Position> min_position;
};

std::unexpected<Error> InvalidField(std::string field, std::string reason, std::string message) {
    return std::unexpected(
        Error{.code = ErrorCode::kInvalidArgument,
              .reason = "FIELDS_INVALID",
              .message = "some fields are invalid",
              .fields = {{std::move(field), std::move(reason), std::move(message)}}});
}

std::unexpected<Error> NoSuchRegion(std::string field) {
    return InvalidField(std::move(field), "REGION_UNKNOWN", "must be the code of a region");
}

std::unexpected<Error> Malformed() {
    return Refused(ErrorCode::kInvalidArgument, "REQUEST_MALFORMED", "the request cannot be read");
}

Result<Wanted> Check(const grpc::ByteBuffer& bytes, const indonesia::RegionTree& regions) {
    const auto request = ParseGetDashboardRequest(bytes);
    if (!request) return Malformed();
    if (request->region_code().empty()) {
        return InvalidField("region_code", "REQUIRED", "is required");
    }
    if (!regions.history().Knows(request->region_code())) return NoSuchRegion("region_code");
    Wanted wanted{.region_code = request->region_code(), .min_position = {}};
    if (request->min_position().empty()) return wanted;
    auto position = ParseMinPosition(request->min_position());
    if (!position) {
        return InvalidField("min_position", position.error().reason, position.error().message);
    }
    wanted.min_position = *std::move(position);
    return wanted;
}

Result<std::vector<std::string>> CheckComparison(const grpc::ByteBuffer& bytes,
                                                 const indonesia::RegionTree& regions) {
    const auto request = ParseCompareRegionsRequest(bytes);
    if (!request) return Malformed();
    rpc::FieldChecker fields;
    if (request->region_codes_size() < kComparedMin ||
        request->region_codes_size() > kComparedMax) {
        fields.Refuse("region_codes", "OUT_OF_RANGE", "must be 2 to 20 regions");
    }
    std::vector<std::string> codes;
    for (const std::string& code : request->region_codes()) {
        const std::string field = "region_codes[" + std::to_string(codes.size()) + "]";
        if (!regions.history().Knows(code)) {
            fields.Refuse(field, "REGION_UNKNOWN", "must be the code of a region");
        } else if (std::ranges::find(codes, code) != codes.end()) {
            fields.Refuse(field, "DUPLICATE", "must be another region than those before");
        }
        codes.push_back(code);
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return codes;
}

constexpr const char* kReads = "bangkit_dashboard_reads_total";
constexpr const char* kReadsHelp = "Dashboards asked of the cache, by what came of it";

}  // namespace

DashboardHandler::DashboardHandler(HandlerContext context)
    : context_(std::move(context)),
      hits_(telemetry::AddCounter(context_.metrics, kReads, kReadsHelp, {{"cache", "hit"}})),
      misses_(telemetry::AddCounter(context_.metrics, kReads, kReadsHelp, {{"cache", "miss"}})),
      outages_(telemetry::AddCounter(context_.metrics, kReads, kReadsHelp, {{"cache", "away"}})) {}

grpc::ServerUnaryReactor* DashboardHandler::GetDashboard(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* request,
                                                         grpc::ByteBuffer* response) {
    const auto body = [&](const rpc::Call& call, const Answer& reply) {
        const Result<Wanted> wanted = Check(*request, context_.regions);
        if (!wanted) return reply(std::unexpected(wanted.error()));
        if (!wanted->min_position) return AnswerFromCache(wanted->region_code, reply);
        // The cache may be behind: only the read model is known to include the position.
        context_.positions.Await(
            *wanted->min_position, call.deadline,
            [this, reply, region_code = wanted->region_code](const Result<void>& reached) {
                if (reply.IsAnswered()) return;  // Nobody waits.
                if (!reached) return reply(std::unexpected(reached.error()));
                AnswerFromReadModel(region_code, reply);
            });
    };
    return context_.calls.Unary(context, kGetDashboard, response, body);
}

void DashboardHandler::AnswerFromCache(const std::string& region_code, const Answer& reply) const {
    context_.cache.Get(region_code, [this, region_code, reply](const Cached& cached) {
        if (reply.IsAnswered()) return;  // Nobody waits.
        if (cached && *cached) {
            hits_.Increment();
            return reply(ToGetDashboardResponse(**cached));
        }
        (cached ? misses_ : outages_).Increment();
        if (cached) context_.on_miss(region_code);
        AnswerFromReadModel(region_code, reply);
    });
}

void DashboardHandler::AnswerFromReadModel(const std::string& region_code, Answer reply) const {
    context_.reader.Read(region_code,
                         [reply = std::move(reply)](const Result<ServedDashboard>& read) {
                             if (!read) return reply(std::unexpected(read.error()));
                             reply(ToGetDashboardResponse(*read));
                         });
}

grpc::ServerUnaryReactor* DashboardHandler::CompareRegions(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* request,
                                                           grpc::ByteBuffer* response) {
    const auto body = [&](const rpc::Call&, const Answer& reply) {
        const Result<std::vector<std::string>> wanted = CheckComparison(*request, context_.regions);
        if (!wanted) return reply(std::unexpected(wanted.error()));
        Compare(*wanted, reply);
    };
    return context_.calls.Unary(context, kCompareRegions, response, body);
}

void DashboardHandler::Compare(const std::vector<std::string>& region_codes,
                               const Answer& reply) const {
    context_.cache.GetMany(region_codes, [this, region_codes, reply](CachedMany cached) {
        if (reply.IsAnswered()) return;  // Nobody waits.
        const auto comparison = std::make_shared<Comparison>(region_codes.size(), reply);
        for (std::size_t i = 0; i < region_codes.size(); ++i) {
            if (cached && (*cached)[i]) {
                hits_.Increment();
                comparison->Set(i, *std::move((*cached)[i]));
                continue;
            }
            (cached ? misses_ : outages_).Increment();
            if (cached) context_.on_miss(region_codes[i]);
            context_.reader.Read(region_codes[i], [comparison, i](Result<ServedDashboard> read) {
                comparison->Set(i, std::move(read));
            });
        }
    });
}

grpc::ServerUnaryReactor* DashboardHandler::ListRegions(grpc::CallbackServerContext* context,
                                                        const v1::ListRegionsRequest* request,
                                                        v1::ListRegionsResponse* response) {
    return context_.calls.Read(context, kListRegions, request, response,
                               [this](const rpc::Call&, const v1::ListRegionsRequest& wanted) {
                                   return ListChildren(wanted);
                               });
}

Result<v1::ListRegionsResponse> DashboardHandler::ListChildren(
    const v1::ListRegionsRequest& request) const {
    const std::string& parent = request.parent_code();
    if (!parent.empty() && context_.regions.Find(parent) == nullptr) {
        return NoSuchRegion("parent_code");
    }
    const auto children = context_.regions.Children(parent);
    const Result<BusinessNumbers> numbers = context_.reader.ReadNumbers(children);
    if (!numbers) return std::unexpected(numbers.error());
    v1::ListRegionsResponse response;
    for (const indonesia::Region& child : children) {
        const auto found = numbers->by_region.find(child.code);
        Fill(*response.add_regions(), child, found == numbers->by_region.end() ? 0 : found->second);
    }
    Fill(*response.mutable_freshness(), numbers->state.progress);
    return response;
}

}  // namespace bangkit::dashboard
