#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "libs/crypto/key_ring.h"
#include "libs/crypto/sealed.h"

namespace bangkit::registration {

// Stored by number: never change one, only add.
enum class ImportPart { kUploaded = 1, kConverted = 2 };

/// The key of one job: with it everything goes that was stored of its file.
class ImportSeal {
public:
    static ImportSeal New(std::string job_id) { return {std::move(job_id), crypto::Key::Random()}; }
    /// kInternal "SEAL_BROKEN" or "KEY_VERSION_UNKNOWN".
    static Result<ImportSeal> Unwrap(const crypto::KeyRing& keys, std::string job_id,
                                     std::string_view wrapped);
    std::string Wrap(const crypto::KeyRing& keys) const;

    std::string SealPiece(ImportPart part, std::int64_t begins_at, std::string_view content) const;
    std::string SealLine(std::int64_t row_number, std::string_view line) const;
    // They throw std::runtime_error if it is not what was sealed there.
    std::string OpenPiece(ImportPart part, std::int64_t begins_at, std::string_view sealed) const;
    std::string OpenLine(std::int64_t row_number, std::string_view sealed) const;

private:
    ImportSeal(std::string job_id, crypto::Key key)
        : job_id_(std::move(job_id)), key_(std::move(key)) {}

    std::string PiecePlace(ImportPart part, std::int64_t begins_at) const;
    std::string LinePlace(std::int64_t row_number) const;

    std::string job_id_;
    crypto::Key key_;
};

}  // namespace bangkit::registration
