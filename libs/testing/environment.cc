#include "libs/testing/environment.h"

#include <cstdlib>
#include <stdexcept>

#include "libs/base/ids.h"

namespace bangkit::testing {

std::string RequiredVariable(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') {
        throw std::runtime_error(std::string(name) + " is not set: run this test by tests/run");
    }
    return value;
}

std::string NewName() {
    std::string id = NewId(std::chrono::system_clock::now());
    std::erase(id, '-');
    return "test_" + id;
}

}  // namespace bangkit::testing
