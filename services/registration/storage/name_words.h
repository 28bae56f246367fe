#pragma once

#include <string>
#include <vector>

#include "libs/postgres/connection.h"

namespace bangkit::registration {

// The words that names are made of, by province: how a word that is searched may be written in
// names. Who has which is not known here, and words with numbers in them are left out, so that
// nobody can be told by them.

/// Keeps the words of names; `regions`: where each of them is.
void KeepNameWords(postgres::Transaction& transaction, const postgres::TextArray& names,
                   const postgres::TextArray& regions);

/// Forgets the words of names that are no more, unless somebody else in the province has them. A
/// word that is registered in just this moment may go too: until it is kept again it is found by
/// itself alone.
void ForgetNameWords(postgres::Transaction& transaction, const postgres::TextArray& names,
                     const postgres::TextArray& regions);

/// For each word itself and words of names in these provinces that are something like it.
std::vector<std::vector<std::string>> AlikeWords(postgres::Transaction& transaction,
                                                 const std::vector<std::string>& words,
                                                 const postgres::TextArray& provinces);

}  // namespace bangkit::registration
