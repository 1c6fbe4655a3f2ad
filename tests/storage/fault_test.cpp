#include "storage/suite.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace peercert::storage {
namespace {

/// A program in a process of its own, its standard output in a file.
class Process {
public:
    Process(const std::vector<std::string>& words, const std::filesystem::path& output,
            rlim_t most_bytes = RLIM_INFINITY) {
        std::vector<char*> arguments;
        for (const auto& word : words)
            arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        pid_ = ::fork();
        if (pid_ == 0) {
            const int file = ::open(output.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
            ::dup2(file, 1);
            if (most_bytes != RLIM_INFINITY) {
                const struct rlimit limit { most_bytes, most_bytes };
                ::setrlimit(RLIMIT_FSIZE, &limit);
                ::signal(SIGXFSZ, SIG_IGN); // a full disk is an error code, not a signal
            }
            ::execvp(arguments[0], arguments.data());
            ::_exit(127);
        }
    }
    ~Process() {
        if (pid_ > 0)
            kill();
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void kill() {
        ::kill(pid_, SIGKILL);
        (void)wait();
    }
    int wait() {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    }

private:
    pid_t pid_{-1};
};

std::vector<long long> acknowledged(const std::filesystem::path& output) {
    std::vector<long long> ids;
    std::ifstream file(output);
    for (std::string line; std::getline(file, line) && !file.eof();) // a last line without its end was not acknowledged
        ids.push_back(std::stoll(line));
    return ids;
}

std::string writer() { return std::string(PEERCERT_BINARY_DIR) + "/bin/fault_writer"; }

class Faults : public BothDatabases {
protected:
    std::vector<std::string> command(const std::string& count) {
        return {writer(), database().place().settings().url, "Bo Lee", count};
    }
    std::filesystem::path output() { return database().place().folder() / "acknowledged"; }
    /// Nothing acknowledged is lost, nothing is half done, and the chain fits.
    void expect_whole() {
        Vocabulary vocabulary;
        look([&](UnitOfWork& work) {
            const auto verdict = work.audit.verify();
            EXPECT_TRUE(verdict.intact()) << verdict.problem;
            EXPECT_EQ(work.people.count(), verdict.rows - 1)
                << "a person without its audit row, or the other way round";
            std::set<long long> there;
            work.entries.each_record(vocabulary, [&](PersonId person, const Record& record) {
                there.insert(person.value());
                EXPECT_EQ(record.entries.size(), 2U) << "half a unit: person " << person.value();
            });
            EXPECT_EQ(static_cast<std::int64_t>(there.size()), work.people.count());
            for (const long long id : acknowledged(output()))
                EXPECT_TRUE(there.contains(id)) << "acknowledged and lost: person " << id;
        });
        EXPECT_THAT(store().problems(true), ::testing::IsEmpty());
    }
};
PEERCERT_BOTH_DATABASES(Faults);

TEST_P(Faults, AKilledWriterLosesNothingAcknowledgedAndLeavesNothingHalfDone) {
    unsigned dice = 12345; // the same moments every time would find less; the same sequence can be repeated
    for (int round = 0; round < 12; ++round) {
        Process process(command("0"), output());
        dice = dice * 1103515245U + 12345U;
        std::this_thread::sleep_for(std::chrono::milliseconds(25 + dice / 65536 % 120));
        process.kill();
        if (GetParam() == Backend::sqlite)
            database().reopen();
        expect_whole();
    }
    EXPECT_GT(acknowledged(output()).size(), 20U) << "the writer never got far enough to be interrupted";
}

TEST_P(Faults, AKilledImportLeavesNothingOfItsFileAndRunsAgain) {
    // More than is handed to the database at once: at half, thousands of people have been written and none committed.
    const std::string people = "40000";
    const std::vector<std::string> import{writer(), database().place().settings().url, "import", people};
    somebody("Cy Ray");
    const auto said = [&] {
        std::ifstream file(output());
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    for (int round = 0; round < 2; ++round) {
        std::filesystem::remove(output());
        Process process(import, output());
        for (int i = 0; i < 6000 && said().empty(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::this_thread::sleep_for(std::chrono::milliseconds(60 * round));
        process.kill();
        ASSERT_EQ(said(), "half\n") << "it was killed in the middle";
        if (GetParam() == Backend::sqlite)
            database().reopen();
        look([](UnitOfWork& work) {
            EXPECT_EQ(work.people.count(), 1) << "nobody of the file";
            EXPECT_EQ(work.audit.newest()->seq, 2);
            const auto verdict = work.audit.verify();
            EXPECT_TRUE(verdict.intact()) << verdict.problem;
        });
        EXPECT_THAT(store().problems(true), ::testing::IsEmpty());
    }
    std::filesystem::remove(output());
    Process again(import, output());
    EXPECT_EQ(again.wait(), 0);
    EXPECT_EQ(said(), "half\nall\n");
    look([](UnitOfWork& work) {
        EXPECT_EQ(work.people.count(), 40'001);
        EXPECT_EQ(work.audit.newest()->seq, 3);
        EXPECT_TRUE(work.audit.verify().intact());
    });
    EXPECT_THAT(store().problems(true), ::testing::IsEmpty());
}

TEST_P(Faults, TwoProcessesWriteIntoOneDatabaseAtOnce) {
    Process first(command("40"), output());
    Process second(command("40"), output());
    somebody("Cy Ray");
    EXPECT_EQ(first.wait(), 0);
    EXPECT_EQ(second.wait(), 0);
    EXPECT_EQ(acknowledged(output()).size(), 80U);
    look([](UnitOfWork& work) {
        EXPECT_EQ(work.people.count(), 81);
        EXPECT_TRUE(work.audit.verify().intact());
    });
}

TEST(SqliteFaults, EveryAcknowledgedCommitReachesTheDisk) {
    if (std::system("strace -V >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "strace is not installed";
    TempDatabase database(Backend::sqlite);
    const auto trace = database.place().folder() / "trace";
    const auto output = database.place().folder() / "acknowledged";
    constexpr int commits = 15;
    Process process({"strace", "-f", "-e", "trace=fdatasync,fsync,write", "-o", trace.string(), writer(),
                     database.place().settings().url, "Bo Lee", std::to_string(commits)},
                    output);
    const int code = process.wait();
    std::ifstream file(trace);
    int synced = 0;
    int acknowledgements = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.find("fdatasync(") != std::string::npos || line.find("fsync(") != std::string::npos)
            ++synced;
        if (line.find("write(1, ") != std::string::npos) {
            ++acknowledgements;
            EXPECT_GE(synced, 1) << "acknowledged before anything reached the disk: " << line;
            synced = 0;
        }
    }
    if (code != 0 && acknowledgements == 0)
        GTEST_SKIP() << "strace may not trace here";
    EXPECT_EQ(acknowledgements, commits);
}

TEST(SqliteFaults, AWriteThatTheDiskRefusesIsASentenceAndChangesNothing) {
    TempDatabase database(Backend::sqlite);
    const auto output = database.place().folder() / "acknowledged";
    const auto size = std::filesystem::file_size(database.place().file());
    database.close();
    Process process({writer(), database.place().settings().url, "Bo Lee", "0"}, output, size + 60'000);
    EXPECT_EQ(process.wait(), 1) << "the writer ends with a sentence, not with a signal";
    database.reopen();
    const auto kept = acknowledged(output);
    EXPECT_GT(kept.size(), 0U);
    database.store().read([&](UnitOfWork& work) {
        EXPECT_EQ(work.people.count(), static_cast<std::int64_t>(kept.size()));
        EXPECT_TRUE(work.audit.verify().intact());
    });
}

} // namespace
} // namespace peercert::storage
