#include "services/registration/tests/intake_fixture.h"

#include <thread>

#include "services/registration/api/intake_handler.h"

namespace bangkit::registration {

IntakeTest::IntakeTest()
    : intake_loop_(std::make_unique<IntakeLoop>(
          command::LoopOptions{.dsn = database_.dsn(), .name = "intake", .silence_max = {}},
          LoopContext(), [this] { return IntakeUnitOfWork(keys_, limits_); })),
      intake_handler_(std::make_unique<IntakeHandler>(IntakeContext{.calls = calls_,
                                                                    .loop = *intake_loop_,
                                                                    .checks = intake_checks_,
                                                                    .queries = intake_queries_,
                                                                    .keys = keys_})),
      intake_server_({.listen = "127.0.0.1:0"},
                     {{v1::IntakeService::service_full_name(), intake_handler_.get()}}, calls_) {}
IntakeTest::~IntakeTest() = default;

v1::SubmitIntakeRequest IntakeTest::Submission(int device, std::int64_t sequence,
                                               int minute) const {
    v1::SubmitIntakeRequest request;
    request.set_device_id(Device(device));
    request.mutable_submission()->set_sequence(sequence);
    Fill(*request.mutable_submission()->mutable_captured_at(),
         kNow - std::chrono::hours(10) + std::chrono::minutes(minute));
    return request;
}

v1::SubmitIntakeRequest IntakeTest::NewBusiness(int device, std::int64_t sequence, int number,
                                                int minute) const {
    v1::SubmitIntakeRequest request = Submission(device, sequence, minute);
    request.mutable_submission()->set_local_business_id(Local(number));
    v1::IntakeRegistration& registration = *request.mutable_submission()->mutable_registration();
    *registration.mutable_owner() = Registration(number).owner();
    *registration.mutable_business() = Registration(number).business();
    return request;
}

void IntakeTest::About(v1::SubmitIntakeRequest& request, const std::string& business_id,
                       const std::string& etag) {
    request.mutable_submission()->set_business_id(business_id);
    request.mutable_submission()->set_etag(etag);
}

void IntakeTest::AboutLocal(v1::SubmitIntakeRequest& request, int number) {
    request.mutable_submission()->set_local_business_id(Local(number));
}

void IntakeTest::SetAddress(v1::SubmitIntakeRequest& request, const std::string& address) {
    v1::IntakeEdit& edit = *request.mutable_submission()->mutable_edit();
    edit.mutable_update_mask()->add_paths("business.address");
    edit.mutable_business()->set_address(address);
}

void IntakeTest::SetPhone(v1::SubmitIntakeRequest& request, const std::string& phone) {
    v1::IntakeEdit& edit = *request.mutable_submission()->mutable_edit();
    edit.mutable_update_mask()->add_paths("owner.phone");
    edit.mutable_owner()->set_phone(phone);
}

void IntakeTest::SetNib(v1::SubmitIntakeRequest& request, const std::string& nib) {
    v1::IntakeEdit& edit = *request.mutable_submission()->mutable_edit();
    edit.mutable_update_mask()->add_paths("business.nib");
    edit.mutable_business()->set_nib(nib);
}

void IntakeTest::SetCondition(v1::SubmitIntakeRequest& request,
                              common::v1::BusinessCondition condition, const std::string& since) {
    request.mutable_submission()->mutable_condition()->set_condition(condition);
    request.mutable_submission()->mutable_condition()->set_since(since);
}

std::vector<v1::SubmitIntakeResponse> IntakeTest::Submit(
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

std::vector<v1::SubmitIntakeResponse> IntakeTest::Submit(
    const std::vector<v1::SubmitIntakeRequest>& requests) const {
    return Submit(requests, Token({"officer"}));  // The clock may have gone on.
}

std::string IntakeTest::StatusOf(const v1::SubmitIntakeResponse& answer) {
    if (answer.has_error()) return status::FromProto(answer.error()).reason;
    return v1::IntakeStatus_Name(answer.receipt().status()).substr(sizeof "INTAKE_STATUS_" - 1);
}

std::string IntakeTest::SubmitOne(const v1::SubmitIntakeRequest& request,
                                  const std::string& token) const {
    return StatusOf(Submit({request}, token).at(0));
}

std::string IntakeTest::SubmitOne(const v1::SubmitIntakeRequest& request) const {
    return SubmitOne(request, Token({"officer"}));
}

std::vector<v1::IntakeConflict> IntakeTest::Conflicts(const std::string& token) const {
    grpc::ClientContext context;
    rpc::Prepare(context, token, std::chrono::seconds(20));
    v1::ListIntakeConflictsResponse response;
    EXPECT_EQ(Name(intake_->ListIntakeConflicts(&context, {}, &response)), "OK");
    return {response.conflicts().begin(), response.conflicts().end()};
}

std::vector<v1::IntakeConflict> IntakeTest::Conflicts() const {
    return Conflicts(Token({"agency"}, {"36.74"}, "dinas"));
}

std::string IntakeTest::Resolve(const std::string& conflict_id, v1::IntakeDecision decision,
                                const std::string& token, const std::string& etag) const {
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

}  // namespace bangkit::registration
