#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace bangkit::indonesia {

// The numbers are stored and sent: never change them.
enum class RegionLevel { kCountry = 1, kProvince, kRegency, kDistrict, kVillage };

/// Stands for the whole country, which has no code of its own.
inline constexpr std::string_view kCountryCode = "ID";
inline constexpr std::string_view kCountryName = "Indonesia";

/// By the shape of a Kemendagri code ("36", "36.74", "36.74.05", "36.74.05.1002") or kCountryCode;
/// nullopt if it has no such shape. Says nothing about whether the region exists.
std::optional<RegionLevel> LevelOf(std::string_view code);

/// The code that encloses `code`, a part of it: "36.74" of "36.74.05"; kCountryCode of a province;
/// "" of the country.
std::string_view ParentOf(std::string_view code);

class RegionHistory;

struct Region {
    std::string_view code;
    std::string_view name;  // With its kind where that is part of it: "Kota Tangerang Selatan".

    RegionLevel level() const { return *LevelOf(code); }
    std::string_view parent() const { return ParentOf(code); }
};

/// All regions of Indonesia: 38 provinces, 514 regencies and cities, 7,285 districts, 83,762
/// villages.
///
/// Made once per process, a few milliseconds and 3 MB, and handed on by const reference. All texts
/// in it live as long as the process. Any number of threads may read it.
class RegionTree {
public:
    RegionTree();
    ~RegionTree();
    RegionTree(const RegionTree&) = delete;
    RegionTree& operator=(const RegionTree&) = delete;

    /// nullptr if there is no such region.
    const Region* Find(std::string_view code) const;

    /// The regions directly inside `code`, by code; those of kCountryCode or "" are the provinces.
    /// None if `code` is a village or unknown.
    std::span<const Region> Children(std::string_view code) const;

    /// `code` and all that encloses it below the country, deepest first: "36.74.05", "36.74", "36".
    /// Empty if `code` is unknown or the country.
    std::vector<std::string_view> Ancestors(std::string_view code) const;

    /// All regions of one level, by code.
    std::span<const Region> AtLevel(RegionLevel level) const;

    /// The codes of before, and what became of them (region_history.h).
    const RegionHistory& history() const { return *history_; }

private:
    std::vector<Region> regions_;  // By level, then by code: the children of each are neighbours.
    std::array<std::size_t, 6> ends_{};  // ends_[level]: where that level ends in regions_.
    std::unique_ptr<const RegionHistory> history_;
};

}  // namespace bangkit::indonesia
