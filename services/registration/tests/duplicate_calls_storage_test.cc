// The review of duplicates and merges, over the wire, and what the ids of merged businesses answer.
#include <gmock/gmock.h>

#include "services/registration/tests/duplicate_calls_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(DuplicateCallsTest, ShowBothBusinessesOfAPairMasked) {
    const auto [first, second] = RegisteredTwice();
    Search();
    v1::GetDuplicateRequest request;
    request.set_duplicate_id(OnlyPair());
    v1::GetDuplicateResponse response;
    ASSERT_EQ(Review(&ReviewStub::GetDuplicate, request, response, officer_), "OK");
    EXPECT_EQ(response.duplicate().state(), v1::DUPLICATE_STATE_OPEN);
    EXPECT_GE(response.duplicate().score(), 60);
    EXPECT_GT(response.duplicate().reasons_size(), 0);
    EXPECT_EQ(response.first().business_id(), std::min(first.business_id(), second.business_id()));
    EXPECT_EQ(response.second().owner().masked_name(), "S*** A*****");
    EXPECT_THAT(response.ShortDebugString(), Not(HasSubstr("Aminah")));
}

TEST_F(DuplicateCallsTest, ListTheMostLikelyFirstPageByPage) {
    for (int number = 1; number <= 5; ++number) RegisteredTwice(number);
    Search();
    database_.Execute(
        "UPDATE duplicates d SET score = 60 + n.row FROM (SELECT duplicate_id, row_number() OVER ()"
        " AS row FROM duplicates) n WHERE n.duplicate_id = d.duplicate_id");
    v1::ListDuplicatesRequest request;
    request.set_page_size(2);
    std::vector<int> scores;
    do {
        const v1::ListDuplicatesResponse page = List(request, officer_);
        for (const auto& each : page.duplicates()) scores.push_back(each.score());
        request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    EXPECT_THAT(scores, ::testing::ElementsAre(65, 64, 63, 62, 61));
    EXPECT_EQ(List({}, Token({"officer"}, {"36.74.05", "36.74"})).duplicates_size(), 5)
        << "each once, whichever regions overlap";
    EXPECT_EQ(List({}, Token({"officer"}, {kElsewhere})).duplicates_size(), 0);
}

TEST_F(DuplicateCallsTest, ListWhatIsAskedFor) {
    for (int number = 1; number <= 3; ++number) RegisteredTwice(number);
    Search();
    const std::string id = List({}, officer_).duplicates(0).duplicate_id();
    auto assign = About<v1::AssignDuplicateRequest>(id);
    assign.set_assignee("budi");
    v1::AssignDuplicateResponse assigned;
    ASSERT_EQ(Review(&ReviewStub::AssignDuplicate, assign, assigned, officer_), "OK");
    EXPECT_EQ(assigned.duplicate().assignee(), "budi");
    v1::ListDuplicatesRequest request;
    request.set_assignee("budi");
    EXPECT_EQ(List(request, officer_).duplicates_size(), 1);
    request.Clear();
    request.set_region_code("36.74.06");
    EXPECT_EQ(List(request, officer_).duplicates_size(), 0);
    request.set_region_code(kElsewhere);
    v1::ListDuplicatesResponse response;
    EXPECT_EQ(Review(&ReviewStub::ListDuplicates, request, response, officer_),
              "NOT_FOUND REGION_NOT_FOUND");
    request.set_region_code("nowhere");
    request.set_page_token("made up");
    EXPECT_EQ(Review(&ReviewStub::ListDuplicates, request, response, officer_),
              "INVALID_ARGUMENT FIELDS_INVALID");
}

TEST_F(DuplicateCallsTest, ThatDecideNeedWhatTheCallerHasSeen) {
    RegisteredTwice();
    Search();
    auto confirm = About<v1::ConfirmDuplicateRequest>(OnlyPair());
    confirm.set_etag("1");
    v1::ConfirmDuplicateResponse confirmed;
    ASSERT_EQ(Review(&ReviewStub::ConfirmDuplicate, confirm, confirmed, agency_), "OK");
    EXPECT_EQ(confirmed.duplicate().decided_by(), "dinas");
    auto reject = About<v1::RejectDuplicateRequest>(OnlyPair());
    reject.set_etag("1");
    v1::RejectDuplicateResponse rejected;
    EXPECT_EQ(Review(&ReviewStub::RejectDuplicate, reject, rejected, agency_),
              "ABORTED ETAG_STALE");
    reject.set_etag("x");
    EXPECT_EQ(Review(&ReviewStub::RejectDuplicate, reject, rejected, agency_),
              "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Count("audit_entries WHERE method = 'ConfirmDuplicate' AND outcome = 'OK'"
                    " AND target LIKE 'duplicate/%' AND actor = 'dinas'"),
              1);
    EXPECT_EQ(Count("audit_entries WHERE method = 'RejectDuplicate' AND outcome = 'ETAG_STALE'"),
              1);
}

TEST_F(DuplicateCallsTest, OfAMergedIdAnswerTheBusinessThatItLivesOnIn) {
    const auto [first, second] = RegisteredTwice();
    const v1::MergeBusinessesResponse merged = Merged(first.business_id(), second.business_id());
    EXPECT_EQ(merged.business().business_id(), first.business_id());
    EXPECT_EQ(merged.positions_size(), 2);
    EXPECT_EQ(merged.merge().merged_by(), "dinas");
    v1::GetBusinessResponse found = Get(second.business_id(), officer_);
    EXPECT_EQ(found.business().business_id(), first.business_id());
    EXPECT_EQ(found.merged_business_id(), second.business_id());
    found = Get(first.business_id(), officer_);
    EXPECT_EQ(found.business().business_id(), first.business_id());
    EXPECT_EQ(found.merged_business_id(), "");

    const v1::Business third = Registered(Entry(3));
    Merged(third.business_id(), first.business_id());
    EXPECT_EQ(Get(second.business_id(), officer_).business().business_id(), third.business_id());

    ASSERT_EQ(Undo(first.business_id()), "OK");
    ASSERT_EQ(Undo(second.business_id()), "OK");
    found = Get(second.business_id(), officer_);
    EXPECT_EQ(found.business().business_id(), second.business_id());
    EXPECT_FALSE(found.business().merged());
}

TEST_F(DuplicateCallsTest, OfAMergedIdTellNobodyWhatTheyDoNotReach) {
    v1::RegisterBusinessRequest elsewhere = Entry(2);
    elsewhere.mutable_business()->set_region_code("36.74.06.1001");
    const v1::Business first = Registered(Entry(1)), second = Registered(elsewhere);
    Merged(first.business_id(), second.business_id());
    const std::string of_that_district = Token({"officer"}, {"36.74.06"});
    for (const std::string& token : {of_that_district, Token({"owner"}, {}, second.owner_id())}) {
        const v1::GetBusinessResponse found = Get(second.business_id(), token);
        EXPECT_EQ(found.business().business_id(), second.business_id());
        EXPECT_TRUE(found.business().merged());
        EXPECT_EQ(found.merged_business_id(), "");
    }
}

TEST_F(DuplicateCallsTest, KeepTheHistoryOfWhoeverWasMerged) {
    const auto [first, second] = RegisteredTwice();
    Merged(first.business_id(), second.business_id());
    v1::GetBusinessHistoryRequest request;
    request.set_business_id(second.business_id());
    v1::GetBusinessHistoryResponse history;
    ASSERT_EQ(Name(Call(&Stub::GetBusinessHistory, request, history)), "OK");
    ASSERT_EQ(history.statements_size(), 3);
    const v1::BusinessStatement& last = history.statements(2);
    EXPECT_EQ(last.version(), 2);
    EXPECT_EQ(last.recorded_by(), "dinas");
    EXPECT_EQ(last.merge().surviving_business_id(), first.business_id());
    EXPECT_EQ(last.merge().merged_business_id(), second.business_id());
    EXPECT_FALSE(last.merge().undone());
}

TEST_F(DuplicateCallsTest, ListMergedBusinessesNoMore) {
    const auto [first, second] = RegisteredTwice();
    const auto listed = [this] {
        v1::ListBusinessesResponse response;
        EXPECT_EQ(Name(Call(&Stub::ListBusinesses, v1::ListBusinessesRequest(), response)), "OK");
        return response.businesses_size();
    };
    EXPECT_EQ(listed(), 2);
    Merged(first.business_id(), second.business_id());
    EXPECT_EQ(listed(), 1);
    ASSERT_EQ(Undo(second.business_id()), "OK");
    EXPECT_EQ(listed(), 2);
}

TEST_F(DuplicateCallsTest, ListPairsOfMergedBusinessesOnlyIfAskedFor) {
    const auto [first, second] = RegisteredTwice();
    const v1::Business third = Registered(Entry(1, true));
    Search();
    ASSERT_EQ(List({}, officer_).duplicates_size(), 3);
    Merged(first.business_id(), second.business_id());
    EXPECT_EQ(List({}, officer_).duplicates_size(), 1) << "the first and the third";
    v1::ListDuplicatesRequest merged;
    merged.set_state(v1::DUPLICATE_STATE_MERGED);
    EXPECT_EQ(List(merged, officer_).duplicates_size(), 1);
    ASSERT_EQ(Undo(second.business_id()), "OK");
    EXPECT_EQ(List({}, officer_).duplicates_size(), 3);
}

TEST_F(DuplicateCallsTest, RefuseWhatHasNoShape) {
    v1::MergeBusinessesResponse merged;
    const std::string id = NewId(kNow);
    EXPECT_EQ(Review(&ReviewStub::MergeBusinesses, MergeOf(id, id), merged, agency_),
              "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Review(&ReviewStub::MergeBusinesses, v1::MergeBusinessesRequest(), merged, agency_),
              "INVALID_ARGUMENT FIELDS_INVALID");
    v1::UndoMergeResponse undone;
    EXPECT_EQ(Review(&ReviewStub::UndoMerge, v1::UndoMergeRequest(), undone, agency_),
              "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Undo(Registered(Entry(1)).business_id()), "FAILED_PRECONDITION BUSINESS_NOT_MERGED");
}

}  // namespace
}  // namespace bangkit::registration
