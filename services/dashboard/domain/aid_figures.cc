#include "services/dashboard/domain/aid_figures.h"

namespace bangkit::dashboard {
namespace {

void Add(ApplicationCounts& counts, const ApplicationCount& change) {
    ApplicationCount& count = counts[change.state];
    count.state = change.state;
    count.applications += change.applications;
    count.rupiah += change.rupiah;
}

}  // namespace

void AidMoney::Add(const ApplicationCount& count) {
    if (IsReserved(count.state)) reserved += count.rupiah;
    if (IsReturned(count.state)) returned += count.rupiah;
    if (!IsDisbursed(count.state)) return;
    disbursed += count.rupiah;
    recipients += count.applications;
}

AidMoney& AidMoney::operator+=(const AidMoney& other) {
    allocated += other.allocated;
    reserved += other.reserved;
    disbursed += other.disbursed;
    returned += other.returned;
    recipients += other.recipients;
    return *this;
}

std::vector<ProgramCount> WithoutZeros(const ProgramCounts& counts) {
    std::vector<ProgramCount> there;
    for (const auto& [kind, programs] : counts) {
        if (programs != 0) there.push_back({kind.first, kind.second, programs});
    }
    return there;
}

std::vector<ApplicationCount> WithoutZeros(const ApplicationCounts& counts) {
    std::vector<ApplicationCount> there;
    for (const auto& [state, count] : counts) {
        if (count.applications != 0) there.push_back(count);
    }
    return there;
}

void AidMonth::Add(const ApplicationCount& change) {
    money.Add(change);
    if (change.state == ApplicationState::kRejected) rejected += change.applications;
    dashboard::Add(applications, change);
}

AidMonth After(const AidMonth& before, AidMonth change) {
    change.money += before.money;
    for (const auto& [kind, programs] : before.programs) change.programs[kind] += programs;
    for (const auto& [state, count] : before.applications) Add(change.applications, count);
    return change;
}

}  // namespace bangkit::dashboard
