#include "services/registration/storage/import_pieces.h"

#include <stdexcept>
#include <utility>

namespace bangkit::registration {

using postgres::Int64;

std::string_view ImportPieces::From(std::int64_t offset) {
    if (offset >= size_) return {};
    if (!latest_[0].Holds(offset)) {
        if (!latest_[1].Holds(offset)) latest_[1] = Load(offset);
        std::swap(latest_[0], latest_[1]);
    }
    const Piece& piece = latest_[0];
    return std::string_view(piece.content)
        .substr(static_cast<std::size_t>(offset - piece.begins_at));
}

ImportPieces::Piece ImportPieces::Load(std::int64_t offset) {
    const postgres::Rows rows = connection_.Run(
        "SELECT begins_at, content FROM import_pieces"
        " WHERE job_id = $1::text::uuid AND part = $2::bigint AND begins_at <= $3::bigint"
        " ORDER BY begins_at DESC LIMIT 1",
        {job_id_, Int64(static_cast<std::int64_t>(part_)), Int64(offset)});
    if (rows.size() == 0) throw std::runtime_error("a piece of an import is missing");
    const std::int64_t begins_at = rows.Int64(0, 0);
    Piece piece{begins_at, seal_.OpenPiece(part_, begins_at, rows.Bytes(0, 1))};
    if (!piece.Holds(offset)) throw std::runtime_error("a piece of an import is missing");
    return piece;
}

void SaveConvertedPiece(postgres::Transaction& transaction, const ImportSeal& seal,
                        const std::string& job_id, std::int64_t begins_at,
                        std::string_view content) {
    transaction.Queue(
        "INSERT INTO import_pieces (job_id, part, begins_at, ends_at, content)"
        " VALUES ($1::text::uuid, 2, $2::bigint, $3::bigint, $4::bytea)",
        {job_id, Int64(begins_at), Int64(begins_at + std::ssize(content)),
         seal.SealPiece(ImportPart::kConverted, begins_at, content)});
}

void RemoveConvertedPieces(postgres::Transaction& transaction, const std::string& job_id) {
    transaction.Queue("DELETE FROM import_pieces WHERE job_id = $1::text::uuid AND part = 2",
                      {job_id});
}

}  // namespace bangkit::registration
