#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bangkit::aid {

/// A bank as banks are: it pays, rejects, sends back, and says so late, twice, in any order, in
/// whichever format, or never. It knows a file by its message, and refuses one that comes again; an
/// instruction by its reference: a second one is refused, and counted, unless the first one was
/// rejected.
class SimulatedBank {
public:
    explicit SimulatedBank(unsigned seed) : random_(seed) {}

    void Receive(const std::string& file) {
        const std::string message_id = Between(file, "<MsgId>", "</MsgId>");
        const bool is_new = files_.insert(message_id).second;
        std::string_view rest = file;
        for (;;) {
            const std::size_t begin = rest.find("<CdtTrfTxInf>");
            if (begin == std::string_view::npos) return;
            rest.remove_prefix(begin + 1);
            const Instruction instruction{
                .message_id = message_id,
                .instruction_id = Between(rest, "<InstrId>", "</InstrId>"),
                .reference = Between(rest, "<EndToEndId>", "</EndToEndId>"),
                .rupiah = std::stoll(Between(rest, "\"IDR\">", "</InstdAmt>"))};
            is_new ? Instruct(instruction) : Announce(instruction, Word::kRejected, "AM05");
        }
    }

    /// A file of some of what there is to say; empty if there is nothing.
    std::string Say() {
        std::ranges::shuffle(news_, random_);
        const std::size_t count = std::min(news_.size(), std::size_t{1} + Dice(6));
        const std::vector<News> said(news_.end() - static_cast<std::ptrdiff_t>(count), news_.end());
        news_.resize(news_.size() - count);
        if (said.empty()) return "";
        switch (Dice(3)) {
            case 0: return ToReport(said);
            case 1: return ToNotification(said);
            default: return ToTable(said);
        }
    }

    /// What must never be.
    int second_instructions() const { return second_instructions_; }
    /// What went out and did not come back, by reference.
    const std::map<std::string, std::int64_t>& paid() const { return paid_; }
    /// Of whom it never says anything.
    const std::set<std::string>& silent() const { return silent_; }

private:
    enum class Word { kAccepted, kPaid, kRejected, kReturned };
    struct Instruction {
        std::string message_id;
        std::string instruction_id;
        std::string reference;
        std::int64_t rupiah = 0;
    };
    struct News {
        Instruction instruction;
        Word word;
        std::string reason;
    };

    std::size_t Dice(std::size_t sides) { return random_() % sides; }

    static std::string Between(std::string_view text, std::string_view begin,
                               std::string_view end) {
        text.remove_prefix(text.find(begin) + begin.size());
        return std::string(text.substr(0, text.find(end)));
    }

    void Instruct(const Instruction& instruction) {
        if (!taken_.insert(instruction.reference).second) {
            ++second_instructions_;
            return Announce(instruction, Word::kRejected, "AM05");
        }
        if (Dice(3) == 0) Announce(instruction, Word::kAccepted, "");
        switch (Dice(8)) {
            case 0:
            case 1:
                taken_.erase(instruction.reference);
                return Announce(instruction, Word::kRejected, "AC04");
            case 2: return Announce(instruction, Word::kReturned, "AC06", Word::kPaid);
            case 3:
                std::erase_if(news_, [&](const News& each) {
                    return each.instruction.reference == instruction.reference;
                });
                silent_.insert(instruction.reference);
                return;
            default:
                paid_[instruction.reference] += instruction.rupiah;
                return Announce(instruction, Word::kPaid, "");
        }
    }

    /// Once or twice; and perhaps what came before it.
    void Announce(const Instruction& instruction, Word word, const std::string& reason,
                  std::optional<Word> before = {}) {
        if (before && Dice(2) == 0) news_.push_back({instruction, *before, ""});
        for (std::size_t i = 0; i < 1 + Dice(2); ++i) news_.push_back({instruction, word, reason});
    }

    static std::string ToReport(const std::vector<News>& said) {
        static constexpr std::string_view kCodes[] = {"ACSP", "ACSC", "RJCT"};
        std::string report;
        std::vector<News> returned;
        for (const auto& [instruction, word, reason] : said) {
            if (word == Word::kReturned) {
                returned.push_back({instruction, word, reason});
                continue;
            }
            report += "<TxInfAndSts><OrgnlInstrId>" + instruction.instruction_id +
                      "</OrgnlInstrId><OrgnlEndToEndId>" + instruction.reference +
                      "</OrgnlEndToEndId><TxSts>" +
                      std::string(kCodes[static_cast<std::size_t>(word)]) + "</TxSts>";
            if (!reason.empty())
                report += "<StsRsnInf><Rsn><Cd>" + reason + "</Cd></Rsn></StsRsnInf>";
            report += "</TxInfAndSts>\n";
        }
        if (!returned.empty()) return ToTable(said);  // A report has no word for it.
        return "<?xml version=\"1.0\"?>\n<Document "
               "xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt>"
               "<OrgnlGrpInfAndSts><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId>"
               "</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>" +
               report + "</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>";
    }

    static std::string ToNotification(const std::vector<News>& said) {
        std::string entries;
        for (const auto& [instruction, word, reason] : said) {
            if (word == Word::kRejected) return ToTable(said);  // It tells of bookings only.
            entries +=
                "<Ntry><CdtDbtInd>" + std::string(word == Word::kReturned ? "CRDT" : "DBIT") +
                "</CdtDbtInd><Sts><Cd>" + std::string(word == Word::kAccepted ? "PDNG" : "BOOK") +
                "</Cd></Sts><NtryDtls><TxDtls><Refs><PmtInfId>" + instruction.message_id +
                "</PmtInfId><EndToEndId>" + instruction.reference +
                "</EndToEndId></Refs><Amt Ccy=\"IDR\">" + std::to_string(instruction.rupiah) +
                ".00</Amt></TxDtls></NtryDtls></Ntry>\n";
        }
        return "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\">"
               "<BkToCstmrDbtCdtNtfctn><Ntfctn>" +
               entries + "</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>";
    }

    static std::string ToTable(const std::vector<News>& said) {
        static constexpr std::string_view kWords[] = {"DITERIMA", "DIBAYAR", "DITOLAK",
                                                      "DIKEMBALIKAN"};
        std::string table = "referensi;status;alasan;nominal;percobaan\n";
        for (const auto& [instruction, word, reason] : said) {
            const std::string attempt =
                instruction.instruction_id.substr(instruction.reference.size() + 1);
            table += instruction.reference + ";" +
                     std::string(kWords[static_cast<std::size_t>(word)]) + ";" + reason + ";" +
                     std::to_string(instruction.rupiah) + ";" + attempt + "\n";
        }
        return table;
    }

    std::mt19937 random_;
    std::set<std::string> files_;
    std::set<std::string> taken_;  // References that are not rejected.
    std::map<std::string, std::int64_t> paid_;
    std::set<std::string> silent_;
    std::vector<News> news_;
    int second_instructions_ = 0;
};

}  // namespace bangkit::aid
