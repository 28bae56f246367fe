#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/registration/domain/personal_data.h"

namespace bangkit::registration::v1 {
class SubjectRequest;
}

namespace bangkit::registration {

/// `now`: by the clock of the database.
void Fill(v1::SubjectRequest& out, const SubjectRequest& request, Time now);

/// Files that are on their way at an erasure.
struct FilesLeft {
    std::int64_t count = 0;
    Time destroyed_by;
};

// Answers: serialized response messages, stored with the request and sent as they are.
std::string OpenSubjectRequestAnswer(const SubjectRequest& request, Time now);
std::string EraseOwnerAnswer(const SubjectRequest& request,
                             const std::vector<std::string>& positions, const FilesLeft& files,
                             Time now);
std::string CloseSubjectRequestAnswer(const SubjectRequest& request, Time now);
std::string SetLegalHoldAnswer(const std::string& owner_id);

/// Not stored: the ids alone of what has been found, to be read when the search is on record.
std::string FindByIdentityAnswer(const std::vector<std::string>& business_ids, bool is_truncated);

}  // namespace bangkit::registration
