// Against a bank that delays, repeats, mixes up, rejects, sends back and says nothing: what the
// ledger says is what the bank has done, to the rupiah, and nobody is instructed twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/aid/tests/payment/payments_fixture.h"
#include "services/aid/tests/payment/simulated_bank.h"

namespace bangkit::aid {
namespace {

class SimulatedBankTest : public PaymentsTest, public ::testing::WithParamInterface<unsigned> {
protected:
    /// Puts what is approved into a batch, if there is any, and brings its file to the bank, which
    /// may get it twice.
    void Send(const std::string& program_id, bool twice) {
        v1::CreatePaymentBatchResponse created;
        const std::string name = Create(Creation(program_id), treasurer_, &created);
        if (name == "FAILED_PRECONDITION NOTHING_TO_PAY") return;
        ASSERT_EQ(name, "OK");
        ASSERT_EQ(Release(created.batch().batch_id(), head_), "OK");
        const std::string file = File(created.batch().batch_id(), treasurer_);
        bank_.Receive(file);
        if (twice) bank_.Receive(file);
    }
    /// Takes one file of the bank, perhaps twice; false if it has nothing to say.
    bool Hear(bool twice) {
        const std::string said = bank_.Say();
        if (said.empty()) return false;
        for (int i = 0; i < (twice ? 2 : 1); ++i) {
            const Uploaded uploaded = Upload(said, treasurer_, 333);
            EXPECT_EQ(uploaded.status, "OK") << said;
            EXPECT_EQ(uploaded.summary.refused(), 0) << said;
            EXPECT_TRUE(i == 0 || uploaded.summary.changed() == 0) << said;
        }
        return true;
    }

    SimulatedBank bank_{GetParam()};
};

TEST_P(SimulatedBankTest, TheLedgerSaysWhatTheBankHasDone) {
    constexpr int kCount = 40;
    const std::string program = Opened().program_id();
    const std::string budget = Allocated(Allocation(program, kCount * kEach)).budget_id();
    const std::vector<std::string> ids = ManyApproved(program, kCount);
    for (int round = 0; round < 30; ++round) {
        Send(program, round % 2 == 0);
        for (int i = 0; i < 5; ++i) Hear(i % 2 == 0);
        ExpectSettled();
    }
    while (Hear(true)) {
    }
    EXPECT_EQ(bank_.second_instructions(), 0) << "nobody is instructed twice";
    EXPECT_EQ(Count("payments WHERE is_disputed"), 0);
    std::int64_t paid = 0;
    for (const auto& [reference, rupiah] : bank_.paid()) paid += rupiah;
    EXPECT_EQ(Rupiah("disbursed_rupiah"), paid);
    const auto silent = static_cast<std::int64_t>(bank_.silent().size());
    EXPECT_EQ(Count("applications WHERE state = 6"), silent)
        << "who hears nothing waits, and is not paid again";
    EXPECT_EQ(Rupiah("reserved_rupiah"),
              silent * kEach + Count("applications WHERE state = 5") * kEach);
    for (const std::string& id : ids) {
        const bool is_paid = bank_.paid().contains(Reference(id));
        EXPECT_EQ(StateOf(id) == v1::APPLICATION_STATE_DISBURSED, is_paid);
    }
    ExpectSettled();
    ExpectClean(budget);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SimulatedBankTest, ::testing::Values(1U, 2U, 3U));

}  // namespace
}  // namespace bangkit::aid
