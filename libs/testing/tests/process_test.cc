#include "libs/testing/process.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <stdexcept>

#include "libs/testing/eventually.h"

namespace bangkit::testing {
namespace {

Process Shell(const std::string& script,
              const std::map<std::string, std::string>& environment = {}) {
    return Process({"/bin/sh", "-c", script}, environment);
}

/// A process that nobody has reaped yet does not run any more.
bool Runs(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string id, name, state;
    return file >> id >> name >> state && state != "Z" && state != "X";
}

TEST(ProcessTest, TellsItsFirstLineWhileItRuns) {
    Process process =
        Shell("echo 127.0.0.1:$PORT; echo more; read forever < /dev/zero", {{"PORT", "7100"}});
    EXPECT_EQ(process.FirstLine(), "127.0.0.1:7100");
    EXPECT_TRUE(process.IsRunning());
}

TEST(ProcessTest, TellsHowItEnded) {
    EXPECT_EQ(Shell("exit 3").Wait(), 3);
    EXPECT_EQ(Shell("kill -TERM $$").Wait(), 128 + SIGTERM);
    EXPECT_EQ(Process({"/no/such/program"}).Wait(), 127);
}

TEST(ProcessTest, AProcessThatEndsWithoutAWordIsAnErrorThatTellsWhy) {
    Process process = Shell("echo no such key >&2; exit 1");
    try {
        process.FirstLine();
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("no such key"), std::string::npos);
    }
}

TEST(ProcessTest, NobodyNeedReadWhatItSays) {
    Process process = Shell("head -c 10000000 /dev/zero; echo; echo done >&2");
    EXPECT_EQ(process.Wait(), 0);
    EXPECT_EQ(process.Output().size(), 10'000'001U);
    EXPECT_EQ(process.ErrorOutput(), "done\n");
}

TEST(ProcessTest, IsKilledWhenItIsDestroyed) {
    pid_t id = -1;
    {
        Process process = Shell("trap '' TERM; echo ready; while :; do :; done");
        process.FirstLine();
        process.Signal(SIGTERM);
        EXPECT_TRUE(process.IsRunning());
        id = process.id();
    }
    EXPECT_FALSE(Runs(id));
}

TEST(ProcessTest, DoesNotOutliveItsParent) {
    std::array<int, 2> ids{};
    ASSERT_EQ(pipe(ids.data()), 0);
    const pid_t parent = fork();
    if (parent == 0) {
        const Process process({"/bin/sleep", "600"});
        const pid_t id = process.id();
        _exit(write(ids[1], &id, sizeof id) == sizeof id ? 0 : 1);  // No destructor runs.
    }
    pid_t id = -1;
    ASSERT_EQ(read(ids[0], &id, sizeof id), static_cast<ssize_t>(sizeof id));
    ASSERT_EQ(waitpid(parent, nullptr, 0), parent);
    EXPECT_TRUE(Eventually([id] { return !Runs(id); }));
    close(ids[0]);
    close(ids[1]);
}

}  // namespace
}  // namespace bangkit::testing
