#include "services/registration/tests/duplicate_calls_fixture.h"

#include "services/registration/api/duplicate_handler.h"

namespace bangkit::registration {

DuplicateCallsTest::DuplicateCallsTest()
    : duplicate_loop_(std::make_unique<DuplicateLoop>(
          command::LoopOptions{.dsn = database_.dsn(), .name = "duplicates"}, LoopContext(),
          [this] { return DuplicateUnitOfWork(keys_, std::chrono::days(30)); })),
      duplicate_handler_(
          std::make_unique<DuplicateHandler>(DuplicateContext{.calls = calls_,
                                                              .loop = *duplicate_loop_,
                                                              .duplicates = duplicate_queries_,
                                                              .businesses = queries_,
                                                              .keys = keys_,
                                                              .regions = Regions(),
                                                              .clock = clock_})),
      review_server_({.listen = "127.0.0.1:0"},
                     {{v1::DuplicateService::service_full_name(), duplicate_handler_.get()}},
                     calls_) {}
DuplicateCallsTest::~DuplicateCallsTest() = default;

}  // namespace bangkit::registration
