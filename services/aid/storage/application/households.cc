#include "services/aid/storage/application/households.h"

#include <algorithm>
#include <stdexcept>

#include "libs/base/ids.h"
#include "libs/crypto/keyed_hash.h"
#include "services/aid/storage/application/statements.h"
#include "services/aid/storage/business/owner_keys.h"

namespace bangkit::aid {
namespace {

std::vector<std::string> HashesOf(const crypto::KeyRing& keys, const std::string& family_card) {
    return crypto::KeyedHashes(keys, "aid.household", family_card);
}

bool IsInUse(const crypto::KeyRing& keys, const std::string& hash) {
    return !keys.IsReadOnly(crypto::KeyPurpose::kHash, crypto::KeyVersionOf(hash));
}

}  // namespace

void Households::Load(postgres::Transaction& transaction,
                      const std::set<std::string>& family_cards) {
    if (family_cards.empty()) return;
    postgres::BytesArray hashes;
    std::map<std::string, std::string> card_of;
    for (const std::string& family_card : family_cards) {
        Card& card = cards_[family_card];
        for (const std::string& hash : HashesOf(keys_, family_card)) {
            hashes.Add(hash);
            card_of.emplace(hash, family_card);
            if (IsInUse(keys_, hash)) card.missing.push_back(hash);
        }
    }
    const postgres::Rows rows = transaction.Run(
        "SELECT hash, household_id FROM household_hashes WHERE hash = ANY($1::bytea[])"
        " ORDER BY hash FOR KEY SHARE",
        {hashes});
    for (int i = 0; i < rows.size(); ++i) {
        const std::string hash = rows.Text(i, 0);
        Card& card = cards_.at(card_of.at(hash));
        card.household_id = rows.Uuid(i, 1);
        std::erase(card.missing, hash);
    }
}

const std::string& Households::IdOf(const std::string& family_card, Time now) {
    Card& card = cards_.at(family_card);
    card.is_used = true;
    if (card.household_id.empty()) card.household_id = NewId(now);
    return card.household_id;
}

void Households::Save(postgres::Transaction& transaction) const {
    std::map<std::string, std::string> added;  // Of one order, whoever adds them.
    for (const auto& [family_card, card] : cards_) {
        if (!card.is_used) continue;
        for (const std::string& hash : card.missing) added.emplace(hash, card.household_id);
    }
    if (added.empty()) return;
    postgres::BytesArray hashes;
    postgres::UuidArray ids;
    for (const auto& [hash, id] : added) {
        hashes.Add(hash);
        ids.Add(id);
    }
    transaction.Queue(
        "INSERT INTO household_hashes (hash, household_id)"
        " SELECT unnest($1::bytea[]), unnest($2::uuid[])",
        {hashes, ids});
}

std::int64_t RekeyHouseholds(postgres::Connection& connection, const crypto::KeyRing& keys,
                             std::int64_t batch_size) {
    std::int64_t added = 0;
    std::string after;
    for (;;) {
        postgres::Transaction transaction(connection);
        const postgres::Rows rows = transaction.Run(
            "SELECT DISTINCT ON (a.household) a.household, a.application_id, a.owner_id, a.stated,"
            "       k.wrapped_key"
            "  FROM applications a JOIN owner_keys k USING (owner_id)"
            " WHERE a.household > $1::text AND a.stated <> ''"
            " ORDER BY a.household, a.application_id LIMIT $2::bigint",
            {after, postgres::Int64(batch_size)});
        if (rows.size() == 0) return added;
        postgres::BytesArray hashes;
        postgres::TextArray households;
        for (int i = 0; i < rows.size(); ++i) {
            after = rows.Text(i, 0);
            const Result<crypto::Key> key = OpenOwnerKey(keys, rows.Uuid(i, 2), rows.Bytes(i, 4));
            if (!key) throw std::runtime_error("the key of an owner: " + key.error().reason);
            const auto stated = OpenStatement(*key, rows.Uuid(i, 1), rows.Bytes(i, 3));
            if (!stated) throw std::runtime_error("a statement: " + stated.error().reason);
            for (const std::string& hash : HashesOf(keys, stated->family_card)) {
                if (!IsInUse(keys, hash)) continue;
                hashes.Add(hash);
                households.Add(after);
            }
        }
        // Only of households that are known still: of who was erased meanwhile nothing comes back.
        added += transaction
                     .Run(
                         "INSERT INTO household_hashes (hash, household_id)"
                         " SELECT u.hash, u.household::uuid"
                         "   FROM unnest($1::bytea[], $2::text[]) AS u (hash, household)"
                         "  WHERE EXISTS (SELECT FROM household_hashes h"
                         "                 WHERE h.household_id = u.household::uuid)"
                         " ON CONFLICT DO NOTHING",
                         {hashes, households})
                     .affected();
        transaction.Commit();
    }
}

}  // namespace bangkit::aid
