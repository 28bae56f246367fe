#include "libs/indonesia/regions.h"

#include <algorithm>

#include "libs/indonesia/digits.h"
#include "libs/indonesia/region_history.h"

extern "C" const char bangkit_regions_begin[];
extern "C" const char bangkit_regions_end[];

namespace bangkit::indonesia {
namespace {

constexpr std::string_view kShape = "00.00.00.0000";  // Codes of coarser levels are its beginnings.

bool HasShape(std::string_view code) {
    return std::ranges::equal(code, kShape.substr(0, code.size()), [](char c, char shape) {
        return shape == '0' ? IsDigit(c) : c == shape;
    });
}

std::optional<RegionLevel> LevelOfLength(std::size_t length) {
    switch (length) {
        case 2: return RegionLevel::kProvince;
        case 5: return RegionLevel::kRegency;
        case 8: return RegionLevel::kDistrict;
        case 13: return RegionLevel::kVillage;
        default: return std::nullopt;
    }
}

}  // namespace

std::optional<RegionLevel> LevelOf(std::string_view code) {
    if (code == kCountryCode) return RegionLevel::kCountry;
    if (!HasShape(code)) return std::nullopt;
    return LevelOfLength(code.size());
}

std::string_view ParentOf(std::string_view code) {
    if (code == kCountryCode) return "";
    const auto dot = code.rfind('.');
    return dot == std::string_view::npos ? kCountryCode : code.substr(0, dot);
}

RegionTree::RegionTree() {
    std::string_view text(bangkit_regions_begin,
                          static_cast<std::size_t>(bangkit_regions_end - bangkit_regions_begin));
    regions_.reserve(1 + static_cast<std::size_t>(std::ranges::count(text, '\n')));
    regions_.push_back({kCountryCode, kCountryName});
    ends_[static_cast<std::size_t>(RegionLevel::kCountry)] = regions_.size();
    while (!text.empty()) {
        const auto tab = text.find('\t');
        const auto line_end = text.find('\n', tab);
        const Region& added =
            regions_.emplace_back(text.substr(0, tab), text.substr(tab + 1, line_end - tab - 1));
        ends_[static_cast<std::size_t>(added.level())] = regions_.size();
        text.remove_prefix(line_end + 1);
    }
    history_ = std::make_unique<RegionHistory>(*this);
}

RegionTree::~RegionTree() = default;

std::span<const Region> RegionTree::AtLevel(RegionLevel level) const {
    const auto index = static_cast<std::size_t>(level);
    return std::span(regions_).subspan(ends_[index - 1], ends_[index] - ends_[index - 1]);
}

const Region* RegionTree::Find(std::string_view code) const {
    const auto level = LevelOf(code);
    if (!level) return nullptr;
    const auto candidates = AtLevel(*level);
    const auto found = std::ranges::lower_bound(candidates, code, {}, &Region::code);
    return found == candidates.end() || found->code != code ? nullptr : &*found;
}

std::span<const Region> RegionTree::Children(std::string_view code) const {
    if (code.empty() || code == kCountryCode) return AtLevel(RegionLevel::kProvince);
    const auto level = LevelOf(code);
    if (!level || *level == RegionLevel::kVillage) return {};
    const auto below = static_cast<RegionLevel>(static_cast<int>(*level) + 1);
    const auto children = std::ranges::equal_range(AtLevel(below), code, {}, &Region::parent);
    return {children.begin(), children.end()};
}

std::vector<std::string_view> RegionTree::Ancestors(std::string_view code) const {
    std::vector<std::string_view> ancestors;
    const Region* region = Find(code);
    if (region == nullptr) return ancestors;
    for (auto at = region->code; at != kCountryCode; at = ParentOf(at)) ancestors.push_back(at);
    return ancestors;
}

}  // namespace bangkit::indonesia
