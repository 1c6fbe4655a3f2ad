#include "storage/admin.hpp"
#include "storage/suite.hpp"

#include <filesystem>
#include <thread>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace peercert::storage {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class State : public BothDatabases {
protected:
    const testing::TempPlace& place() { return database().place(); }
};
PEERCERT_BOTH_DATABASES(State);

TEST_P(State, OfANewDatabaseIsReady) {
    EXPECT_THAT(store().not_ready(), IsEmpty());
    EXPECT_THAT(store().problems(true), IsEmpty());
}

TEST_P(State, MissingTableIsNamed) {
    ASSERT_TRUE(place().accepts("drop table credential_event"));
    EXPECT_THAT(store().not_ready(), Contains("the table credential_event is missing"));
    EXPECT_THAT(store().problems(false), Contains("the table credential_event is missing"));
}

TEST_P(State, MissingColumnIsNoticed) {
    ASSERT_TRUE(place().accepts("alter table organization drop column county"));
    EXPECT_THAT(store().not_ready(), Contains(HasSubstr("organization")));
}

TEST_P(State, MissingIndexIsNamed) {
    ASSERT_TRUE(place().accepts("drop index credential_track"));
    EXPECT_THAT(store().not_ready(), Contains("the index credential_track is missing"));
}

TEST_P(State, MissingTriggerIsNamed) {
    ASSERT_TRUE(place().accepts(GetParam() == Backend::sqlite ? "drop trigger entry_is_never_changed"
                                                              : "drop trigger entry_is_never_changed on entry"));
    EXPECT_THAT(store().not_ready(), Contains("the trigger entry_is_never_changed is missing"));
}

TEST_P(State, CounterBehindWhatWasHandedOutIsNoticed) {
    somebody();
    const auto verdict = [&] { return look([](UnitOfWork& work) { return work.audit.verify(); }); };
    const auto derived = [&] { derive_anew(place().settings(), {"test", morning(2)}); };
    EXPECT_TRUE(verdict().intact());
    place().tamper("update counter set next = 1 where name = 'person'");
    EXPECT_THAT(store().problems(false),
                Contains(HasSubstr("counter of person codes stands at 1, and 1 was handed out")));
    EXPECT_THAT(verdict().problem, HasSubstr("counter of person codes stands at 1"));
    EXPECT_EQ(verdict().broken_at, 0) << "the chain itself fits";
    derived();
    EXPECT_TRUE(verdict().intact()) << verdict().problem;
    EXPECT_NO_THROW(somebody("Bo Lee")) << "2 is the next one";
    place().tamper("update counter set next = 40 where name = 'person'");
    EXPECT_THAT(verdict().problem, HasSubstr("the counter of person codes stands at 40, and only 2 was handed out"));
    EXPECT_EQ(verdict().broken_at, 0) << "nothing is lost by it";
    derived();
    EXPECT_GE(somebody("Cy Ray").value(), 40) << "a counter is never moved back";
    EXPECT_TRUE(verdict().intact()) << verdict().problem;
    place().tamper("delete from counter where name = 'credential'");
    EXPECT_THAT(verdict().problem, HasSubstr("counter of credential codes is missing"));
    derived();
    EXPECT_TRUE(verdict().intact()) << verdict().problem;
}

TEST_P(State, ACounterThatWasConfirmedMayStandFurther) {
    const auto verdict = [&] { return look([](UnitOfWork& work) { return work.audit.verify(); }); };
    const auto resume = [&](std::optional<std::int64_t> newest) {
        store().write(by, [&](UnitOfWork& work) {
            const domain::CodeBook book(store().installation().number_key);
            const auto object =
                work.numbers.confirm_high_water(newest ? std::optional(book.credential(*newest)) : std::nullopt);
            work.audit.append({.action = "issuance.resumed", .object = object});
        });
    };
    resume(41);
    EXPECT_TRUE(verdict().intact()) << verdict().problem;
    resume({});
    EXPECT_TRUE(verdict().intact()) << verdict().problem;
    place().tamper("update counter set next = 43 where name = 'credential'");
    EXPECT_THAT(verdict().problem, HasSubstr("the counter of credential codes stands at 43"));
}

TEST_P(State, WhatTheDoctorFindsTheAuditFinds) {
    const struct {
        const char* done;
        const char* says;
    } changes[] = {
        {"update schema_migration set name = 'other' where number = 2", "migration 2 is not listed as it was applied"},
        {"delete from schema_migration where number = 3", "migration 3 is missing from the list"},
        {"insert into schema_migration (number, name, digest, applied_at) values (0, 'x', 'x', 'x')",
         "names 0, which there never was"},
        {"drop index person_incomplete", "the index person_incomplete is missing"},
        {"delete from person_match", "would not be recognised"},
    };
    for (const auto& change : changes) {
        TempDatabase other(GetParam());
        other.store().write(by, [](UnitOfWork& work) {
            work.people.add({.name_used = "Ana Ruiz", .born = 1980y / 2 / 3});
            work.audit.append({.action = "person.added", .object = "person 1"});
        });
        other.place().tamper(change.done);
        EXPECT_THAT(other.store().read([](UnitOfWork& work) { return work.audit.verify(); }).problem,
                    HasSubstr(change.says));
    }
}

TEST_P(State, ASequenceBehindItsKeysIsNoticed) {
    if (GetParam() == Backend::sqlite)
        GTEST_SKIP() << "SQLite takes the newest key and one";
    for (const char* code : {"one", "two", "three"})
        change([&](UnitOfWork& work) { work.organizations.add({.code = code, .name = "Invented"}); });
    EXPECT_THAT(store().problems(false), IsEmpty());
    place().tamper("alter sequence organization_id_seq restart with 2");
    EXPECT_THAT(store().problems(false),
                Contains(HasSubstr("counter of organization keys stands at 2, and 3 was handed out already")));
}

TEST(StateOnSqlite, SwitchedTriggerAndStrangeTriggerAreNoticed) {
    TempDatabase database(Backend::sqlite);
    ASSERT_TRUE(database.place().accepts("create trigger helpful after insert on entry begin select 1; end"));
    EXPECT_THAT(database.store().not_ready(), Contains("the trigger helpful is not peercert's"));
    ASSERT_TRUE(database.place().accepts("drop trigger helpful"));
    ASSERT_TRUE(database.place().accepts("drop trigger entry_is_never_removed"));
    ASSERT_TRUE(
        database.place().accepts("create trigger entry_is_never_removed before delete on entry begin select 1; end"));
    EXPECT_THAT(database.store().not_ready(),
                Contains("the trigger entry_is_never_removed is not as peercert made it"));
}

TEST(StateOnSqlite, FileThatIsGoneIsNoticed) {
    TempDatabase database(Backend::sqlite);
    ASSERT_THAT(database.store().not_ready(), IsEmpty());
    std::filesystem::rename(database.place().file(), database.place().file().string() + ".moved");
    EXPECT_THAT(database.store().not_ready(), Contains(HasSubstr("moved, removed or replaced")));
}

/// A file that was replaced or removed answers nothing more: a session that has it open still reads the old one.
void expect_refused_soon(Store& store, domain::CredentialNumber number) {
    std::string message;
    std::optional<ErrorCode> refused;
    for (int i = 0; i < 200 && !refused; ++i) { // it looks once a second
        refused = refusal([&] { (void)store.verification(number); }, &message);
        if (!refused)
            std::this_thread::sleep_for(50ms);
    }
    EXPECT_EQ(refused, ErrorCode::unavailable);
    EXPECT_THAT(message, HasSubstr("moved, removed or replaced"));
    EXPECT_EQ(refusal([&] { (void)store.verification(number); }), ErrorCode::unavailable) << "and it stays so";
    EXPECT_EQ(refusal([&] { store.read([](UnitOfWork& work) { (void)work.people.count(); }); }),
              ErrorCode::unavailable);
    EXPECT_EQ(refusal([&] {
                  store.write(by,
                              [](UnitOfWork& work) { work.audit.append({.action = "test.lost", .object = "test"}); });
              }),
              ErrorCode::unavailable)
        << "it would be recorded where nobody looks";
}

TEST(StateOnSqlite, FileThatWasRemovedAnswersNoVerification) {
    TempDatabase database(Backend::sqlite);
    const domain::CredentialNumber number(7);
    EXPECT_FALSE(database.store().verification(number));
    std::filesystem::remove(database.place().file());
    expect_refused_soon(database.store(), number);
}

TEST(StateOnSqlite, FileThatWasReplacedAnswersNoVerification) {
    TempDatabase database(Backend::sqlite);
    TempDatabase other(Backend::sqlite);
    const domain::CredentialNumber number(7);
    EXPECT_FALSE(database.store().verification(number));
    std::filesystem::rename(other.place().file(), database.place().file());
    expect_refused_soon(database.store(), number);
}

TEST(StateOnSqlite, FileThatMayNotBeWrittenIsNoticed) {
    TempDatabase database(Backend::sqlite);
    database.close();
    const testing::TempPlace& place = database.place();
    ASSERT_EQ(::chmod(place.file().c_str(), 0400), 0);
    constexpr uid_t nobody = 65534;
    const bool root = ::geteuid() == 0; // who may write everywhere, so somebody else looks
    if (root) {
        ASSERT_EQ(::chown(place.folder().c_str(), nobody, nobody), 0);
        ASSERT_EQ(::chown(place.file().c_str(), nobody, nobody), 0);
    }
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        if (root && (::setgid(nobody) != 0 || ::setuid(nobody) != 0))
            ::_exit(3);
        try {
            const auto reasons = Store(place.settings()).not_ready();
            ::_exit(reasons.size() == 1 && reasons[0].find("read only") != std::string::npos ? 0 : 1);
        } catch (const Error&) {
            ::_exit(2);
        }
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST(StateOnPostgresql, ReadOnlyDatabaseAndMissingRightAreNoticed) {
    if (!testing::postgresql_at_hand())
        GTEST_SKIP() << "PEERCERT_TEST_PG names no server";
    TempDatabase database(Backend::postgresql);
    StoreSettings settings = database.place().settings();
    settings.url.insert(settings.url.find("options='") + 9, "-c default_transaction_read_only=on ");
    Store read_only(settings);
    EXPECT_THAT(read_only.not_ready(), Contains(HasSubstr("set to read only")));
}

} // namespace
} // namespace peercert::storage
