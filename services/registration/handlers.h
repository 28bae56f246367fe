#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "libs/base/thread_pool.h"
#include "libs/grpc/server.h"
#include "services/registration/loops.h"

namespace bangkit::registration {

/// What handlers stand on; all of it outlives them.
struct HandlersContext {
    const service::Foundation& base;
    const rpc::Calls& calls;
    Loops& loops;
    postgres::Pool& reads;
    ThreadPool& pool;
    const Checks& checks;
    const crypto::KeyRing& keys;
    const indonesia::RegionTree& regions;
    std::chrono::hours import_retention;
};

/// What answers calls: a handler for each service, and what they read and check with.
class Handlers {
public:
    explicit Handlers(const HandlersContext& context) : c_(context) {}

    std::vector<rpc::NamedService> services() {
        return {{v1::RegistrationService::service_full_name(), &registration_handler_},
                {v1::IntakeService::service_full_name(), &intake_handler_},
                {v1::NeedService::service_full_name(), &need_handler_},
                {v1::DuplicateService::service_full_name(), &duplicate_handler_},
                {v1::ImportService::service_full_name(), &import_handler_},
                {v1::PersonalDataService::service_full_name(), &personal_data_handler_}};
    }

private:
    const HandlersContext c_;
    const Queries queries_{c_.reads, c_.keys};
    const HistoryQueries history_queries_{c_.reads};
    const Reads reads_{queries_, history_queries_, c_.keys, c_.regions};
    const ExportQueries export_queries_{c_.reads};
    const Exports exports_{reads_, export_queries_};
    const GroupQueries group_queries_{c_.reads, queries_};
    const GroupReads group_reads_{group_queries_, c_.keys};
    RegistrationHandler registration_handler_{{.calls = c_.calls,
                                               .loop = c_.loops.registrations,
                                               .reads = reads_,
                                               .exports = exports_,
                                               .group_reads = group_reads_,
                                               .checks = c_.checks,
                                               .keys = c_.keys}};

    const ImportQueries import_queries_{c_.reads, c_.keys};
    ImportHandler import_handler_{{.calls = c_.calls,
                                   .loop = c_.loops.imports,
                                   .queries = import_queries_,
                                   .keys = c_.keys,
                                   .clock = c_.base.clock,
                                   .retention = c_.import_retention}};

    const PersonalDataQueries personal_data_queries_{c_.reads, c_.base.settings.dsn, c_.keys,
                                                     c_.base.logger};
    PersonalDataHandler personal_data_handler_{{.calls = c_.calls,
                                                .loop = c_.loops.personal_data,
                                                .queries = personal_data_queries_,
                                                .pool = c_.pool,
                                                .keys = c_.keys,
                                                .clock = c_.base.clock,
                                                .exports = exports_}};

    const IntakeChecks intake_checks_{c_.checks, c_.keys, c_.base.clock};
    const IntakeQueries intake_queries_{c_.reads, c_.keys, queries_};
    IntakeHandler intake_handler_{{.calls = c_.calls,
                                   .loop = c_.loops.intake,
                                   .checks = intake_checks_,
                                   .queries = intake_queries_,
                                   .keys = c_.keys}};

    const NeedChecks need_checks_{.regions = c_.regions.history(), .clock = c_.base.clock};
    const NeedQueries need_queries_{c_.reads, c_.keys};
    NeedHandler need_handler_{{.calls = c_.calls,
                               .loop = c_.loops.needs,
                               .queries = need_queries_,
                               .keys = c_.keys,
                               .checks = need_checks_}};

    const DuplicateQueries duplicate_queries_{c_.reads};
    DuplicateHandler duplicate_handler_{{.calls = c_.calls,
                                         .loop = c_.loops.duplicates,
                                         .duplicates = duplicate_queries_,
                                         .businesses = queries_,
                                         .keys = c_.keys,
                                         .regions = c_.regions,
                                         .clock = c_.base.clock}};
};

}  // namespace bangkit::registration
