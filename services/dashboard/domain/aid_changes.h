#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "services/dashboard/domain/aid.h"
#include "services/dashboard/domain/changes.h"
#include "services/dashboard/domain/measures.h"

namespace bangkit::dashboard {

/// One counter: programmes of one kind in one region, as far as they changed in one month.
struct ProgramCell {
    std::string region_code;
    Month month;
    Instrument instrument;
    ProgramState state;
    auto operator<=>(const ProgramCell&) const = default;
};

/// The same of applications, by what became of them.
struct ApplicationCell {
    std::string region_code;
    Month month;
    ApplicationState state;
    auto operator<=>(const ApplicationCell&) const = default;
};

struct ApplicationSum {
    std::int64_t applications = 0;
    std::int64_t rupiah = 0;

    ApplicationSum& operator+=(const ApplicationSum& other) {
        applications += other.applications;
        rupiah += other.rupiah;
        return *this;
    }
    bool operator==(const ApplicationSum&) const = default;
};

struct StepCell {
    std::string region_code;
    Month month;
    Step step;
    std::int64_t hours;
    auto operator<=>(const StepCell&) const = default;
};

struct RejectionCell {
    std::string region_code;
    Month month;
    RejectionReason reason;
    auto operator<=>(const RejectionCell&) const = default;
};

/// By how much events of aid change the figures of all the regions that they touch, up to the
/// country. Everything is kept in order, as in Changes.
class AidChanges {
public:
    /// `before`: what it counted as; nullptr if it was not known.
    void Add(const Program* before, const ProgramEvent& event);
    void Add(const Budget* before, const BudgetEvent& event);
    void Add(const Application* before, const ApplicationEvent& event);
    void Add(const Measured* before, const MeasuredEvent& event);

    /// Without zeros.
    const std::map<ProgramCell, std::int64_t>& programs() const { return programs_; }
    const std::map<RegionMonth, std::int64_t>& allocated() const { return allocated_; }
    const std::map<ApplicationCell, ApplicationSum>& applications() const { return applications_; }
    const std::map<StepCell, std::int64_t>& steps() const { return steps_; }
    const std::map<RejectionCell, std::int64_t>& rejections() const { return rejections_; }
    const std::map<MeasureCell, std::int64_t>& measures() const { return measures_; }
    /// The regions with any change.
    std::set<std::string> Regions() const;

private:
    void Count(const Program& program, Month month, std::int64_t by);
    void Count(const Budget& budget, Month month, std::int64_t by);
    void Count(const Application& application, Month month, std::int64_t by);
    void Count(const Measured& measured, Month month, std::int64_t by);

    std::map<ProgramCell, std::int64_t> programs_;
    std::map<RegionMonth, std::int64_t> allocated_;
    std::map<ApplicationCell, ApplicationSum> applications_;
    std::map<StepCell, std::int64_t> steps_;
    std::map<RejectionCell, std::int64_t> rejections_;
    std::map<MeasureCell, std::int64_t> measures_;
};

}  // namespace bangkit::dashboard
