#include "libs/grpc/server.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <stdexcept>
#include <thread>

#include "grpc_health/v1/health.pb.h"
#include "libs/grpc/tests/test_server.h"

namespace bangkit::rpc {
namespace {

using dashboard::DashboardService;
using dashboard::GetDashboardResponse;
using dashboard::ListRegionsResponse;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using testing::HasSubstr;

/// NOT_FOUND of the health service becomes SERVICE_UNKNOWN.
HealthCheckResponse::ServingStatus Health(const TestServer& test, const std::string& service) {
    grpc::ClientContext context;
    HealthCheckRequest request;
    request.set_service(service);
    HealthCheckResponse response;
    const grpc::Status status = grpc::internal::BlockingUnaryCall(
        test.channel.get(),
        grpc::internal::RpcMethod("/grpc.health.v1.Health/Check",
                                  grpc::internal::RpcMethod::NORMAL_RPC),
        &context, request, &response);
    return status.ok() ? response.status() : HealthCheckResponse::SERVICE_UNKNOWN;
}

/// The answer of the reflection service to one serialised request.
grpc::Status Reflect(const TestServer& test, const std::string& request, std::string& answer) {
    grpc::ClientContext context;
    grpc::CompletionQueue queue;
    grpc::GenericStub stub(test.channel);
    const auto call = stub.PrepareCall(
        &context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
    const auto wait = [&queue] {
        void* tag = nullptr;
        bool ok = false;
        return queue.Next(&tag, &ok) && ok;
    };
    const grpc::Slice slice(request);
    grpc::ByteBuffer received;
    grpc::Status status;
    call->StartCall(nullptr);
    if (wait()) {
        call->Write(grpc::ByteBuffer(&slice, 1), nullptr);
        wait();
        call->WritesDone(nullptr);
        wait();
        call->Read(&received, nullptr);
        if (wait()) {
            grpc::Slice whole;
            received.DumpToSingleSlice(&whole);
            answer.assign(reinterpret_cast<const char*>(whole.begin()), whole.size());
        }
    }
    call->Finish(&status, nullptr);
    wait();
    queue.Shutdown();
    while (wait()) {
    }
    return status;
}

TEST(Server, IsHealthyUnderEveryName) {
    TestServer test;
    for (const std::string name : {"", "bangkit.dashboard.v1.DashboardService",
                                   "bangkit.registration.v1.RegistrationService"}) {
        EXPECT_EQ(Health(test, name), HealthCheckResponse::SERVING) << name;
    }
    EXPECT_EQ(Health(test, "bangkit.aid.v1.AidService"), HealthCheckResponse::SERVICE_UNKNOWN);
    test.server.SetHealthy(false);
    EXPECT_EQ(Health(test, ""), HealthCheckResponse::NOT_SERVING);
    EXPECT_EQ(Health(test, "bangkit.dashboard.v1.DashboardService"),
              HealthCheckResponse::NOT_SERVING);
    test.server.SetHealthy(true);
    EXPECT_EQ(Health(test, ""), HealthCheckResponse::SERVING);
}

TEST(Server, ShutdownLetsRunningCallsFinish) {
    TestServer test;
    std::promise<Reply<GetDashboardResponse>> started;
    test.dashboards.on_get = [&](const Call&, const auto& reply) { started.set_value(reply); };
    auto call = std::async(std::launch::async, [&] { return test.Get(test.Token({"agency"})); });
    auto reply = std::make_optional(started.get_future().get());
    auto shutdown =
        std::async(std::launch::async, [&] { test.server.Shutdown(std::chrono::seconds(8)); });
    while (test.channel->GetState(false) == GRPC_CHANNEL_READY) std::this_thread::yield();
    (*reply)(GetDashboardResponse());
    reply.reset();
    EXPECT_TRUE(call.get().ok());
    shutdown.get();
    EXPECT_EQ(test.Get(test.Token({"agency"})).error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST(Server, ShutdownDoesNotWaitForEver) {
    TestServer test;
    std::promise<Reply<GetDashboardResponse>> started;
    test.dashboards.on_get = [&](const Call&, const auto& reply) { started.set_value(reply); };
    auto call = std::async(std::launch::async, [&] { return test.Get(test.Token({"agency"})); });
    auto reply = std::make_optional(started.get_future().get());
    auto shutdown = std::async(std::launch::async,
                               [&] { test.server.Shutdown(std::chrono::milliseconds(50)); });
    EXPECT_FALSE(call.get().ok());  // Cancelled, though the handler has not answered.
    reply.reset();
    shutdown.get();
}

TEST(Server, ShutdownWaitsForWhatStillRunsWhenItsTimeIsUp) {
    TestServer test(identity::Policy::OfBangkit(), std::chrono::milliseconds(20));
    std::latch released(1);
    std::atomic<bool> is_over = false;
    test.dashboards.on_list = [&](const Call&, const auto&) -> Result<ListRegionsResponse> {
        released.wait();
        is_over = true;  // Until here it may use all that the handler has.
        return ListRegionsResponse();
    };
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + test.Token({"agency"}));
    ListRegionsResponse response;
    const auto stub = DashboardService::NewStub(test.channel);
    EXPECT_EQ(stub->ListRegions(&context, {}, &response).error_code(),
              grpc::StatusCode::DEADLINE_EXCEEDED);
    auto shutdown = std::async(std::launch::async, [&] {
        test.server.Shutdown(std::chrono::seconds(8));
        return is_over.load();
    });
    EXPECT_EQ(shutdown.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
    released.count_down();
    EXPECT_TRUE(shutdown.get());
}

TEST(Server, ReflectionIsForDevelopmentOnly) {
    const std::string list_services("\x3a\x00", 2);
    std::string answer;
    TestServer development(identity::Policy::OfBangkit(), kDefaultDeadline, true);
    EXPECT_TRUE(Reflect(development, list_services, answer).ok());
    EXPECT_THAT(answer, HasSubstr("bangkit.dashboard.v1.DashboardService"));

    TestServer production(identity::Policy::OfBangkit(), kDefaultDeadline, false);
    EXPECT_EQ(Reflect(production, list_services, answer).error_code(),
              grpc::StatusCode::UNIMPLEMENTED);
}

TEST(Server, ReflectionDescribesTheHealthServiceToo) {
    TestServer test;
    std::string answer;
    const std::string symbol = "grpc.health.v1.Health";
    const std::string request = "\x22" + std::string(1, static_cast<char>(symbol.size())) + symbol;
    EXPECT_TRUE(Reflect(test, request, answer).ok());
    EXPECT_THAT(answer, HasSubstr("HealthCheckRequest"));
}

TEST(Server, MessagesOverOneMebibyteAreRefused) {
    TestServer test;
    const auto channel = grpc::CreateChannel(test.address(), grpc::InsecureChannelCredentials());
    const auto send = [&](std::size_t bytes) {
        grpc::ClientContext context;
        Prepare(context, test.Token({"agency"}), std::chrono::seconds(10));
        dashboard::GetDashboardRequest request;
        request.set_region_code(std::string(bytes, '1'));
        GetDashboardResponse response;
        return DashboardService::NewStub(channel)->GetDashboard(&context, request, &response);
    };
    EXPECT_EQ(send((1 << 20) + 1).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_TRUE(send((1 << 20) - 100).ok()) << "the next valid call works";
}

TEST(Server, MetadataOver8KibibytesAreRefused) {
    TestServer test;
    const auto send = [&](std::size_t bytes) {
        grpc::ChannelArguments own_connection;  // The server closes the one of an offender.
        own_connection.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
        const auto channel = grpc::CreateCustomChannel(
            test.address(), grpc::InsecureChannelCredentials(), own_connection);
        grpc::ClientContext context;
        Prepare(context, test.Token({"agency"}), std::chrono::seconds(10));
        context.AddMetadata("x-padding", std::string(bytes, 'a'));
        GetDashboardResponse response;
        return DashboardService::NewStub(channel)->GetDashboard(&context, {}, &response);
    };
    EXPECT_TRUE(send(6 << 10).ok());
    EXPECT_EQ(send(9 << 10).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_TRUE(send(0).ok()) << "the next valid call works";
}

TEST(Server, UnknownMethodsAreUnimplemented) {
    TestServer test;
    grpc::ClientContext context;
    GetDashboardResponse response;
    const grpc::Status status = grpc::internal::BlockingUnaryCall(
        test.channel.get(),
        grpc::internal::RpcMethod("/bangkit.dashboard.v1.DashboardService/Drop",
                                  grpc::internal::RpcMethod::NORMAL_RPC),
        &context, dashboard::GetDashboardRequest(), &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST(Server, APortInUseIsAnError) {
    TestServer test;
    EXPECT_THROW(Server({.listen = test.address()}, {}, test.calls), std::runtime_error);
    EXPECT_THROW(Server({.listen = "no address"}, {}, test.calls), std::runtime_error);
}

}  // namespace
}  // namespace bangkit::rpc
