#include "services/dashboard/api/wire.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <cstdint>

namespace bangkit::dashboard {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedOutputStream;

/// Returns the place behind the part.
std::uint8_t* WritePart(int field, std::string_view part, std::uint8_t* to) {
    to = CodedOutputStream::WriteTagToArray(
        WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED), to);
    to = CodedOutputStream::WriteVarint32ToArray(static_cast<std::uint32_t>(part.size()), to);
    return CodedOutputStream::WriteRawToArray(part.data(), static_cast<int>(part.size()), to);
}

constexpr std::size_t kPartHeadMax = 1 + 5;  // The tag of a low field, and a length.

}  // namespace

std::optional<v1::GetDashboardRequest> ParseGetDashboardRequest(const grpc::ByteBuffer& request) {
    grpc::ByteBuffer bytes(request);  // Shares them; reading uses it up.
    v1::GetDashboardRequest parsed;
    using Traits = grpc::SerializationTraits<v1::GetDashboardRequest>;
    if (!Traits::Deserialize(&bytes, &parsed).ok()) return std::nullopt;
    return parsed;
}

grpc::ByteBuffer ToGetDashboardResponse(const ServedDashboard& served) {
    grpc::Slice slice(served.dashboard.size() + served.freshness.size() + 2 * kPartHeadMax);
    auto* const begin = const_cast<std::uint8_t*>(slice.begin());  // Nobody else has it yet.
    std::uint8_t* end = begin;
    end = WritePart(v1::GetDashboardResponse::kDashboardFieldNumber, served.dashboard, end);
    end = WritePart(v1::GetDashboardResponse::kFreshnessFieldNumber, served.freshness, end);
    const grpc::Slice written = slice.sub(0, static_cast<std::size_t>(end - begin));
    return {&written, 1};
}

}  // namespace bangkit::dashboard
