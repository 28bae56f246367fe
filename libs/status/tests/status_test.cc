#include "libs/status/status.h"

#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <gtest/gtest.h>

#include <optional>

namespace bangkit::status {
namespace {

constexpr ErrorCode kAllCodes[] = {ErrorCode::kInvalidArgument,
                                   ErrorCode::kNotFound,
                                   ErrorCode::kAlreadyExists,
                                   ErrorCode::kFailedPrecondition,
                                   ErrorCode::kResourceExhausted,
                                   ErrorCode::kDeadlineExceeded,
                                   ErrorCode::kUnavailable,
                                   ErrorCode::kInternal,
                                   ErrorCode::kUnauthenticated,
                                   ErrorCode::kPermissionDenied,
                                   ErrorCode::kAborted};

template <typename Detail>
std::vector<Detail> DetailsOf(const google::rpc::Status& status) {
    std::vector<Detail> details;
    for (const auto& any : status.details()) {
        if (Detail detail; any.UnpackTo(&detail)) details.push_back(std::move(detail));
    }
    return details;
}

const Error kFieldsInvalid{ErrorCode::kInvalidArgument,
                           "FIELDS_INVALID",
                           "2 fields are wrong",
                           {{"owner.nik", "NIK_INVALID", "must have 16 digits"},
                            {"business.name", "REQUIRED", "is required"}},
                           {{"business_id", "0190"}, {"limit", "16"}}};

TEST(Status, AnErrorComesBackAsItWas) {
    EXPECT_EQ(FromProto(ToProto(kFieldsInvalid)), kFieldsInvalid);
    for (const ErrorCode code : kAllCodes) {
        const Error error{code, "SOME_REASON", "what happened"};
        EXPECT_EQ(FromProto(ToProto(error)), error);
        google::rpc::Status stored;
        ASSERT_TRUE(stored.ParseFromString(ToProto(error).SerializeAsString()));
        EXPECT_EQ(FromProto(stored), error);
    }
}

TEST(Status, HasExactlyOneErrorInfo) {
    const auto infos = DetailsOf<google::rpc::ErrorInfo>(ToProto(kFieldsInvalid));
    ASSERT_EQ(infos.size(), 1U);
    EXPECT_EQ(infos[0].reason(), "FIELDS_INVALID");
    EXPECT_EQ(infos[0].domain(), "bangkit.id");
    EXPECT_EQ(infos[0].metadata().at("business_id"), "0190");
}

TEST(Status, EveryFieldIsNamedWithReasonAndBothLanguages) {
    const auto bad = DetailsOf<google::rpc::BadRequest>(ToProto(kFieldsInvalid));
    ASSERT_EQ(bad.size(), 1U);
    ASSERT_EQ(bad[0].field_violations_size(), 2);
    const auto& nik = bad[0].field_violations(0);
    EXPECT_EQ(nik.field(), "owner.nik");
    EXPECT_EQ(nik.reason(), "NIK_INVALID");
    EXPECT_EQ(nik.description(), "must have 16 digits");
    EXPECT_EQ(nik.localized_message().locale(), "id");
    EXPECT_THAT(nik.localized_message().message(), testing::HasSubstr("16 angka"));
    const Error no_fields{ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business"};
    EXPECT_TRUE(DetailsOf<google::rpc::BadRequest>(ToProto(no_fields)).empty());
}

TEST(Status, SpeaksIndonesianToo) {
    const auto messages = DetailsOf<google::rpc::LocalizedMessage>(
        ToProto({ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business"}));
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].locale(), "id");
    EXPECT_EQ(messages[0].message(), "Usaha tidak ditemukan di wilayah Anda.");
}

TEST(Status, SaysWhenToRetryIfThatMayHelp) {
    for (const ErrorCode code : kAllCodes) {
        const auto retries = DetailsOf<google::rpc::RetryInfo>(ToProto({code, "R", "m"}));
        const bool helps = code == ErrorCode::kUnavailable || code == ErrorCode::kResourceExhausted;
        EXPECT_EQ(retries.size(), helps ? 1U : 0U);
        for (const auto& retry : retries) EXPECT_GT(retry.retry_delay().seconds(), 0);
    }
}

TEST(Status, NumbersAreThoseOfGoogleRpc) {
    EXPECT_EQ(ToNumber(ErrorCode::kInvalidArgument), 3);
    EXPECT_EQ(ToNumber(ErrorCode::kUnauthenticated), 16);
    for (const ErrorCode code : kAllCodes) EXPECT_EQ(FromNumber(ToNumber(code)), code);
    for (const int strange : {-1, 0, 1, 2, 11, 12, 15, 17, 1000}) {
        EXPECT_EQ(FromNumber(strange), ErrorCode::kInternal);
    }
}

TEST(Status, AStatusOfOthersIsUnderstoodAsFarAsPossible) {
    google::rpc::Status status;
    status.set_code(12);
    status.set_message("no such method");
    EXPECT_EQ(FromProto(status), (Error{ErrorCode::kInternal, "UNIMPLEMENTED", "no such method"}));
    status.set_code(-5);
    EXPECT_EQ(FromProto(status).reason, "UNKNOWN");
}

}  // namespace
}  // namespace bangkit::status
