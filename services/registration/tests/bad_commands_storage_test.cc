// Commands that are not to be carried out: refused with the code that is a contract, nothing
// changed, and answered for what lies elsewhere as for what is not there.
#include <gmock/gmock.h>

#include <functional>
#include <set>
#include <thread>

#include "services/registration/tests/hostile_fixture.h"

namespace bangkit::registration {
namespace {

/// What all mutating calls have in common.
struct Attempt {
    std::string request_id;
    std::string business_id;
    std::string etag;
    bool is_other = false;  // Another body than usual.
};

class BadCommandsTest : public HostileTest {
protected:
    using Try = std::function<grpc::Status(const Attempt&, const std::string& token)>;

    template <typename Request, typename Response>
    Try Mutation(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                 const std::function<void(Request&, bool is_other)>& fill) {
        return [this, method, fill](const Attempt& attempt, const std::string& token) {
            Request request;
            request.set_request_id(attempt.request_id);
            request.set_business_id(attempt.business_id);
            request.set_etag(attempt.etag);
            fill(request, attempt.is_other);
            Response response;
            return Call(method, request, response, token);
        };
    }

    /// The calls that change a business that is there.
    const std::map<std::string, Try> mutations_{
        {"ReportCondition", Mutation<v1::ReportConditionRequest, v1::ReportConditionResponse>(
                                &Stub::ReportCondition,
                                [](auto& request, bool is_other) {
                                    request.set_condition(
                                        is_other ? common::v1::BUSINESS_CONDITION_DORMANT
                                                 : common::v1::BUSINESS_CONDITION_AFFECTED);
                                    request.set_since("2026-03-10");
                                })},
        {"UpdateBusiness", Mutation<v1::UpdateBusinessRequest, v1::UpdateBusinessResponse>(
                               &Stub::UpdateBusiness,
                               [](auto& request, bool is_other) {
                                   request.mutable_update_mask()->add_paths("business.name");
                                   request.mutable_business()->set_name(is_other ? "Kios" : "Toko");
                               })},
        {"VerifyBusiness", Mutation<v1::VerifyBusinessRequest, v1::VerifyBusinessResponse>(
                               &Stub::VerifyBusiness,
                               [](auto& request, bool is_other) {
                                   request.set_level(is_other
                                                         ? common::v1::VERIFICATION_LEVEL_FIELD
                                                         : common::v1::VERIFICATION_LEVEL_DOCUMENT);
                               })},
    };
    const std::string agency_ = Token({"agency"});
    const std::string id_ = Registered(Registration(1)).business_id();
};

TEST_F(BadCommandsTest, NeedARequestIdThatIsAUuid) {
    const RowCounts before = CountRows();
    for (const auto& [name, mutate] : mutations_) {
        for (const std::string& id :
             {std::string(), std::string("7"), std::string(1'000, 'a'), NewId(kNow) + "0"}) {
            EXPECT_EQ(Name(mutate({.request_id = id, .business_id = id_, .etag = ""}, agency_)),
                      "INVALID_ARGUMENT FIELDS_INVALID")
                << name << " " << id.size();
        }
    }
    EXPECT_EQ(CountRows(), before);
    ExpectTheNextCallToWork();
}

TEST_F(BadCommandsTest, NeedABusinessIdAndAnEtagThatMayBeOne) {
    const RowCounts before = CountRows();
    for (const auto& [name, mutate] : mutations_) {
        for (const char* id : {"", "1", "' OR 1=1 --"}) {
            EXPECT_EQ(
                Name(mutate({.request_id = NewId(kNow), .business_id = id, .etag = ""}, agency_)),
                "INVALID_ARGUMENT FIELDS_INVALID")
                << name << " " << id;
        }
        for (const char* etag : {"x", "0", "-1", "1 ", "99999999999999999999", "W/\"1\""}) {
            EXPECT_EQ(Name(mutate({.request_id = NewId(kNow), .business_id = id_, .etag = etag},
                                  agency_)),
                      "INVALID_ARGUMENT FIELDS_INVALID")
                << name << " " << etag;
        }
    }
    EXPECT_EQ(CountRows(), before);
    ExpectTheNextCallToWork();
}

TEST_F(BadCommandsTest, UnderARequestIdThatWasUsedForAnotherAreRefused) {
    for (const auto& [name, mutate] : mutations_) {
        const Attempt first{.request_id = NewId(kNow), .business_id = id_, .etag = ""};
        ASSERT_EQ(Name(mutate(first, agency_)), "OK");
        const RowCounts before = CountRows();
        Attempt other = first;
        other.is_other = true;
        EXPECT_EQ(Name(mutate(other, agency_)), "FAILED_PRECONDITION REQUEST_ID_REUSED") << name;
        EXPECT_EQ(Name(mutate(first, agency_)), "OK") << "and the first one again";
        EXPECT_EQ(CountRows(), before);
    }
}

TEST_F(BadCommandsTest, OfFiftyTwinsOneHasAnEffect) {
    for (const auto& [name, mutate] : mutations_) {
        const std::int64_t events = Count("outbox"), audits = Count("audit_entries");
        const Attempt twin{.request_id = NewId(kNow), .business_id = id_, .etag = ""};
        std::vector<std::string> answers(50);
        {
            std::vector<std::jthread> clients;
            for (std::string& answer : answers) {
                clients.emplace_back([&] { answer = Name(mutate(twin, agency_)); });
            }
        }
        EXPECT_EQ(std::set(answers.begin(), answers.end()), std::set<std::string>{"OK"}) << name;
        EXPECT_EQ(Count("outbox"), events + 1) << name;
        EXPECT_EQ(Count("audit_entries"), audits + 1) << name;
    }
}

TEST_F(BadCommandsTest, WithAStaleEtagAreAborted) {
    for (const auto& [name, mutate] : mutations_) {
        const RowCounts before = CountRows();
        EXPECT_EQ(
            Name(mutate({.request_id = NewId(kNow), .business_id = id_, .etag = "99"}, agency_)),
            "ABORTED ETAG_STALE")
            << name;
        EXPECT_EQ(CountRows(), WithRefusals(before, 1));
    }
    EXPECT_EQ(Count("businesses WHERE version = 1"), 1);
    ExpectTheNextCallToWork();
}

TEST_F(BadCommandsTest, OnWhatLiesElsewhereAreAnsweredAsOnWhatIsAbsent) {
    const std::string elsewhere = Token({"agency"}, {"36.71"});
    for (const auto& [name, mutate] : mutations_) {
        for (const char* etag : {"", "1", "99"}) {
            const RowCounts before = CountRows();
            const auto answer = [&](const std::string& id) {
                return mutate({.request_id = NewId(kNow), .business_id = id, .etag = etag},
                              elsewhere);
            };
            const grpc::Status outside = answer(id_);
            EXPECT_EQ(Name(outside), "NOT_FOUND BUSINESS_NOT_FOUND") << name;
            EXPECT_EQ(Bytes(outside), Bytes(answer(NewId(kNow)))) << name;
            EXPECT_EQ(CountRows(), WithRefusals(before, 2));
        }
    }
    EXPECT_EQ(Count("audit_entries WHERE outcome = 'BUSINESS_NOT_FOUND' AND actor = 'budi'"), 18);
    EXPECT_EQ(Count("businesses WHERE version = 1"), 1);

    v1::GetBusinessHistoryRequest request;
    request.set_business_id(id_);
    v1::GetBusinessHistoryResponse response;
    const grpc::Status outside = Call(&Stub::GetBusinessHistory, request, response, elsewhere);
    request.set_business_id(NewId(kNow));
    EXPECT_EQ(Name(outside), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(Bytes(outside), Bytes(Call(&Stub::GetBusinessHistory, request, response, elsewhere)));
    EXPECT_TRUE(testing::Eventually([this] { return Denied("BUSINESS_NOT_FOUND") == 20; }));
    ExpectTheNextCallToWork();
}

class UpdateCallTest : public BadCommandsTest {
protected:
    grpc::Status Update(const std::vector<std::string>& paths,
                        const std::function<void(v1::UpdateBusinessRequest&)>& fill = {}) const {
        v1::UpdateBusinessRequest request;
        request.set_request_id(NewId(kNow));
        request.set_business_id(id_);
        for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
        if (fill) fill(request);
        v1::UpdateBusinessResponse response;
        return Call(&Stub::UpdateBusiness, request, response);
    }
    static std::pair<std::string, std::string> FirstField(const grpc::Status& status) {
        const Error error = rpc::FromStatus(status);
        if (error.fields.empty()) return {};
        return {error.fields.front().field, error.fields.front().reason};
    }
};

TEST_F(UpdateCallTest, TakesMasksOfSingleFieldsThatCanBeChanged) {
    using Field = std::pair<std::string, std::string>;
    const RowCounts before = CountRows();
    EXPECT_EQ(FirstField(Update({})), Field("update_mask", "REQUIRED"));
    for (const char* path : {"", "*", "owner", "business", "name", "owner.bank_account",
                             "business.name.first", "businessName", "business.version", "etag"}) {
        const grpc::Status status = Update({path});
        EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
        EXPECT_EQ(FirstField(status), Field("update_mask.paths[0]", "FIELD_UNKNOWN")) << path;
    }
    for (const char* path : {"business.condition", "business.condition_since"}) {
        const auto fill = [](auto& request) { request.mutable_business()->set_name("Toko"); };
        EXPECT_EQ(FirstField(Update({"business.name", path}, fill)),
                  Field("update_mask.paths[1]", "FIELD_IMMUTABLE"))
            << path;
    }
    EXPECT_EQ(CountRows(), before);
    ExpectTheNextCallToWork();
}

TEST_F(UpdateCallTest, ChecksWhatTheMaskNamesAndNothingElse) {
    const RowCounts before = CountRows();
    const auto spoil = [](auto& request) {
        request.mutable_owner()->set_nik("1");
        request.mutable_owner()->set_phone("1");
        request.mutable_business()->set_region_code("36");
        request.mutable_business()->set_kbli("x");
        request.mutable_business()->set_capital_rupiah(-1);
        request.mutable_business()->set_nib("1");
        request.mutable_business()->set_start_date("tomorrow");
        request.mutable_business()->set_address("Jalan 1");
    };
    for (const char* path : {"owner.nik", "owner.name", "owner.phone", "business.kind",
                             "business.name", "business.region_code", "business.kbli",
                             "business.capital_rupiah", "business.nib", "business.start_date"}) {
        const grpc::Status status = Update({path}, spoil);
        EXPECT_EQ(FirstField(status).first, path);
    }
    EXPECT_EQ(CountRows(), before);
    EXPECT_EQ(Name(Update({"business.address", "business.address"}, spoil)), "OK");
    EXPECT_EQ(Count("businesses WHERE address = 'Jalan 1' AND version = 2"), 1);
}

TEST_F(UpdateCallTest, KnowsNoWayToForgetANik) {
    EXPECT_EQ(FirstField(Update({"owner.nik"})),
              (std::pair<std::string, std::string>("owner.nik", "REQUIRED")));
    EXPECT_EQ(Name(Update({"owner.nik"},
                          [](auto& request) { request.mutable_owner()->set_nik(NikOf(2)); })),
              "FAILED_PRECONDITION NIK_KNOWN");
}

TEST_F(BadCommandsTest, NotesHoldNoPersonalDataThatCanBeTold) {
    const RowCounts before = CountRows();
    const auto verify = [this](const std::string& note, common::v1::VerificationLevel level) {
        v1::VerifyBusinessRequest request;
        request.set_request_id(NewId(kNow));
        request.set_business_id(id_);
        request.set_level(level);
        request.set_note(note);
        v1::VerifyBusinessResponse response;
        return Name(Call(&Stub::VerifyBusiness, request, response, agency_));
    };
    for (const std::string& note :
         {std::string("NIK 3674055203850001"), std::string("telp 0812-3456-7890"),
          std::string("+62 (812) 3456 789"), std::string("siti@example.id"),
          std::string("3674.0552.0385.0001"), std::string(501, 'x'), std::string("a\nb")}) {
        EXPECT_EQ(verify(note, common::v1::VERIFICATION_LEVEL_FIELD),
                  "INVALID_ARGUMENT FIELDS_INVALID")
            << note;
    }
    for (const int level : {0, 4, -1}) {
        EXPECT_EQ(verify("", static_cast<common::v1::VerificationLevel>(level)),
                  "INVALID_ARGUMENT FIELDS_INVALID")
            << level;
    }
    EXPECT_EQ(CountRows(), before);
    EXPECT_EQ(verify("kunjungan 2026-03-09 pukul 10.30", common::v1::VERIFICATION_LEVEL_FIELD),
              "OK");
    EXPECT_EQ(verify("", common::v1::VERIFICATION_LEVEL_DOCUMENT),
              "FAILED_PRECONDITION REASON_MISSING");
}

}  // namespace
}  // namespace bangkit::registration
