#include "libs/service/service.h"

#include <google/protobuf/any.pb.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

namespace bangkit::service {
namespace {

using Variables = std::map<std::string, std::string>;

/// Sets the environment of this process for one test.
class ServiceTest : public ::testing::Test {
protected:
    ServiceTest() {
        std::ofstream(jwks_) << "keys";
        for (const char* name :
             {"BANGKIT_TEST_POSTGRES", "BANGKIT_TEST_REDIS", "BANGKIT_TEST_KAFKA"}) {
            unsetenv(name);  // For other tests; a service would refuse them.
        }
        for (const auto& [name, value] : Complete()) setenv(name.c_str(), value.c_str(), 1);
    }
    ~ServiceTest() override {
        for (const auto& [name, value] : Complete()) unsetenv(name.c_str());
        for (const char* name : {"BANGKIT_LOG_LEVEL", "BANGKIT_FAILPOINTS", "BANGKIT_CLOCK_OFFSET",
                                 "BANGKIT_LISTNE"}) {
            unsetenv(name);
        }
    }

    Variables Complete() const {
        return {{"BANGKIT_ENV", "development"},
                {"BANGKIT_DSN", "dsn"},
                {"BANGKIT_MIGRATION_DSN", "owner"},
                {"BANGKIT_KAFKA", "kafka"},
                {"BANGKIT_LISTEN", "listen"},
                {"BANGKIT_ADMIN_LISTEN", "admin"},
                {"BANGKIT_JWKS", jwks_}};
    }
    int RunOnce() {
        return service::Run(
            "test", [](Settings&, bool) {},
            [this](const Foundation& base) {
                served_ = true;
                settings_ = base.settings;
                offset_ = base.clock.Now() - SystemClock().Now();
            });
    }

    const std::string jwks_ = ::testing::TempDir() + "bangkit-service-test-jwks";
    bool served_ = false;
    CommonSettings settings_;
    Time::duration offset_{};
};

TEST_F(ServiceTest, ServesWithCompleteSettings) {
    EXPECT_EQ(RunOnce(), 0);
    EXPECT_TRUE(served_);
    EXPECT_TRUE(settings_.development);
    EXPECT_EQ(settings_.migration_dsn, "owner");
    EXPECT_EQ(settings_.jwks, "keys");
}

TEST_F(ServiceTest, AMissingSettingIsAnError) {
    for (const auto& [name, value] : Complete()) {
        if (name == "BANGKIT_ENV") continue;  // Production, then.
        unsetenv(name.c_str());
        EXPECT_EQ(RunOnce(), 1) << name;
        setenv(name.c_str(), value.c_str(), 1);
    }
    EXPECT_FALSE(served_);
}

TEST_F(ServiceTest, AnUnknownSettingIsAnError) {
    setenv("BANGKIT_LISTNE", "127.0.0.1:7100", 1);
    EXPECT_EQ(RunOnce(), 1);
    EXPECT_FALSE(served_);
}

TEST_F(ServiceTest, FailpointsAreForDevelopmentOnly) {
    setenv("BANGKIT_FAILPOINTS", "before_commit=kill", 1);
    EXPECT_EQ(RunOnce(), 0);
    setenv("BANGKIT_ENV", "production", 1);
    EXPECT_EQ(RunOnce(), 1);
}

TEST_F(ServiceTest, AWrongClockIsForDevelopmentOnly) {
    setenv("BANGKIT_CLOCK_OFFSET", "-3600", 1);
    EXPECT_EQ(RunOnce(), 0);
    EXPECT_EQ(std::chrono::round<std::chrono::minutes>(offset_), -std::chrono::hours(1));
    setenv("BANGKIT_CLOCK_OFFSET", "an hour", 1);
    EXPECT_EQ(RunOnce(), 1);
    setenv("BANGKIT_CLOCK_OFFSET", "3600", 1);
    setenv("BANGKIT_ENV", "production", 1);
    EXPECT_EQ(RunOnce(), 1);
}

TEST_F(ServiceTest, LogLevelsAreFour) {
    setenv("BANGKIT_LOG_LEVEL", "warning", 1);
    EXPECT_EQ(RunOnce(), 0);
    setenv("BANGKIT_LOG_LEVEL", "loud", 1);
    EXPECT_EQ(RunOnce(), 1);
}

TEST_F(ServiceTest, AStopSignalEndsTheWaitAndNotTheProcess) {
    const int code = service::Run(
        "test", [](Settings&, bool) {},
        [this](const Foundation& base) {
            std::raise(SIGTERM);
            base.wait_for_stop();
            served_ = true;
        });
    EXPECT_EQ(code, 0);
    EXPECT_TRUE(served_);
}

TEST_F(ServiceTest, MessagesThatCannotBeReadDoNotFillTheLog) {
    EXPECT_EQ(RunOnce(), 0);
    ::testing::internal::CaptureStderr();
    google::protobuf::Any message;
    EXPECT_FALSE(message.ParseFromString("\x0a\x02\xff\xfe"));  // A text that is no UTF-8.
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST_F(ServiceTest, AFailureIsAnExitCode) {
    const int code = service::Run(
        "test", [](Settings&, bool) {},
        [](const Foundation&) { throw std::runtime_error("no port"); });
    EXPECT_EQ(code, 1);
}

}  // namespace
}  // namespace bangkit::service
