#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bangkit/registration/v1/import_service.grpc.pb.h"
#include "bangkit/registration/v1/personal_data_service.grpc.pb.h"
#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/base/thread_pool.h"
#include "libs/denials/denial_log.h"
#include "libs/grpc/client.h"
#include "libs/grpc/handler.h"
#include "libs/grpc/server.h"
#include "libs/identity/development_issuer.h"
#include "libs/postgres/explain.h"
#include "libs/status/status.h"
#include "services/registration/api/checks.h"
#include "services/registration/api/exports.h"
#include "services/registration/api/group_reads.h"
#include "services/registration/api/reads.h"
#include "services/registration/storage/import_queries.h"
#include "services/registration/storage/import_unit_of_work.h"
#include "services/registration/storage/personal_data_queries.h"
#include "services/registration/tests/loop_fixture.h"

namespace bangkit::registration {

using ImportLoop = command::CommandLoop<ImportUnitOfWork>;

/// Making an RSA key takes long: one for all tests.
const identity::DevelopmentKey& TokenKey();

/// The service as main() builds it, without the relay and the thread for imports, and a client.
class ServerTest : public RegistryTest {
protected:
    ServerTest();
    ~ServerTest() override;

    std::string Token(std::vector<std::string> roles, std::vector<std::string> regions = {"36.74"},
                      std::string subject = "budi") const {
        return issuer_.Mint({std::move(subject), std::move(roles), std::move(regions)},
                            clock_.Now(), std::chrono::minutes(5));
    }

    /// A unary call: call(&Stub::GetBusiness, request, &response).
    template <typename Service, typename Request, typename Response>
    grpc::Status Call(grpc::Status (Service::*method)(grpc::ClientContext*, const Request&,
                                                      Response*),
                      const Request& request, Response& response, const std::string& token) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        if constexpr (std::is_same_v<Service, ImportStub>) {
            return (*import_stub_.*method)(&context, request, &response);
        } else {
            return (*stub_.*method)(&context, request, &response);
        }
    }
    template <typename Method, typename Request, typename Response>
    grpc::Status Call(Method method, const Request& request, Response& response) const {
        return Call(method, request, response, officer_);
    }
    grpc::Status Register(const v1::RegisterBusinessRequest& request,
                          v1::RegisterBusinessResponse& response) const {
        return Call(&Stub::RegisterBusiness, request, response);
    }
    v1::Business Registered(const v1::RegisterBusinessRequest& request) const {
        v1::RegisterBusinessResponse response;
        const grpc::Status status = Register(request, response);
        EXPECT_TRUE(status.ok()) << status.error_message();
        return response.business();
    }
    /// "CODE REASON"; "OK".
    static std::string Name(const grpc::Status& status) {
        if (status.ok()) return "OK";
        return std::string(bangkit::status::NameOf(status.error_code())) + " " +
               rpc::FromStatus(status).reason;
    }

    using Stub = v1::RegistrationService::Stub;
    using ImportStub = v1::ImportService::Stub;
    static constexpr std::int64_t kImportMax = std::int64_t{4} << 20;  // Bytes.
    static constexpr std::chrono::hours kImportRetention{24};

    const identity::DevelopmentIssuer issuer_{TokenKey().private_jwk};
    const identity::TokenVerifier tokens_{
        TokenKey().public_jwks,
        {.development = true,
         .is_region = [](std::string_view code) { return Regions().Find(code) != nullptr; }},
        clock_};
    const identity::Policy policy_ = identity::Policy::OfBangkit();
    const rpc::Gate gate_{tokens_, policy_, system_clock_};
    ThreadPool pool_{2, 256};
    denials::DenialLog denials_{database_.dsn(), clock_, logger_};
    rpc::Calls calls_{
        gate_, pool_, logger_, metrics_, postgres::Explain, [this](const rpc::CallEnd& end) {
            denials_.Record({.actor = end.subject, .method = end.method, .reason = end.reason});
        }};
    const Checks checks_{Regions(), clock_};
    const HistoryQueries history_{reads_};
    const Reads answers_{queries_, history_, keys_, Regions()};
    const std::unique_ptr<Loop> writer_ = NewLoop();
    const ExportQueries export_queries_{reads_};
    const Exports exports_{answers_, export_queries_};
    const GroupQueries group_queries_{reads_, queries_};
    const GroupReads group_reads_{group_queries_, keys_};
    const std::unique_ptr<PersonalDataLoop> personal_data_writer_ = NewPersonalDataLoop();
    const PersonalDataQueries personal_data_queries_{reads_, database_.dsn(), keys_, logger_};
    const std::unique_ptr<ImportLoop> import_loop_;
    const ImportQueries import_queries_{reads_, keys_};
    // What a handler is takes a compiler long to see: only the fixture's own source does.
    const std::unique_ptr<grpc::Service> handler_, personal_data_handler_, import_handler_;
    const rpc::Server server_;
    const std::shared_ptr<grpc::Channel> channel_ =
        rpc::Connect("127.0.0.1:" + std::to_string(server_.port()));
    const std::unique_ptr<Stub> stub_ = v1::RegistrationService::NewStub(channel_);
    const std::unique_ptr<ImportStub> import_stub_ = v1::ImportService::NewStub(channel_);
    const std::string officer_ = Token({"officer"});

private:
    static inline const SystemClock system_clock_{};  // Deadlines of calls are of the real time.
};

}  // namespace bangkit::registration
