#include <string>
#include <vector>

#include "services/aid/api/nomination/nomination_answer_file.h"
#include "tests/fuzz/fuzz.h"

namespace bangkit::fuzz {
namespace {

using aid::NominationAnswer;
using aid::NominationAnswerFile;
using Kind = aid::NominationAnswerKind;

constexpr int kRoundMax = 99;

void CheckAnswer(const NominationAnswer& answer) {
    Claim(!answer.reference.empty(), "an answer is of somebody");
    Claim(!answer.reference.contains('-'), "a reference has no round in it");
    Claim(answer.round >= 0 && answer.round <= kRoundMax, "a round is possible");
    Claim(!answer.amount || *answer.amount >= 0, "nothing is below zero");
    const bool is_wrong = answer.kind == Kind::kInvalid || answer.kind == Kind::kRejected;
    Claim(is_wrong != answer.reasons.empty(), "what is wrong has a reason, and nothing else has");
}

/// What each line says, in short, and at the end why it is read no further.
std::vector<std::string> Read(std::string_view file, std::size_t piece) {
    NominationAnswerFile answers;
    std::vector<std::string> lines;
    const auto take = [&](const Result<void>& read) {
        while (const auto line = answers.Next()) {
            if (!*line) {
                lines.push_back(line->error().reason);
                continue;
            }
            CheckAnswer(**line);
            std::string text = (*line)->reference + " " + std::to_string((*line)->round) + " " +
                               std::to_string(static_cast<int>((*line)->kind)) + " " +
                               std::to_string((*line)->amount.value_or(-1));
            for (const aid::RejectionReason reason : (*line)->reasons) {
                text += " " + std::to_string(static_cast<int>(reason));
            }
            lines.push_back(std::move(text));
        }
        if (read) return true;
        Claim(read.error().reason == "FILE_INVALID", "the reason");
        lines.emplace_back("-");
        return false;
    };
    while (!file.empty()) {
        const std::string_view next = file.substr(0, piece);
        file.remove_prefix(next.size());
        if (!take(answers.Feed(next))) return lines;
    }
    take(answers.Finish());
    return lines;
}

}  // namespace

void Try(std::string_view input) {
    const std::vector<std::string> whole = Read(input, input.size());
    const bool is_good = whole.empty() || whole.back() != "-";
    for (const std::size_t piece : {1U, 7U, 100U}) {
        const std::vector<std::string> cut = Read(input, piece);
        // Of a file that is refused it may say more or less, as it was cut.
        if (is_good) Claim(cut == whole, "where a file is cut makes no difference");
        if (!is_good)
            Claim(!cut.empty() && cut.back() == "-", "a bad file is bad however it is cut");
    }
}

std::vector<std::string> Seeds() {
    const std::string reference = "019582a41e707abc8def0123456789ab";
    return {"nomor_usulan;status;alasan;nominal\r\n" + reference + "-1;VALID;;\r\n" + reference +
                "-2;TIDAK VALID;NIK_TIDAK_PADAN MENINGGAL;\r\n",
            "\xEF\xBB\xBFreference,status,reason,amount_rupiah\n" + reference +
                "-1,DETERMINED,,2400000\n\"a,PAID,,\n",
            "nomor_usulan,status,alasan\n" + reference + "-99,DITOLAK,lain\n-1,DICAIRKAN,\n"};
}

}  // namespace bangkit::fuzz
