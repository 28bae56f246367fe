#include "services/dashboard/storage/mapping.h"

#include "bangkit/dashboard/v1/dashboard.pb.h"
#include "services/dashboard/storage/aid_mapping.h"
#include "services/dashboard/storage/measure_mapping.h"

namespace bangkit::dashboard {
namespace {

void Fill(v1::BusinessCount& out, const CategoryCount& count) {
    out.set_kind(static_cast<common::v1::BusinessKind>(count.category.kind));
    out.set_scale(static_cast<common::v1::BusinessScale>(count.category.scale));
    out.set_condition(static_cast<common::v1::BusinessCondition>(count.category.condition));
    out.set_businesses(count.businesses);
}

void Fill(v1::MonthFigures& out, const MonthFigures& month) {
    out.set_month(ToText(month.month));
    out.set_registered(month.registered);
    out.set_businesses(month.businesses);
    out.set_dormant(month.dormant);
    out.set_upgraded(month.upgraded);
    out.set_verified(month.verified);
    out.set_needs_stated(month.needs_stated);
    out.set_needs_accommodated(month.needs_accommodated);
    if (month.aid != AidMonth{}) Fill(*out.mutable_aid(), month.aid);
    if (month.measures != MeasureMonth{}) Fill(*out.mutable_instruments(), month.measures);
}

}  // namespace

std::string ToPayload(const RegionFigures& figures, std::int64_t generation,
                      const indonesia::RegionTree& regions) {
    v1::Dashboard dashboard;
    dashboard.set_region_code(figures.region_code);
    if (const indonesia::Region* region = regions.Find(figures.region_code)) {
        dashboard.set_region_name(std::string(region->name));
        dashboard.set_level(static_cast<v1::RegionLevel>(region->level()));
    }
    dashboard.set_businesses(figures.businesses);
    for (const CategoryCount& count : figures.counts) Fill(*dashboard.add_counts(), count);
    for (const MonthFigures& month : figures.months) Fill(*dashboard.add_months(), month);
    dashboard.set_upgraded(figures.upgraded);
    dashboard.set_version(figures.version);
    dashboard.set_generation(generation);
    for (const VerifiedCount& count : figures.verified) {
        v1::VerificationCount& out = *dashboard.add_verified();
        out.set_level(static_cast<common::v1::VerificationLevel>(count.level));
        out.set_businesses(count.businesses);
    }
    for (const MarkCount& count : figures.marks) {
        v1::MarkCount& out = *dashboard.add_marks();
        out.set_mark(static_cast<v1::BusinessMark>(count.mark));
        out.set_businesses(count.businesses);
    }
    for (const NeedCount& count : figures.needs) {
        v1::NeedCount& out = *dashboard.add_needs();
        out.set_topic(static_cast<common::v1::NeedTopic>(count.topic));
        out.set_status(static_cast<common::v1::NeedStatus>(count.status));
        out.set_needs(count.needs);
    }
    if (figures.aid != AidFigures{}) Fill(*dashboard.mutable_aid(), figures.aid);
    Fill(dashboard, figures.measures);
    return dashboard.SerializeAsString();
}

std::string ToPayload(const Progress& progress) {
    v1::Freshness freshness;
    Fill(freshness, progress);
    return freshness.SerializeAsString();
}

void Fill(v1::Freshness& out, const Progress& progress) {
    out.set_lag_events(progress.lag_events);
    if (!progress.as_of) return;
    const auto nanos =
        std::chrono::duration_cast<std::chrono::nanoseconds>(progress.as_of->time_since_epoch());
    const auto seconds = std::chrono::floor<std::chrono::seconds>(nanos);
    out.mutable_as_of()->set_seconds(seconds.count());
    out.mutable_as_of()->set_nanos(static_cast<std::int32_t>((nanos - seconds).count()));
}

void Fill(v1::RegionSummary& out, const indonesia::Region& region, std::int64_t businesses) {
    out.set_region_code(std::string(region.code));
    out.set_region_name(std::string(region.name));
    out.set_level(static_cast<v1::RegionLevel>(region.level()));
    out.set_businesses(businesses);
}

}  // namespace bangkit::dashboard
