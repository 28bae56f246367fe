#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bangkit::registration {

// Names and addresses as they are compared: what two people write of one thing in two ways becomes
// one. Words are in lower case, without punctuation, and spelled in one of the ways in which
// Indonesian names are spelled (Soekarno, Sukarno; Rizky, Rizki).

using Words = std::vector<std::string>;

/// Without legal forms, kinds of shops and titles, unless there is nothing else.
Words WordsOfBusiness(std::string_view name);
/// True if a word tells one business from others of its trade: "berkah", not "bakso".
bool IsTelling(std::string_view word);

/// Without academic degrees and titles. Muhammad, which many leave out, only if it stands alone.
Words WordsOfPerson(std::string_view name);

/// Without Jalan, RT 05/RW 08 and the like. Numbers without leading zeros.
Words WordsOfAddress(std::string_view address);
/// The street's most telling word and all numbers: "mlti 12"; empty if either is missing.
std::string HouseOf(const Words& address);
/// All numbers, in order: "3 12".
std::string NumbersOf(const Words& address);

/// What is left when vowels are mistaken or left out, or letters doubled: "slmt" for Slamet.
std::string SoundsOf(std::string_view word);
/// Of all words, each once, in alphabetical order.
std::string SoundsOf(const Words& words);

std::string Joined(const Words& words);
/// The reverse.
Words SplitAtSpaces(std::string_view text);

}  // namespace bangkit::registration
