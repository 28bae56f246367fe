// Files of a bank's answers: told apart by how they begin, read the same wherever they are cut.
#include "services/aid/api/payment/answer_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kReference = "019582a41e707abc8def0123456789ab";

/// Each line in short, and why it is read no further.
std::vector<std::string> Read(std::string_view file, std::size_t piece = std::string_view::npos) {
    static constexpr std::string_view kKinds[] = {"", "accepted", "paid", "rejected", "returned"};
    AnswerFile answers;
    std::vector<std::string> lines;
    const auto take = [&](const Result<void>& read) {
        while (const auto line = answers.Next()) {
            if (!*line) {
                lines.push_back(line->error().reason);
                continue;
            }
            const BankAnswer& said = **line;
            std::string text = said.reference + " ";
            text += kKinds[static_cast<std::size_t>(said.kind)];
            if (said.attempt > 0) text += " #" + std::to_string(said.attempt);
            if (!said.reason.empty()) text += " " + said.reason;
            if (said.amount) text += " Rp" + std::to_string(*said.amount);
            if (!said.batch_id.empty()) text += " of " + said.batch_id;
            lines.push_back(std::move(text));
        }
        if (!read) lines.push_back(read.error().reason);
        return read.has_value();
    };
    while (!file.empty()) {
        const std::string_view next = file.substr(0, piece);
        file.remove_prefix(next.size());
        if (!take(answers.Feed(next))) return lines;
    }
    take(answers.Finish());
    return lines;
}

TEST(AnswerFile, IsATable) {
    for (const std::size_t piece : {1U, 2U, 5U, 1'000U}) {
        EXPECT_THAT(Read("\xEF\xBB\xBFReferensi;STATUS;alasan;nominal;percobaan;catatan\r\n"
                         "a;DIBAYAR;;1134429;1;lunas\r\nb;ditolak;AC04;;2;\r\n"
                         "c;Diterima;;;;\r\nd;DIKEMBALIKAN;rekening Siti tutup;5;;\r\n"
                         "e;DITOLAK;SITI_AMINAH;;;\r\n",
                         piece),
                    ElementsAre("a paid #1 Rp1134429", "b rejected #2 AC04", "c accepted",
                                "d returned OTHER Rp5", "e rejected OTHER"));
    }
    EXPECT_THAT(Read("reference,status,reason,amount_rupiah,attempt\na,PAID,,5,1\nb,REJECTED,,,\n"),
                ElementsAre("a paid #1 Rp5", "b rejected"));
}

TEST(AnswerFile, HasLinesThatCannotBeTaken) {
    EXPECT_THAT(Read("referensi,status,percobaan\na,LUNAS,\n,DIBAYAR,\na,DIBAYAR,0\na,DIBAYAR,x\n"
                     "a,DIBAYAR,100\na,DIBAYAR\n"),
                ElementsAre("LINE_INVALID", "LINE_INVALID", "LINE_INVALID", "LINE_INVALID",
                            "LINE_INVALID", "LINE_INVALID"));
}

// A point is the decimal one, as banks write it: 1.134.429 is no amount.
TEST(AnswerFile, HasAmountsThatAreWholeRupiah) {
    EXPECT_THAT(Read("referensi;status;nominal\na;DIBAYAR;1134429.00\na;DIBAYAR;1.134.429\n"
                     "a;DIBAYAR;Rp5\na;DIBAYAR;1,5\na;DIBAYAR;0\na;DIBAYAR;-5\n"
                     "a;DIBAYAR;9223372036854775808\n"),
                ElementsAre("a paid Rp1134429", "LINE_INVALID", "LINE_INVALID", "LINE_INVALID",
                            "LINE_INVALID", "LINE_INVALID", "LINE_INVALID"));
}

TEST(AnswerFile, IsNoneOfThese) {
    EXPECT_THAT(Read(""), ElementsAre("FILE_INVALID"));
    EXPECT_THAT(Read("\xEF\xBB\xBF"), ElementsAre("FILE_INVALID"));
    EXPECT_THAT(Read(std::string(5'000, '\n')), ElementsAre("FILE_INVALID"));
    EXPECT_THAT(Read("referensi,nominal\na,5\n"), ElementsAre("FILE_INVALID"));
    EXPECT_THAT(Read("referensi,status,status\n"), ElementsAre("FILE_INVALID"));
    EXPECT_THAT(Read("%PDF-1.7"), ElementsAre("FILE_INVALID"));
    EXPECT_THAT(Read(std::string_view("\xFF\xFEr\0e\0", 6)), ElementsAre("FILE_INVALID"));
    EXPECT_THAT(Read("<html></html>"), ElementsAre("FILE_INVALID"));
}

TEST(AnswerFile, IsAMessage) {
    const std::string reference(kReference);
    const auto report = [&](const std::string& file, const std::string& instruction) {
        return "\xEF\xBB\xBF \n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.03\">"
               "<CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>" +
               file + "</OrgnlMsgId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><TxInfAndSts>" +
               "<OrgnlInstrId>" + instruction + "</OrgnlInstrId><OrgnlEndToEndId>" + reference +
               "</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>"
               "</CstmrPmtStsRpt></Document>";
    };
    const std::string of = " of 019582a4-1e70-7abc-8def-0123456789ab";
    for (const std::size_t piece : {1U, 3U, 1'000U}) {
        EXPECT_THAT(Read(report(reference, reference + "-2"), piece),
                    ElementsAre(reference + " paid #2" + of));
    }
    EXPECT_THAT(Read(report(reference, "NOTPROVIDED")), ElementsAre(reference + " paid" + of));
    EXPECT_THAT(Read(report("", "")), ElementsAre(reference + " paid"));
    EXPECT_THAT(Read(report("PAYROLL-7", "")), ElementsAre("PAYMENT_NOT_FOUND"))
        << "a file that is none of ours";
}

}  // namespace
}  // namespace bangkit::aid
