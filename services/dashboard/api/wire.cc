#include "services/dashboard/api/wire.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <cstdint>
#include <string>

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

template <typename Message>
std::optional<Message> Parse(const grpc::ByteBuffer& request) {
    grpc::ByteBuffer bytes(request);  // Shares them; reading uses it up.
    Message parsed;
    if (!grpc::SerializationTraits<Message>::Deserialize(&bytes, &parsed).ok()) return std::nullopt;
    return parsed;
}

std::size_t SizeMax(const ServedDashboard& served) {
    return served.dashboard.size() + served.freshness.size() + 2 * kPartHeadMax;
}

// Both messages have the same parts under the same numbers.
static_assert(int{v1::GetDashboardResponse::kDashboardFieldNumber} ==
              int{v1::ComparedRegion::kDashboardFieldNumber});
static_assert(int{v1::GetDashboardResponse::kFreshnessFieldNumber} ==
              int{v1::ComparedRegion::kFreshnessFieldNumber});

std::uint8_t* WriteBoth(const ServedDashboard& served, std::uint8_t* to) {
    to = WritePart(v1::GetDashboardResponse::kDashboardFieldNumber, served.dashboard, to);
    return WritePart(v1::GetDashboardResponse::kFreshnessFieldNumber, served.freshness, to);
}

/// What `write(begin)`, which returns its end, makes of at most `size_max` bytes.
template <typename Write>
grpc::ByteBuffer Written(std::size_t size_max, Write write) {
    grpc::Slice slice(size_max);
    auto* const begin = const_cast<std::uint8_t*>(slice.begin());  // Nobody else has it yet.
    const std::uint8_t* end = write(begin);
    const grpc::Slice written = slice.sub(0, static_cast<std::size_t>(end - begin));
    return {&written, 1};
}

}  // namespace

std::optional<v1::GetDashboardRequest> ParseGetDashboardRequest(const grpc::ByteBuffer& request) {
    return Parse<v1::GetDashboardRequest>(request);
}

std::optional<v1::CompareRegionsRequest> ParseCompareRegionsRequest(
    const grpc::ByteBuffer& request) {
    return Parse<v1::CompareRegionsRequest>(request);
}

grpc::ByteBuffer ToGetDashboardResponse(const ServedDashboard& served) {
    return Written(SizeMax(served), [&served](std::uint8_t* to) { return WriteBoth(served, to); });
}

grpc::ByteBuffer ToCompareRegionsResponse(std::span<const ServedDashboard> served) {
    std::size_t size_max = 0;
    for (const ServedDashboard& each : served) size_max += kPartHeadMax + SizeMax(each);
    return Written(size_max, [served](std::uint8_t* to) {
        for (const ServedDashboard& each : served) {
            std::string region(SizeMax(each), '\0');
            auto* const begin = reinterpret_cast<std::uint8_t*>(region.data());
            region.resize(static_cast<std::size_t>(WriteBoth(each, begin) - begin));
            to = WritePart(v1::CompareRegionsResponse::kRegionsFieldNumber, region, to);
        }
        return to;
    });
}

}  // namespace bangkit::dashboard
