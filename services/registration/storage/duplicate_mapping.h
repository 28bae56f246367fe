#pragma once

#include <string>
#include <vector>

#include "services/registration/domain/merge.h"

namespace bangkit::registration::v1 {
class Duplicate;
class Merge;
}  // namespace bangkit::registration::v1

namespace bangkit::registration {

void Fill(v1::Duplicate& out, const Duplicate& duplicate);
void Fill(v1::Merge& out, const Merge& merge);

// Answers: serialized response messages, stored with the request and sent as they are.
std::string AssignDuplicateAnswer(const Duplicate& duplicate);
std::string ConfirmDuplicateAnswer(const Duplicate& duplicate);
std::string RejectDuplicateAnswer(const Duplicate& duplicate);
/// `surviving` and `merged`: as the merge left them.
std::string MergeBusinessesAnswer(const Merge& merge, const Business& surviving,
                                  const Business& merged);
std::string UndoMergeAnswer(const Merge& merge, const Business& surviving, const Business& merged);

}  // namespace bangkit::registration
