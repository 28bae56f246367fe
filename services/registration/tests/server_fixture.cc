#include "services/registration/tests/server_fixture.h"

#include "services/registration/api/import_handler.h"
#include "services/registration/api/personal_data_handler.h"
#include "services/registration/api/registration_handler.h"

namespace bangkit::registration {

const identity::DevelopmentKey& TokenKey() {
    static const identity::DevelopmentKey key = identity::GenerateDevelopmentKey();
    return key;
}

ServerTest::ServerTest()
    : import_loop_(std::make_unique<ImportLoop>(
          command::LoopOptions{.dsn = database_.dsn(), .name = "imports"}, LoopContext(),
          [this] { return ImportUnitOfWork(keys_, kImportMax); })),
      handler_(std::make_unique<RegistrationHandler>(HandlerContext{.calls = calls_,
                                                                    .loop = *writer_,
                                                                    .reads = answers_,
                                                                    .exports = exports_,
                                                                    .group_reads = group_reads_,
                                                                    .checks = checks_,
                                                                    .keys = keys_})),
      personal_data_handler_(std::make_unique<PersonalDataHandler>(
          PersonalDataContext{.calls = calls_,
                              .loop = *personal_data_writer_,
                              .queries = personal_data_queries_,
                              .pool = pool_,
                              .keys = keys_,
                              .clock = clock_,
                              .exports = exports_})),
      import_handler_(
          std::make_unique<ImportHandler>(ImportHandlerContext{.calls = calls_,
                                                               .loop = *import_loop_,
                                                               .queries = import_queries_,
                                                               .keys = keys_,
                                                               .clock = clock_,
                                                               .retention = kImportRetention})),
      server_({.listen = "127.0.0.1:0"},
              {{v1::RegistrationService::service_full_name(), handler_.get()},
               {v1::ImportService::service_full_name(), import_handler_.get()},
               {v1::PersonalDataService::service_full_name(), personal_data_handler_.get()}},
              calls_) {}
ServerTest::~ServerTest() = default;

}  // namespace bangkit::registration
