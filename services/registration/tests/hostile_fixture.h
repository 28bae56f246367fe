#pragma once

#include <grpcpp/generic/generic_stub.h>

#include <map>
#include <string>
#include <utility>

#include "libs/testing/eventually.h"
#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {

inline constexpr std::string_view kService = "bangkit.registration.v1.RegistrationService";

/// A server that is to survive what it is sent, and to change nothing because of it.
class HostileTest : public ServerTest {
protected:
    using RowCounts = std::map<std::string, std::int64_t>;

    /// Of all tables but that of denials.
    RowCounts CountRows() const {
        postgres::Connection connection(database_.owner_dsn());
        const postgres::Rows tables = connection.Run(
            "SELECT tablename::text FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'denied_calls'");
        RowCounts counts;
        for (int i = 0; i < tables.size(); ++i)
            counts[tables.Text(i, 0)] = Count(tables.Text(i, 0));
        return counts;
    }
    /// What a command that was decided, and refused, leaves besides its audit.
    static RowCounts WithRefusals(RowCounts counts, std::int64_t refusals) {
        counts["audit_entries"] += refusals;
        counts["idempotency"] += refusals;
        return counts;
    }

    /// A call with these bytes as its message; `method` is "/service/Method".
    grpc::Status Send(const std::string& method, const std::string& bytes,
                      const std::multimap<std::string, std::string>& metadata) const {
        grpc::ClientContext context;
        context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
        for (const auto& [key, value] : metadata) context.AddMetadata(key, value);
        grpc::Slice slice(bytes);
        const grpc::ByteBuffer request(&slice, 1);
        grpc::ByteBuffer answer;
        grpc::CompletionQueue queue;
        grpc::Status status;
        const auto call =
            grpc::GenericStub(channel_).PrepareUnaryCall(&context, method, request, &queue);
        call->StartCall();
        call->Finish(&answer, &status, nullptr);
        void* tag = nullptr;
        bool ok = false;
        queue.Next(&tag, &ok);
        return status;
    }
    grpc::Status Send(const std::string& method, const std::string& bytes) const {
        return Send(method, bytes, {{"authorization", "Bearer " + officer_}});
    }

    /// All that clients see of a refusal.
    static std::string Bytes(const grpc::Status& status) {
        return std::to_string(status.error_code()) + status.error_message() +
               status.error_details();
    }
    /// How many calls were denied for this reason.
    std::int64_t Denied(const std::string& reason) const {
        return database_.Count(
            "SELECT coalesce(sum(calls), 0)::bigint FROM denied_calls WHERE reason = '" + reason +
            "'");
    }
    void ExpectTheNextCallToWork() { EXPECT_EQ(Registered(Registration(++next_)).version(), 1); }

private:
    int next_ = 5'000;
};

}  // namespace bangkit::registration
