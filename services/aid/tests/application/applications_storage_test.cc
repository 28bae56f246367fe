// Applications over the wire: taken down, checked, surveyed and decided by different people, and
// nobody gets what excludes what they have.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "services/aid/tests/application/applications_fixture.h"

namespace bangkit::aid {
namespace {

TEST_F(ApplicationsTest, GoFromTheDraftToTheReservationAndEachStepIsPublished) {
    const std::string program = Opened().program_id();
    const std::string budget = Allocated(Allocation(program, 2'000'000)).budget_id();
    const Business business = Known();
    const std::string id = Surveyed(program, business.id);
    EXPECT_EQ(Approve(id, province_), "OK");
    EXPECT_EQ(Approve(id, province_), "FAILED_PRECONDITION APPLICATION_STATE_WRONG")
        << "another request is another approval";
    v1::Application now;
    EXPECT_EQ(Get(id, officer_, &now), "OK");
    EXPECT_EQ(now.state(), v1::APPLICATION_STATE_APPROVED);
    EXPECT_EQ(now.amount_rupiah(), kEach);
    EXPECT_EQ(now.budget_id(), budget);
    EXPECT_EQ(now.owner_id(), business.owner_id);
    EXPECT_EQ(now.rules_version(), 1);
    EXPECT_EQ(Recounted(budget).recounted().reserved_rupiah(), kEach);
    EXPECT_EQ(database_.Text("SELECT string_agg(split_part(type, '.', 4), ' ' ORDER BY version)"
                             " FROM outbox WHERE aggregate_type = 'application'"),
              "ApplicationStarted ApplicationSubmitted DocumentsChecked ApplicationSurveyed"
              " ApplicationApproved");
    EXPECT_EQ(Count("decisions WHERE rules_version = 1 AND facts <> ''"), 2);
    ExpectClean(budget);
}

TEST_F(ApplicationsTest, AreRefusedAsDoubleAidUntilTheOtherOneEnds) {
    const std::string program = Opened().program_id(), other = Opened().program_id();
    const Business business = Known();
    const std::string first = Started(program, business.id);
    const std::string second = Started(other, business.id);
    EXPECT_EQ(Submit(first), "OK");
    EXPECT_EQ(Submit(second), "FAILED_PRECONDITION DOUBLE_AID");
    EXPECT_EQ(Do(&ApplicationStub::WithdrawApplication, first, officer_), "OK");
    EXPECT_EQ(Submit(second), "OK");
    EXPECT_EQ(Count("aid_claims"), 1);
}

TEST_F(ApplicationsTest, AreJudgedByWhatRegistrationSaysNow) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const Business running = Known("18.71", 1);
    EXPECT_EQ(Submit(Started(program, running.id)), "FAILED_PRECONDITION NOT_ELIGIBLE");
    Business affected = Known();
    const std::string id = Surveyed(program, affected.id);
    affected.condition = 5;
    ++affected.version;
    postgres::Connection connection(database_.dsn());
    postgres::Transaction transaction(connection);
    SaveBusinesses(transaction, {{affected.id, affected}});
    transaction.Commit();
    EXPECT_EQ(Approve(id, province_), "FAILED_PRECONDITION NOT_ELIGIBLE");
}

// Beside double aid, which knows places alone, rules may ask what was granted in whatever year.
TEST_F(ApplicationsTest, AreJudgedByWhatWasGrantedBefore) {
    const auto program = [this](int fiscal_year, Fact fact) {
        ProgramTerms terms = NoDocuments();
        terms.fiscal_year = fiscal_year;
        terms.exclusions = {{"BANTUAN", ExclusionScope::kBusiness, ExclusionSpan::kFiscalYear, 1}};
        terms.rules.rules = {
            {.code = "PERNAH_MENERIMA", .fact = fact, .test = RuleTest::kAtMost, .numbers = {0}}};
        return Opened(terms).program_id();
    };
    const std::string before = program(2025, Fact::kPriorGrants);
    const std::string never = program(2026, Fact::kPriorGrants);
    const std::string not_this_year = program(2026, Fact::kPriorGrantsInYear);
    Allocated(Allocation(before));
    const Business business = Known();
    const std::string first = Surveyed(before, business.id);
    const std::string second = Started(never, business.id);
    const std::string third = Started(not_this_year, business.id);
    EXPECT_EQ(Approve(first, province_), "OK") << "its own place is none of before";
    EXPECT_EQ(Submit(second), "FAILED_PRECONDITION NOT_ELIGIBLE");
    EXPECT_EQ(Submit(Started(never, Known().id)), "OK") << "somebody else";
    EXPECT_EQ(Submit(third), "OK");
    EXPECT_EQ(Do(&ApplicationStub::WithdrawApplication, third, officer_), "OK");
    EXPECT_EQ(Do(&ApplicationStub::CancelApplication, first, province_), "OK");
    EXPECT_EQ(Submit(second), "OK") << "nothing was given after all";
}

TEST_F(ApplicationsTest, DrawOnTheBudgetOfTheirRegionOrOnNone) {
    const std::string program = Opened().program_id();
    const std::string id = Surveyed(program, Known().id);
    EXPECT_EQ(Approve(id, province_), "FAILED_PRECONDITION BUDGET_MISSING");
    Allocated(Allocation(program, 5 * kEach, "18.72"));
    EXPECT_EQ(Approve(id, province_), "FAILED_PRECONDITION BUDGET_MISSING") << "of another city";
    v1::AllocateBudgetRequest of_city = Allocation(program, 5 * kEach, "18.71");
    of_city.set_quota(0);
    const std::string city = Allocated(of_city).budget_id();
    Allocated(Allocation(program, 5 * kEach, "18"));
    EXPECT_EQ(Approve(id, province_), "FAILED_PRECONDITION QUOTA_EXHAUSTED")
        << "the province's does not fill in for the city's";
    EXPECT_EQ(Revise(city, 0, province_), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Count("ledger WHERE kind = 3"), 0);
}

TEST_F(ApplicationsTest, ComeBackToBeCorrected) {
    const std::string program = Opened().program_id();
    const std::string id = Surveyed(program, Known().id);
    v1::ReturnApplicationRequest request;
    request.set_request_id(NewId(kNow));
    request.set_application_id(id);
    request.set_until("2026-03-20");
    v1::ReturnedItem& item = *request.add_items();
    item.set_document(v1::DOCUMENT_KIND_IDENTITY_CARD);
    item.set_reason(v1::RETURN_REASON_EXPIRED);
    v1::ReturnApplicationResponse response;
    EXPECT_EQ(Call(&ApplicationStub::ReturnApplication, request, response, province_), "OK");
    v1::Application now;
    EXPECT_EQ(Get(id, officer_, &now), "OK");
    EXPECT_EQ(now.correction().until(), "2026-03-20");
    EXPECT_EQ(now.correction().items_size(), 1);
    EXPECT_EQ(Submit(id), "FAILED_PRECONDITION NOT_CORRECTED");
    EXPECT_EQ(Do(&ApplicationStub::RejectApplication, id, province_), "OK");
    EXPECT_EQ(Count("aid_claims"), 0);
}

TEST_F(ApplicationsTest, AreInReachOfWhoReachesTheBusiness) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const Business business = Known(), elsewhere = Known("36.74.05.1002");
    EXPECT_EQ(Start(program, elsewhere.id, officer_), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(Start(program, NewId(kNow), officer_), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(Start(NewId(kNow), business.id, officer_), "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(Start(program, elsewhere.id, Token({"officer"}, {"36"})),
              "NOT_FOUND PROGRAM_NOT_FOUND")
        << "not offered there";
    const std::string id = Surveyed(program, business.id);
    const std::string stranger = Token({"province"}, {"36"}, "tetangga");
    for (const std::string& answer :
         {Approve(id, stranger), Do(&ApplicationStub::RejectApplication, id, stranger),
          Do(&ApplicationStub::WithdrawApplication, id, stranger), Get(id, stranger),
          Approve(NewId(kNow), province_)}) {
        EXPECT_EQ(answer, "NOT_FOUND APPLICATION_NOT_FOUND");
    }
    EXPECT_EQ(Get(id, Token({"owner"}, {}, business.owner_id)), "OK");
    EXPECT_EQ(Get(id, Token({"owner"}, {}, NewId(kNow))), "NOT_FOUND APPLICATION_NOT_FOUND");
    EXPECT_EQ(Do(&ApplicationStub::ApproveApplication, id, province_, "2"), "ABORTED ETAG_STALE");
    EXPECT_EQ(Do(&ApplicationStub::ApproveApplication, id, province_, "4"), "OK");
}

// Bad commands: refused with the code that is a contract, and nothing is changed.
TEST_F(ApplicationsTest, NeedARequestIdThatIsAUuidAndOfThemAlone) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const std::string id = Surveyed(program, Known().id), other = Surveyed(program, Known().id);
    const auto approve = [this](const std::string& request_id, const std::string& application) {
        v1::ApproveApplicationRequest request;
        request.set_request_id(request_id);
        request.set_application_id(application);
        v1::ApproveApplicationResponse response;
        return Call(&ApplicationStub::ApproveApplication, request, response, province_);
    };
    for (const std::string& wrong : {std::string(), std::string("7"), std::string(1'000, 'a')}) {
        EXPECT_EQ(approve(wrong, id), "INVALID_ARGUMENT FIELDS_INVALID") << wrong.size();
    }
    const std::string request_id = NewId(kNow);
    EXPECT_EQ(approve(request_id, "' OR 1=1 --"), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Count("ledger WHERE kind = 3"), 0);
    EXPECT_EQ(approve(request_id, id), "OK");
    EXPECT_EQ(approve(request_id, id), "OK") << "the same answer";
    EXPECT_EQ(approve(request_id, other), "FAILED_PRECONDITION REQUEST_ID_REUSED");
    EXPECT_EQ(Count("ledger WHERE kind = 3"), 1);
    EXPECT_EQ(Do(&ApplicationStub::ApproveApplication, other, province_, "0"),
              "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Do(&ApplicationStub::ApproveApplication, other, province_), "OK");
}

TEST_F(ApplicationsTest, AskForAnAmountThatThereCanBe) {
    ProgramTerms terms = NoDocuments();
    terms.instrument = Instrument::kInterestFreeLoan;
    const std::string program = Opened(terms).program_id();
    const Business business = Known();
    const auto start = [&](std::int64_t amount) {
        v1::StartApplicationRequest request;
        request.set_request_id(NewId(kNow));
        request.set_program_id(program);
        request.set_business_id(business.id);
        request.set_amount_rupiah(amount);
        v1::StartApplicationResponse response;
        return Call(&ApplicationStub::StartApplication, request, response, officer_);
    };
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{-1}, kMost, -kMost - 1}) {
        EXPECT_EQ(start(amount), "INVALID_ARGUMENT FIELDS_INVALID") << amount;
    }
    EXPECT_EQ(start(kEach + 1), "FAILED_PRECONDITION AMOUNT_TOO_HIGH");
    EXPECT_EQ(Count("applications"), 0);
    EXPECT_EQ(start(kEach), "OK");
}

TEST_F(ApplicationsTest, AreStartedAndSubmittedOnlyWhileTheirProgramIsOpen) {
    const std::string program = Opened().program_id();
    const Business business = Known();
    const std::string id = Started(program, business.id);
    EXPECT_EQ(Change(&ProgramStub::CloseProgram, program, province_), "OK");
    EXPECT_EQ(Start(program, business.id, officer_), "FAILED_PRECONDITION PROGRAM_NOT_OPEN");
    EXPECT_EQ(Submit(id), "FAILED_PRECONDITION PROGRAM_NOT_OPEN");
    EXPECT_EQ(Count("aid_claims"), 0);
}

// Whoever the table does not name ends at the gate; all that is behind it has tests of its own.
TEST_F(ApplicationsTest, AdmitARoleToAMethodOnlyIfATableLineSaysSo) {
    int granted = 0, methods = 0;
    const auto check = [&](const std::string& name, auto call) {
        ++methods;
        for (const std::string_view role : identity::role::kAll) {
            const bool is_granted = policy_
                                        .Admit("bangkit.aid.v1.ApplicationService/" + name,
                                               {"", {std::string(role)}, {}})
                                        .has_value();
            granted += is_granted ? 1 : 0;
            const std::string answer = call(Token({std::string(role)}, {"18"}, NewId(kNow)));
            EXPECT_EQ(answer == "PERMISSION_DENIED ROLE_NOT_ALLOWED", !is_granted)
                << role << " " << name << ": " << answer;
        }
        EXPECT_EQ(call(Token({})), "PERMISSION_DENIED ROLE_NOT_ALLOWED") << name;
        EXPECT_EQ(call(""), "UNAUTHENTICATED TOKEN_MISSING") << name;
    };
    const auto unary = [this](auto method) {
        return [this, method](const std::string& token) { return Do(method, NewId(kNow), token); };
    };
    check("StartApplication",
          [this](const std::string& token) { return Start(NewId(kNow), NewId(kNow), token); });
    check("StateFacts", unary(&ApplicationStub::StateFacts));
    check("SubmitApplication", unary(&ApplicationStub::SubmitApplication));
    check("CheckDocuments", unary(&ApplicationStub::CheckDocuments));
    check("RecordSurvey", unary(&ApplicationStub::RecordSurvey));
    check("ReturnApplication", unary(&ApplicationStub::ReturnApplication));
    check("ApproveApplication", unary(&ApplicationStub::ApproveApplication));
    check("BatchApproveApplications", [this](const std::string& token) {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(20));
        const auto stream = application_stub_->BatchApproveApplications(&context);
        stream->WritesDone();
        v1::BatchApproveApplicationsResponse response;
        while (stream->Read(&response)) {
        }
        return Name(stream->Finish());
    });
    check("RejectApplication", unary(&ApplicationStub::RejectApplication));
    check("WithdrawApplication", unary(&ApplicationStub::WithdrawApplication));
    check("CancelApplication", unary(&ApplicationStub::CancelApplication));
    check("GetApplication", [this](const std::string& token) { return Get(NewId(kNow), token); });
    check("ListApplications", [this](const std::string& token) {
        v1::ListApplicationsResponse response;
        return Call(&ApplicationStub::ListApplications, v1::ListApplicationsRequest(), response,
                    token);
    });
    check("ListSurveys", [this](const std::string& token) {
        v1::ListSurveysRequest request;
        request.set_application_id(NewId(kNow));
        v1::ListSurveysResponse response;
        return Call(&ApplicationStub::ListSurveys, request, response, token);
    });
    const auto* service = v1::StartApplicationRequest::descriptor()->file()->service(0);
    EXPECT_EQ(methods, service->method_count()) << "one of them is not looked at";
    EXPECT_EQ(granted, 41);  // Changes with the table, so that nobody widens it unseen.
}

}  // namespace
}  // namespace bangkit::aid
