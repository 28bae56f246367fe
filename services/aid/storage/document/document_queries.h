#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bangkit/aid/v1/survey.pb.h"
#include "libs/crypto/key_ring.h"
#include "services/aid/storage/document/documents.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

/// A document that can be opened.
struct OpenedDocument {
    StoredDocument document;
    crypto::Key content_key;
};

/// Reads of what is personal in applications, each in a transaction that says to row-level security
/// who is looking. Who looks is in the audit trail before: see InspectApplication.
class DocumentQueries {
public:
    /// Both must outlive it.
    DocumentQueries(postgres::Pool& pool, const crypto::KeyRing& keys) : pool_(pool), keys_(keys) {}

    /// Of one application, in the order in which they came.
    std::vector<StoredDocument> List(const Viewer& viewer, const std::string& application_id) const;
    /// nullopt: there is none, or it was erased.
    std::optional<OpenedDocument> Find(const Viewer& viewer, const std::string& application_id,
                                       const std::string& document_id) const;
    /// In the order in which they were made; those of an erased owner without what was seen.
    std::vector<v1::Survey> Surveys(const Viewer& viewer, const std::string& application_id) const;

private:
    postgres::Pool& pool_;
    const crypto::KeyRing& keys_;
};

}  // namespace bangkit::aid
