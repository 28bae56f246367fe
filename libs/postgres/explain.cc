#include "libs/postgres/explain.h"

#include "libs/postgres/error.h"

namespace bangkit::postgres {

std::optional<Error> Explain(const std::exception& failure) {
    const bool is_lost = dynamic_cast<const ConnectionLost*>(&failure) != nullptr ||
                         dynamic_cast<const CommitUnknown*>(&failure) != nullptr;
    if (is_lost) {
        return Error{ErrorCode::kUnavailable, "DATABASE_UNREACHABLE", "please try again later"};
    }
    const auto* sql = dynamic_cast<const SqlError*>(&failure);
    if (sql == nullptr) return std::nullopt;
    if (sql->IsOutOfService()) {
        return Error{ErrorCode::kUnavailable, "DATABASE_OUT_OF_SERVICE", "please try again later"};
    }
    if (sql->IsTimeout()) {
        return Error{ErrorCode::kUnavailable, "DATABASE_TOO_SLOW", "please try again later"};
    }
    return std::nullopt;
}

}  // namespace bangkit::postgres
