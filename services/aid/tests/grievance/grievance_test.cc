// Until when whom a grievance has to be answered, and what becomes of it if it is not.
#include "services/aid/domain/grievance/grievance.h"

#include <gtest/gtest.h>

#include "libs/indonesia/format.h"
#include "services/aid/domain/grievance/ticket.h"

namespace bangkit::aid {
namespace {

using enum GrievanceState;
using std::chrono::hours;

Date Day(std::string_view text) { return indonesia::ParseDate(text).value(); }
/// Ten in the morning of that day.
Time On(std::string_view day) { return Time(Day(day)) + hours(3); }
/// The last day of a deadline.
std::string LastDayOf(const std::optional<Time>& due_at) {
    if (!due_at) return "none";
    return indonesia::FormatDate(indonesia::LocalDate(*due_at - std::chrono::milliseconds(1)));
}

class GrievanceTest : public ::testing::Test {
protected:
    GrievanceContext By(bool is_province) const {
        return {.calendar = calendar_, .is_province = is_province, .now = now_};
    }
    void File(const std::string& region = "36.74.01", std::optional<Date> received_on = {}) {
        FileGrievance command{
            .grievance_id = "g", .ticket = "T", .subject = {}, .received_on = received_on};
        command.subject.region_code = region;
        grievance_ = Apply({}, Decide(command, By(false)).value());
    }
    template <typename Command>
    std::string Try(const Command& command, bool is_province = false) const {
        const Result<GrievanceEvent> event = Decide(grievance_, command, By(is_province));
        return event ? "OK" : event.error().reason;
    }
    template <typename Command>
    void Do(const Command& command, bool is_province = false) {
        grievance_ = Apply(grievance_, Decide(grievance_, command, By(is_province)).value());
    }
    void Pass() { Do(PassDeadline{.now = grievance_.due_at.value()}); }
    void Accept(GrievanceClass as = GrievanceClass::kLight, bool is_province = false) {
        Do(AcceptGrievance{.grievance_class = as}, is_province);
    }

    const indonesia::WorkingDays calendar_;
    Time now_ = On("2022-04-28");
    Grievance grievance_;
};

TEST_F(GrievanceTest, IsFirstAnsweredWithinThreeWorkingDays) {
    File();
    EXPECT_EQ(grievance_.state, kFiled);
    EXPECT_EQ(grievance_.level, GrievanceLevel::kCity);
    EXPECT_EQ(LastDayOf(grievance_.due_at), "2022-05-11") << "Idul Fitri lies between";
    now_ = On("2022-05-13");
    File();
    EXPECT_EQ(LastDayOf(grievance_.due_at), "2022-05-19") << "a weekend and Waisak lie between";
}

TEST_F(GrievanceTest, IsAnsweredInTheWorkingDaysOfItsClass) {
    const std::pair<GrievanceClass, std::string_view> classes[] = {
        {GrievanceClass::kLight, "2022-05-13"},
        {GrievanceClass::kDesk, "2022-05-30"},
        {GrievanceClass::kInspection, "2022-08-03"}};
    for (const auto& [as, due] : classes) {
        File();
        Accept(as);
        EXPECT_EQ(grievance_.state, kAccepted);
        EXPECT_EQ(grievance_.first_answered_at, now_);
        EXPECT_EQ(LastDayOf(grievance_.due_at), due);
    }
}

TEST_F(GrievanceTest, IsCountedFromTheDayOnWhichItCame) {
    File("36.74", Day("2022-04-27"));
    EXPECT_EQ(LastDayOf(grievance_.due_at), "2022-05-10");
    EXPECT_EQ(grievance_.filed_at, indonesia::EndOf(Day("2022-04-26"))) << "the waiting began then";
}

TEST_F(GrievanceTest, GoesUpToTheProvinceWhenTheCityIsSilent) {
    File();
    const Time due = *grievance_.due_at;
    const PassDeadline too_early{.now = due - std::chrono::milliseconds(1)};
    EXPECT_EQ(Try(too_early), "DEADLINE_RUNS");
    now_ = On("2030-01-01");
    EXPECT_EQ(Try(too_early), "DEADLINE_RUNS") << "whatever the clock of the process says";
    Pass();
    EXPECT_EQ(grievance_.level, GrievanceLevel::kProvince);
    EXPECT_EQ(grievance_.escalated_at, due);
    EXPECT_TRUE(grievance_.is_overdue);
    EXPECT_TRUE(grievance_.is_to_be_evaluated);
    EXPECT_EQ(LastDayOf(grievance_.due_at), "2022-05-18") << "the period of the stage anew";
    EXPECT_EQ(Try(AcceptGrievance{}), "GRIEVANCE_ESCALATED");
    EXPECT_EQ(Try(CloseGrievance{}), "GRIEVANCE_ESCALATED");
    Accept(GrievanceClass::kLight, true);
    EXPECT_FALSE(grievance_.is_overdue);
    EXPECT_EQ(Try(AnswerGrievance{}), "GRIEVANCE_ESCALATED");
    EXPECT_EQ(Try(AnswerGrievance{}, true), "OK");
}

TEST_F(GrievanceTest, GoesUpOfALateAnswerToo) {
    File();
    Accept(GrievanceClass::kDesk);
    Pass();
    EXPECT_EQ(grievance_.level, GrievanceLevel::kProvince);
    EXPECT_EQ(grievance_.state, kAccepted);
    EXPECT_EQ(LastDayOf(grievance_.due_at), "2022-06-21") << "14 working days anew";
}

TEST_F(GrievanceTest, IsOverdueWhenTheProvinceIsSilentToo) {
    File();
    Pass();
    Pass();
    EXPECT_TRUE(grievance_.is_overdue);
    EXPECT_FALSE(grievance_.due_at) << "nothing is above";
    EXPECT_EQ(Try(PassDeadline{.now = On("2030-01-01")}), "DEADLINE_RUNS");
    EXPECT_EQ(grievance_.version, 3);
}

TEST_F(GrievanceTest, OfAProvinceIsTheProvincesFromTheBeginning) {
    File("36");
    EXPECT_EQ(grievance_.level, GrievanceLevel::kProvince);
    EXPECT_EQ(Try(AcceptGrievance{}), "GRIEVANCE_ESCALATED");
    Pass();
    EXPECT_FALSE(grievance_.escalated_at);
    EXPECT_TRUE(grievance_.is_overdue);
}

TEST_F(GrievanceTest, IsResolvedIfTheReporterSaysNothing) {
    File();
    Accept();
    Do(AnswerGrievance{});
    EXPECT_EQ(grievance_.state, kAnswered);
    EXPECT_EQ(LastDayOf(grievance_.due_at), "2022-05-23") << "10 working days";
    Pass();
    EXPECT_EQ(grievance_.state, kResolved);
    EXPECT_EQ(grievance_.closing_reason, ClosingReason::kSilence);
    EXPECT_FALSE(grievance_.due_at);
    EXPECT_EQ(Try(PassDeadline{.now = On("2030-01-01")}), "GRIEVANCE_STATE_WRONG");
}

TEST_F(GrievanceTest, IsOpenAgainIfTheReporterIsNotContent) {
    File();
    Accept();
    EXPECT_EQ(Try(ReplyToAnswer{.ticket = "T"}), "GRIEVANCE_STATE_WRONG") << "to which answer?";
    Do(AnswerGrievance{});
    EXPECT_EQ(Try(ReplyToAnswer{.ticket = "S"}), "TICKET_NOT_FOUND");
    now_ = On("2022-05-12");
    Do(ReplyToAnswer{.ticket = "T", .is_settled = false});
    EXPECT_EQ(grievance_.state, kAccepted);
    EXPECT_EQ(LastDayOf(grievance_.due_at), "2022-05-20") << "the days of its class anew";
    Do(AnswerGrievance{});
    Do(ReplyToAnswer{.ticket = "T", .is_settled = true});
    EXPECT_EQ(grievance_.state, kResolved);
    EXPECT_EQ(grievance_.closing_reason, ClosingReason::kConfirmed);
    EXPECT_EQ(grievance_.resolved_at, now_);
}

TEST_F(GrievanceTest, IsArchivedOrForwardedBeforeItIsAnswered) {
    File();
    Do(CloseGrievance{.reason = ClosingReason::kUnclear});
    EXPECT_EQ(grievance_.state, kArchived);
    EXPECT_EQ(Try(AcceptGrievance{}), "GRIEVANCE_STATE_WRONG");
    File();
    Accept();
    Do(CloseGrievance{.reason = ClosingReason::kOtherAuthority});
    EXPECT_EQ(grievance_.state, kForwarded);
    EXPECT_FALSE(grievance_.due_at);
    File();
    Accept();
    Do(AnswerGrievance{});
    EXPECT_EQ(Try(CloseGrievance{}), "GRIEVANCE_STATE_WRONG");
}

TEST_F(GrievanceTest, IsOnTheListOfTheNextMeetingOnceItWasLate) {
    File();
    const EvaluateGrievance meeting{.held_on = Day("2022-06-01")};
    EXPECT_EQ(Try(meeting), "NOTHING_TO_EVALUATE");
    Pass();
    Do(meeting);
    EXPECT_FALSE(grievance_.is_to_be_evaluated);
    EXPECT_EQ(grievance_.evaluated_on, Day("2022-06-01"));
    EXPECT_EQ(Try(meeting), "NOTHING_TO_EVALUATE");
    Pass();
    EXPECT_TRUE(grievance_.is_to_be_evaluated) << "late again";
    Accept(GrievanceClass::kLight, true);
    EXPECT_TRUE(grievance_.is_to_be_evaluated) << "that it is answered now changes nothing";
}

TEST_F(GrievanceTest, HasToBeThere) {
    EXPECT_EQ(Try(AcceptGrievance{}), "GRIEVANCE_NOT_FOUND");
    EXPECT_EQ(Try(AnswerGrievance{}), "GRIEVANCE_NOT_FOUND");
    EXPECT_EQ(Try(CloseGrievance{}), "GRIEVANCE_NOT_FOUND");
    EXPECT_EQ(Try(EvaluateGrievance{}), "GRIEVANCE_NOT_FOUND");
    EXPECT_EQ(Try(PassDeadline{}), "GRIEVANCE_NOT_FOUND");
    EXPECT_EQ(Try(ReplyToAnswer{}), "TICKET_NOT_FOUND");
}

TEST(Ticket, IsReadHoweverItWasWrittenDown) {
    const std::string ticket = MakeTicket(0x0fed'cba9'8765'4321);
    EXPECT_EQ(ticket.size(), 14U);
    EXPECT_EQ(ParseTicket(ticket).value_or(""), ticket);
    EXPECT_EQ(ParseTicket("1S8V-M9KW-B9V7").value_or(""), "1S8V-M9KW-B9V7");
    EXPECT_EQ(ParseTicket(" 1s8vm9kwb9v7 ").value_or(""), "1S8V-M9KW-B9V7");
    EXPECT_EQ(ParseTicket("O1I1-lLoo-0000").value_or(""), "0111-1100-0000");
}

TEST(Ticket, IsNothingElse) {
    for (const auto text :
         {"", "1S8V-M9KW-B9V", "1S8V-M9KW-B9V77", "1S8V-M9KW-B9VU", "1S8V-M9KW-B9V\xc3\xa9"}) {
        EXPECT_FALSE(ParseTicket(text)) << text;
    }
}

}  // namespace
}  // namespace bangkit::aid
