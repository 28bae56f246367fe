#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "libs/postgres/connection.h"
#include "services/registration/storage/import_seal.h"

namespace bangkit::registration {

/// The file of a job, opened piece by piece. The memory needed is that of two pieces.
class ImportPieces {
public:
    /// `size` of the file, in bytes. `connection` and `seal` must outlive it.
    ImportPieces(postgres::Connection& connection, const ImportSeal& seal, std::string job_id,
                 ImportPart part, std::int64_t size)
        : connection_(connection),
          seal_(seal),
          job_id_(std::move(job_id)),
          part_(part),
          size_(size) {}

    std::int64_t size() const { return size_; }
    /// From `offset` to the end of the piece that holds it; empty at the end of the file. Good
    /// until the next call. Throws std::runtime_error if the piece is not there or cannot be
    /// opened.
    std::string_view From(std::int64_t offset);

private:
    struct Piece {
        std::int64_t begins_at = 0;
        std::string content;
        bool Holds(std::int64_t offset) const {
            return offset >= begins_at && offset < begins_at + std::ssize(content);
        }
    };

    Piece Load(std::int64_t offset);

    postgres::Connection& connection_;
    const ImportSeal& seal_;
    const std::string job_id_;
    const ImportPart part_;
    const std::int64_t size_;
    std::array<Piece, 2> latest_;  // The newer one first: rows that cannot be read are read again.
};

/// A piece of a converted file.
void SaveConvertedPiece(postgres::Transaction& transaction, const ImportSeal& seal,
                        const std::string& job_id, std::int64_t begins_at,
                        std::string_view content);
/// What an interrupted conversion has left.
void RemoveConvertedPieces(postgres::Transaction& transaction, const std::string& job_id);

}  // namespace bangkit::registration
