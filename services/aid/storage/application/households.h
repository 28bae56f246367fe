#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"

namespace bangkit::aid {

/// Of which household a family card is, for one transaction: an id that is made when the card is
/// first seen. Whoever sees it first at the same time wins or loses the race for its hash.
class Households {
public:
    explicit Households(const crypto::KeyRing& keys) : keys_(keys) {}

    void Load(postgres::Transaction& transaction, const std::set<std::string>& family_cards);
    /// Of a card that was loaded; empty: nobody has seen it.
    const std::string& Find(const std::string& family_card) const {
        return cards_.at(family_card).household_id;
    }
    /// The same, made if nobody has seen it.
    const std::string& IdOf(const std::string& family_card, Time now);
    /// Cards that are used are known by every key that is in use.
    void Save(postgres::Transaction& transaction) const;

private:
    struct Card {
        std::string household_id;          // Empty: nobody has seen it.
        std::vector<std::string> missing;  // Hashes under which it is not known yet.
        bool is_used = false;
    };

    const crypto::KeyRing& keys_;
    std::map<std::string, Card> cards_;
};

/// Makes the family cards that are stated known by every key that is in use; for a change of keys.
/// Returns how many hashes were added. What needs an old key afterwards are cards of whom all
/// owners are erased.
std::int64_t RekeyHouseholds(postgres::Connection& connection, const crypto::KeyRing& keys,
                             std::int64_t batch_size = 1'000);

}  // namespace bangkit::aid
