#include "services/aid/storage/document/document_content.h"

#include <stdexcept>
#include <utility>

namespace bangkit::aid {
namespace {

constexpr std::size_t kSealSize = 40;  // What a seal adds.

std::string Place(const std::string& document_id, std::int64_t piece) {
    return crypto::Aad({"aid", "documents", "content", document_id, std::to_string(piece)});
}

}  // namespace

ContentWriter::ContentWriter(objects::Store& store, std::string document_id)
    : document_id_(std::move(document_id)), upload_(store.Begin(document_id_)) {}

void ContentWriter::Add(std::string_view content) {
    hash_.Add(content);
    bytes_ += std::ssize(content);
    while (!content.empty()) {
        const std::string_view part = content.substr(0, kContentPiece - waiting_.size());
        content.remove_prefix(part.size());
        waiting_ += part;
        if (waiting_.size() == kContentPiece) SealPiece(std::exchange(waiting_, {}));
    }
}

void ContentWriter::Finish() {
    if (!waiting_.empty()) SealPiece(std::exchange(waiting_, {}));
    upload_->Finish();
}

void ContentWriter::SealPiece(std::string_view piece) {
    upload_->Add(crypto::Seal(*key_, piece, Place(document_id_, pieces_++)));
}

std::int64_t PiecesOf(const StoredDocument& document) {
    constexpr auto kPiece = static_cast<std::int64_t>(kContentPiece);
    return (document.bytes + kPiece - 1) / kPiece;
}

std::optional<std::string> ReadPiece(objects::Store& store, const StoredDocument& document,
                                     const crypto::Key& key, std::int64_t piece) {
    constexpr std::size_t kSealedPiece = kContentPiece + kSealSize;
    const auto sealed =
        store.Read(document.id, piece * static_cast<std::int64_t>(kSealedPiece), kSealedPiece);
    if (!sealed) return std::nullopt;
    Result<std::string> content = crypto::Open(key, *sealed, Place(document.id, piece));
    if (!content) throw std::runtime_error("the content of document " + document.id + " is broken");
    return *std::move(content);
}

}  // namespace bangkit::aid
