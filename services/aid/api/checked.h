#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "libs/base/ids.h"
#include "libs/grpc/call.h"
#include "libs/grpc/fields.h"
#include "services/aid/storage/mapping.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

/// A command whose shape is right, and the id under which its answer is kept.
template <typename Command>
struct Checked {
    std::string request_id;
    Command command;
};

/// INVALID_ARGUMENT with all that is wrong, or what was checked.
template <typename Command>
Result<Checked<Command>> Done(rpc::FieldChecker& fields, std::string request_id, Command command) {
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return Checked<Command>{std::move(request_id), std::move(command)};
}

/// What a list is filtered by; nullopt: any.
template <typename Enum, typename PublicEnum>
std::optional<Enum> FilterOf(rpc::FieldChecker& fields, std::string_view field, PublicEnum value) {
    fields.Enum(field, value, rpc::Presence::kOptional);
    if (static_cast<int>(value) == 0) return std::nullopt;
    return As<Enum>(value);
}

/// In the order of ids, no id comes before it.
inline constexpr std::string_view kBeforeAll = "00000000-0000-0000-0000-000000000000";

/// Who is admitted for what is their own has no regions. A subject that is not the id of an owner
/// owns nothing.
inline Viewer ViewerOf(const rpc::Call& call) {
    const bool sees_only_own = call.scope == identity::Scope::kOwn;
    return {.regions = call.caller.regions,
            .owner_id = sees_only_own ? ParseUuid(call.caller.subject).value_or("") : ""};
}

}  // namespace bangkit::aid
