#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "libs/base/result.h"
#include "libs/iso20022/answer.h"

namespace bangkit::iso20022 {

/// Reads what a bank answers, pain.002 or camt.054 of any version, from a file that arrives in
/// pieces; where it is cut makes no difference.
class AnswerReader {
public:
    AnswerReader();
    ~AnswerReader();

    /// The next bytes. Take all answers with Next() before feeding more, else they pile up.
    /// INVALID_ARGUMENT, FILE_INVALID: it is none of these messages; from then on.
    Result<void> Feed(std::string_view bytes);
    /// There are no more bytes.
    Result<void> Finish();

    /// In the order of the file; nullopt if it needs more bytes, or if there are no more.
    std::optional<Answer> Next();

private:
    class Messages;
    std::unique_ptr<Messages> messages_;
};

}  // namespace bangkit::iso20022
