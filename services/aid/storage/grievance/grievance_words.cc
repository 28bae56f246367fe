#include "services/aid/storage/grievance/grievance_words.h"

#include "bangkit/aid/v1/grievance.pb.h"

namespace bangkit::aid {
namespace {

std::string KeyPlace(std::string_view grievance_id) {
    return crypto::Aad({"aid", "grievances", "wrapped_key", grievance_id});
}
std::string WordsPlace(std::string_view grievance_id) {
    return crypto::Aad({"aid", "grievances", "words", grievance_id});
}
std::string MessagePlace(std::string_view grievance_id, std::int64_t version) {
    return crypto::Aad(
        {"aid", "grievance_messages", "words", grievance_id, std::to_string(version)});
}

}  // namespace

SealedGrievance SealGrievance(const crypto::KeyRing& keys, const std::string& grievance_id,
                              const GrievanceWords& words) {
    v1::GrievanceWords out;
    out.set_text(words.text);
    out.mutable_reporter()->set_name(words.reporter.name);
    out.mutable_reporter()->set_phone(words.reporter.phone);
    out.mutable_reporter()->set_email(words.reporter.email);
    const crypto::Key key = crypto::Key::Random();
    return {.wrapped_key = crypto::WrapKey(keys, key, KeyPlace(grievance_id)),
            .words = crypto::Seal(key, out.SerializeAsString(), WordsPlace(grievance_id))};
}

Result<crypto::Key> OpenGrievanceKey(const crypto::KeyRing& keys, const std::string& grievance_id,
                                     std::string_view wrapped_key) {
    return crypto::UnwrapKey(keys, wrapped_key, KeyPlace(grievance_id));
}

Result<GrievanceWords> OpenGrievance(const crypto::Key& key, const std::string& grievance_id,
                                     std::string_view words) {
    const Result<std::string> opened = crypto::Open(key, words, WordsPlace(grievance_id));
    if (!opened) return std::unexpected(opened.error());
    v1::GrievanceWords message;
    message.ParseFromString(*opened);
    return GrievanceWords{.text = message.text(),
                          .reporter = {.name = message.reporter().name(),
                                       .phone = message.reporter().phone(),
                                       .email = message.reporter().email()}};
}

std::string SealMessage(const crypto::Key& key, const std::string& grievance_id,
                        std::int64_t version, std::string_view text) {
    return crypto::Seal(key, text, MessagePlace(grievance_id, version));
}

Result<std::string> OpenMessage(const crypto::Key& key, const std::string& grievance_id,
                                std::int64_t version, std::string_view words) {
    return crypto::Open(key, words, MessagePlace(grievance_id, version));
}

Result<std::string> RewrapGrievanceKey(const crypto::KeyRing& keys, const std::string& grievance_id,
                                       std::string_view wrapped_key) {
    if (crypto::IsWrappedByCurrent(keys, wrapped_key)) return std::string(wrapped_key);
    const Result<crypto::Key> key = OpenGrievanceKey(keys, grievance_id, wrapped_key);
    if (!key) return std::unexpected(key.error());
    return crypto::WrapKey(keys, *key, KeyPlace(grievance_id));
}

}  // namespace bangkit::aid
