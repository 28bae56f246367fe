#pragma once

#include <string>
#include <string_view>

namespace bangkit {

/// True if `text` is well-formed UTF-8 (no surrogates, nothing overlong) without control
/// characters: what may be stored and shown as one line.
bool IsPlainText(std::string_view text);

/// `text` as a line that any program can show: a space for each control character, and U+FFFD for
/// each byte that is no UTF-8 and each code point that is no character.
std::string ToPlainText(std::string_view text);

/// Without spaces and tabs at either end.
std::string_view Trimmed(std::string_view text);

}  // namespace bangkit
