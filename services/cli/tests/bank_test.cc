#include "services/cli/demo/bank.h"

#include <gtest/gtest.h>

namespace bangkit::cli {
namespace {

TEST(BankTest, PaysEveryTransferOfTheFileOnce) {
    EXPECT_EQ(AnswersOfBank("<Document><GrpHdr><MsgId>m</MsgId></GrpHdr><CdtTrfTxInf><PmtId>"
                            "<InstrId>1</InstrId><EndToEndId>a1</EndToEndId></PmtId><Amt>"
                            "<InstdAmt Ccy=\"IDR\">1134429.00</InstdAmt></Amt></CdtTrfTxInf>"
                            "<CdtTrfTxInf><PmtId><EndToEndId>b2</EndToEndId></PmtId><Amt>"
                            "<InstdAmt Ccy=\"IDR\">5.00</InstdAmt></Amt></CdtTrfTxInf></Document>"),
              "referensi,status,nominal\na1,DIBAYAR,1134429\nb2,DIBAYAR,5\n");
}

TEST(BankTest, HasNothingToSayOfAnEmptyFile) {
    EXPECT_EQ(AnswersOfBank("<Document/>"), "referensi,status,nominal\n");
}

}  // namespace
}  // namespace bangkit::cli
