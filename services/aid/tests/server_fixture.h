#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bangkit/aid/v1/application_service.grpc.pb.h"
#include "bangkit/aid/v1/document_service.grpc.pb.h"
#include "bangkit/aid/v1/ledger_service.grpc.pb.h"
#include "bangkit/aid/v1/payment_service.grpc.pb.h"
#include "bangkit/aid/v1/program_service.grpc.pb.h"
#include "gen/aid_migrations.h"
#include "gen/command_migrations.h"
#include "gen/denials_migrations.h"
#include "gen/messaging_migrations.h"
#include "libs/base/ids.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/client.h"
#include "libs/identity/development_issuer.h"
#include "libs/identity/policy.h"
#include "libs/objects/store.h"
#include "libs/status/status.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/temp_database.h"
#include "libs/testing/temp_folder.h"
#include "services/aid/storage/budget/ledger_book.h"
#include "services/aid/storage/program/program_mapping.h"
#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {

/// Making an RSA key takes long: one for all tests.
inline const identity::DevelopmentKey& TokenKey() {
    static const identity::DevelopmentKey key = identity::GenerateDevelopmentKey();
    return key;
}

class FakeRegistration;

/// The service as main() builds it, without what talks to Kafka, and a client.
class AidTest : public ::testing::Test {
protected:
    using ProgramStub = v1::ProgramService::Stub;
    using LedgerStub = v1::LedgerService::Stub;
    using ApplicationStub = v1::ApplicationService::Stub;
    using DocumentStub = v1::DocumentService::Stub;
    using PaymentStub = v1::PaymentService::Stub;

    AidTest();
    ~AidTest() override;

    std::string Token(std::vector<std::string> roles, std::vector<std::string> regions = {"18"},
                      std::string subject = "dinas") const {
        return issuer_.Mint({std::move(subject), std::move(roles), std::move(regions)},
                            clock_.Now(), std::chrono::minutes(5));
    }

    /// "CODE REASON"; "OK".
    static std::string Name(const grpc::Status& status) {
        if (status.ok()) return "OK";
        return std::string(bangkit::status::NameOf(status.error_code())) + " " +
               rpc::FromStatus(status).reason;
    }
    /// A unary call of a stub that a test made for channel().
    template <typename Stub, typename Request, typename Response>
    static std::string Call(Stub& stub,
                            grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                         Response*),
                            const Request& request, Response& response, const std::string& token) {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        return Name((stub.*method)(&context, request, &response));
    }
    /// A unary call: Call(&ProgramStub::GetProgram, request, response, token).
    template <typename Service, typename Request, typename Response>
    std::string Call(grpc::Status (Service::*method)(grpc::ClientContext*, const Request&,
                                                     Response*),
                     const Request& request, Response& response, const std::string& token) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        if constexpr (std::is_same_v<Service, LedgerStub>) {
            return Name((*ledger_stub_.*method)(&context, request, &response));
        } else if constexpr (std::is_same_v<Service, PaymentStub>) {
            return Name((*payment_stub_.*method)(&context, request, &response));
        } else if constexpr (std::is_same_v<Service, DocumentStub>) {
            return Name((*document_stub_.*method)(&context, request, &response));
        } else if constexpr (std::is_same_v<Service, ApplicationStub>) {
            return Name((*application_stub_.*method)(&context, request, &response));
        } else {
            return Name((*program_stub_.*method)(&context, request, &response));
        }
    }

    v1::CreateProgramRequest Creation(const ProgramTerms& terms = CashGrant()) const {
        v1::CreateProgramRequest request;
        request.set_request_id(NewId(kNow));
        Fill(*request.mutable_terms(), terms);
        return request;
    }
    v1::Program Created(const ProgramTerms& terms = CashGrant()) {
        clock_.Advance(std::chrono::milliseconds(1));  // Ids are in the order of time.
        v1::CreateProgramResponse response;
        EXPECT_EQ(Call(&ProgramStub::CreateProgram, Creation(terms), response, province_), "OK");
        return response.program();
    }
    /// A change of a programme that needs its id and no more.
    template <typename Request, typename Response>
    std::string Change(grpc::Status (ProgramStub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                       const std::string& program_id, const std::string& token,
                       const std::string& etag = "") const {
        Request request;
        request.set_request_id(NewId(kNow));
        request.set_program_id(program_id);
        request.set_etag(etag);
        Response response;
        return Call(method, request, response, token);
    }
    v1::AllocateBudgetRequest Allocation(const std::string& program_id,
                                         std::int64_t rupiah = 2'000'000'000,
                                         const std::string& region = "18") const {
        v1::AllocateBudgetRequest request;
        request.set_request_id(NewId(kNow));
        request.set_program_id(program_id);
        request.set_region_code(region);
        request.set_amount_rupiah(rupiah);
        request.set_document("DPA-2026/17");
        return request;
    }
    std::string Allocate(const v1::AllocateBudgetRequest& request, const std::string& token,
                         v1::Budget* allocated = nullptr) {
        clock_.Advance(std::chrono::milliseconds(1));
        v1::AllocateBudgetResponse response;
        std::string name = Call(&LedgerStub::AllocateBudget, request, response, token);
        if (allocated != nullptr) *allocated = response.budget();
        return name;
    }
    v1::Budget Allocated(const v1::AllocateBudgetRequest& request) {
        v1::Budget budget;
        EXPECT_EQ(Allocate(request, province_, &budget), "OK");
        return budget;
    }
    std::string Revise(const std::string& budget_id, std::int64_t change, const std::string& token,
                       v1::Budget* revised = nullptr, const std::string& etag = "") const {
        v1::ReviseBudgetRequest request;
        request.set_request_id(NewId(kNow));
        request.set_budget_id(budget_id);
        request.set_change_rupiah(change);
        request.set_document("DPPA-2026/3");
        request.set_etag(etag);
        v1::ReviseBudgetResponse response;
        std::string name = Call(&LedgerStub::ReviseBudget, request, response, token);
        if (revised != nullptr) *revised = response.budget();
        return name;
    }
    v1::RecountBudgetResponse Recounted(const std::string& budget_id) const {
        v1::RecountBudgetRequest request;
        request.set_budget_id(budget_id);
        v1::RecountBudgetResponse response;
        EXPECT_EQ(Call(&LedgerStub::RecountBudget, request, response, province_), "OK");
        return response;
    }
    std::int64_t Count(const std::string& from) const {
        return database_.Count("SELECT count(*) FROM " + from);
    }

    testing::TempDatabase database_{
        {command::Migrations(), denials::Migrations(), messaging::Migrations(), aid::Migrations()}};
    testing::ManualClock clock_{kNow};
    const identity::DevelopmentIssuer issuer_{TokenKey().private_jwk};
    const identity::Policy policy_ = identity::Policy::OfBangkit();

    const testing::TempFolder folder_;

    /// Of the service.
    const crypto::KeyRing& keys() const;
    /// For stubs that few tests need.
    std::shared_ptr<grpc::Channel> channel() const;
    objects::Store& store() const;

    /// Knows nobody until a test tells it.
    const std::unique_ptr<FakeRegistration> registration_;

private:
    /// What main() builds; handlers cost whoever includes them much time of the compiler.
    struct Service;
    const std::unique_ptr<Service> service_;

protected:
    const std::unique_ptr<ProgramStub> program_stub_;
    const std::unique_ptr<LedgerStub> ledger_stub_;
    const std::unique_ptr<ApplicationStub> application_stub_;
    const std::unique_ptr<DocumentStub> document_stub_;
    const std::unique_ptr<PaymentStub> payment_stub_;
    const std::string province_ = Token({"province"});
    const std::string city_ = Token({"agency"}, {"18.71"}, "kota");
    const std::string elsewhere_ = Token({"province"}, {"36"}, "tetangga");
};

}  // namespace bangkit::aid
