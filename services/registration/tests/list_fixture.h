#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {

class ListTest : public ServerTest {
protected:
    /// The ids of all pages; EXPECTs that no page is larger than asked for.
    std::vector<std::string> AllPages(v1::ListBusinessesRequest request,
                                      const std::string& token) const {
        std::vector<std::string> ids;
        do {
            v1::ListBusinessesResponse response;
            const grpc::Status status = Call(&Stub::ListBusinesses, request, response, token);
            EXPECT_EQ(Name(status), "OK");
            EXPECT_LE(response.businesses_size(),
                      request.page_size() > 0 ? request.page_size() : 50);
            for (const v1::Business& each : response.businesses())
                ids.push_back(each.business_id());
            request.set_page_token(response.next_page_token());
        } while (!request.page_token().empty());
        return ids;
    }
    std::string RegisterIn(const std::string& region, int number,
                           common::v1::BusinessKind kind = common::v1::BUSINESS_KIND_UMKM) {
        v1::RegisterBusinessRequest request = Registration(number);
        request.mutable_business()->set_region_code(region);
        request.mutable_business()->set_kind(kind);
        return Registered(request).business_id();
    }
    grpc::Status List(const v1::ListBusinessesRequest& request) const {
        v1::ListBusinessesResponse response;
        return Call(&Stub::ListBusinesses, request, response);
    }
};

}  // namespace bangkit::registration
