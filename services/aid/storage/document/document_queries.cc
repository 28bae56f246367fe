#include "services/aid/storage/document/document_queries.h"

#include <stdexcept>
#include <utility>

#include "services/aid/storage/application/surveys.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid {
namespace {

// The documents of an application are seen through it.
const std::string kListSql = "SELECT " + std::string(kDocumentColumns) +
                             "  FROM applications a JOIN documents d USING (application_id)"
                             " WHERE a.application_id = $1::text::uuid"
                             " ORDER BY d.document_id";

const std::string kFindSql = "SELECT " + std::string(kDocumentColumns) +
                             ", d.owner_id, d.content_key, k.wrapped_key"
                             "  FROM applications a JOIN documents d USING (application_id)"
                             "  JOIN owner_keys k ON k.owner_id = d.owner_id"
                             " WHERE a.application_id = $1::text::uuid"
                             "   AND d.document_id = $2::text::uuid";

constexpr std::string_view kSurveysSql =
    "SELECT s.version, s.is_recommended, s.findings, s.surveyed_at, s.surveyed_by, a.owner_id,"
    "       k.wrapped_key"
    "  FROM applications a JOIN surveys s USING (application_id)"
    "  LEFT JOIN owner_keys k ON k.owner_id = a.owner_id"
    " WHERE a.application_id = $1::text::uuid"
    " ORDER BY s.version";

crypto::Key Opened(Result<crypto::Key> key) {
    if (!key) throw std::runtime_error("a stored key: " + key.error().reason);
    return *std::move(key);
}

}  // namespace

std::vector<StoredDocument> DocumentQueries::List(const Viewer& viewer,
                                                  const std::string& application_id) const {
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(kListSql, {application_id});
    });
    std::vector<StoredDocument> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToDocument(rows, i));
    return found;
}

std::optional<OpenedDocument> DocumentQueries::Find(const Viewer& viewer,
                                                    const std::string& application_id,
                                                    const std::string& document_id) const {
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(kFindSql, {application_id, document_id});
    });
    if (rows.size() == 0) return std::nullopt;
    const crypto::Key owner_key = Opened(OpenOwnerKey(keys_, rows.Uuid(0, 8), rows.Bytes(0, 10)));
    return OpenedDocument{
        .document = ToDocument(rows, 0),
        .content_key = Opened(OpenContentKey(owner_key, document_id, rows.Bytes(0, 9)))};
}

std::vector<v1::Survey> DocumentQueries::Surveys(const Viewer& viewer,
                                                 const std::string& application_id) const {
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(kSurveysSql, {application_id});
    });
    std::vector<v1::Survey> found;
    for (int i = 0; i < rows.size(); ++i) {
        v1::Survey& survey = found.emplace_back();
        survey.set_version(rows.Int64(i, 0));
        survey.set_is_recommended(rows.Bool(i, 1));
        aid::Fill(*survey.mutable_surveyed_at(), rows.Time(i, 3));
        survey.set_surveyed_by(rows.Text(i, 4));
        if (rows.IsNull(i, 6)) continue;  // Nothing was ever sealed, or it was destroyed.
        const crypto::Key owner_key =
            Opened(OpenOwnerKey(keys_, rows.Uuid(i, 5), rows.Bytes(i, 6)));
        const Result<void> opened =
            OpenFindings(&owner_key, application_id, rows.Bytes(i, 2), survey);
        if (!opened) throw std::runtime_error("a survey: " + opened.error().reason);
    }
    return found;
}

}  // namespace bangkit::aid
