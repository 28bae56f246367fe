// Programmes over the wire: who may do what where, what is stored, what others hear of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "services/aid/tests/server_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;

class ProgramsTest : public AidTest {
protected:
    std::string Open(const std::string& id, const std::string& token,
                     const std::string& etag = "") const {
        return Change(&ProgramStub::OpenProgram, id, token, etag);
    }
    std::string Get(const std::string& id, const std::string& token,
                    v1::Program* program = nullptr) const {
        v1::GetProgramRequest request;
        request.set_program_id(id);
        v1::GetProgramResponse response;
        std::string name = Call(&ProgramStub::GetProgram, request, response, token);
        if (program != nullptr) *program = response.program();
        return name;
    }
    v1::ListProgramsResponse List(const v1::ListProgramsRequest& request,
                                  const std::string& token) const {
        v1::ListProgramsResponse response;
        EXPECT_EQ(Call(&ProgramStub::ListPrograms, request, response, token), "OK");
        return response;
    }
    /// The fields that are wrong, each with its reason.
    std::vector<std::string> WrongIn(const v1::CreateProgramRequest& request) const {
        grpc::ClientContext context;
        rpc::Prepare(context, province_, std::chrono::seconds(20));
        v1::CreateProgramResponse response;
        const Error error =
            rpc::FromStatus(program_stub_->CreateProgram(&context, request, &response));
        std::vector<std::string> wrong;
        for (const FieldViolation& each : error.fields)
            wrong.push_back(each.field + " " + each.reason);
        return wrong;
    }
};

TEST_F(ProgramsTest, KeepAllTheirTerms) {
    ProgramTerms terms = CashGrant();
    const v1::Program created = Created(terms);
    v1::Program read;
    EXPECT_EQ(Get(created.program_id(), province_, &read), "OK");
    EXPECT_EQ(read.SerializeAsString(), created.SerializeAsString());
    terms.rules.version = 1;
    EXPECT_EQ(ToTerms(read.terms()), terms);
    EXPECT_EQ(read.state(), common::v1::PROGRAM_STATE_DRAFT);
}

TEST_F(ProgramsTest, EveryTemplateMakesAProgram) {
    v1::ListTemplatesResponse templates;
    ASSERT_EQ(Call(&ProgramStub::ListTemplates, v1::ListTemplatesRequest(), templates, province_),
              "OK");
    EXPECT_EQ(templates.templates_size(), 9);
    for (const v1::ProgramTemplate& each : templates.templates()) {
        v1::CreateProgramRequest request;
        request.set_request_id(NewId(kNow));
        v1::ProgramTerms& terms = *request.mutable_terms();
        terms = each.terms();
        if (terms.region_code().empty()) terms.set_region_code("18");
        terms.set_opens_on("2026-01-01");
        terms.set_closes_on("2026-12-31");
        v1::ApprovalBand& band = *terms.add_approval_bands();
        band.set_up_to_rupiah(terms.amount_rupiah());
        band.add_roles(v1::APPROVER_ROLE_PROVINCE);
        v1::CreateProgramResponse response;
        EXPECT_EQ(Call(&ProgramStub::CreateProgram, request, response, province_), "OK")
            << terms.rules().code();
    }
}

TEST_F(ProgramsTest, GoThroughTheirStatesAndEachIsPublishedOnce) {
    const std::string id = Created().program_id();
    EXPECT_EQ(Change(&ProgramStub::PauseProgram, id, province_),
              "FAILED_PRECONDITION PROGRAM_STATE_WRONG");
    EXPECT_EQ(Open(id, province_, "7"), "ABORTED ETAG_STALE");
    EXPECT_EQ(Open(id, province_, "1"), "OK");
    EXPECT_EQ(Change(&ProgramStub::PauseProgram, id, province_), "OK");
    EXPECT_EQ(Open(id, province_), "OK");
    EXPECT_EQ(Change(&ProgramStub::CloseProgram, id, province_), "OK");
    EXPECT_EQ(Change(&ProgramStub::SettleProgram, id, province_), "OK");
    v1::Program now;
    EXPECT_EQ(Get(id, province_, &now), "OK");
    EXPECT_EQ(now.state(), common::v1::PROGRAM_STATE_SETTLED);
    EXPECT_EQ(now.version(), 6);
    EXPECT_EQ(database_.Text("SELECT string_agg(version || ' ' || type, ', ' ORDER BY version)"
                             " FROM outbox WHERE aggregate_type = 'program'"),
              "1 bangkit.aid.v1.ProgramCreated, 2 bangkit.aid.v1.ProgramOpened,"
              " 3 bangkit.aid.v1.ProgramPaused, 4 bangkit.aid.v1.ProgramOpened,"
              " 5 bangkit.aid.v1.ProgramClosed, 6 bangkit.aid.v1.ProgramSettled");
    EXPECT_EQ(Count("audit_entries WHERE target = 'program/" + id + "' AND outcome = 'OK'"), 6);
}

TEST_F(ProgramsTest, AreNotSettledWhileMoneyIsReserved) {
    const std::string id = Created().program_id();
    const std::string budget = Allocated(Allocation(id, 1'000)).budget_id();
    EXPECT_EQ(Open(id, province_), "OK");
    EXPECT_EQ(Change(&ProgramStub::CloseProgram, id, province_), "OK");
    const auto post = [&](PostingKind kind, const std::string& application_id) {
        postgres::Connection connection(database_.dsn());
        connection.RunScript("SET bangkit.regions = '*'");
        postgres::Transaction transaction(connection);
        postgres::UuidArray budgets;
        budgets.Add(budget);
        LedgerBook book;
        book.Lock(transaction, budgets, {});
        EXPECT_TRUE(book.Post(budget, {.kind = kind, .amount = 1, .application_id = application_id},
                              "x", kNow));
        book.Save(transaction);
        transaction.Commit();
    };
    const std::string application = NewId(kNow);
    post(PostingKind::kReservation, application);
    EXPECT_EQ(Change(&ProgramStub::SettleProgram, id, province_),
              "FAILED_PRECONDITION MONEY_RESERVED");
    post(PostingKind::kRelease, application);
    EXPECT_EQ(Change(&ProgramStub::SettleProgram, id, province_), "OK");
    EXPECT_EQ(Revise(budget, 1, province_), "FAILED_PRECONDITION PROGRAM_STATE_WRONG");
}

TEST_F(ProgramsTest, EverySetOfRulesIsKept) {
    const std::string id = Created().program_id();
    v1::ReplaceProgramRulesRequest request;
    request.set_request_id(NewId(kNow));
    request.set_program_id(id);
    Fill(*request.mutable_rules(), CashGrant().rules);
    request.mutable_rules()->mutable_rules(0)->add_numbers(3);
    v1::ReplaceProgramRulesResponse response;
    EXPECT_EQ(Call(&ProgramStub::ReplaceProgramRules, request, response, province_), "OK");
    EXPECT_EQ(response.program().terms().rules().version(), 2);
    EXPECT_EQ(response.program().terms().rules().rules(0).numbers_size(), 2);
    EXPECT_EQ(Count("rule_sets WHERE program_id = '" + id + "'"), 2);
    EXPECT_EQ(Open(id, province_), "OK");
    request.set_request_id(NewId(kNow));
    EXPECT_EQ(Call(&ProgramStub::ReplaceProgramRules, request, response, province_),
              "FAILED_PRECONDITION PROGRAM_STATE_WRONG");
}

TEST_F(ProgramsTest, MeanTheSameByTheSameGroupOfExclusions) {
    Created();
    Created();
    ProgramTerms other = CashGrant();
    other.exclusions.front().limit = 2;
    v1::CreateProgramResponse response;
    EXPECT_EQ(Call(&ProgramStub::CreateProgram, Creation(other), response, province_),
              "FAILED_PRECONDITION EXCLUSION_DIFFERS");
    EXPECT_EQ(Count("exclusion_groups"), 1);
}

TEST_F(ProgramsTest, AreCreatedAndChangedByTheirRegionAndSeenInIt) {
    v1::CreateProgramResponse response;
    EXPECT_EQ(Call(&ProgramStub::CreateProgram, Creation(), response, city_),
              "NOT_FOUND REGION_NOT_FOUND");
    EXPECT_EQ(Call(&ProgramStub::CreateProgram, Creation(), response, elsewhere_),
              "NOT_FOUND REGION_NOT_FOUND");
    const std::string id = Created().program_id();
    for (const std::string& token : {city_, elsewhere_}) {
        EXPECT_EQ(Open(id, token), "NOT_FOUND PROGRAM_NOT_FOUND");
    }
    EXPECT_EQ(Get(id, city_), "OK") << "what its province offers";
    EXPECT_EQ(Get(id, elsewhere_), "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(List({}, city_).programs_size(), 1);
    EXPECT_EQ(List({}, elsewhere_).programs_size(), 0);
    ProgramTerms of_city = CashGrant();
    of_city.region_code = "18.71";
    const std::string inner = Created(of_city).program_id();
    EXPECT_EQ(Get(inner, province_), "OK");
    EXPECT_EQ(Get(inner, Token({"agency"}, {"18.72"})), "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(Open(inner, city_), "OK");
}

TEST_F(ProgramsTest, AreListedByWhatTheyAreInPages) {
    std::vector<std::string> ids;
    for (int i = 0; i < 3; ++i) ids.push_back(Created().program_id());
    ProgramTerms nomination = CashGrant();
    nomination.instrument = Instrument::kExternalNomination;
    Created(nomination);
    v1::ListProgramsRequest request;
    request.set_instrument(common::v1::AID_INSTRUMENT_CASH_GRANT);
    request.set_fiscal_year(2026);
    request.set_region_code("18");
    request.set_state(common::v1::PROGRAM_STATE_DRAFT);
    request.set_page_size(2);
    std::vector<std::string> listed;
    do {
        const v1::ListProgramsResponse page = List(request, province_);
        for (const v1::Program& program : page.programs()) listed.push_back(program.program_id());
        request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    EXPECT_EQ(listed, ids);
    request.set_state(common::v1::PROGRAM_STATE_OPEN);
    EXPECT_EQ(List(request, province_).programs_size(), 0);
}

TEST_F(ProgramsTest, SayAllThatIsWrongWithATerm) {
    EXPECT_THAT(WrongIn({}), ::testing::IsSupersetOf(
                                 {"request_id REQUIRED", "terms.name REQUIRED",
                                  "terms.instrument REQUIRED", "terms.fiscal_year OUT_OF_RANGE",
                                  "terms.region_code REQUIRED", "terms.opens_on REQUIRED",
                                  "terms.approval_bands REQUIRED", "terms.rules.rules REQUIRED"}));
    v1::CreateProgramRequest request = Creation();
    v1::ProgramTerms& terms = *request.mutable_terms();
    terms.set_closes_on("2025-12-31");
    EXPECT_THAT(WrongIn(request), ElementsAre("terms.closes_on OUT_OF_RANGE"));
    terms = Creation().terms();
    terms.set_region_code("18.71.05");
    EXPECT_THAT(WrongIn(request), ElementsAre("terms.region_code REGION_UNKNOWN"));
    terms = Creation().terms();
    terms.set_amount_rupiah(0);
    EXPECT_THAT(WrongIn(request), ElementsAre("terms.amount_rupiah REQUIRED"));
    terms = Creation().terms();
    terms.set_amount_rupiah(-1);
    EXPECT_THAT(WrongIn(request), ElementsAre("terms.amount_rupiah OUT_OF_RANGE"));
    terms = Creation().terms();
    terms.set_amount_rupiah(5'000'001);
    EXPECT_THAT(WrongIn(request), ElementsAre("terms.approval_bands BANDS_TOO_LOW"));
    terms = Creation().terms();
    terms.mutable_approval_bands(1)->set_up_to_rupiah(1'000'000);
    EXPECT_THAT(WrongIn(request), ElementsAre("terms.approval_bands[1].up_to_rupiah OUT_OF_RANGE",
                                              "terms.approval_bands BANDS_TOO_LOW"));
}

TEST_F(ProgramsTest, AskOfAFactWhatCanBeAskedOfIt) {
    const auto with = [this](const auto& change) {
        v1::CreateProgramRequest request = Creation();
        change(*request.mutable_terms()->mutable_rules()->mutable_rules(0));
        return WrongIn(request);
    };
    const std::string at = "terms.rules.rules[0].";
    EXPECT_THAT(with([](v1::Rule& rule) { rule.set_test(v1::RULE_TEST_IN_REGION); }),
                ElementsAre(at + "test NOT_OF_FACT"));
    EXPECT_THAT(with([](v1::Rule& rule) { rule.set_fact(v1::FACT_REGION); }),
                ElementsAre(at + "test NOT_OF_FACT"));
    EXPECT_THAT(with([](v1::Rule& rule) {
                    rule.set_test(v1::RULE_TEST_AT_LEAST);
                    rule.add_numbers(3);
                }),
                ElementsAre(at + "numbers OUT_OF_RANGE"));
    EXPECT_THAT(with([](v1::Rule& rule) { rule.add_region_codes("18"); }),
                ElementsAre(at + "numbers NOT_OF_TEST"));
    EXPECT_THAT(with([](v1::Rule& rule) { rule.clear_numbers(); }),
                ElementsAre(at + "numbers REQUIRED"));
    EXPECT_THAT(with([](v1::Rule& rule) { rule.set_code("tidak terdampak"); }),
                ElementsAre(at + "code CODE_INVALID"));
    EXPECT_THAT(with([](v1::Rule& rule) {
                    rule.set_fact(v1::FACT_REGION);
                    rule.set_test(v1::RULE_TEST_IN_REGION);
                    rule.clear_numbers();
                    rule.add_region_codes("99");
                }),
                ElementsAre(at + "region_codes REGION_UNKNOWN"));
}

TEST_F(ProgramsTest, HaveNoMoreMoneyThanABudgetCanHold) {
    const std::string program = Created().program_id();
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t rupiah : {std::int64_t{-1}, kBudgetMax + 1, kMost, -kMost - 1}) {
        EXPECT_EQ(Allocate(Allocation(program, rupiah), province_),
                  "INVALID_ARGUMENT FIELDS_INVALID")
            << rupiah;
    }
    const std::string budget = Allocated(Allocation(program)).budget_id();
    for (const std::int64_t change : {kBudgetMax + 1, kMost, -kMost - 1}) {
        EXPECT_EQ(Revise(budget, change, province_), "INVALID_ARGUMENT FIELDS_INVALID") << change;
    }
    EXPECT_EQ(Revise(budget, kBudgetMax, province_), "FAILED_PRECONDITION BUDGET_TOO_LARGE");
    EXPECT_EQ(Count("ledger"), 1);
}

// Whoever the table does not name ends at the gate; all that is behind it has tests of its own.
TEST_F(ProgramsTest, AdmitARoleToAMethodOnlyIfATableLineSaysSo) {
    int granted = 0, methods = 0;
    const auto check = [&](const std::string& name, auto method, const auto& request,
                           auto response) {
        ++methods;
        for (const std::string_view role : identity::role::kAll) {
            const bool is_granted =
                policy_.Admit("bangkit.aid.v1." + name, {"", {std::string(role)}, {}}).has_value();
            granted += is_granted ? 1 : 0;
            const std::string answer =
                Call(method, request, response, Token({std::string(role)}, {"18"}, NewId(kNow)));
            EXPECT_EQ(answer == "PERMISSION_DENIED ROLE_NOT_ALLOWED", !is_granted)
                << role << " " << name << ": " << answer;
        }
        EXPECT_EQ(Call(method, request, response, Token({})), "PERMISSION_DENIED ROLE_NOT_ALLOWED");
        EXPECT_EQ(Call(method, request, response, ""), "UNAUTHENTICATED TOKEN_MISSING") << name;
    };
    using namespace v1;  // NOLINT: a table of methods.
    const std::string of_programs = "ProgramService/", of_ledger = "LedgerService/";
    check(of_programs + "CreateProgram", &ProgramStub::CreateProgram, CreateProgramRequest(),
          CreateProgramResponse());
    check(of_programs + "ReplaceProgramRules", &ProgramStub::ReplaceProgramRules,
          ReplaceProgramRulesRequest(), ReplaceProgramRulesResponse());
    check(of_programs + "OpenProgram", &ProgramStub::OpenProgram, OpenProgramRequest(),
          OpenProgramResponse());
    check(of_programs + "PauseProgram", &ProgramStub::PauseProgram, PauseProgramRequest(),
          PauseProgramResponse());
    check(of_programs + "CloseProgram", &ProgramStub::CloseProgram, CloseProgramRequest(),
          CloseProgramResponse());
    check(of_programs + "SettleProgram", &ProgramStub::SettleProgram, SettleProgramRequest(),
          SettleProgramResponse());
    check(of_programs + "GetProgram", &ProgramStub::GetProgram, GetProgramRequest(),
          GetProgramResponse());
    check(of_programs + "ListPrograms", &ProgramStub::ListPrograms, ListProgramsRequest(),
          ListProgramsResponse());
    check(of_programs + "ListTemplates", &ProgramStub::ListTemplates, ListTemplatesRequest(),
          ListTemplatesResponse());
    check(of_ledger + "AllocateBudget", &LedgerStub::AllocateBudget, AllocateBudgetRequest(),
          AllocateBudgetResponse());
    check(of_ledger + "ReviseBudget", &LedgerStub::ReviseBudget, ReviseBudgetRequest(),
          ReviseBudgetResponse());
    check(of_ledger + "GetBudget", &LedgerStub::GetBudget, GetBudgetRequest(), GetBudgetResponse());
    check(of_ledger + "ListBudgets", &LedgerStub::ListBudgets, ListBudgetsRequest(),
          ListBudgetsResponse());
    check(of_ledger + "GetStatement", &LedgerStub::GetStatement, GetStatementRequest(),
          GetStatementResponse());
    check(of_ledger + "RecountBudget", &LedgerStub::RecountBudget, RecountBudgetRequest(),
          RecountBudgetResponse());
    EXPECT_EQ(methods, CreateProgramRequest::descriptor()->file()->service(0)->method_count() +
                           AllocateBudgetRequest::descriptor()->file()->service(0)->method_count())
        << "one of them is not looked at";
    EXPECT_EQ(granted, 44);  // Changes with the table, so that nobody widens it unseen.
}

}  // namespace
}  // namespace bangkit::aid
