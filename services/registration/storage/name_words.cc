#include "services/registration/storage/name_words.h"

#include <cstdint>

namespace bangkit::registration {
namespace {

// As they are told apart by businesses_by_word.
const std::string kWordsOfNames =
    "SELECT DISTINCT left(n.region_code, 2) AS province, w.word"
    "  FROM unnest($1::text[], $2::text[]) AS n (name, region_code),"
    "       unnest(string_to_array(lower(n.name COLLATE \"C\"), ' ')) AS w (word)"
    " WHERE w.word <> '' AND w.word !~ '[0-9]{4}'";

// The most alike ones: more would be other words.
constexpr std::int64_t kAlikeMax = 100;

}  // namespace

// In one order, so that nobody waits for somebody who waits for them.
void KeepNameWords(postgres::Transaction& transaction, const postgres::TextArray& names,
                   const postgres::TextArray& regions) {
    transaction.Queue("INSERT INTO name_words (province, word) " + kWordsOfNames +
                          " ORDER BY province, word ON CONFLICT DO NOTHING",
                      {names, regions});
}

void ForgetNameWords(postgres::Transaction& transaction, const postgres::TextArray& names,
                     const postgres::TextArray& regions) {
    if (names.size() == 0) return;
    transaction.Queue(
        "WITH gone AS MATERIALIZED ("
        " SELECT * FROM (" +
            kWordsOfNames +
            ") of_names"
            "  WHERE NOT EXISTS (SELECT FROM listed_businesses l"
            "                     WHERE l.words_in_province && ARRAY[province || '|' || word])"
            "  ORDER BY province, word)"
            " DELETE FROM name_words k USING gone"
            "  WHERE k.province = gone.province AND k.word = gone.word",
        {names, regions});
}

std::vector<std::vector<std::string>> AlikeWords(postgres::Transaction& transaction,
                                                 const std::vector<std::string>& words,
                                                 const postgres::TextArray& provinces) {
    postgres::TextArray wanted;
    for (const std::string& word : words) wanted.Add(word);
    const postgres::Rows rows = transaction.Run(
        "SELECT w.place, w.word FROM ("
        "  SELECT place, lower(word COLLATE \"C\") AS word"
        "    FROM unnest($1::text[]) WITH ORDINALITY u (word, place)) w"
        " UNION "
        "SELECT w.place, alike.word"
        "  FROM unnest($1::text[]) WITH ORDINALITY w (word, place)"
        "  CROSS JOIN LATERAL ("
        "    SELECT k.word FROM name_words k"
        "     WHERE k.province = ANY($2::text[]) AND k.word %> w.word"
        "     ORDER BY word_similarity(w.word, k.word) DESC, k.word LIMIT $3::bigint) alike",
        {wanted, provinces, postgres::Int64(kAlikeMax)});
    std::vector<std::vector<std::string>> alike(words.size());
    for (int i = 0; i < rows.size(); ++i) {
        alike[static_cast<std::size_t>(rows.Int64(i, 0)) - 1].push_back(rows.Text(i, 1));
    }
    return alike;
}

}  // namespace bangkit::registration
