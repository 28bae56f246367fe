#include "services/dashboard/domain/aid_changes.h"

#include <utility>

#include "services/dashboard/domain/cells.h"

namespace bangkit::dashboard {

void AidChanges::Add(const Program* before, const ProgramEvent& event) {
    if (before != nullptr) Count(*before, event.month, -1);
    Count(event.after, event.month, +1);
}

void AidChanges::Add(const Budget* before, const BudgetEvent& event) {
    if (before != nullptr) Count(*before, event.month, -1);
    Count(event.after, event.month, +1);
}

void AidChanges::Add(const Application* before, const ApplicationEvent& event) {
    if (before != nullptr) Count(*before, event.month, -1);
    Count(event.after, event.month, +1);
    ForEachLevel(event.after.region_code, [&](const std::string& code) {
        if (event.reached) {
            ++steps_[{code, event.month, event.reached->step, event.reached->hours}];
        }
        for (const RejectionReason reason : event.reasons) {
            ++rejections_[{code, event.month, reason}];
        }
    });
}

void AidChanges::Add(const Measured* before, const MeasuredEvent& event) {
    if (before != nullptr) Count(*before, event.month, -1);
    Count(event.after, event.month, +1);
}

void AidChanges::Count(const Program& program, Month month, std::int64_t by) {
    ForEachLevel(program.region_code, [&](std::string code) {
        AddTo(programs_, {std::move(code), month, program.instrument, program.state}, by);
    });
}

void AidChanges::Count(const Budget& budget, Month month, std::int64_t by) {
    ForEachLevel(budget.region_code, [&](std::string code) {
        AddTo(allocated_, {std::move(code), month}, by * budget.allocated);
    });
}

void AidChanges::Count(const Application& application, Month month, std::int64_t by) {
    ForEachLevel(application.region_code, [&](std::string code) {
        AddTo(applications_, {std::move(code), month, application.state},
              {.applications = by, .rupiah = by * application.amount});
    });
}

void AidChanges::Count(const Measured& measured, Month month, std::int64_t by) {
    ForEachLevel(measured.region_code, [&](const std::string& code) {
        for (const auto& [key, value] : measured.measures) {
            AddTo(measures_, {code, month, key}, by * value);
        }
    });
}

std::set<std::string> AidChanges::Regions() const {
    std::set<std::string> regions;
    const auto add = [&regions](const auto& counters) {
        for (const auto& [cell, change] : counters) regions.insert(cell.region_code);
    };
    add(programs_);
    add(allocated_);
    add(applications_);
    add(steps_);
    add(rejections_);
    add(measures_);
    return regions;
}

}  // namespace bangkit::dashboard
