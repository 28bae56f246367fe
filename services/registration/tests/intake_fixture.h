#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bangkit/registration/v1/intake_service.grpc.pb.h"
#include "services/registration/api/intake_checks.h"
#include "services/registration/storage/intake_queries.h"
#include "services/registration/storage/intake_unit_of_work.h"
#include "services/registration/storage/mapping.h"
#include "services/registration/tests/personal_data_fixture.h"

namespace bangkit::registration {

using IntakeLoop = command::CommandLoop<IntakeUnitOfWork>;

/// Devices, and the service that they speak to when they have network.
class IntakeTest : public PersonalDataTest {
protected:
    using IntakeStub = v1::IntakeService::Stub;

    IntakeTest();
    ~IntakeTest() override;

    /// A UUIDv7 of a device, another one for each number.
    static std::string Device(int number) {
        return "0190b3f2-0000-7000-8000-00000000000" + std::to_string(number);
    }
    /// A business that devices register, another one for each number.
    static std::string Local(int number) {
        return "0195b3f2-0000-7000-8000-0000000" + std::to_string(10'000 + number);
    }

    v1::SubmitIntakeRequest Submission(int device, std::int64_t sequence, int minute = 0) const;
    v1::SubmitIntakeRequest NewBusiness(int device, std::int64_t sequence, int number,
                                        int minute = 0) const;
    /// Of a business of the registry, as of a version; or of one of the device's own.
    static void About(v1::SubmitIntakeRequest& request, const std::string& business_id,
                      const std::string& etag);
    static void AboutLocal(v1::SubmitIntakeRequest& request, int number);
    static void SetAddress(v1::SubmitIntakeRequest& request, const std::string& address);
    static void SetPhone(v1::SubmitIntakeRequest& request, const std::string& phone);
    static void SetNib(v1::SubmitIntakeRequest& request, const std::string& nib);
    static void SetCondition(v1::SubmitIntakeRequest& request,
                             common::v1::BusinessCondition condition, const std::string& since);

    /// The answers, in the order in which they came.
    std::vector<v1::SubmitIntakeResponse> Submit(
        const std::vector<v1::SubmitIntakeRequest>& requests, const std::string& token) const;
    std::vector<v1::SubmitIntakeResponse> Submit(
        const std::vector<v1::SubmitIntakeRequest>& requests) const;
    /// "APPLIED", "WAITING" ..., or why it was refused.
    static std::string StatusOf(const v1::SubmitIntakeResponse& answer);
    std::string SubmitOne(const v1::SubmitIntakeRequest& request, const std::string& token) const;
    std::string SubmitOne(const v1::SubmitIntakeRequest& request) const;

    std::vector<v1::IntakeConflict> Conflicts(const std::string& token) const;
    std::vector<v1::IntakeConflict> Conflicts() const;
    std::string Resolve(const std::string& conflict_id, v1::IntakeDecision decision,
                        const std::string& token, const std::string& etag = "") const;

    StoredBusiness Stored(const std::string& business_id) const {
        return queries_.Find({.regions = {"36"}, .owner_id = ""}, business_id).value();
    }
    std::string AddressOf(const std::string& business_id) const {
        return Stored(business_id).business.profile.address;
    }

    IntakeLimits limits_;
    const IntakeChecks intake_checks_{checks_, keys_, clock_};
    const IntakeQueries intake_queries_{reads_, keys_, queries_};
    const std::unique_ptr<IntakeLoop> intake_loop_;
    const std::unique_ptr<grpc::Service> intake_handler_;
    const rpc::Server intake_server_;
    const std::unique_ptr<IntakeStub> intake_ = v1::IntakeService::NewStub(
        rpc::Connect("127.0.0.1:" + std::to_string(intake_server_.port())));
};

}  // namespace bangkit::registration
