#include "services/aid/storage/document/enclosures.h"

#include "bangkit/aid/v1/survey.pb.h"
#include "libs/indonesia/format.h"
#include "services/aid/storage/application/statements.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {

void Enclosures::Load(postgres::Transaction& transaction, const std::set<std::string>& owner_ids,
                      const std::set<std::string>& family_cards,
                      const std::set<std::string>& attached_to) {
    owner_keys_.Load(transaction, Uuids(owner_ids));
    households_.Load(transaction, family_cards);
    documents_.Load(transaction, Uuids(attached_to));
}

void Enclosures::Seal(FactsStated& event, const Application& application, const StatedFacts& stated,
                      Time now) {
    const crypto::Key& key = owner_keys_.FindOrMake(application.applicant.owner_id);
    event.statement = SealStatement(key, application.id, stated);
    if (!stated.family_card.empty()) event.household = households_.IdOf(stated.family_card, now);
}

std::string Enclosures::FindHousehold(const std::string& family_card) const {
    return family_card.empty() ? "" : households_.Find(family_card);
}

void Enclosures::AddStated(Facts& facts, const Application& application, Time now) const {
    const crypto::Key* key = owner_keys_.Find(application.applicant.owner_id);
    if (key == nullptr || application.statement.empty()) return;
    const auto stated = OpenStatement(*key, application.id, application.statement);
    if (stated) AddTo(facts, *stated, indonesia::LocalDate(now));
}

DocumentsHeld Enclosures::HeldBy(const std::string& application_id) const {
    return documents_.HeldBy(application_id);
}

void Enclosures::Keep(const AttachDocument& deed, const Application& after,
                      const Enclosure& enclosure, const std::string& actor) {
    const crypto::Key& key = owner_keys_.FindOrMake(after.applicant.owner_id);
    documents_.Add(DocumentOf(deed, after, actor), after.applicant.owner_id,
                   SealContentKey(key, deed.document_id, *enclosure.content_key));
}

void Enclosures::Keep(const RecordSurvey&, const Application& after, const Enclosure& enclosure,
                      const std::string& actor) {
    v1::Survey survey;
    for (const std::string& id : after.survey_photos) survey.add_photo_ids(id);
    if (!enclosure.findings.empty()) {
        survey.mutable_findings()->ParseFromString(enclosure.findings);
    }
    const bool is_empty = survey.photo_ids().empty() && !survey.has_findings();
    surveys_.Add(after, survey, actor,
                 is_empty ? nullptr : &owner_keys_.FindOrMake(after.applicant.owner_id));
}

void Enclosures::Save(postgres::Transaction& transaction) const {
    owner_keys_.Save(transaction);
    households_.Save(transaction);
    documents_.Save(transaction);
    surveys_.Save(transaction);
}

}  // namespace bangkit::aid
