#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "libs/crypto/sealed.h"
#include "libs/crypto/sha256.h"
#include "libs/objects/store.h"
#include "services/aid/storage/document/documents.h"

namespace bangkit::aid {

/// Bytes of a content that are sealed, and answered, together.
inline constexpr std::size_t kContentPiece = std::size_t{64} << 10;

/// The content of a document on its way into the store, sealed piece by piece with a key of its
/// own: without the row that keeps that key, what lies in the store is noise.
class ContentWriter {
public:
    ContentWriter(objects::Store& store, std::string document_id);

    void Add(std::string_view content);
    /// Of the whole content; once.
    std::string Sha256() { return hash_.Finish(); }
    /// It is in the store from now on.
    void Finish();

    std::int64_t bytes() const { return bytes_; }
    const std::shared_ptr<const crypto::Key>& key() const { return key_; }

private:
    void SealPiece(std::string_view piece);

    const std::string document_id_;
    const std::shared_ptr<const crypto::Key> key_ =
        std::make_shared<const crypto::Key>(crypto::Key::Random());
    const std::unique_ptr<objects::Upload> upload_;
    crypto::Sha256 hash_;
    std::string waiting_;  // Less than a piece.
    std::int64_t pieces_ = 0;
    std::int64_t bytes_ = 0;
};

std::int64_t PiecesOf(const StoredDocument& document);

/// The content of one piece, from 0 on. nullopt: the object is not there. Throws std::runtime_error
/// if it is not what was sealed.
std::optional<std::string> ReadPiece(objects::Store& store, const StoredDocument& document,
                                     const crypto::Key& key, std::int64_t piece);

}  // namespace bangkit::aid
