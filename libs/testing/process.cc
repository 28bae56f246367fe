#include "libs/testing/process.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "libs/testing/eventually.h"

namespace bangkit::testing {
namespace {

constexpr int kCannotRun = 127;

int NewFile(const char* name) {
    const int file = memfd_create(name, MFD_CLOEXEC);
    if (file < 0) throw std::runtime_error("memfd_create failed");
    return file;
}

std::string Content(int file) {
    std::string content;
    std::array<char, 65536> part{};
    ssize_t size = 0;
    while ((size = pread(file, part.data(), part.size(), static_cast<off_t>(content.size()))) > 0) {
        content.append(part.data(), static_cast<std::size_t>(size));
    }
    return content;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// In the child; only what may be called between fork and exec.
[[noreturn]] void Become(char* const* arguments, char* const* environment, int output,
                         int error_output, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(kCannotRun);  // It died before the line above.
    dup2(output, STDOUT_FILENO);
    dup2(error_output, STDERR_FILENO);
    execve(arguments[0], arguments, environment);
    _exit(kCannotRun);
}

}  // namespace

Process::Process(const std::vector<std::string>& command,
                 const std::map<std::string, std::string>& environment)
    : output_(NewFile("output")), error_output_(NewFile("error_output")) {
    std::vector<std::string> words = command;
    std::vector<std::string> variables;
    for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
    if (const char* path = std::getenv("PATH")) variables.push_back(std::string("PATH=") + path);
    const std::vector<char*> arguments = Pointers(words);
    const std::vector<char*> settings = Pointers(variables);
    const pid_t parent = getpid();
    id_ = fork();
    if (id_ < 0) throw std::runtime_error("fork failed");
    if (id_ == 0) Become(arguments.data(), settings.data(), output_, error_output_, parent);
}

Process::~Process() {
    Signal(SIGKILL);
    Reap(0);
    close(output_);
    close(error_output_);
}

bool Process::IsRunning() {
    Reap(WNOHANG);
    return !is_over_;
}

void Process::Signal(int signal) {
    if (IsRunning()) kill(id_, signal);
}

int Process::Wait(std::chrono::milliseconds limit) {
    if (!Eventually([this] { return !IsRunning(); }, limit)) {
        throw std::runtime_error("the process does not end");
    }
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
}

std::string Process::FirstLine(std::chrono::milliseconds limit) {
    const auto is_complete = [this] { return Output().find('\n') != std::string::npos; };
    Eventually([&] { return is_complete() || !IsRunning(); }, limit);
    if (!is_complete()) throw std::runtime_error("the process has said nothing: " + ErrorOutput());
    const std::string output = Output();
    return output.substr(0, output.find('\n'));
}

std::string Process::Output() const { return Content(output_); }
std::string Process::ErrorOutput() const { return Content(error_output_); }

void Process::Reap(int options) {
    if (!is_over_) is_over_ = waitpid(id_, &status_, options) == id_;
}

}  // namespace bangkit::testing
