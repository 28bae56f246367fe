#pragma once

#include <string>
#include <string_view>

#include "services/registration/domain/business.h"

namespace google::protobuf {
class Timestamp;
}
namespace bangkit::registration::v1 {
class BusinessInput;
class OwnerInput;
}  // namespace bangkit::registration::v1

namespace bangkit::registration {

// What is known beyond what every registration states: from the domain to messages and back.

Time ToTime(const google::protobuf::Timestamp& time);

/// What is counted: of no person. `Message` is any that has these fields, as is that of the next.
template <typename Message>
void FillCounted(Message& out, const Profile& profile);

/// The rest: permits, what one kind of business has alone, consent and origin.
template <typename Message>
void FillDetails(Message& out, const Profile& profile);

/// What of an owner has no column in any table either: KK to occupation.
template <typename Message>
void FillOwnerDetails(Message& out, const Owner& owner);
void ReadOwnerDetails(Owner& out, const v1::OwnerInput& message);

/// The column `details`: what FillDetails() fills of a v1::BusinessInput. Empty if there is
/// nothing.
std::string SerializedDetails(const Profile& profile);
/// Throws std::runtime_error if it is not that.
void ReadDetails(Profile& out, std::string_view serialized);

}  // namespace bangkit::registration
