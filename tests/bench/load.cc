#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "bangkit/dashboard/v1/dashboard_service.pb.h"
#include "bangkit/registration/v1/personal_data_service.pb.h"
#include "bangkit/registration/v1/registration_service.pb.h"
#include "grpc_health/v1/health.pb.h"
#include "libs/indonesia/regions.h"
#include "tests/bench/closed_loop.h"
#include "tests/bench/commands.h"
#include "tests/bench/synthetic.h"

namespace bangkit::bench {
namespace {

grpc::ByteBuffer Serialized(const google::protobuf::Message& message) {
    const grpc::Slice bytes(message.SerializeAsString());
    return {&bytes, 1};
}

LoopOptions Options(const Arguments& arguments, std::string method) {
    return {.address = arguments.Text(0),
            .token = arguments.Text(1),
            .method = std::move(method),
            .callers = static_cast<int>(arguments.Number(2)),
            .seconds = static_cast<double>(arguments.Number(3))};
}

}  // namespace

void Register(const Arguments& arguments) {
    const SyntheticBusinesses businesses;
    const auto first = static_cast<std::uint64_t>(arguments.Number(4));
    RunClosedLoop(
        Options(arguments, "/bangkit.registration.v1.RegistrationService/RegisterBusiness"),
        [&](std::uint64_t n) { return Serialized(businesses.Request(first + n)); });
}

/// The regency, its districts and their villages in turn.
void GetDashboard(const Arguments& arguments) {
    const indonesia::RegionTree regions;
    std::vector<grpc::ByteBuffer> requests;
    const auto add = [&requests](std::string_view code) {
        dashboard::v1::GetDashboardRequest request;
        request.set_region_code(std::string(code));
        requests.push_back(Serialized(request));
    };
    const std::string regency = arguments.Text(4);
    add(regency);
    for (const indonesia::Region& district : regions.Children(regency)) {
        add(district.code);
        for (const indonesia::Region& village : regions.Children(district.code)) add(village.code);
    }
    RunClosedLoop(Options(arguments, "/bangkit.dashboard.v1.DashboardService/GetDashboard"),
                  [&requests](std::uint64_t n) { return requests[n % requests.size()]; });
}

/// Businesses in turn, whose ids are the lines of a file.
void GetBusiness(const Arguments& arguments) {
    std::vector<grpc::ByteBuffer> requests;
    std::ifstream file(arguments.Text(4));
    for (std::string id; std::getline(file, id);) {
        registration::v1::GetBusinessRequest request;
        request.set_business_id(id);
        requests.push_back(Serialized(request));
    }
    if (requests.empty()) throw std::runtime_error("no ids in " + arguments.Text(4));
    RunClosedLoop(Options(arguments, "/bangkit.registration.v1.RegistrationService/GetBusiness"),
                  [&requests](std::uint64_t n) { return requests[n % requests.size()]; });
}

/// The first page of each district of the province in turn, of all scales or of one, now or as of a
/// day.
void ListBusinesses(const Arguments& arguments) {
    std::vector<grpc::ByteBuffer> requests;
    const SyntheticBusinesses businesses;
    for (const std::string& district : businesses.districts()) {
        registration::v1::ListBusinessesRequest request;
        request.set_region_code(district);
        request.set_scale(static_cast<common::v1::BusinessScale>(arguments.Number(4)));
        if (arguments.Text(5) != "now") request.set_as_of(arguments.Text(5));
        request.set_page_size(50);
        requests.push_back(Serialized(request));
    }
    RunClosedLoop(Options(arguments, "/bangkit.registration.v1.RegistrationService/ListBusinesses"),
                  [&requests](std::uint64_t n) { return requests[n % requests.size()]; });
}

/// The first page of a search by name, in each district of the province in turn.
void SearchBusinesses(const Arguments& arguments) {
    std::vector<grpc::ByteBuffer> requests;
    const SyntheticBusinesses businesses;
    for (const std::string& district : businesses.districts()) {
        registration::v1::SearchBusinessesRequest request;
        request.set_name(arguments.Text(4));
        request.set_region_code(arguments.Text(5) == "district" ? district : arguments.Text(5));
        request.set_page_size(static_cast<int>(arguments.Number(6)));
        requests.push_back(Serialized(request));
    }
    RunClosedLoop(
        Options(arguments, "/bangkit.registration.v1.RegistrationService/SearchBusinesses"),
        [&requests](std::uint64_t n) { return requests[n % requests.size()]; });
}

/// Whose telephone number it is, for synthetic businesses in turn.
void FindByPhone(const Arguments& arguments) {
    constexpr std::uint64_t kNumbers = 5'000;
    std::vector<grpc::ByteBuffer> requests;
    const SyntheticBusinesses businesses;
    for (std::uint64_t n = 0; n < kNumbers; ++n) {
        registration::v1::FindByIdentityRequest request;
        request.set_phone(businesses.Request(n).owner().phone());
        request.set_purpose(registration::v1::DISCLOSURE_PURPOSE_SURVEY);
        request.set_case_reference("B-1");
        requests.push_back(Serialized(request));
    }
    RunClosedLoop(Options(arguments, "/bangkit.registration.v1.PersonalDataService/FindByIdentity"),
                  [&requests](std::uint64_t n) { return requests[n % requests.size()]; });
}

/// Health checks: gRPC's own callback handler, in the same server, that does nothing.
void CallNothing(const Arguments& arguments) {
    const grpc::ByteBuffer request = Serialized(grpc::health::v1::HealthCheckRequest());
    RunClosedLoop(Options(arguments, "/grpc.health.v1.Health/Check"),
                  [&request](std::uint64_t) { return request; });
}

}  // namespace bangkit::bench
