#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libs/crypto/sealed.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/application/application.h"

namespace bangkit::aid {

/// A file of an application, without its content.
struct StoredDocument {
    std::string id;
    std::string application_id;
    DocumentKind kind = DocumentKind::kIdentityCard;
    DocumentFormat format = DocumentFormat::kPdf;
    std::int64_t bytes = 0;
    std::string sha256;
    std::string uploaded_by;
    Time uploaded_at;
};

/// Of a row of `documents d`, in the order that ToDocument() reads them.
inline constexpr std::string_view kDocumentColumns =
    "d.document_id, d.application_id, d.kind, d.format, d.size_bytes, d.sha256, d.uploaded_by,"
    " d.uploaded_at";
StoredDocument ToDocument(const postgres::Rows& rows, int i);

/// `after`: the application, with it.
StoredDocument DocumentOf(const AttachDocument& deed, const Application& after,
                          const std::string& uploaded_by);

std::string SealContentKey(const crypto::Key& owner_key, const std::string& document_id,
                           const crypto::Key& content_key);
/// kInternal "SEAL_BROKEN" if it is not what was sealed there.
Result<crypto::Key> OpenContentKey(const crypto::Key& owner_key, const std::string& document_id,
                                   std::string_view sealed);

/// The files of one transaction: new ones, and how many there are.
class DocumentBook {
public:
    /// Applications that are locked.
    void Load(postgres::Transaction& transaction, const postgres::UuidArray& application_ids);
    DocumentsHeld HeldBy(const std::string& application_id) const;
    void Add(const StoredDocument& document, const std::string& owner_id,
             std::string_view sealed_content_key);
    void Save(postgres::Transaction& transaction) const;

private:
    std::map<std::string, DocumentsHeld> held_;
    postgres::UuidArray ids_, applications_, owners_;
    postgres::SmallintArray kinds_, formats_;
    postgres::Int64Array sizes_;
    postgres::BytesArray hashes_, content_keys_;
    postgres::TextArray uploaded_by_;
    postgres::TimeArray uploaded_at_;
};

}  // namespace bangkit::aid
