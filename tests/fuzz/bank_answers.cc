#include <string>
#include <vector>

#include "services/aid/api/payment/answer_file.h"
#include "tests/fuzz/fuzz.h"

namespace bangkit::fuzz {
namespace {

using aid::AnswerFile;
using aid::BankAnswer;

constexpr std::string_view kFamily = "urn:iso:std:iso:20022:tech:xsd:";
constexpr std::size_t kReasonMax = 35;

void CheckAnswer(const BankAnswer& answer) {
    Claim(!answer.reference.empty() || !answer.batch_id.empty(), "an answer is of something");
    Claim(
        answer.batch_id.empty() || aid::IdOf(aid::ReferenceOf(answer.batch_id)) == answer.batch_id,
        "a batch has an id");
    Claim(answer.attempt >= 0 && answer.attempt <= aid::kAttemptsMax, "an attempt is possible");
    Claim(!answer.amount || *answer.amount >= 0, "nothing is below zero");
    Claim(answer.reason.size() <= kReasonMax, "a reason is a code");
    for (const char c : answer.reason) {
        Claim((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'), "a reason is a code");
    }
}

/// What each line says, in short, and at the end why it is read no further.
std::vector<std::string> Read(std::string_view file, std::size_t piece) {
    AnswerFile answers;
    std::vector<std::string> lines;
    const auto take = [&](const Result<void>& read) {
        while (const auto line = answers.Next()) {
            if (!*line) {
                lines.push_back(line->error().reason);
                continue;
            }
            CheckAnswer(**line);
            lines.push_back((*line)->reference + " " + std::to_string((*line)->attempt) + " " +
                            std::to_string(static_cast<int>((*line)->kind)) + (*line)->reason +
                            std::to_string((*line)->amount.value_or(-1)));
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

std::string Document(std::string_view name, std::string_view content) {
    return "<Document xmlns=\"" + std::string(kFamily) + std::string(name) + "\">" +
           std::string(content) + "</Document>";
}

}  // namespace

/// `input`: a file; or, after the digit of a message, the content of one.
void Try(std::string_view input) {
    std::string file(input);
    if (input.starts_with('0')) file = Document("pain.002.001.03", input.substr(1));
    if (input.starts_with('1')) file = Document("camt.054.001.08", input.substr(1));
    const std::vector<std::string> whole = Read(file, file.size());
    const bool is_good = whole.empty() || whole.back() != "-";
    for (const std::size_t piece : {1U, 7U, 100U}) {
        const std::vector<std::string> cut = Read(file, piece);
        // Of a file that is refused it may say more or less, as it was cut.
        if (is_good) Claim(cut == whole, "where a file is cut makes no difference");
        if (!is_good)
            Claim(!cut.empty() && cut.back() == "-", "a bad file is bad however it is cut");
    }
}

std::vector<std::string> Seeds() {
    const std::string reference = "019582a41e707abc8def0123456789ab";
    return {"0<CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>" + reference +
                "</OrgnlMsgId><GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>"
                "<TxInfAndSts><OrgnlInstrId>" +
                reference + "-2</OrgnlInstrId><OrgnlEndToEndId>" + reference +
                "</OrgnlEndToEndId><TxSts>ACSC</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd>"
                "</Rsn></StsRsnInf><OrgnlTxRef><Amt><InstdAmt Ccy=\"IDR\">5.00</InstdAmt></Amt>"
                "</OrgnlTxRef></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt>",
            "1<BkToCstmrDbtCdtNtfctn><Ntfctn><Ntry><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd>"
            "</Sts><NtryDtls><TxDtls><Refs><PmtInfId>" +
                reference + "</PmtInfId><EndToEndId>" + reference +
                "</EndToEndId></Refs><Amt Ccy=\"IDR\">5</Amt></TxDtls></NtryDtls>"
                "</Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn>",
            "<!DOCTYPE d [<!ENTITY a \"aaaa\">]>" + Document("camt.054.001.08", "&a;"),
            "1<a><![CDATA[x]]></a><!-- y --><?z?>",
            "referensi;status;alasan;nominal;percobaan\r\n" + reference + ";DIBAYAR;;5;1\r\n",
            "\xEF\xBB\xBFreference,status,reason\n" + reference + ",REJECTED,AC04\n\"a,PAID,\n"};
}

}  // namespace bangkit::fuzz
