#include "services/registration/storage/subject_request_watch.h"

#include <exception>

#include "libs/base/wake.h"
#include "libs/postgres/connection.h"
#include "libs/telemetry/metrics.h"
#include "services/registration/storage/subject_requests.h"

namespace bangkit::registration {
namespace {

constexpr std::chrono::seconds kEvery{30};

}  // namespace

SubjectRequestWatch::SubjectRequestWatch(std::string dsn, Logger& logger,
                                         prometheus::Registry& metrics)
    : dsn_(std::move(dsn)), logger_(logger) {
    for (const auto kind : {SubjectRequestKind::kErasure, SubjectRequestKind::kAccess}) {
        gauges_.emplace(kind, GaugesOf(kind, metrics));
    }
}

SubjectRequestWatch::Gauges SubjectRequestWatch::GaugesOf(SubjectRequestKind kind,
                                                          prometheus::Registry& metrics) {
    const prometheus::Labels labels{
        {"kind", kind == SubjectRequestKind::kErasure ? "erasure" : "access"}};
    return {
        .open = telemetry::AddGauge(metrics, "bangkit_subject_requests_open",
                                    "Requests of people that are open", labels),
        .overdue = telemetry::AddGauge(metrics, "bangkit_subject_requests_overdue",
                                       "Requests of people that are open after 72 hours", labels),
        .oldest_hours = telemetry::AddGauge(metrics, "bangkit_subject_requests_oldest_hours",
                                            "Age of the oldest open request", labels)};
}

void SubjectRequestWatch::Look() {
    postgres::Connection connection(dsn_);
    for (const SubjectRequestBacklog& backlog : ReadBacklog(connection)) {
        const Gauges& gauges = gauges_.at(backlog.kind);
        gauges.open.Set(static_cast<double>(backlog.open));
        gauges.overdue.Set(static_cast<double>(backlog.overdue));
        gauges.oldest_hours.Set(backlog.oldest_hours);
    }
}

void SubjectRequestWatch::Start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
}

void SubjectRequestWatch::Run(const std::stop_token& stop) {
    Wake pause;  // Nobody rings it.
    while (!stop.stop_requested()) {
        try {
            Look();
        } catch (const std::exception& failure) {
            logger_.Warning("subject_requests_not_watched", {{"detail", failure.what()}});
        }
        pause.WaitFor(kEvery, stop);
    }
}

}  // namespace bangkit::registration
