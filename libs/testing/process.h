#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace bangkit::testing {

/// A program that runs beside the test. It gets SIGKILL when it is destroyed, and also when the
/// thread that started it ends in any other way: nothing outlives a test that crashes.
class Process {
public:
    /// `command[0]` is the path of the program. `environment` is all that it gets, except PATH.
    Process(const std::vector<std::string>& command,
            const std::map<std::string, std::string>& environment = {});
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t id() const { return id_; }
    bool IsRunning();
    void Signal(int signal);
    /// How it ended: its exit code, or 128 and the signal's number. std::runtime_error if it has
    /// not within the limit.
    int Wait(std::chrono::milliseconds limit = std::chrono::seconds(20));

    /// The first line of its standard output, as soon as that is complete; std::runtime_error, with
    /// what it said on standard error, if it ends or takes longer than the limit before.
    std::string FirstLine(std::chrono::milliseconds limit = std::chrono::seconds(20));
    /// All that it has said so far.
    std::string Output() const;
    std::string ErrorOutput() const;

private:
    void Reap(int options);

    // Files without a name, in memory: the program never waits for a reader.
    const int output_;
    const int error_output_;
    pid_t id_ = -1;
    bool is_over_ = false;
    int status_ = 0;
};

}  // namespace bangkit::testing
