#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <thread>
#include <vector>

#include "services/aid/storage/business/businesses.h"
#include "services/aid/tests/server_fixture.h"

namespace bangkit::aid {

/// Applications of businesses that are known, by different people.
class ApplicationsTest : public AidTest {
protected:
    /// A programme that is open and needs no documents.
    v1::Program Opened(const ProgramTerms& terms = NoDocuments()) {
        const v1::Program program = Created(terms);
        EXPECT_EQ(Change(&ProgramStub::OpenProgram, program.program_id(), province_), "OK");
        return program;
    }
    static ProgramTerms NoDocuments() {
        ProgramTerms terms = CashGrant();
        terms.documents.clear();
        return terms;
    }
    /// As registration's events would have made it known: affected, and of an owner of its own.
    Business Known(const std::string& region = "18.71.05.1002", int condition = 2) {
        Business business;
        business.id = NewId(kNow);
        business.version = 1;
        business.owner_id = NewId(kNow);
        business.region_code = region;
        business.kind = 1;
        business.condition = condition;
        business.verification = 1;
        business.updated_at = kNow;
        postgres::Connection connection(database_.dsn());
        postgres::Transaction transaction(connection);
        SaveBusinesses(transaction, {{business.id, business}});
        transaction.Commit();
        return business;
    }
    std::string Start(const std::string& program_id, const std::string& business_id,
                      const std::string& token, v1::Application* started = nullptr) const {
        v1::StartApplicationRequest request;
        request.set_request_id(NewId(kNow));
        request.set_program_id(program_id);
        request.set_business_id(business_id);
        v1::StartApplicationResponse response;
        std::string name = Call(&ApplicationStub::StartApplication, request, response, token);
        if (started != nullptr) *started = response.application();
        return name;
    }
    std::string Started(const std::string& program_id, const std::string& business_id) const {
        v1::Application application;
        EXPECT_EQ(Start(program_id, business_id, officer_, &application), "OK");
        return application.application_id();
    }
    /// What is done to an application and needs no more than its id.
    template <typename Request, typename Response>
    std::string Do(grpc::Status (ApplicationStub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                   const std::string& id, const std::string& token,
                   const std::string& etag = "") const {
        Request request;
        request.set_request_id(NewId(kNow));
        request.set_application_id(id);
        request.set_etag(etag);
        if constexpr (std::is_same_v<Request, v1::RecordSurveyRequest>) {
            request.set_is_recommended(true);
        }
        if constexpr (std::is_same_v<Request, v1::RejectApplicationRequest>) {
            request.add_reasons(v1::REJECTION_REASON_OTHER);
        }
        Response response;
        return Call(method, request, response, token);
    }
    std::string Approve(const std::string& id, const std::string& token) const {
        return Do(&ApplicationStub::ApproveApplication, id, token);
    }
    std::string Submit(const std::string& id) const {
        return Do(&ApplicationStub::SubmitApplication, id, officer_);
    }
    /// Ready to be approved.
    std::string Surveyed(const std::string& program_id, const std::string& business_id) const {
        const std::string id = Started(program_id, business_id);
        EXPECT_EQ(Submit(id), "OK");
        EXPECT_EQ(Do(&ApplicationStub::CheckDocuments, id, officer_), "OK");
        EXPECT_EQ(Do(&ApplicationStub::RecordSurvey, id, surveyor_), "OK");
        return id;
    }
    std::vector<std::string> ManySurveyed(const std::string& program_id, int count) {
        std::vector<std::string> ids;
        for (int i = 0; i < count; ++i) ids.push_back(Surveyed(program_id, Known().id));
        return ids;
    }
    std::string Get(const std::string& id, const std::string& token,
                    v1::Application* application = nullptr) const {
        v1::GetApplicationRequest request;
        request.set_application_id(id);
        v1::GetApplicationResponse response;
        std::string name = Call(&ApplicationStub::GetApplication, request, response, token);
        if (application != nullptr) *application = response.application();
        return name;
    }
    /// "OK" or the reason, by line.
    std::vector<std::string> BatchApprove(
        const std::vector<v1::ApproveApplicationRequest>& lines) const {
        grpc::ClientContext context;
        rpc::Prepare(context, province_, std::chrono::seconds(60));
        const auto stream = application_stub_->BatchApproveApplications(&context);
        std::thread writer([&] {
            for (const v1::ApproveApplicationRequest& line : lines) {
                v1::BatchApproveApplicationsRequest request;
                *request.mutable_approval() = line;
                stream->Write(request);
            }
            stream->WritesDone();
        });
        std::map<std::string, std::string> answers;
        v1::BatchApproveApplicationsResponse response;
        while (stream->Read(&response)) {
            answers[response.request_id()] =
                response.has_approved() ? "OK" : status::FromProto(response.error()).reason;
        }
        writer.join();
        EXPECT_EQ(Name(stream->Finish()), "OK");
        std::vector<std::string> in_order;
        for (const auto& line : lines) in_order.push_back(answers[line.request_id()]);
        return in_order;
    }
    static std::vector<v1::ApproveApplicationRequest> Approvals(
        const std::vector<std::string>& ids) {
        std::vector<v1::ApproveApplicationRequest> lines;
        for (const std::string& id : ids) {
            lines.emplace_back().set_request_id(NewId(kNow));
            lines.back().set_application_id(id);
        }
        return lines;
    }
    void ExpectClean(const std::string& budget_id) const {
        EXPECT_TRUE(Recounted(budget_id).matches());
        EXPECT_EQ(
            Count("budgets b WHERE b.reserved_rupiah <> (SELECT coalesce(sum(amount_rupiah), 0)"
                  " FROM applications a WHERE a.budget_id = b.budget_id AND a.state IN (5, 6))"),
            0)
            << "what is reserved is what is approved and not paid";
        EXPECT_EQ(
            Count("applications a WHERE version <> (SELECT count(*) FROM application_history h"
                  " WHERE h.application_id = a.application_id)"),
            0);
    }

    static constexpr std::int64_t kEach = 1'134'429;
    const std::string officer_ = Token({"officer"}, {"18.71"}, "petugas");
    const std::string surveyor_ = Token({"officer"}, {"18.71"}, "penyurvei");
};

}  // namespace bangkit::aid
