#include "services/cli/demo/agency.h"

#include <gtest/gtest.h>

namespace bangkit::cli {
namespace {

TEST(AgencyTest, FindsEachSoManyThInvalidOnceAndAllElseValid) {
    EXPECT_EQ(
        AnswersToList("nomor,nomor_usulan,nik\n1,a-1,x\n2,b-1,x\n3,c-2,x\n4,d-1,x\n6,f-2,x\n", 2),
        "nomor_usulan,status,alasan,nominal\na-1,VALID,,\nb-1,TIDAK VALID,NIK_TIDAK_PADAN,\n"
        "c-2,VALID,,\nd-1,TIDAK VALID,NIK_TIDAK_PADAN,\nf-2,VALID,,\n");
    EXPECT_EQ(AnswersToList("nomor,nomor_usulan\n", 2), "nomor_usulan,status,alasan,nominal\n");
}

TEST(AgencyTest, SpeaksOfTheRoundOfARow) {
    aid::v1::Nominee nominee;
    nominee.set_application_id("019582a4-1e70-7abc-8def-0123456789ab");
    nominee.set_round(2);
    EXPECT_EQ(AnswerLine(nominee, "DITETAPKAN", ""),
              "019582a41e707abc8def0123456789ab-2,DITETAPKAN,,\n");
}

}  // namespace
}  // namespace bangkit::cli
