#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace bangkit::aid {

// Who is eligible, as data. The numbers are those of bangkit.aid.v1, stored and sent: never change
// one, only add.
enum class Fact {
    kKind = 1,
    kScale = 2,
    kCondition = 3,
    kVerification = 4,
    kRegion = 5,
    kIdentityRegion = 6,
    kKbliDivision = 7,
    kBusinessAgeMonths = 8,
    kOwnerAgeYears = 9,
    kAnnualSales = 10,
    kRequested = 11,
    kHasNik = 12,
    kHasNib = 13,
    kHasBusinessCertificate = 14,
    kOccupation = 15,
    kHasBankCredit = 16,
    kHasKur = 17,
    kCollectibility = 18,
    kInFormalEducation = 19,
    kReceivesSocialAid = 20,
    kPriorGrants = 21,
    kPriorGrantsInYear = 22,
    kCompletedCourses = 23,
    kBusinessStopped = 24
};
enum class RuleTest { kAnyOf = 1, kNoneOf = 2, kAtLeast = 3, kAtMost = 4, kInRegion = 5 };

/// One thing that must hold of one fact.
struct Rule {
    std::string code;  // What it means when it does not hold: "KUR_AKTIF".
    Fact fact = Fact::kKind;
    RuleTest test = RuleTest::kAnyOf;
    std::vector<std::int64_t> numbers = {};      // One of kAtLeast and kAtMost; none of kInRegion.
    std::vector<std::string> region_codes = {};  // Of kInRegion only.
    bool passes_if_unknown = false;
    std::string source = {};    // The law or the decree that says so; empty: the agency's own.
    bool is_parameter = false;  // The source does not confirm the figures.
    bool operator==(const Rule&) const = default;
};

struct RuleSet {
    std::string code;  // "BPUM_2021"
    int version = 0;   // 1, 2, 3 ... within a programme.
    std::vector<Rule> rules = {};
    bool operator==(const RuleSet&) const = default;
};

/// What is known of an applicant. A fact that is not in it is not known.
class Facts {
public:
    void Set(Fact fact, std::int64_t number) { numbers_[fact] = {number}; }
    /// None of them is known too: there are none.
    void Set(Fact fact, std::set<std::int64_t> numbers) { numbers_[fact] = std::move(numbers); }
    void Set(Fact fact, std::string region_code) { regions_[fact] = std::move(region_code); }

    /// nullptr: not known.
    const std::set<std::int64_t>* Numbers(Fact fact) const;
    const std::string* Region(Fact fact) const;

    /// All that is known.
    const std::map<Fact, std::set<std::int64_t>>& numbers() const { return numbers_; }
    const std::map<Fact, std::string>& regions() const { return regions_; }

    bool operator==(const Facts&) const = default;

private:
    std::map<Fact, std::set<std::int64_t>> numbers_;
    std::map<Fact, std::string> regions_;
};

/// A rule that does not hold, and what was known of its fact.
struct Finding {
    std::string code;
    Fact fact = Fact::kKind;
    bool is_unknown = false;
    std::set<std::int64_t> numbers = {};
    std::string region_code = {};
    bool operator==(const Finding&) const = default;
};

/// Whether any rule of the set asks for the fact.
bool AsksFor(const RuleSet& set, Fact fact);

/// Every rule that does not hold, in the order of the set. None: eligible.
std::vector<Finding> Evaluate(const RuleSet& set, const Facts& facts);

}  // namespace bangkit::aid
