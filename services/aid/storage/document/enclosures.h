#pragma once

#include <memory>
#include <set>
#include <string>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/application/application.h"
#include "services/aid/domain/application/stated_facts.h"
#include "services/aid/storage/application/households.h"
#include "services/aid/storage/application/surveys.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/document/documents.h"

namespace bangkit::aid {

/// What comes with a command, is personal data, and is stored sealed.
struct Enclosure {
    StatedFacts stated = {};    // Of StateFacts.
    std::string findings = {};  // Of RecordSurvey: bangkit.aid.v1.SurveyFindings; empty: none.
    std::shared_ptr<const crypto::Key> content_key = {};  // Of AttachDocument.
};

/// The enclosures of one transaction.
class Enclosures {
public:
    explicit Enclosures(const crypto::KeyRing& keys) : owner_keys_(keys), households_(keys) {}

    /// Of owners whose data is sealed or opened, family cards that are stated, and applications,
    /// all locked, to which something is attached.
    void Load(postgres::Transaction& transaction, const std::set<std::string>& owner_ids,
              const std::set<std::string>& family_cards, const std::set<std::string>& attached_to);

    /// What the event says of the household, and of what was stated as it is stored.
    void Seal(FactsStated& event, const Application& application, const StatedFacts& stated,
              Time now);
    /// Of the household that the card is known to be of; empty: it is not known yet.
    std::string FindHousehold(const std::string& family_card) const;
    /// Adds what was stated to what is known; nothing if it was destroyed.
    void AddStated(Facts& facts, const Application& application, Time now) const;
    DocumentsHeld HeldBy(const std::string& application_id) const;

    /// `after`: as the deed left the application.
    void Keep(const AttachDocument& deed, const Application& after, const Enclosure& enclosure,
              const std::string& actor);
    void Keep(const RecordSurvey& deed, const Application& after, const Enclosure& enclosure,
              const std::string& actor);
    void Keep(const auto&, const Application&, const Enclosure&, const std::string&) {}

    void Save(postgres::Transaction& transaction) const;

private:
    OwnerKeys owner_keys_;
    Households households_;
    DocumentBook documents_;
    SurveyBook surveys_;
};

}  // namespace bangkit::aid
