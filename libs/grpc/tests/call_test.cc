#include "libs/grpc/call.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <gtest/gtest.h>

namespace bangkit::rpc {
namespace {

TEST(ToStatus, ComesBackAsItWas) {
    const Error error{ErrorCode::kAlreadyExists,
                      "NIK_ALREADY_REGISTERED",
                      "the NIK is registered",
                      {{"owner.nik", "NIK_ALREADY_REGISTERED", "is registered"}},
                      {{"business_id", "0190"}}};
    const grpc::Status status = ToStatus(error);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
    EXPECT_EQ(status.error_message(), "the NIK is registered");
    EXPECT_EQ(FromStatus(status), error);
}

TEST(ToStatus, AlwaysSaysSomething) {
    const grpc::Status status = ToStatus({ErrorCode::kAborted, "ETAG_STALE", ""});
    EXPECT_EQ(status.error_message(), "ETAG_STALE");
}

TEST(ToStatus, NeverOutgrowsTheMetadata) {
    Error error{ErrorCode::kInvalidArgument, "FIELDS_INVALID", "1000 fields are wrong"};
    for (int i = 0; i < 1000; ++i) {
        error.fields.push_back({"field" + std::to_string(i), "REQUIRED", "is required"});
    }
    const grpc::Status status = ToStatus(error);
    EXPECT_LT(status.error_details().size(), 6000U);
    const Error received = FromStatus(status);
    EXPECT_GT(received.fields.size(), 20U);
    EXPECT_EQ(received.fields.front(), error.fields.front());
    EXPECT_EQ(received.metadata.at("more_fields"), "true");
}

TEST(FromStatus, UnderstandsStatusesWithoutDetails) {
    const Error error = FromStatus({grpc::StatusCode::UNAVAILABLE, "connection refused"});
    EXPECT_EQ(error, (Error{ErrorCode::kUnavailable, "UNAVAILABLE", "connection refused"}));
    const Error garbage = FromStatus({grpc::StatusCode::NOT_FOUND, "no", "\xFF\xFF garbage"});
    EXPECT_EQ(garbage, (Error{ErrorCode::kNotFound, "NOT_FOUND", "no"}));
}

}  // namespace
}  // namespace bangkit::rpc
