#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/aid/api/table_file.h"
#include "services/aid/domain/loan/loan.h"

namespace bangkit::aid {

/// A payment of an owner as a bank tells it.
struct ToldInstalment {
    std::string reference;  // The id of the loan without dashes.
    RecordInstalment paid;
};

/// Reads payments from a bank's CSV file that arrives in pieces; see AnswerStream.
class InstalmentFile {
public:
    using Answer = ToldInstalment;
    using Line = Result<Answer>;

    Result<void> Feed(std::string_view bytes) { return table_.Feed(bytes); }
    Result<void> Finish() { return table_.Finish(); }
    /// INVALID_ARGUMENT, LINE_INVALID.
    std::optional<Line> Next();

private:
    TableFile table_{{"referensi", "reference", true},
                     {"bukti", "receipt", true},
                     {"tanggal", "paid_on", true},
                     {"nominal", "amount_rupiah", true}};
};

}  // namespace bangkit::aid
