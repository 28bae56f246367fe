#pragma once

#include <prometheus/registry.h>

#include <map>
#include <stop_token>
#include <string>
#include <thread>

#include "libs/base/logger.h"
#include "services/registration/domain/personal_data.h"

namespace bangkit::registration {

/// Shows operators, in metrics, how many requests of people are open, how many are overdue, and how
/// old the oldest is. By the clock of the database.
class SubjectRequestWatch {
public:
    SubjectRequestWatch(std::string dsn, Logger& logger, prometheus::Registry& metrics);

    /// Looks once. Throws what the database throws.
    void Look();
    /// Looks every 30 s until destroyed.
    void Start();

private:
    struct Gauges {
        prometheus::Gauge& open;
        prometheus::Gauge& overdue;
        prometheus::Gauge& oldest_hours;
    };
    static Gauges GaugesOf(SubjectRequestKind kind, prometheus::Registry& metrics);
    void Run(const std::stop_token& stop);

    const std::string dsn_;
    Logger& logger_;
    std::map<SubjectRequestKind, Gauges> gauges_;
    std::jthread thread_;
};

}  // namespace bangkit::registration
