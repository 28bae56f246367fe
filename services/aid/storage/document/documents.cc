#include "services/aid/storage/document/documents.h"

#include <algorithm>
#include <array>

namespace bangkit::aid {
namespace {

std::string KeyPlace(const std::string& document_id) {
    return crypto::Aad({"aid", "documents", "content_key", document_id});
}

}  // namespace

StoredDocument ToDocument(const postgres::Rows& rows, int i) {
    return {.id = rows.Uuid(i, 0),
            .application_id = rows.Uuid(i, 1),
            .kind = static_cast<DocumentKind>(rows.Int64(i, 2)),
            .format = static_cast<DocumentFormat>(rows.Int64(i, 3)),
            .bytes = rows.Int64(i, 4),
            .sha256 = rows.Text(i, 5),
            .uploaded_by = rows.Text(i, 6),
            .uploaded_at = rows.Time(i, 7)};
}

StoredDocument DocumentOf(const AttachDocument& deed, const Application& after,
                          const std::string& uploaded_by) {
    return {.id = deed.document_id,
            .application_id = after.id,
            .kind = deed.kind,
            .format = deed.format,
            .bytes = deed.bytes,
            .sha256 = deed.sha256,
            .uploaded_by = uploaded_by,
            .uploaded_at = after.updated_at};
}

std::string SealContentKey(const crypto::Key& owner_key, const std::string& document_id,
                           const crypto::Key& content_key) {
    const auto bytes = content_key.bytes();
    return crypto::Seal(owner_key,
                        std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()),
                        KeyPlace(document_id));
}

Result<crypto::Key> OpenContentKey(const crypto::Key& owner_key, const std::string& document_id,
                                   std::string_view sealed) {
    Result<std::string> opened = crypto::Open(owner_key, sealed, KeyPlace(document_id));
    if (!opened) return std::unexpected(opened.error());
    if (opened->size() != crypto::Key::kSize) {
        return Refused(ErrorCode::kInternal, "SEAL_BROKEN", "this is no key");
    }
    std::array<unsigned char, crypto::Key::kSize> bytes;
    std::ranges::copy(*opened, bytes.begin());
    return crypto::Key(bytes);
}

void DocumentBook::Load(postgres::Transaction& transaction,
                        const postgres::UuidArray& application_ids) {
    if (application_ids.size() == 0) return;
    const postgres::Rows rows = transaction.Run(
        "SELECT application_id, count(*), sum(size_bytes)::bigint FROM documents"
        " WHERE application_id = ANY($1::uuid[]) GROUP BY application_id",
        {application_ids});
    for (int i = 0; i < rows.size(); ++i) {
        held_[rows.Uuid(i, 0)] = {.files = rows.Int64(i, 1), .bytes = rows.Int64(i, 2)};
    }
}

DocumentsHeld DocumentBook::HeldBy(const std::string& application_id) const {
    const auto found = held_.find(application_id);
    return found == held_.end() ? DocumentsHeld{} : found->second;
}

void DocumentBook::Add(const StoredDocument& document, const std::string& owner_id,
                       std::string_view sealed_content_key) {
    DocumentsHeld& held = held_[document.application_id];
    ++held.files;
    held.bytes += document.bytes;
    ids_.Add(document.id);
    applications_.Add(document.application_id);
    owners_.Add(owner_id);
    kinds_.Add(document.kind);
    formats_.Add(document.format);
    sizes_.Add(document.bytes);
    hashes_.Add(document.sha256);
    content_keys_.Add(sealed_content_key);
    uploaded_by_.Add(document.uploaded_by);
    uploaded_at_.Add(document.uploaded_at);
}

void DocumentBook::Save(postgres::Transaction& transaction) const {
    if (ids_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO documents (document_id, application_id, owner_id, kind, format, size_bytes,"
        "   sha256, content_key, uploaded_by, uploaded_at)"
        " SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::uuid[]),"
        "        unnest($4::smallint[]), unnest($5::smallint[]), unnest($6::bigint[]),"
        "        unnest($7::bytea[]), unnest($8::bytea[]), unnest($9::text[]),"
        "        unnest($10::timestamptz[])",
        {ids_, applications_, owners_, kinds_, formats_, sizes_, hashes_, content_keys_,
         uploaded_by_, uploaded_at_});
}

}  // namespace bangkit::aid
