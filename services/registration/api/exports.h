#pragma once

#include <optional>
#include <set>
#include <string>

#include "services/registration/api/reads.h"
#include "services/registration/domain/personal_data.h"
#include "services/registration/storage/export_queries.h"

namespace bangkit::registration {

struct ExportedPage {
    std::string content;  // Lines of a CSV file; the first page begins with the header.
    std::string next_page_token;
    std::set<std::string> business_ids;
};

/// Businesses as a file that people read, and that can be imported again if nothing in it is
/// masked.
class Exports {
public:
    /// Both must outlive it.
    Exports(const Reads& reads, const ExportQueries& queries) : reads_(reads), queries_(queries) {}

    /// Of what identifies owners, what is not `shown` is masked or left out, and so are all
    /// businesses but `only`, if given. Errors as of Reads::Page(); blocks as it does.
    Result<ExportedPage> Page(const rpc::Call& call, const v1::ExportBusinessesRequest& request,
                              const std::set<OwnerField>& shown,
                              const std::optional<std::set<std::string>>& only = {}) const;

    /// With nothing shown.
    Result<v1::ExportBusinessesResponse> Masked(const rpc::Call& call,
                                                const v1::ExportBusinessesRequest& request) const;

private:
    const Reads& reads_;
    const ExportQueries& queries_;
};

}  // namespace bangkit::registration
