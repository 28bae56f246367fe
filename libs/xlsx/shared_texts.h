#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/result.h"
#include "libs/xlsx/archive.h"

namespace bangkit::xlsx {

/// The texts that cells refer to by their number; in no order, so all are kept.
class SharedTexts {
public:
    /// FILE_INVALID if they need more than `bytes_max`.
    static Result<SharedTexts> Read(Archive& archive, const std::string& name,
                                    std::size_t bytes_max);

    /// nullopt if there is no text of this number.
    std::optional<std::string_view> Find(std::size_t number) const;

private:
    class Handler;

    std::string texts_;                // One behind the other.
    std::vector<std::uint64_t> ends_;  // Of each in texts_.
};

}  // namespace bangkit::xlsx
