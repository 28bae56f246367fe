// What is no proper call: refused as it should be, without any trace, and the next one works.
#include <gmock/gmock.h>

#include "services/registration/tests/hostile_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::AnyOf;

/// 200 groups inside each other, as an unknown field.
std::string Nested() {
    std::string bytes;
    for (int i = 0; i < 200; ++i) bytes += "\xa3\x06";
    for (int i = 0; i < 200; ++i) bytes += "\xa4\x06";
    return bytes;
}

TEST_F(HostileTest, WhatCannotBeReadReachesNoHandler) {
    const std::pair<std::string, std::string> kinds[] = {
        {"truncated",
         "\x12\x7f"
         "cut"},
        {"a length without end", "\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"},
        {"nested 200 times", Nested()},
        {"no UTF-8", "\x0a\x02\xff\xfe"},
        {"a surrogate", "\x0a\x03\xed\xa0\x80"},
        {"a wrong wire type", "\x0f"},
        {"field number 0", std::string("\x02\x00", 2)},
        {"noise", std::string(4096, '\xff')},
    };
    const RowCounts before = CountRows();
    for (const char* method :
         {"RegisterBusiness", "ReportCondition", "UpdateBusiness", "VerifyBusiness", "GetBusiness",
          "GetBusinessHistory", "ListBusinesses"}) {
        for (const auto& [what, bytes] : kinds) {
            const grpc::Status status = Send("/" + std::string(kService) + "/" + method, bytes);
            // gRPC's own answers; which of them depends on its version.
            EXPECT_THAT(status.error_code(),
                        AnyOf(grpc::StatusCode::UNIMPLEMENTED, grpc::StatusCode::INTERNAL))
                << method << " " << what;
        }
    }
    EXPECT_EQ(CountRows(), before);
    ExpectTheNextCallToWork();
}

TEST_F(HostileTest, WhatIsNotThereIsUnimplemented) {
    const RowCounts before = CountRows();
    for (const std::string& method : std::initializer_list<std::string>{
             "/" + std::string(kService) + "/DropTables", "/" + std::string(kService) + "/",
             "/" + std::string(kService) + "/registerbusiness",
             "/bangkit.registration.v2.RegistrationService/RegisterBusiness",
             "/bangkit.aid.v1.AidService/Approve", "/", "//", "RegisterBusiness",
             "/../../etc/passwd",
             // For development only.
             "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
             "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
             "/grpc.channelz.v1.Channelz/GetServers"}) {
        EXPECT_EQ(Send(method, "").error_code(), grpc::StatusCode::UNIMPLEMENTED) << method;
    }
    EXPECT_EQ(CountRows(), before);
    ExpectTheNextCallToWork();
}

TEST_F(HostileTest, MessagesAreLimitedPackedAndUnpacked) {
    const RowCounts before = CountRows();
    v1::RegisterBusinessRequest huge = Registration(1);
    huge.mutable_business()->set_address(std::string(1 << 20, 'x'));
    v1::RegisterBusinessResponse response;
    EXPECT_EQ(Register(huge, response).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);

    huge.mutable_business()->set_address(std::string(64 << 20, 'x'));  // 64 KiB when packed.
    grpc::ClientContext context;
    rpc::Prepare(context, officer_, std::chrono::seconds(20));
    context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
    EXPECT_EQ(stub_->RegisterBusiness(&context, huge, &response).error_code(),
              grpc::StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_EQ(CountRows(), before);
    ExpectTheNextCallToWork();
}

TEST_F(HostileTest, ValuesThatNobodyKnowsOrMayMeanAreRefusedByField) {
    using Spoil = std::function<void(v1::RegisterBusinessRequest&)>;
    constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
    constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
    const auto amounts = [](std::int64_t amount) {
        return [amount](auto& request) {
            request.mutable_business()->set_capital_rupiah(amount);
            request.mutable_business()->set_annual_sales_rupiah(amount);
        };
    };
    const std::pair<const char*, Spoil> cases[] = {
        {"UNKNOWN_VALUE",
         [](auto& r) { r.mutable_business()->set_kind(common::v1::BusinessKind(99)); }},
        {"UNKNOWN_VALUE",
         [](auto& r) { r.mutable_business()->set_kind(common::v1::BusinessKind(-1)); }},
        {"REQUIRED", [](auto& r) { r.mutable_business()->clear_kind(); }},
        {"UNKNOWN_VALUE",
         [](auto& r) { r.mutable_business()->set_condition(common::v1::BusinessCondition(77)); }},
        {"UNKNOWN_VALUE",
         [](auto& r) { r.mutable_business()->add_channels(common::v1::SalesChannel(9)); }},
        {"REQUIRED",
         [](auto& r) {
             r.mutable_business()->add_channels(common::v1::SALES_CHANNEL_UNSPECIFIED);
         }},
        {"OUT_OF_RANGE", amounts(-1)},
        {"OUT_OF_RANGE", amounts(1'000'000'000'000'001)},
        {"OUT_OF_RANGE", amounts(kMax)},
        {"OUT_OF_RANGE", amounts(kMin)},
        {"REQUIRED", [](auto& r) { r.mutable_owner()->set_name(" \t "); }},
        {"REQUIRED", [](auto& r) { r.clear_owner(); }},
        {"REQUIRED", [](auto& r) { r.clear_business(); }},
        {"TOO_LONG", [](auto& r) { r.mutable_owner()->set_name(std::string(201, 'x')); }},
        {"TEXT_INVALID", [](auto& r) { r.mutable_business()->set_name(std::string("a\0b", 3)); }},
        {"TEXT_INVALID", [](auto& r) { r.mutable_business()->set_name("a\nb"); }},
        {"NIK_INVALID", [](auto& r) { r.mutable_owner()->set_nik("3.2E+15"); }},
        {"PHONE_INVALID", [](auto& r) { r.mutable_owner()->set_phone("112"); }},
        {"REGION_UNKNOWN", [](auto& r) { r.mutable_business()->set_region_code("36.7"); }},
        {"REGION_UNKNOWN", [](auto& r) { r.mutable_business()->set_region_code("36"); }},
        {"REGION_UNKNOWN", [](auto& r) { r.mutable_business()->set_region_code("ID"); }},
        {"REGION_UNKNOWN", [](auto& r) { r.mutable_business()->set_region_code("36.74'; --"); }},
        {"KBLI_UNKNOWN", [](auto& r) { r.mutable_business()->set_kbli("04"); }},
        {"NIB_INVALID", [](auto& r) { r.mutable_business()->set_nib("123"); }},
        {"NPWP_INVALID", [](auto& r) { r.mutable_business()->set_npwp("123"); }},
        {"DATE_INVALID", [](auto& r) { r.mutable_business()->set_start_date("2026-02-30"); }},
        {"DATE_INVALID", [](auto& r) { r.mutable_business()->set_start_date("0001-01-01"); }},
        {"DATE_IN_FUTURE",
         [](auto& r) { r.mutable_business()->set_condition_since("9999-12-31"); }},
    };
    const RowCounts before = CountRows();
    for (const auto& [reason, spoil] : cases) {
        v1::RegisterBusinessRequest request = Registration(1);
        spoil(request);
        v1::RegisterBusinessResponse response;
        const grpc::Status status = Register(request, response);
        EXPECT_EQ(Name(status), "INVALID_ARGUMENT FIELDS_INVALID") << request.ShortDebugString();
        const Error error = rpc::FromStatus(status);
        EXPECT_TRUE(std::ranges::any_of(
            error.fields, [&](const FieldViolation& field) { return field.reason == reason; }))
            << reason << ": " << request.ShortDebugString();
    }
    EXPECT_EQ(CountRows(), before);
    ExpectTheNextCallToWork();
}

TEST_F(HostileTest, QueriesThatMakeNoSenseAreRefused) {
    const RowCounts before = CountRows();
    const auto history = [this](const auto& spoil) {
        v1::GetBusinessHistoryRequest request;
        request.set_business_id(NewId(kNow));
        spoil(request);
        v1::GetBusinessHistoryResponse response;
        const grpc::Status status = Call(&Stub::GetBusinessHistory, request, response);
        EXPECT_EQ(Name(status), "INVALID_ARGUMENT FIELDS_INVALID") << request.ShortDebugString();
    };
    history([](auto& request) { request.set_business_id("1 OR 1=1"); });
    history([](auto& request) { request.set_as_of("infinity"); });
    history([](auto& request) { request.set_as_of("2026-13-01"); });
    history([](auto& request) { request.mutable_known_at()->set_seconds(-1); });
    history([](auto& request) { request.mutable_known_at()->set_seconds(1L << 62); });
    history([](auto& request) { request.mutable_known_at()->set_nanos(1'000'000'000); });
    history([](auto& request) { request.mutable_known_at()->set_nanos(-1); });
    history([](auto& request) { request.set_page_size(-1); });
    history([](auto& request) { request.set_page_token("AAAA"); });
    EXPECT_EQ(CountRows(), before);
    ExpectTheNextCallToWork();
}

TEST_F(HostileTest, ACallThatIsCancelledHasOneEffectAfterARetry) {
    const v1::RegisterBusinessRequest request = Registration(1);
    for (int i = 0; i < 20; ++i) {
        grpc::ClientContext context;
        rpc::Prepare(context, officer_, std::chrono::seconds(20));
        grpc::CompletionQueue queue;
        v1::RegisterBusinessResponse response;
        grpc::Status status;
        const auto call = stub_->AsyncRegisterBusiness(&context, request, &queue);
        call->Finish(&response, &status, nullptr);
        if (i % 2 == 0) std::this_thread::yield();
        context.TryCancel();
        void* tag = nullptr;
        bool ok = false;
        queue.Next(&tag, &ok);
    }
    v1::RegisterBusinessResponse response;
    EXPECT_EQ(Name(Register(request, response)), "OK");
    EXPECT_EQ(Count("businesses"), 1);
    EXPECT_EQ(Count("outbox"), 1);
    EXPECT_EQ(Count("idempotency"), 1);
    EXPECT_EQ(Count("audit_entries"), 1);
}

// The clients are gone, and come back: each change once, whatever came of the first attempts.
TEST_F(HostileTest, ChangesThatAreCutOffByADeadlineHaveOneEffectAfterARetry) {
    const std::string id = Registered(Registration(1)).business_id();
    v1::UpdateBusinessRequest request;
    request.set_request_id(NewId(kNow));
    request.set_business_id(id);
    request.mutable_update_mask()->add_paths("business.name");
    request.mutable_business()->set_name("Toko");
    for (int i = 0; i < 20; ++i) {
        grpc::ClientContext context;
        rpc::Prepare(context, officer_, std::chrono::milliseconds(1));
        v1::UpdateBusinessResponse response;
        stub_->UpdateBusiness(&context, request, &response);
    }
    v1::UpdateBusinessResponse response;
    EXPECT_EQ(Name(Call(&Stub::UpdateBusiness, request, response)), "OK");
    EXPECT_EQ(response.business().version(), 2);
    EXPECT_EQ(Count("detail_changes"), 1);
    EXPECT_EQ(Count("outbox"), 2);
}

}  // namespace
}  // namespace bangkit::registration
