#include "libs/grpc/handler.h"

#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <stdexcept>
#include <thread>

#include "libs/grpc/tests/test_server.h"
#include "libs/telemetry/metrics.h"
#include "libs/telemetry/traceparent.h"

namespace bangkit::rpc {
namespace {

using dashboard::DashboardService;
using dashboard::GetDashboardResponse;
using dashboard::ListRegionsResponse;
using identity::TokenForge;
using std::chrono::milliseconds;
using testing::HasSubstr;

void ExpectReason(const grpc::Status& status, grpc::StatusCode code, const std::string& reason) {
    EXPECT_EQ(status.error_code(), code) << status.error_message();
    EXPECT_EQ(FromStatus(status).reason, reason);
    EXPECT_FALSE(status.error_message().empty());
}

grpc::Status List(const TestServer& test, milliseconds timeout = std::chrono::seconds(10)) {
    grpc::ClientContext context;
    Prepare(context, test.Token({"agency"}), timeout);
    ListRegionsResponse response;
    return DashboardService::NewStub(test.channel)->ListRegions(&context, {}, &response);
}

TEST(Handler, AValidTokenOfAGrantedRoleGetsAnAnswer) {
    TestServer test;
    test.dashboards.on_get = [](const Call& call, const auto& reply) {
        EXPECT_EQ(call.caller.subject, "siti");
        EXPECT_EQ(call.scope, identity::Scope::kFigures);
        GetDashboardResponse response;
        response.mutable_dashboard()->set_region_code("18.71");
        reply(response);
    };
    grpc::ClientContext context;
    Prepare(context, test.Token({"agency"}), std::chrono::seconds(10));
    GetDashboardResponse response;
    const auto status =
        DashboardService::NewStub(test.channel)->GetDashboard(&context, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(response.dashboard().region_code(), "18.71");
}

TEST(Handler, WithoutATokenNothingHappens) {
    TestServer test;
    test.dashboards.on_get = [](const Call&, const auto&) { ADD_FAILURE(); };
    ExpectReason(test.Get(""), grpc::StatusCode::UNAUTHENTICATED, "TOKEN_MISSING");
}

TEST(Handler, BadTokensAreRefused) {
    TestServer test;
    test.dashboards.on_get = [](const Call&, const auto&) { ADD_FAILURE(); };
    const TokenForge forge(TestKey());
    const Time now = test.clock.Now();
    const auto with = [&](const std::string& claim, const std::string& json) {
        return forge.Sign(forge.Header(), TokenForge::Claims(now, claim, json));
    };
    const std::pair<std::string, std::string> bad[] = {
        {"alg none", forge.Unsigned(TokenForge::Claims(now))},
        {"HS256 with the public key", forge.SignWithPublicKey(TokenForge::Claims(now))},
        {"wrong aud", with("aud", "\"other\"")},
        {"wrong iss", with("iss", "\"other\"")},
        {"bad region", with("regions", "[\"18.7\"]")},
        {"jku",
         forge.Sign(forge.Header(R"(,"jku":"https://evil.example")"), TokenForge::Claims(now))},
        {"kid path",
         forge.Sign(R"({"alg":"RS256","typ":"JWT","kid":"../key"})", TokenForge::Claims(now))},
        {"oversized", std::string(5000, 'a')},
        {"garbage", "x"},
    };
    for (const auto& [what, token] : bad) {
        SCOPED_TRACE(what);
        ExpectReason(test.Get(token), grpc::StatusCode::UNAUTHENTICATED, "TOKEN_INVALID");
    }
    const Time before = now - std::chrono::minutes(2);
    ExpectReason(test.Get(forge.Sign(forge.Header(), TokenForge::Claims(before))),
                 grpc::StatusCode::UNAUTHENTICATED, "TOKEN_EXPIRED");
}

TEST(Handler, OnlyOneBearerTokenCounts) {
    TestServer test;
    grpc::ClientContext context;
    Prepare(context, test.Token({"agency"}), std::chrono::seconds(10));
    context.AddMetadata("authorization", "Bearer " + test.Token({"public"}));
    GetDashboardResponse response;
    ExpectReason(DashboardService::NewStub(test.channel)->GetDashboard(&context, {}, &response),
                 grpc::StatusCode::UNAUTHENTICATED, "TOKEN_MISSING");
}

TEST(Handler, WhatTheClientSaysOfItselfDoesNotCount) {
    TestServer test;
    grpc::ClientContext context;
    Prepare(context, test.Token({"partner"}), std::chrono::seconds(10));
    context.AddMetadata("roles", "agency");
    context.AddMetadata("bangkit-roles", "agency");
    GetDashboardResponse response;
    ExpectReason(DashboardService::NewStub(test.channel)->GetDashboard(&context, {}, &response),
                 grpc::StatusCode::PERMISSION_DENIED, "ROLE_NOT_ALLOWED");
}

TEST(Handler, RolesDecideAsThePolicySays) {
    TestServer test;
    for (const std::string_view role : identity::role::kAll) {
        const std::string token = test.Token({std::string(role)});
        const bool granted =
            test.policy.Admit(kGetDashboard, {"siti", {std::string(role)}, {}}).has_value();
        const grpc::Status status = test.Get(token);
        EXPECT_EQ(status.ok(), granted) << role;
        if (!granted) {
            ExpectReason(status, grpc::StatusCode::PERMISSION_DENIED, "ROLE_NOT_ALLOWED");
        }
    }
}

TEST(Handler, WhoIsAdmittedForItsOwnReachesNoRegion) {
    TestServer test(identity::Policy({{kGetDashboard, {"owner"}, identity::Scope::kOwn}}));
    test.dashboards.on_get = [](const Call& call, const auto& reply) {
        EXPECT_EQ(call.scope, identity::Scope::kOwn);
        EXPECT_FALSE(call.caller.Reaches("18.71"));
        reply(GetDashboardResponse());
    };
    EXPECT_TRUE(test.Get(test.Token({"owner"}, {"18.71"})).ok());
}

TEST(Handler, ACallWithoutDeadlineEndsByItself) {
    TestServer test(identity::Policy::OfBangkit(), milliseconds(50));
    std::vector<Reply<GetDashboardResponse>> waiting;
    test.dashboards.on_get = [&](const Call& call, auto reply) {
        EXPECT_LE(call.deadline, SystemClock().Now() + milliseconds(50));
        waiting.push_back(std::move(reply));
    };
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + test.Token({"agency"}));
    GetDashboardResponse response;
    ExpectReason(DashboardService::NewStub(test.channel)->GetDashboard(&context, {}, &response),
                 grpc::StatusCode::DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED");
    ASSERT_EQ(waiting.size(), 1U);
    waiting.front()(GetDashboardResponse());  // Too late, and harmless.
}

TEST(Handler, TheDeadlineOfTheClientIsTheCalls) {
    TestServer test(identity::Policy::OfBangkit(), milliseconds(1));
    test.dashboards.on_get = [&](const Call& call, const auto& reply) {
        EXPECT_GT(call.deadline, SystemClock().Now() + std::chrono::seconds(5));
        EXPECT_LT(call.deadline, SystemClock().Now() + std::chrono::seconds(11));
        reply(GetDashboardResponse());
    };
    EXPECT_TRUE(test.Get(test.Token({"agency"})).ok());
}

TEST(Handler, TheFirstAnswerCounts) {
    TestServer test;
    test.dashboards.on_get = [&](const Call&, const auto& reply) {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([reply] { reply(GetDashboardResponse()); });
        reply(Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region"));
    };
    for (int i = 0; i < 50; ++i) {
        const grpc::Status status = test.Get(test.Token({"agency"}));
        EXPECT_TRUE(status.ok() || status.error_code() == grpc::StatusCode::NOT_FOUND);
    }
}

TEST(Handler, AForgottenAnswerIsAnError) {
    TestServer test;
    test.dashboards.on_get = [](const Call&, const auto&) {};
    ExpectReason(test.Get(test.Token({"agency"})), grpc::StatusCode::INTERNAL, "INTERNAL");
}

TEST(Handler, ExceptionsShowNothingButTheTraceId) {
    TestServer test;
    test.dashboards.on_get = [](const Call&, const auto&) { throw std::runtime_error("table x"); };
    test.dashboards.on_list = [](const Call&, const auto&) -> Result<ListRegionsResponse> {
        throw std::runtime_error("table x");
    };
    for (const grpc::Status& status : {test.Get(test.Token({"agency"})), List(test)}) {
        ExpectReason(status, grpc::StatusCode::INTERNAL, "INTERNAL");
        EXPECT_EQ(status.error_message().find("table"), std::string::npos);
        EXPECT_EQ(status.error_details().find("table"), std::string::npos);
        EXPECT_THAT(status.error_message(), HasSubstr(FromStatus(status).metadata.at("trace_id")));
    }
    const auto logged = test.logger.WaitFor("rpc_exception", 2);
    ASSERT_EQ(logged.size(), 2U);
    EXPECT_EQ(logged[0].fields.at("error"), "table x");
}

TEST(Handler, KnownExceptionsAreExplained) {
    TestServer test;
    test.explains = true;
    test.dashboards.on_list = [](const Call&, const auto&) -> Result<ListRegionsResponse> {
        throw std::runtime_error("connection lost");
    };
    ExpectReason(List(test), grpc::StatusCode::UNAVAILABLE, "DATABASE_UNREACHABLE");
}

TEST(Handler, ReadsThatFindNoRoomAreRefused) {
    TestServer test;  // Its pool has two threads and room for four.
    std::latch running(2);
    std::latch released(1);
    std::atomic<int> answered = 0;
    test.dashboards.on_list = [&](const Call&, const auto&) -> Result<ListRegionsResponse> {
        if (++answered <= 2) running.count_down();
        released.wait();
        return ListRegionsResponse();
    };
    std::vector<std::future<grpc::Status>> calls;
    const auto call = [&] { return std::async(std::launch::async, [&] { return List(test); }); };
    for (int i = 0; i < 2; ++i) calls.push_back(call());
    running.wait();
    for (int i = 0; i < 7; ++i) calls.push_back(call());
    EXPECT_EQ(test.logger.WaitFor("rpc_call", 3).size(), 3U);
    released.count_down();
    int refused = 0;
    for (auto& waiting : calls) {
        const grpc::Status status = waiting.get();
        if (status.ok()) continue;
        ExpectReason(status, grpc::StatusCode::RESOURCE_EXHAUSTED, "QUEUE_FULL");
        ++refused;
    }
    EXPECT_EQ(refused, 3);
    EXPECT_EQ(answered, 6);
}

TEST(Handler, AReadThatOutlivesItsDeadlineStillHasItsRequest) {
    TestServer test(identity::Policy::OfBangkit(), milliseconds(20));
    std::latch released(1);
    std::promise<std::string> seen;
    test.dashboards.on_list = [&](const Call&, const auto& request) -> Result<ListRegionsResponse> {
        released.wait();
        seen.set_value(request.parent_code());
        return ListRegionsResponse();
    };
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + test.Token({"agency"}));
    dashboard::ListRegionsRequest request;
    request.set_parent_code(std::string(1000, 'x'));
    ListRegionsResponse response;
    ExpectReason(DashboardService::NewStub(test.channel)->ListRegions(&context, request, &response),
                 grpc::StatusCode::DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED");
    released.count_down();
    EXPECT_EQ(seen.get_future().get(), request.parent_code());
}

TEST(Handler, ATraceGoesOnWithANewSpan) {
    TestServer test;
    const std::string parent = telemetry::NewTraceparent();
    std::string child;
    test.dashboards.on_get = [&](const Call& call, const auto& reply) {
        child = call.traceparent;
        reply(GetDashboardResponse());
    };
    grpc::ClientContext context;
    Prepare(context, test.Token({"agency"}), std::chrono::seconds(10), parent);
    GetDashboardResponse response;
    DashboardService::NewStub(test.channel)->GetDashboard(&context, {}, &response);
    EXPECT_EQ(telemetry::TraceId(child), telemetry::TraceId(parent));
    EXPECT_NE(child, parent);
    EXPECT_TRUE(test.Get(test.Token({"agency"})).ok());
    EXPECT_TRUE(telemetry::IsTraceparent(child)) << "a new trace without the client's";
    EXPECT_NE(telemetry::TraceId(child), telemetry::TraceId(parent));
}

TEST(Handler, EveryCallIsLoggedAndCounted) {
    TestServer test;
    test.dashboards.on_get = [](const Call&, const auto& reply) {
        reply(Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region"));
    };
    test.Get(test.Token({"agency"}));
    test.Get(test.Token({"partner"}));
    test.Get("x");
    ASSERT_TRUE(List(test).ok());
    const auto logged = test.logger.WaitFor("rpc_call", 4);
    ASSERT_EQ(logged.size(), 4U);
    EXPECT_EQ(logged[0].level, LogLevel::kInfo);
    EXPECT_EQ(logged[0].fields.at("method"), kGetDashboard);
    EXPECT_EQ(logged[0].fields.at("code"), "NOT_FOUND");
    EXPECT_EQ(logged[0].fields.at("reason"), "REGION_NOT_FOUND");
    EXPECT_EQ(logged[0].fields.at("subject"), "siti");
    EXPECT_TRUE(telemetry::IsTraceparent(logged[0].fields.at("traceparent")));
    EXPECT_EQ(logged[1].fields.at("code"), "PERMISSION_DENIED");
    EXPECT_EQ(logged[1].fields.at("subject"), "siti") << "who was denied is known";
    EXPECT_EQ(logged[2].fields.at("subject"), "");
    EXPECT_EQ(logged[3].level, LogLevel::kDebug);

    const std::string metrics = telemetry::Render(test.metrics);
    for (const std::string labels :
         {R"(code="NOT_FOUND")", R"(code="PERMISSION_DENIED")", R"(code="UNAUTHENTICATED")"}) {
        EXPECT_THAT(metrics, HasSubstr("bangkit_rpc_calls_total{" + labels + R"(,method=")" +
                                       std::string(kGetDashboard) + "\"} 1"));
    }
    EXPECT_THAT(metrics, HasSubstr("bangkit_rpc_call_seconds_count{method=\"" +
                                   std::string(kGetDashboard) + "\"} 3"));
}

TEST(Handler, RefusalsCarryDetails) {
    TestServer test;
    test.dashboards.on_get = [](const Call&, const auto& reply) {
        reply(Refused(ErrorCode::kUnavailable, "DATABASE_UNREACHABLE", "the database is away"));
    };
    google::rpc::Status details;
    ASSERT_TRUE(details.ParseFromString(test.Get(test.Token({"agency"})).error_details()));
    google::rpc::ErrorInfo info;
    google::rpc::LocalizedMessage localized;
    google::rpc::RetryInfo retry;
    ASSERT_EQ(details.details_size(), 3);
    ASSERT_TRUE(details.details(0).UnpackTo(&info));
    ASSERT_TRUE(details.details(1).UnpackTo(&localized));
    ASSERT_TRUE(details.details(2).UnpackTo(&retry));
    EXPECT_EQ(info.domain(), "bangkit.id");
    EXPECT_EQ(info.reason(), "DATABASE_UNREACHABLE");
    EXPECT_EQ(localized.locale(), "id");
}

}  // namespace
}  // namespace bangkit::rpc
