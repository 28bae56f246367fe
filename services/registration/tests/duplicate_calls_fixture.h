#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "bangkit/registration/v1/duplicate_service.grpc.pb.h"
#include "services/registration/jobs/duplicate_searcher.h"
#include "services/registration/storage/duplicate_queries.h"
#include "services/registration/storage/duplicate_unit_of_work.h"
#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {

using DuplicateLoop = command::CommandLoop<DuplicateUnitOfWork>;

inline constexpr const char* kHere = "36.74";
inline constexpr const char* kElsewhere = "36.71";

/// The service of duplicates as main() builds it, without the thread that searches, and a client.
class DuplicateCallsTest : public ServerTest {
protected:
    DuplicateCallsTest();
    ~DuplicateCallsTest() override;

    using ReviewStub = v1::DuplicateService::Stub;

    template <typename Request, typename Response>
    std::string Review(grpc::Status (ReviewStub::*method)(grpc::ClientContext*, const Request&,
                                                          Response*),
                       const Request& request, Response& response, const std::string& token) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        return Name((*review_.*method)(&context, request, &response));
    }
    template <typename Request>
    static Request About(const std::string& duplicate_id) {
        Request request;
        request.set_request_id(NewId(kNow));
        request.set_duplicate_id(duplicate_id);
        return request;
    }

    /// A shop that is registered twice; the search finds it.
    static v1::RegisterBusinessRequest Entry(int number, bool is_second = false) {
        v1::RegisterBusinessRequest request = Registration(number);
        const std::string digits = std::to_string(number);
        if (is_second) request.mutable_owner()->clear_nik();
        request.mutable_owner()->set_name("Siti Aminah");
        request.mutable_owner()->set_phone("0812 0000 " + std::to_string(9'000 + number));
        request.mutable_business()->set_name("Usaha Nomor" + digits);
        request.mutable_business()->set_address("Jl. Melati No. " + digits);
        return request;
    }
    std::pair<v1::Business, v1::Business> RegisteredTwice(int number = 1) const {
        return {Registered(Entry(number)), Registered(Entry(number, true))};
    }
    void Search() {
        DuplicateSearcher searcher(database_.dsn(), keys_, metrics_);
        while (searcher.Turn()) {
        }
    }
    v1::ListDuplicatesResponse List(const v1::ListDuplicatesRequest& request,
                                    const std::string& token) const {
        v1::ListDuplicatesResponse response;
        EXPECT_EQ(Review(&ReviewStub::ListDuplicates, request, response, token), "OK");
        return response;
    }
    std::string OnlyPair() const {
        return database_.Text("SELECT duplicate_id::text FROM duplicates");
    }
    static v1::MergeBusinessesRequest MergeOf(const std::string& surviving_id,
                                              const std::string& merged_id) {
        v1::MergeBusinessesRequest request;
        request.set_request_id(NewId(kNow));
        request.set_surviving_business_id(surviving_id);
        request.set_merged_business_id(merged_id);
        return request;
    }
    v1::MergeBusinessesResponse Merged(const std::string& surviving_id,
                                       const std::string& merged_id) const {
        v1::MergeBusinessesResponse response;
        EXPECT_EQ(Review(&ReviewStub::MergeBusinesses, MergeOf(surviving_id, merged_id), response,
                         agency_),
                  "OK");
        return response;
    }
    std::string Undo(const std::string& merged_id) const {
        v1::UndoMergeRequest request;
        request.set_request_id(NewId(kNow));
        request.set_merged_business_id(merged_id);
        v1::UndoMergeResponse response;
        return Review(&ReviewStub::UndoMerge, request, response, agency_);
    }
    v1::GetBusinessResponse Get(const std::string& id, const std::string& token) const {
        v1::GetBusinessRequest request;
        request.set_business_id(id);
        v1::GetBusinessResponse response;
        EXPECT_EQ(Name(Call(&Stub::GetBusiness, request, response, token)), "OK");
        return response;
    }

    const std::unique_ptr<DuplicateLoop> duplicate_loop_;
    const DuplicateQueries duplicate_queries_{reads_};
    const std::unique_ptr<grpc::Service> duplicate_handler_;
    const rpc::Server review_server_;
    const std::unique_ptr<ReviewStub> review_ = v1::DuplicateService::NewStub(
        rpc::Connect("127.0.0.1:" + std::to_string(review_server_.port())));
    const std::string agency_ = Token({"agency"}, {kHere}, "dinas");
};

}  // namespace bangkit::registration
