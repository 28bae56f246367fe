#include "services/registration/domain/duplicates.h"

#include <algorithm>
#include <cmath>

#include "libs/indonesia/regions.h"
#include "services/registration/domain/names.h"

namespace bangkit::registration {
namespace {

using indonesia::RegionLevel;

/// The region of this level in which `code` lies; `code` itself if it is coarser.
std::string_view AtMost(std::string_view code, RegionLevel level) {
    while (true) {
        const auto its_level = indonesia::LevelOf(code);
        if (!its_level || *its_level <= level) return code;
        code = indonesia::ParentOf(code);
    }
}

std::string Key(std::string_view kind, std::string_view region, std::string_view what) {
    return std::string(kind) + '|' + std::string(region) + '|' + std::string(what);
}

/// Points for and against, with why.
class Weighing {
public:
    void Add(int points) { points_ += points; }
    void Add(int points, DuplicateReason reason) {
        points_ += points;
        verdict_.reasons.insert(reason);
    }
    Verdict Result() {
        verdict_.score = std::clamp(points_, 0, 100);
        return verdict_;
    }

private:
    int points_ = 0;
    Verdict verdict_;
};

/// The words of one are among those of the other.
bool IsPartOfOther(const Words& first, const Words& second) {
    const std::set<std::string> a(first.begin(), first.end()), b(second.begin(), second.end());
    return std::ranges::includes(a, b) || std::ranges::includes(b, a);
}

/// Returns whether they are called the same.
bool WeighNames(const Likeness& likeness, Weighing& weighing) {
    const Words first = SplitAtSpaces(likeness.first_name),
                second = SplitAtSpaces(likeness.second_name);
    if (first.empty() || second.empty()) return false;
    if (SoundsOf(first) == SoundsOf(second)) {
        const bool is_telling = std::ranges::any_of(first, IsTelling);
        weighing.Add(is_telling ? 35 : 15, DuplicateReason::kSameName);
        return is_telling;
    }
    const double similarity = likeness.name_similarity;
    const double least = IsPartOfOther(first, second) ? 0.6 : 0;
    if (const double counted = std::max(similarity, least); counted >= 0.5) {
        const int more = static_cast<int>(std::lround(30 * (counted - 0.5)));
        weighing.Add(15 + more, DuplicateReason::kSimilarName);
    } else if (counted < 0.3) {
        weighing.Add(-40);
    }
    return false;
}

void WeighOwners(const Likeness& likeness, Weighing& weighing) {
    if (likeness.is_same_owner) {
        weighing.Add(25, DuplicateReason::kSameOwner);
    } else if (likeness.has_same_owner_name) {
        if (*likeness.has_same_owner_name) {
            weighing.Add(20, DuplicateReason::kSameOwnerName);
        } else {
            weighing.Add(-8);
        }
    }
    if (likeness.has_different_nik) weighing.Add(-10, DuplicateReason::kDifferentNik);
    if (!likeness.is_same_kind_of_owner) weighing.Add(-30);
    if (likeness.has_same_phone) {
        if (*likeness.has_same_phone) {
            weighing.Add(30, DuplicateReason::kSamePhone);
        } else {
            weighing.Add(-5, DuplicateReason::kDifferentPhone);
        }
    }
}

/// Returns whether they have one address.
bool WeighAddresses(const Likeness& likeness, Weighing& weighing) {
    if (likeness.first_address.empty() || likeness.second_address.empty()) return false;
    const Words first = SplitAtSpaces(likeness.first_address),
                second = SplitAtSpaces(likeness.second_address);
    const std::string numbers = NumbersOf(first), other_numbers = NumbersOf(second);
    const bool has_same_numbers = numbers == other_numbers;
    const bool is_similar = likeness.address_similarity >= 0.5;
    const bool is_same_house = !HouseOf(first).empty() && HouseOf(first) == HouseOf(second);
    if (is_same_house || (is_similar && has_same_numbers && !numbers.empty())) {
        weighing.Add(25, DuplicateReason::kSameAddress);
        return true;
    }
    if (is_similar && (has_same_numbers || numbers.empty() || other_numbers.empty())) {
        weighing.Add(10, DuplicateReason::kSimilarAddress);
    } else {
        weighing.Add(-12, DuplicateReason::kDifferentAddress);
    }
    return false;
}

void WeighRegions(const Likeness& likeness, Weighing& weighing) {
    const std::string common = CommonRegion(likeness.first_region, likeness.second_region);
    const auto level = indonesia::LevelOf(common);
    if (likeness.first_region == likeness.second_region && level == RegionLevel::kVillage) {
        weighing.Add(10, DuplicateReason::kSameVillage);
    } else if (level >= RegionLevel::kDistrict) {
        weighing.Add(5, DuplicateReason::kSameDistrict);
    } else if (!level || *level < RegionLevel::kRegency) {
        weighing.Add(-15);
    }
}

}  // namespace

Traits TraitsOf(const Business& business, const std::optional<Owner>& owner) {
    Traits traits;
    traits.region_code = business.profile.region_code;
    if (!business.profile.name.empty())
        traits.name = Joined(WordsOfBusiness(business.profile.name));
    traits.address = Joined(WordsOfAddress(business.profile.address));
    if (!owner) return traits;
    const Words name = WordsOfPerson(owner->name);
    if (name.size() > 1) traits.owner_name = SoundsOf(name);  // One word names nobody.
    traits.phone = owner->phone;
    traits.has_nik = !owner->nik.empty();
    return traits;
}

std::vector<std::string> MeetingKeys(const Traits& traits) {
    std::vector<std::string> keys;
    const std::string_view district = AtMost(traits.region_code, RegionLevel::kDistrict);
    const Words name = SplitAtSpaces(traits.name);
    if (!name.empty()) keys.push_back(Key("name", district, SoundsOf(name)));
    const std::string house = HouseOf(SplitAtSpaces(traits.address));
    if (!house.empty()) keys.push_back(Key("house", district, house));
    std::set<std::string> telling;
    for (const std::string& word : name) {
        if (IsTelling(word)) telling.insert(SoundsOf(std::string_view(word)));
    }
    for (const std::string& sounds : telling) {
        keys.push_back(Key("word", traits.region_code, sounds));
    }
    return keys;
}

std::vector<std::string> SecretMeetingKeys(const Traits& traits) {
    std::vector<std::string> keys;
    if (!traits.phone.empty()) keys.push_back(Key("phone", "", traits.phone));
    if (!traits.owner_name.empty()) {
        const std::string_view regency = AtMost(traits.region_code, RegionLevel::kRegency);
        keys.push_back(Key("owner", regency, traits.owner_name));
    }
    return keys;
}

Verdict Compare(const Likeness& likeness) {
    Weighing weighing;
    const bool is_same_name = WeighNames(likeness, weighing);
    WeighOwners(likeness, weighing);
    const bool is_same_address = WeighAddresses(likeness, weighing);
    // Spouses who both registered their shop have two NIKs and two telephones.
    if (is_same_name && is_same_address) weighing.Add(15);
    WeighRegions(likeness, weighing);
    if (likeness.has_different_nib) weighing.Add(-40, DuplicateReason::kDifferentNib);
    if (!likeness.is_same_trade) weighing.Add(-35, DuplicateReason::kDifferentTrade);
    return weighing.Result();
}

std::string CommonRegion(std::string_view first, std::string_view second) {
    while (first.size() > second.size()) first = indonesia::ParentOf(first);
    while (second.size() > first.size()) second = indonesia::ParentOf(second);
    while (first != second) {
        first = indonesia::ParentOf(first);
        second = indonesia::ParentOf(second);
    }
    return std::string(first == indonesia::kCountryCode ? "" : first);
}

}  // namespace bangkit::registration
