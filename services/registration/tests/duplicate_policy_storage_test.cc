// Who may review and merge what, and where: every role, every method, from the policy table.
#include <gmock/gmock.h>

#include <functional>
#include <map>

#include "services/registration/tests/duplicate_calls_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::StartsWith;

using DuplicatePolicyTest = DuplicateCallsTest;

// What a role may do ends where its regions end.
TEST_F(DuplicatePolicyTest, DecidesWhoMayCallWhatAndWhere) {
    const auto [first, second] = RegisteredTwice();
    Search();
    const std::string pair = OnlyPair();
    using TryIt = std::function<std::string(const std::string& token)>;
    const auto unary = [this](auto method, const auto& make) -> TryIt {
        return [this, method, make](const std::string& token) {
            const auto request = make();
            return [&]<typename Request, typename Response>(grpc::Status (ReviewStub::*call)(
                       grpc::ClientContext*, const Request&, Response*)) {
                Response response;
                return Review(call, request, response, token);
            }(method);
        };
    };
    const std::map<std::string, TryIt> calls{
        {"ListDuplicates", unary(&ReviewStub::ListDuplicates,
                                 [] {
                                     v1::ListDuplicatesRequest request;
                                     request.set_region_code(kHere);
                                     return request;
                                 })},
        {"GetDuplicate", unary(&ReviewStub::GetDuplicate,
                               [&] {
                                   v1::GetDuplicateRequest request;
                                   request.set_duplicate_id(pair);
                                   return request;
                               })},
        {"AssignDuplicate", unary(&ReviewStub::AssignDuplicate,
                                  [&] {
                                      database_.Execute("UPDATE duplicates SET state = 1");
                                      return About<v1::AssignDuplicateRequest>(pair);
                                  })},
        {"ConfirmDuplicate", unary(&ReviewStub::ConfirmDuplicate,
                                   [&] { return About<v1::ConfirmDuplicateRequest>(pair); })},
        {"RejectDuplicate", unary(&ReviewStub::RejectDuplicate,
                                  [&] { return About<v1::RejectDuplicateRequest>(pair); })},
        {"MergeBusinesses", unary(&ReviewStub::MergeBusinesses,
                                  [&, a = first.business_id(), b = second.business_id()] {
                                      database_.Execute("UPDATE duplicates SET state = 1");
                                      if (Count("businesses WHERE merged_into IS NOT NULL") > 0)
                                          Undo(b);
                                      return MergeOf(a, b);
                                  })},
        {"UndoMerge", unary(&ReviewStub::UndoMerge,
                            [&, a = first.business_id(), b = second.business_id()] {
                                if (Count("businesses WHERE merged_into IS NOT NULL") == 0) {
                                    database_.Execute("UPDATE duplicates SET state = 1");
                                    Merged(a, b);
                                }
                                v1::UndoMergeRequest request;
                                request.set_request_id(NewId(kNow));
                                request.set_merged_business_id(b);
                                return request;
                            })},
    };
    const auto* service =
        v1::GetDuplicateRequest::descriptor()->file()->FindServiceByName("DuplicateService");
    ASSERT_NE(service, nullptr);
    int granted = 0;
    for (int i = 0; i < service->method_count(); ++i) {
        const std::string name = service->method(i)->name();
        ASSERT_TRUE(calls.contains(name)) << "no call of " << name << " to test";
        const TryIt& call = calls.at(name);
        for (const std::string_view role : identity::role::kAll) {
            const auto scope =
                policy_.Admit(service->full_name() + "/" + name, {"", {std::string(role)}, {}});
            const std::string here = call(Token({std::string(role)}, {kHere}));
            const std::string elsewhere = call(Token({std::string(role)}, {kElsewhere}));
            const std::string what = std::string(role) + " " + name;
            if (scope) {
                ++granted;
                EXPECT_EQ(here, "OK") << what;
                EXPECT_THAT(elsewhere, StartsWith("NOT_FOUND ")) << what;
            } else {
                EXPECT_EQ(here, "PERMISSION_DENIED ROLE_NOT_ALLOWED") << what;
                EXPECT_EQ(elsewhere, here) << what;
            }
        }
        EXPECT_EQ(call(Token({}, {kHere})), "PERMISSION_DENIED ROLE_NOT_ALLOWED") << name;
        EXPECT_EQ(call(""), "UNAUTHENTICATED TOKEN_MISSING") << name;
    }
    EXPECT_EQ(granted, 19);  // Changes with the table, so that nobody widens it unseen.
}

}  // namespace
}  // namespace bangkit::registration
