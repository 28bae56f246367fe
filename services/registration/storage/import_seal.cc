#include "services/registration/storage/import_seal.h"

#include <stdexcept>

namespace bangkit::registration {
namespace {

std::string KeyPlace(std::string_view job_id) {
    return crypto::Aad({"registration", "import_jobs", "wrapped_key", job_id});
}

std::string Opened(const crypto::Key& key, std::string_view sealed, const std::string& place) {
    Result<std::string> opened = crypto::Open(key, sealed, place);
    if (!opened) throw std::runtime_error("a part of an import cannot be opened");
    return *std::move(opened);
}

}  // namespace

Result<ImportSeal> ImportSeal::Unwrap(const crypto::KeyRing& keys, std::string job_id,
                                      std::string_view wrapped) {
    Result<crypto::Key> key = crypto::UnwrapKey(keys, wrapped, KeyPlace(job_id));
    if (!key) return std::unexpected(std::move(key.error()));
    return ImportSeal(std::move(job_id), *std::move(key));
}

std::string ImportSeal::Wrap(const crypto::KeyRing& keys) const {
    return crypto::WrapKey(keys, key_, KeyPlace(job_id_));
}

std::string ImportSeal::SealPiece(ImportPart part, std::int64_t begins_at,
                                  std::string_view content) const {
    return crypto::Seal(key_, content, PiecePlace(part, begins_at));
}

std::string ImportSeal::SealLine(std::int64_t row_number, std::string_view line) const {
    return crypto::Seal(key_, line, LinePlace(row_number));
}

std::string ImportSeal::OpenPiece(ImportPart part, std::int64_t begins_at,
                                  std::string_view sealed) const {
    return Opened(key_, sealed, PiecePlace(part, begins_at));
}

std::string ImportSeal::OpenLine(std::int64_t row_number, std::string_view sealed) const {
    return Opened(key_, sealed, LinePlace(row_number));
}

std::string ImportSeal::PiecePlace(ImportPart part, std::int64_t begins_at) const {
    return crypto::Aad({"registration", "import_pieces", "content", job_id_,
                        std::to_string(static_cast<int>(part)), std::to_string(begins_at)});
}

std::string ImportSeal::LinePlace(std::int64_t row_number) const {
    return crypto::Aad(
        {"registration", "import_failed_rows", "line", job_id_, std::to_string(row_number)});
}

}  // namespace bangkit::registration
