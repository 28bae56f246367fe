#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bangkit::fuzz {

// What a target defines. It is given any bytes and must neither crash, leak, hang nor break what
// it claims.

void Try(std::string_view input);

/// Inputs to begin with: what is right, and near misses that the rules name.
std::vector<std::string> Seeds();

/// Ends the process, which is how a target says that something is wrong.
void Claim(bool holds, const char* what);

/// Takes the text up to the next `end`, or all of `text` if there is none, from its front.
std::string_view TakeUntil(char end, std::string_view& text);

/// `text` with the changes that `edits` tells: of three bytes each, two where and one to what.
std::string Edited(std::string text, std::string_view edits);

}  // namespace bangkit::fuzz
