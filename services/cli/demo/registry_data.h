#pragma once

#include <string_view>

#include "libs/base/clock.h"
#include "services/cli/demo/names.h"
#include "services/cli/demo/random.h"
#include "services/cli/demo/row.h"

namespace bangkit::cli {

/// What the columns that not every file has are about, of somebody whose other columns are filled.
struct Person {
    std::string_view nik;  // As it is, also if the row does not tell it.
    Date birth_date;
    bool female = false;
};

/// Of everybody: the owner, the way of selling, permits, consent. Villages without network are
/// always the same ones, fewer in cities than elsewhere.
void AddPerson(Row& row, const Person& person, Random& random);
void AddWayOfSelling(Row& row, Random& random);
void AddPermits(Row& row, Random& random);
void AddConsent(Row& row, Random& random);

/// Of one kind alone.
void AddCooperative(Row& row, Affiliation affiliation, Random& random);
void AddVendor(Row& row, Random& random);
void AddDeliveryShop(Row& row);

}  // namespace bangkit::cli
