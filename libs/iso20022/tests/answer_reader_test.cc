// What banks answer: of each instruction what was said of it, and nothing that was not.
#include "libs/iso20022/answer_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/iso20022/tests/answers.h"

namespace bangkit::iso20022 {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kReport =
    "<OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId>"
    "<GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>"
    "<OrgnlPmtInfAndSts><OrgnlPmtInfId>M1</OrgnlPmtInfId>"
    "<TxInfAndSts><OrgnlInstrId>R1-1</OrgnlInstrId><OrgnlEndToEndId>R1</OrgnlEndToEndId>"
    "<TxSts>ACSC</TxSts>"
    "<OrgnlTxRef><Amt><InstdAmt Ccy=\"IDR\">1134429.00</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>"
    "<TxInfAndSts><OrgnlEndToEndId>R2</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
    "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>tutup</AddtlInf></StsRsnInf></TxInfAndSts>"
    "<TxInfAndSts><OrgnlEndToEndId>R3</OrgnlEndToEndId><TxSts>PDNG</TxSts></TxInfAndSts>"
    "<TxInfAndSts><OrgnlEndToEndId>R4</OrgnlEndToEndId><TxSts>XXXX</TxSts></TxInfAndSts>"
    "</OrgnlPmtInfAndSts>";

constexpr std::string_view kBooked =
    "<Ntry><Amt Ccy=\"IDR\">2268858</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
    "<NtryDtls><TxDtls><Refs><PmtInfId>M1</PmtInfId><InstrId>R1-1</InstrId>"
    "<EndToEndId>R1</EndToEndId></Refs><Amt Ccy=\"IDR\">1134429</Amt></TxDtls>"
    "<TxDtls><Refs><EndToEndId>R2</EndToEndId></Refs>"
    "<AmtDtls><TxAmt><Amt Ccy=\"IDR\">1134429</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls></Ntry>";

TEST(StatusReport, SaysOfEachTransactionHowItWent) {
    const Answer paid{.status = Status::kPaid,
                      .message_id = "M1",
                      .instruction_id = "R1-1",
                      .end_to_end_id = "R1",
                      .rupiah = 1'134'429};
    const Answer rejected{
        .status = Status::kRejected, .message_id = "M1", .end_to_end_id = "R2", .reason = "AC04"};
    const Answer pending{.status = Status::kAccepted, .message_id = "M1", .end_to_end_id = "R3"};
    const Answer odd{.status = Status::kUnknown, .message_id = "M1", .end_to_end_id = "R4"};
    EXPECT_THAT(Read(StatusReport(kReport)).answers, ElementsAre(paid, rejected, pending, odd));
}

TEST(StatusReport, OfAWholeFileIsBelievedOnlyThatItIsRefused) {
    const auto whole = [](const std::string& status) {
        return StatusReport("<OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId><GrpSts>" + status +
                            "</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>"
                            "</OrgnlGrpInfAndSts>");
    };
    const Answer refused{.status = Status::kRejected, .message_id = "M1", .reason = "FF01"};
    EXPECT_THAT(Read(whole("RJCT")).answers, ElementsAre(refused));
    for (const char* status : {"ACSC", "ACCP", "PART", "XXXX"}) {
        EXPECT_THAT(Read(whole(status)).answers, IsEmpty()) << status;
    }
}

TEST(StatusReport, MayRefuseAllPaymentsOfAFile) {
    const Answer refused{.status = Status::kRejected, .message_id = "M1", .reason = "AG01"};
    EXPECT_THAT(Read(StatusReport("<OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId>"
                                  "</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>"
                                  "<OrgnlPmtInfId>M1</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts>"
                                  "<StsRsnInf><Rsn><Prtry>AG01</Prtry></Rsn></StsRsnInf>"
                                  "</OrgnlPmtInfAndSts>"))
                    .answers,
                ElementsAre(refused));
}

TEST(StatusReport, RefusesForTheReasonOfTheFileWhatHasNone) {
    const std::string_view group =
        "<OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId><GrpSts>RJCT</GrpSts>"
        "<StsRsnInf><Rsn><Cd>AM05</Cd></Rsn></StsRsnInf></OrgnlGrpInfAndSts>";
    const std::string_view transaction =
        "<TxInfAndSts><OrgnlEndToEndId>R1</OrgnlEndToEndId><TxSts>RJCT</TxSts></TxInfAndSts>";
    const auto refused = [](std::string reference, std::string reason) {
        return Answer{.status = Status::kRejected,
                      .message_id = "M1",
                      .end_to_end_id = std::move(reference),
                      .reason = std::move(reason)};
    };
    EXPECT_THAT(
        Read(StatusReport(std::string(group) + "<OrgnlPmtInfAndSts><PmtInfSts>RJCT</PmtInfSts>" +
                          std::string(transaction) + "</OrgnlPmtInfAndSts>"))
            .answers,
        ElementsAre(refused("", "AM05"), refused("", "AM05"), refused("R1", "AM05")));
    EXPECT_THAT(Read(StatusReport(std::string(group) +
                                  "<OrgnlPmtInfAndSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn>"
                                  "</StsRsnInf>" +
                                  std::string(transaction) + "</OrgnlPmtInfAndSts>"))
                    .answers,
                ElementsAre(refused("", "AM05"), refused("R1", "AC04")));
}

TEST(StatusReport, OfATransactionThatItDoesNotNameIsNotOfTheWholeFile) {
    const Answer refused{.status = Status::kRejected,
                         .message_id = "M1",
                         .instruction_id = "R1-1",
                         .end_to_end_id = "NOTPROVIDED"};
    EXPECT_THAT(Read(StatusReport("<OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId>"
                                  "</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><TxInfAndSts>"
                                  "<OrgnlInstrId>R1-1</OrgnlInstrId><TxSts>RJCT</TxSts>"
                                  "</TxInfAndSts></OrgnlPmtInfAndSts>"))
                    .answers,
                ElementsAre(refused));
}

TEST(Notification, OfATransactionThatItDoesNotNameIsNotOfTheWholeFile) {
    const Answer paid{.status = Status::kPaid, .message_id = "M1", .end_to_end_id = "NOTPROVIDED"};
    EXPECT_THAT(Read(Notification("<Ntry><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
                                  "<NtryDtls><TxDtls><Refs><PmtInfId>M1</PmtInfId></Refs></TxDtls>"
                                  "</NtryDtls></Ntry>"))
                    .answers,
                ElementsAre(paid));
}

TEST(Notification, OfABookedDebitIsThatItIsPaid) {
    const Answer first{.status = Status::kPaid,
                       .message_id = "M1",
                       .instruction_id = "R1-1",
                       .end_to_end_id = "R1",
                       .rupiah = 1'134'429};
    const Answer second{.status = Status::kPaid, .end_to_end_id = "R2", .rupiah = 1'134'429};
    EXPECT_THAT(Read(Notification(kBooked)).answers, ElementsAre(first, second));
}

TEST(Notification, OfACreditIsThatItCameBack) {
    const std::string entry =
        "<Ntry><Amt Ccy=\"IDR\">1134429</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><NtryDtls>"
        "<TxDtls><Refs><EndToEndId>R1</EndToEndId></Refs><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
        "</TxDtls></NtryDtls></Ntry>";
    const Answer returned{.status = Status::kReturned, .end_to_end_id = "R1", .reason = "AC04"};
    EXPECT_THAT(Read(Notification(entry)).answers, ElementsAre(returned));
}

TEST(Notification, OfWhatIsNotBookedIsNotThatItIsPaid) {
    const auto entry = [](const std::string& state, const std::string& reversal) {
        return Notification("<Ntry><CdtDbtInd>DBIT</CdtDbtInd>" + reversal + "<Sts>" + state +
                            "</Sts><NtryDtls><TxDtls><Refs><EndToEndId>R1</EndToEndId></Refs>"
                            "</TxDtls></NtryDtls></Ntry>");
    };
    EXPECT_EQ(Read(entry("PDNG", "")).answers.at(0).status, Status::kAccepted);
    EXPECT_EQ(Read(entry("INFO", "")).answers.at(0).status, Status::kUnknown);
    EXPECT_EQ(Read(entry("", "")).answers.at(0).status, Status::kUnknown);
    EXPECT_EQ(Read(entry("BOOK", "<RvslInd>true</RvslInd>")).answers.at(0).status,
              Status::kUnknown);
}

TEST(AnswerReader, ReadsTheSameWhereverAFileIsCut) {
    for (const std::string& file : {StatusReport(kReport), Notification(kBooked)}) {
        const Reading whole = Read(file);
        EXPECT_EQ(whole.refused, "");
        for (const std::size_t piece : {1U, 2U, 3U, 7U, 100U}) EXPECT_EQ(Read(file, piece), whole);
    }
}

TEST(ToRupiah, IsAWholeAmountOfRupiahOrNothing) {
    EXPECT_EQ(ToRupiah("1134429", "IDR"), 1'134'429);
    EXPECT_EQ(ToRupiah("1134429.00", "IDR"), 1'134'429);
    EXPECT_EQ(ToRupiah("1134429.", "IDR"), 1'134'429);
    for (const char* amount : {"", "-5", "+5", "1.5", "1,5", "1.134.429", "1e3", "5 ", " 5", "0x5",
                               "9223372036854775808", ".00", "1.0a"}) {
        EXPECT_EQ(ToRupiah(amount, "IDR"), 0) << amount;
    }
    EXPECT_EQ(ToRupiah("5", "USD"), 0);
    EXPECT_EQ(ToRupiah("5", ""), 0);
}

}  // namespace
}  // namespace bangkit::iso20022
