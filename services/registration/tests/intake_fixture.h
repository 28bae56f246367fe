#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bangkit/registration/v1/intake_service.grpc.pb.h"
#include "services/registration/api/intake_handler.h"
#include "services/registration/storage/mapping.h"
#include "services/registration/tests/personal_data_fixture.h"

namespace bangkit::registration {

/// Devices, and the service that they speak to when they have network.
class IntakeTest : public PersonalDataTest {
protected:
    using IntakeStub = v1::IntakeService::Stub;

    /// A UUIDv7 of a device, another one for each number.
    static std::string Device(int number) {
        return "0190b3f2-0000-7000-8000-00000000000" + std::to_string(number);
    }
    /// A business that devices register, another one for each number.
    static std::string Local(int number) {
        return "0195b3f2-0000-7000-8000-0000000" + std::to_string(10'000 + number);
    }

    v1::SubmitIntakeRequest Submission(int device, std::int64_t sequence, int minute = 0) const {
        v1::SubmitIntakeRequest request;
        request.set_device_id(Device(device));
        request.mutable_submission()->set_sequence(sequence);
        Fill(*request.mutable_submission()->mutable_captured_at(),
             kNow - std::chrono::hours(10) + std::chrono::minutes(minute));
        return request;
    }
    v1::SubmitIntakeRequest NewBusiness(int device, std::int64_t sequence, int number,
                                        int minute = 0) const {
        v1::SubmitIntakeRequest request = Submission(device, sequence, minute);
        request.mutable_submission()->set_local_business_id(Local(number));
        v1::IntakeRegistration& registration =
            *request.mutable_submission()->mutable_registration();
        *registration.mutable_owner() = Registration(number).owner();
        *registration.mutable_business() = Registration(number).business();
        return request;
    }
    /// Of a business of the registry, as of a version; or of one of the device's own.
    static void About(v1::SubmitIntakeRequest& request, const std::string& business_id,
                      const std::string& etag) {
        request.mutable_submission()->set_business_id(business_id);
        request.mutable_submission()->set_etag(etag);
    }
    static void AboutLocal(v1::SubmitIntakeRequest& request, int number) {
        request.mutable_submission()->set_local_business_id(Local(number));
    }
    static void SetAddress(v1::SubmitIntakeRequest& request, const std::string& address) {
        v1::IntakeEdit& edit = *request.mutable_submission()->mutable_edit();
        edit.mutable_update_mask()->add_paths("business.address");
        edit.mutable_business()->set_address(address);
    }
    static void SetPhone(v1::SubmitIntakeRequest& request, const std::string& phone) {
        v1::IntakeEdit& edit = *request.mutable_submission()->mutable_edit();
        edit.mutable_update_mask()->add_paths("owner.phone");
        edit.mutable_owner()->set_phone(phone);
    }
    static void SetNib(v1::SubmitIntakeRequest& request, const std::string& nib) {
        v1::IntakeEdit& edit = *request.mutable_submission()->mutable_edit();
        edit.mutable_update_mask()->add_paths("business.nib");
        edit.mutable_business()->set_nib(nib);
    }
    static void SetCondition(v1::SubmitIntakeRequest& request,
                             common::v1::BusinessCondition condition, const std::string& since) {
        request.mutable_submission()->mutable_condition()->set_condition(condition);
        request.mutable_submission()->mutable_condition()->set_since(since);
    }

    /// The answers, in the order in which they came.
    std::vector<v1::SubmitIntakeResponse> Submit(
        const std::vector<v1::SubmitIntakeRequest>& requests, const std::string& token) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(60));
        const auto stream = intake_->SubmitIntake(&context);
        std::jthread writer([&] {
            for (const auto& request : requests) {
                if (!stream->Write(request)) return;
            }
            stream->WritesDone();
        });
        std::vector<v1::SubmitIntakeResponse> answers;
        v1::SubmitIntakeResponse answer;
        while (stream->Read(&answer)) answers.push_back(answer);
        writer.join();
        EXPECT_EQ(Name(stream->Finish()), "OK");
        return answers;
    }
    std::vector<v1::SubmitIntakeResponse> Submit(
        const std::vector<v1::SubmitIntakeRequest>& requests) const {
        return Submit(requests, Token({"officer"}));  // The clock may have gone on.
    }
    /// "APPLIED", "WAITING" ..., or why it was refused.
    static std::string StatusOf(const v1::SubmitIntakeResponse& answer) {
        if (answer.has_error()) return status::FromProto(answer.error()).reason;
        return v1::IntakeStatus_Name(answer.receipt().status()).substr(sizeof "INTAKE_STATUS_" - 1);
    }
    std::string SubmitOne(const v1::SubmitIntakeRequest& request, const std::string& token) const {
        return StatusOf(Submit({request}, token).at(0));
    }
    std::string SubmitOne(const v1::SubmitIntakeRequest& request) const {
        return SubmitOne(request, Token({"officer"}));
    }

    std::vector<v1::IntakeConflict> Conflicts(const std::string& token) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        v1::ListIntakeConflictsResponse response;
        EXPECT_EQ(Name(intake_->ListIntakeConflicts(&context, {}, &response)), "OK");
        return {response.conflicts().begin(), response.conflicts().end()};
    }
    std::vector<v1::IntakeConflict> Conflicts() const {
        return Conflicts(Token({"agency"}, {"36.74"}, "dinas"));
    }
    std::string Resolve(const std::string& conflict_id, v1::IntakeDecision decision,
                        const std::string& token, const std::string& etag = "") const {
        v1::ResolveIntakeConflictRequest request;
        request.set_request_id(NewId(kNow));
        request.set_conflict_id(conflict_id);
        request.set_decision(decision);
        request.set_etag(etag);
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        v1::ResolveIntakeConflictResponse response;
        return Name(intake_->ResolveIntakeConflict(&context, request, &response));
    }

    StoredBusiness Stored(const std::string& business_id) const {
        return queries_.Find({.regions = {"36"}, .owner_id = ""}, business_id).value();
    }
    std::string AddressOf(const std::string& business_id) const {
        return Stored(business_id).business.profile.address;
    }

    const IntakeChecks intake_checks_{checks_, keys_, clock_};
    const IntakeQueries intake_queries_{reads_, keys_, queries_};
    IntakeLoop intake_loop_{{.dsn = database_.dsn(), .name = "intake", .silence_max = {}},
                            LoopContext(),
                            [this] { return IntakeUnitOfWork(keys_); }};
    IntakeHandler intake_handler_{{.calls = calls_,
                                   .loop = intake_loop_,
                                   .checks = intake_checks_,
                                   .queries = intake_queries_,
                                   .keys = keys_}};
    const rpc::Server intake_server_{{.listen = "127.0.0.1:0"},
                                     {{v1::IntakeService::service_full_name(), &intake_handler_}}};
    const std::unique_ptr<IntakeStub> intake_ = v1::IntakeService::NewStub(
        rpc::Connect("127.0.0.1:" + std::to_string(intake_server_.port())));
};

}  // namespace bangkit::registration
