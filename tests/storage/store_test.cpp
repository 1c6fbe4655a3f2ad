#include "storage/suite.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace peercert::storage {
namespace {

using ::testing::HasSubstr;

class OneStore : public BothDatabases {
protected:
    std::int64_t people() {
        return look([](UnitOfWork& work) { return work.people.count(); });
    }
};
PEERCERT_BOTH_DATABASES(OneStore);

TEST_P(OneStore, AUnitThatThrowsLeavesNothing) {
    EXPECT_THROW(store().write(by,
                               [](UnitOfWork& work) {
                                   work.people.add({.name_used = "Bo Lee"});
                                   work.audit.append({.action = "person.added", .object = "x"});
                                   throw std::runtime_error("power");
                               }),
                 std::runtime_error);
    EXPECT_EQ(people(), 0);
    somebody();
    EXPECT_EQ(people(), 1) << "and the session is as good as new";
}

TEST_P(OneStore, ARehearsalChecksEverythingAndLeavesNothing) {
    const auto code = store().rehearse(by, [](UnitOfWork& work) {
        work.organizations.add({.code = "a", .name = "A"});
        EXPECT_EQ(refusal([&] { work.organizations.add({.code = "a", .name = "A"}); }), ErrorCode::conflict);
        return work.people.add({.name_used = "Bo Lee"}).code.str();
    });
    EXPECT_EQ(people(), 0);
    EXPECT_EQ(change([](UnitOfWork& work) { return work.people.add({.name_used = "Bo Lee"}).code.str(); }), code)
        << "a rehearsal uses up no number";
}

TEST_P(OneStore, AReadUnitCannotChangeAnything) {
    EXPECT_EQ(refusal([&] { look([](UnitOfWork& work) { work.people.add({.name_used = "Bo Lee"}); }); }),
              ErrorCode::internal);
    EXPECT_EQ(refusal([&] { look([](UnitOfWork& work) { work.audit.append({.action = "a", .object = "b"}); }); }),
              ErrorCode::internal);
    EXPECT_EQ(people(), 0);
}

TEST_P(OneStore, ReadersTogetherSeeOneMomentWhileOthersWrite) {
    std::atomic<bool> stop{false};
    std::thread writer([&] {
        while (!stop)
            somebody("Busy Person");
    });
    for (int round = 0; round < 20; ++round) {
        std::mutex adding;
        std::vector<std::int64_t> seen;
        std::vector<std::thread::id> threads;
        store().read_together(4, [&](UnitOfWork& work) {
            const std::int64_t count = work.people.count();
            std::this_thread::yield();
            EXPECT_EQ(work.people.count(), count);
            const std::lock_guard lock(adding);
            seen.push_back(count);
            threads.push_back(std::this_thread::get_id());
        });
        ASSERT_GE(seen.size(), 1U);
        EXPECT_LE(seen.size(), 4U);
        EXPECT_THAT(seen, ::testing::Each(seen.front()));
        std::sort(threads.begin(), threads.end());
        EXPECT_EQ(std::unique(threads.begin(), threads.end()), threads.end()) << "each has a thread of its own";
    }
    stop = true;
    writer.join();
}

TEST_P(OneStore, AFailureOfOneReaderIsThrownWhenAllHaveEnded) {
    somebody();
    std::atomic<int> ran{0};
    EXPECT_EQ(refusal([&] {
                  store().read_together(3, [&](UnitOfWork& work) {
                      (void)work.people.count();
                      if (ran.fetch_add(1) == 1)
                          throw Error(ErrorCode::conflict, "one of them");
                  });
              }),
              ErrorCode::conflict);
    EXPECT_EQ(ran, 3);
    EXPECT_EQ(people(), 1) << "the sessions are as good as new";
    EXPECT_EQ(
        refusal([&] { store().read_together(2, [&](UnitOfWork& work) { work.people.add({.name_used = "Bo Lee"}); }); }),
        ErrorCode::internal)
        << "readers only";
}

TEST_P(OneStore, AReadUnitSeesOneMomentWhileOthersWrite) {
    somebody();
    look([&](UnitOfWork& work) {
        EXPECT_EQ(work.people.count(), 1);
        std::thread([&] { somebody("Bo Lee"); }).join();
        EXPECT_EQ(work.people.count(), 1);
    });
    EXPECT_EQ(people(), 2);
}

TEST_P(OneStore, ManyThreadsWriteOneAfterTheOther) {
    constexpr int threads = 8;
    constexpr int each = 12;
    std::atomic<int> troubles{0};
    std::vector<std::thread> writers;
    for (int t = 0; t < threads; ++t)
        writers.emplace_back([&, t] {
            for (int i = 0; i < each; ++i) {
                try {
                    somebody("Person " + std::to_string(t) + " of " + std::to_string(i));
                    (void)look([](UnitOfWork& work) { return work.people.count(); });
                } catch (const Error&) {
                    ++troubles;
                }
            }
        });
    for (auto& writer : writers)
        writer.join();
    EXPECT_EQ(troubles, 0);
    EXPECT_EQ(people(), threads * each);
    EXPECT_TRUE(look([](UnitOfWork& work) { return work.audit.verify(); }).intact());
}

TEST_P(OneStore, TwoStoresOnOneDatabaseAreAsOne) {
    Store other(database().place().settings());
    std::vector<std::thread> writers;
    for (Store* one : {&store(), &other})
        writers.emplace_back([one] {
            for (int i = 0; i < 20; ++i)
                one->write(by, [](UnitOfWork& work) {
                    work.people.add({.name_used = "Bo Lee"});
                    work.audit.append({.action = "person.added", .object = "x"});
                });
        });
    for (auto& writer : writers)
        writer.join();
    EXPECT_EQ(people(), 40);
    EXPECT_TRUE(other.read([](UnitOfWork& work) { return work.audit.verify(); }).intact());
}

TEST_P(OneStore, SaysThatItIsBusyAndThenGoesOn) {
    auto settings = database().place().settings();
    settings.busy_timeout_ms = 50;
    Store impatient(settings);
    store().write(by, [&](UnitOfWork& work) {
        work.people.add({.name_used = "Bo Lee"});
        std::string message;
        EXPECT_EQ(refusal(
                      [&] {
                          impatient.write(
                              by, [](UnitOfWork& second) { second.audit.append({.action = "a", .object = "b"}); });
                      },
                      &message),
                  ErrorCode::unavailable);
        EXPECT_THAT(message, HasSubstr("busy"));
        EXPECT_EQ(impatient.read([](UnitOfWork& second) { return second.people.count(); }), 0) << "readers never wait";
        work.audit.append({.action = "person.added", .object = "x"});
    });
    impatient.write(by, [](UnitOfWork& work) { work.audit.append({.action = "a", .object = "b"}); });
}

TEST_P(OneStore, TheClockOfADemoCanBeSetAndNoOther) {
    EXPECT_EQ(refusal([&] { change([](UnitOfWork& work) { work.installation.set_demo_clock(morning(5)); }); }),
              ErrorCode::forbidden);
    TempDatabase demo(GetParam(), domain::InstallationKind::demo);
    demo.store().write(by, [](UnitOfWork& work) {
        work.installation.set_demo_clock(morning(5));
        work.audit.append({.action = "clock.set", .object = "installation"});
    });
    EXPECT_EQ(demo.store().read([](UnitOfWork& work) { return work.installation.get().demo_clock; }), morning(5));
    demo.reopen();
    EXPECT_EQ(demo.store().installation().demo_clock, morning(5));
}

TEST_P(OneStore, IsSoundAndSaysWhereItIs) {
    EXPECT_THAT(store().problems(true), ::testing::IsEmpty());
    EXPECT_THAT(store().problems(false), ::testing::IsEmpty());
    EXPECT_THAT(store().location(), HasSubstr(GetParam() == Backend::sqlite ? "peercert.db" : "postgresql"));
    EXPECT_EQ(store().backend(), GetParam());
}

TEST_P(OneStore, NoMoreSessionsThanAllowedAreOpenAndOthersWaitTheirTurn) {
    auto settings = database().place().settings();
    settings.sessions = 1;
    settings.busy_timeout_ms = 100;
    Store narrow(settings);
    narrow.read([&](UnitOfWork&) {
        EXPECT_EQ(refusal([&] {
                      std::thread([&] {
                          EXPECT_EQ(refusal([&] { (void)narrow.location(); }), ErrorCode::unavailable);
                      }).join();
                  }),
                  std::nullopt);
    });
    EXPECT_NO_THROW((void)narrow.location());
}

TEST_P(OneStore, ASessionThatTheServerEndedIsNoFailureOfTheNextReading) {
    if (GetParam() != Backend::postgresql)
        GTEST_SKIP() << "there is no server between";
    const domain::CredentialNumber number(7);
    const std::string end_all = "select count(pg_terminate_backend(pid))::text from pg_stat_activity where pid <> "
                                "pg_backend_pid() and usename = current_user and application_name = 'peercert_retry'";
    auto settings = database().place().settings();
    settings.url += " application_name=peercert_retry";
    Store own(settings);
    own.read([&](UnitOfWork&) { EXPECT_FALSE(own.verification(number)); }); // so that two sessions are open
    EXPECT_EQ(database().place().ask(end_all), "2");
    EXPECT_FALSE(own.verification(number)) << "though the other session is dead, too";
    (void)database().place().ask(end_all);
    own.read([](UnitOfWork& work) { EXPECT_EQ(work.people.count(), 0); });
}

TEST(OpeningAStore, RefusesWhatIsNoDatabaseOfOurs) {
    testing::TempPlace place(Backend::sqlite);
    std::string message;
    EXPECT_EQ(refusal([&] { Store store(place.settings()); }, &message), ErrorCode::not_found);
    EXPECT_THAT(message, HasSubstr("peercert init"));
    EXPECT_FALSE(std::filesystem::exists(place.file())) << "looking makes no file";
    place.tamper("create table other (x)");
    EXPECT_EQ(refusal([&] { Store store(place.settings()); }), ErrorCode::not_found);
    EXPECT_EQ(refusal([&] { create_database(place.settings(), {}, by); }), ErrorCode::conflict);
    for (const char* url : {"", ":memory:", "mysql://x/y", "sqlite:"})
        EXPECT_EQ(refusal([&] { Store store({.url = url}); }), ErrorCode::invalid_input) << url;
}

TEST(OpeningAStore, RefusesAFileOfNonsense) {
    testing::TempPlace place(Backend::sqlite);
    std::FILE* file = std::fopen(place.file().c_str(), "wb");
    for (int i = 0; i < 1000; ++i)
        std::fputs("this is no database ", file);
    std::fclose(file);
    std::string message;
    EXPECT_EQ(refusal([&] { Store store(place.settings()); }, &message), ErrorCode::unavailable);
    EXPECT_THAT(message, HasSubstr("damaged or no database"));
}

TEST(OpeningAStore, AServerThatIsNotThereIsASentence) {
    std::string message;
    EXPECT_EQ(refusal([&] { Store store({.url = "postgresql:host=/nonexistent user=x password=secret"}); }, &message),
              ErrorCode::unavailable);
    EXPECT_THAT(message, HasSubstr("cannot be reached"));
    EXPECT_THAT(message, ::testing::Not(HasSubstr("secret")));
}

TEST(SqliteStore, HoldsTheSettingsThatKeepWhatWasAcknowledged) {
    TempDatabase database(Backend::sqlite);
    const auto mode = std::filesystem::status(database.place().file()).permissions();
    EXPECT_EQ(mode & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none);
    EXPECT_EQ(database.place().ask("pragma journal_mode"), "wal");
    EXPECT_EQ(database.place().ask(
                  "select count(*) || '' from pragma_table_list where schema = 'main' and type = 'table' and "
                  "strict = 0 and name not like 'sqlite_%'"),
              "0");
}

} // namespace
} // namespace peercert::storage
