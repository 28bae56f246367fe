#include "libs/command/fingerprint.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <memory>

#include "libs/crypto/keyed_hash.h"

namespace bangkit::command {

std::string Fingerprint(const crypto::KeyRing& keys, const google::protobuf::Message& request) {
    const std::unique_ptr<google::protobuf::Message> copy(request.New());
    copy->CopyFrom(request);
    if (const auto* field = copy->GetDescriptor()->FindFieldByName("request_id")) {
        copy->GetReflection()->ClearField(copy.get(), field);
    }
    std::string bytes = request.GetTypeName() + '\0';
    {
        google::protobuf::io::StringOutputStream stream(&bytes);
        google::protobuf::io::CodedOutputStream coded(&stream);
        coded.SetSerializationDeterministic(true);
        copy->SerializeToCodedStream(&coded);
    }
    std::string hashes;
    for (const std::string& hash : crypto::KeyedHashes(keys, "fingerprint", bytes)) hashes += hash;
    return hashes;
}

bool IsSameRequest(std::string_view one, std::string_view other) {
    if (one == other) return true;
    constexpr std::size_t kSize = crypto::kKeyedHashSize;
    for (std::size_t i = 0; i + kSize <= one.size(); i += kSize) {
        for (std::size_t k = 0; k + kSize <= other.size(); k += kSize) {
            if (one.substr(i, kSize) == other.substr(k, kSize)) return true;
        }
    }
    return false;
}

}  // namespace bangkit::command
