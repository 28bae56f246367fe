#include "services/aid/storage/application/surveys.h"

#include "bangkit/aid/v1/survey.pb.h"

namespace bangkit::aid {
namespace {

std::string Place(const std::string& application_id, std::int64_t version) {
    return crypto::Aad({"aid", "surveys", "findings", application_id, std::to_string(version)});
}

}  // namespace

void SurveyBook::Add(const Application& application, const v1::Survey& survey,
                     const std::string& surveyor, const crypto::Key* owner_key) {
    applications_.Add(application.id);
    versions_.Add(application.version);
    recommended_.Add(static_cast<std::int16_t>(application.is_recommended ? 1 : 0));
    findings_.Add(owner_key == nullptr ? ""
                                       : crypto::Seal(*owner_key, survey.SerializeAsString(),
                                                      Place(application.id, application.version)));
    surveyed_at_.Add(application.updated_at);
    surveyed_by_.Add(surveyor);
}

void SurveyBook::Save(postgres::Transaction& transaction) const {
    if (applications_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO surveys (application_id, version, is_recommended, findings, surveyed_at,"
        "   surveyed_by)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::smallint[]) = 1,"
        "        unnest($4::bytea[]), unnest($5::timestamptz[]), unnest($6::text[])",
        {applications_, versions_, recommended_, findings_, surveyed_at_, surveyed_by_});
}

Result<void> OpenFindings(const crypto::Key* owner_key, const std::string& application_id,
                          std::string_view sealed, v1::Survey& survey) {
    if (sealed.empty() || owner_key == nullptr) return {};
    const Result<std::string> opened =
        crypto::Open(*owner_key, sealed, Place(application_id, survey.version()));
    if (!opened) return std::unexpected(opened.error());
    v1::Survey kept;
    kept.ParseFromString(*opened);
    survey.mutable_photo_ids()->Swap(kept.mutable_photo_ids());
    if (kept.has_findings()) survey.mutable_findings()->Swap(kept.mutable_findings());
    return {};
}

}  // namespace bangkit::aid
