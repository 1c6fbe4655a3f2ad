#include "storage/suite.hpp"

#include <atomic>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace peercert::storage {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Administration : public BothDatabases {
protected:
    /// One of everything, so that a copy that forgets a table is noticed.
    domain::CredentialNumber fill() {
        return change([](UnitOfWork& work) {
            const auto ana =
                work.people.add({.name_used = "Ána Ruiz", .born = 1980y / 2 / 29, .email = "ana@example.org"}).id;
            const auto bo = work.people.add({.name_used = "Bo Lee"}).id;
            const auto body = work.organizations.add(
                {.code = "dhs", .name = "Health Services", .kind = domain::OrganizationKind::certifying_body});
            work.organizations.add_membership(
                {.person = bo, .organization = body, .role = "reviewer", .first_day = 2024y / 1 / 1});
            work.editions.freeze({domain::EditionKind::track, "wi-cps", "2024", "d1", "text: 'ü'\n"});
            const auto cohort =
                work.cohorts.add({.code = "mke-1", .curriculum = "wrap", .edition = "2024", .organization = body});
            const auto session =
                work.cohorts.add_session({.cohort = cohort, .number = 1, .held_on = 2026y / 2 / 1, .length = 90min});
            work.cohorts.add_leader({session, bo, "facilitator"});
            work.enrolments.add(cohort, ana, 2026y / 1 / 1);
            const auto entry = work.entries.add({.person = ana,
                                                 .kind = EntryKind::attendance,
                                                 .first_day = 2026y / 2 / 1,
                                                 .last_day = 2026y / 2 / 1,
                                                 .amount = 90,
                                                 .session = session,
                                                 .cohort = cohort});
            work.entries.add({.person = ana,
                              .kind = EntryKind::attendance,
                              .first_day = 2026y / 2 / 1,
                              .last_day = 2026y / 2 / 1,
                              .amount = 80,
                              .session = session,
                              .cohort = cohort,
                              .replaces = entry});
            const auto asked = work.applications.add({.person = ana,
                                                      .track = "wi-cps",
                                                      .edition = "2024",
                                                      .step = "become certified",
                                                      .received_on = 2026y / 2 / 1});
            const auto decided = work.applications.decide({.application = asked,
                                                           .action = "issue",
                                                           .decided_on = 2026y / 3 / 2,
                                                           .decided_by = "x",
                                                           .finding = "{}"});
            const auto credential = work.credentials.add(ana, "wi-cps", body);
            work.credentials.add_term(credential.id, {.n = 1,
                                                      .first_day = 2026y / 3 / 2,
                                                      .last_day = 2028y / 3 / 1,
                                                      .title = "T",
                                                      .name_as_issued = "Ana",
                                                      .decision = decided});
            work.credentials.add_event(credential.id,
                                       {.kind = domain::CredentialEventKind::suspend, .effective_day = 2026y / 4 / 1});
            return credential.number;
        });
    }
    /// What a reader of the record sees, in one text.
    static std::string seen(Store& store) {
        return store.read([](UnitOfWork& work) {
            std::string text;
            Vocabulary vocabulary;
            work.entries.each_record(vocabulary, [&](PersonId person, const Record& record) {
                text += std::to_string(person.value()) + ":" + std::to_string(record.entries.size()) + ":" +
                        std::to_string(record.holdings.size()) + ";";
            });
            for (const auto& person : work.people.list(PersonId{}, 100))
                text += person.code.str() + work.people.name_used(person.id) +
                        std::to_string(work.people.contacts(person.id).size());
            for (const auto& enrolment : work.enrolments.of_cohort(work.cohorts.find("mke-1")->id))
                text += to_text(enrolment.state());
            text += std::to_string(work.cohorts.leaders_of(work.cohorts.find("mke-1")->id).size());
            text += std::to_string(work.organizations.members(work.organizations.find("dhs")->id).size());
            text +=
                work.editions.find_by_digest("d1")->text + work.applications.decision(domain::DecisionId(1))->action;
            for (const auto& row : work.audit.list(0, 100))
                text += row.hash;
            return text;
        });
    }
    std::filesystem::path backup_file() { return database().place().folder() / "copy of it.backup"; }
};
PEERCERT_BOTH_DATABASES(Administration);

TEST_P(Administration, ADatabaseIsMadeOnce) {
    std::string message;
    EXPECT_EQ(refusal([&] { create_database(database().place().settings(), {}, by); }, &message), ErrorCode::conflict);
    EXPECT_EQ(look([](UnitOfWork& work) { return work.audit.newest()->action; }), "database.created");
}

TEST_P(Administration, AnUpToDateDatabaseNeedsNoMigration) {
    const auto report = migrate_database(database().place().settings(), by, false);
    EXPECT_EQ(report.from, report.to);
    EXPECT_THAT(report.steps, IsEmpty());
    EXPECT_EQ(report.backup, "");
}

TEST_P(Administration, AnOlderDatabaseIsRefusedThenMigratedAfterABackup) {
    fill();
    database().close();
    const auto& place = database().place();
    // As it was before migration 5: nothing vouched for rows that may change, and what follows it is not there yet.
    for (const char* table : {"installation", "person", "organization", "cohort", "session", "enrolment"})
        for (const char* column : {"audit", "mark"})
            EXPECT_TRUE(place.accepts("alter table " + std::string(table) + " drop column " + column));
    EXPECT_TRUE(place.accepts("alter table person drop column salt"));
    EXPECT_TRUE(place.accepts("alter table entry drop column mark"));
    EXPECT_TRUE(place.accepts("drop table replaced_state"));
    EXPECT_TRUE(place.accepts("drop table organization_score"));
    for (const char* column : {"place", "shown_to", "shown_until", "eligibility"})
        EXPECT_TRUE(place.accepts("alter table term drop column " + std::string(column)));
    EXPECT_TRUE(place.accepts("alter table credential_event drop column level"));
    EXPECT_TRUE(place.accepts("drop index person_incomplete"));
    EXPECT_TRUE(place.accepts("drop table edition_event"));
    EXPECT_TRUE(place.accepts("drop table edition_proposal"));
    EXPECT_TRUE(place.accepts("drop table former_birthday"));
    EXPECT_TRUE(place.accepts("drop table former_departure"));
    for (const char* table : {"person_merge", "person_group", "person_distinct", "person_consent"})
        EXPECT_TRUE(place.accepts("drop table " + std::string(table)));
    EXPECT_TRUE(place.accepts("drop index entry_more"));
    EXPECT_TRUE(place.accepts("drop index session_leader_person"));
    for (const char* table : {"bundle_settled", "bundle_line", "bundle_withdrawn", "bundle"})
        EXPECT_TRUE(place.accepts("drop table " + std::string(table)));
    for (const char* table :
         {"place_paper", "place_score", "seat_use", "seat_pool", "place_event", "place_request", "place_call"})
        EXPECT_TRUE(place.accepts("drop table " + std::string(table)));
    for (const char* table : {"packet", "packet_number", "packet_signer", "import_mapping"})
        EXPECT_TRUE(place.accepts("drop table " + std::string(table)));
    for (const char* table : {"sign_off", "sign_off_response", "self_rating", "declared_conflict", "ce_approval"})
        EXPECT_TRUE(place.accepts("drop table " + std::string(table)));
    EXPECT_TRUE(place.accepts("drop index entry_asserted_by"));
    EXPECT_TRUE(place.accepts("drop table confirmation_event"));
    EXPECT_TRUE(place.accepts("drop table confirmation"));
    EXPECT_TRUE(place.accepts("delete from schema_migration where number > 4"));
    const long long audit_rows = std::stoll(place.ask("select cast(count(*) as text) from audit"));

    std::string message;
    EXPECT_EQ(refusal([&] { Store older(place.settings()); }, &message), ErrorCode::unavailable);
    EXPECT_THAT(message, HasSubstr("peercert db migrate"));
    const auto plan = migrate_database(place.settings(), by, true);
    EXPECT_THAT(plan.steps, Contains("5 vouched"));
    EXPECT_EQ(place.ask("select cast(count(*) as text) from schema_migration"), "4") << "a dry run changes nothing";
    const auto report = migrate_database(place.settings(), by, false);
    EXPECT_EQ(report.steps, plan.steps);
    EXPECT_EQ(report.backup.empty(), GetParam() != Backend::sqlite);
    EXPECT_EQ(std::filesystem::exists(report.backup), GetParam() == Backend::sqlite);
    database().reopen();
    EXPECT_FALSE(place.accepts("delete from audit"));
    look([&](UnitOfWork& work) {
        EXPECT_EQ(work.audit.newest()->action, "record.vouched");
        EXPECT_EQ(work.audit.newest()->object, "7 rows") << "installation, two people, and one of each other kind";
        EXPECT_EQ(work.audit.newest()->seq, audit_rows + 1);
    });
    for (const char* table : {"installation", "person", "organization", "cohort", "session", "enrolment"})
        EXPECT_EQ(place.ask("select cast(count(*) as text) from " + std::string(table) + " where audit <> " +
                            std::to_string(audit_rows + 1)),
                  "0")
            << table;
}

TEST_P(Administration, ANewerOrStrangeDatabaseIsRefusedPolitely) {
    const auto& place = database().place();
    EXPECT_TRUE(place.accepts(
        "insert into schema_migration (number, name, digest, applied_at) values (99, 'later', 'x', 'x')"));
    std::string message;
    EXPECT_EQ(refusal([&] { Store newer(place.settings()); }, &message), ErrorCode::unavailable);
    EXPECT_THAT(message, HasSubstr("schema 99"));
    EXPECT_EQ(refusal([&] { migrate_database(place.settings(), by, false); }), ErrorCode::unavailable);
    EXPECT_TRUE(place.accepts("delete from schema_migration where number = 99"));
    EXPECT_TRUE(place.accepts("update schema_migration set digest = 'other' where number = 1"));
    EXPECT_EQ(refusal([&] { Store strange(place.settings()); }), ErrorCode::conflict);
}

TEST_P(Administration, WhatAKilledBackupLeftIsRemovedByTheNextOfThatName) {
    fill();
    const auto beside = [&](const std::string& tail) {
        return std::filesystem::path(backup_file().string() + ".unfinished-" + tail);
    };
    for (const char* tail : {"2147483646", "2147483646-wal", "2147483645", "mine"})
        std::ofstream(beside(tail)) << "people";
    const int held = ::open(beside("2147483645").c_str(), O_RDONLY | O_CLOEXEC);
    ASSERT_EQ(::flock(held, LOCK_EX), 0); // another backup of that name is being made
    back_up(database().place().settings(), backup_file());
    EXPECT_FALSE(std::filesystem::exists(beside("2147483646")));
    EXPECT_FALSE(std::filesystem::exists(beside("2147483646-wal")));
    EXPECT_TRUE(std::filesystem::exists(beside("2147483645"))) << "whoever makes it is still there";
    EXPECT_TRUE(std::filesystem::exists(beside("mine"))) << "that is somebody's own";
    ::close(held);
}

TEST_P(Administration, ABackupIsOneFileThatEitherDatabaseCanTake) {
    const auto number = fill();
    const auto report = back_up(database().place().settings(), backup_file());
    EXPECT_EQ(report.audit_rows, 2);
    EXPECT_EQ(report.digest.size(), 64U);
    EXPECT_FALSE(std::filesystem::exists(backup_file().string() + "-wal"));
    EXPECT_EQ(refusal([&] { back_up(database().place().settings(), backup_file()); }), ErrorCode::conflict)
        << "never written over";
    const auto before = seen(store());
    for (const Backend target : {Backend::sqlite, Backend::postgresql}) {
        if (target == Backend::postgresql && !testing::postgresql_at_hand())
            continue;
        testing::TempPlace place(target);
        const auto put_back = restore(backup_file(), place.settings(), {"test", morning(1)});
        EXPECT_EQ(put_back.rows, report.rows) << "both count the backup";
        EXPECT_EQ(put_back.audit_rows, report.audit_rows);
        EXPECT_EQ(put_back.digest, report.digest);
        EXPECT_EQ(put_back.recorded_as, report.audit_rows + 1);
        Store restored(place.settings());
        EXPECT_EQ(seen(restored).substr(0, before.size()), before);
        EXPECT_TRUE(restored.read([](UnitOfWork& work) { return work.audit.verify(); }).intact());
        EXPECT_EQ(restored.verification(number)->holder, "Ána Ruiz");
        EXPECT_THAT(restored.problems(true), IsEmpty());
        EXPECT_EQ(restored.read([](UnitOfWork& work) {
            return work.people.alike({.name_used = "ana ruiz", .born = 1980y / 2 / 29}).size();
        }),
                  1U)
            << "what is derived was made anew";
        EXPECT_EQ(refusal([&] { restore(backup_file(), place.settings(), by); }), ErrorCode::conflict)
            << "only into an empty one";

        const auto issue = [&] {
            return restored.write({"test", morning(2)}, [](UnitOfWork& work) {
                const auto made = work.credentials.add(PersonId(2), "wrap", OrganizationId{});
                work.organizations.add({.code = "new", .name = "New"});
                work.audit.append({.action = "credential.issued", .object = "x"});
                return made.number;
            });
        };
        EXPECT_EQ(refusal([&] { issue(); }), ErrorCode::unavailable) << "paused until the newest number is confirmed";
        restored.write(by, [](UnitOfWork& work) {
            work.numbers.confirm_high_water(std::nullopt);
            work.audit.append({.action = "issuing.resumed", .object = "x"});
        });
        EXPECT_NE(issue(), number);
        EXPECT_EQ(restored.read([](UnitOfWork& work) { return work.organizations.find("new")->id.value(); }), 2)
            << "keys go on";
    }
}

TEST_P(Administration, ABackupWhoseDerivedRowsAreWrongIsTakenAndPutRight) {
    const auto number = fill();
    database().place().tamper("update verification set answer = replace(answer, 'Ruiz', 'Nobody')");
    database().place().tamper("delete from person_match");
    EXPECT_EQ(store().verification(number)->holder, "Ána Nobody");
    back_up(database().place().settings(), backup_file());
    testing::TempPlace place(Backend::sqlite);
    restore(backup_file(), place.settings(), by);
    Store restored(place.settings());
    EXPECT_EQ(restored.verification(number)->holder, "Ána Ruiz");
    EXPECT_THAT(restored.problems(true), IsEmpty());
}

TEST_P(Administration, ABackupIsOfOneMomentWhileOthersWrite) {
    fill();
    std::atomic<bool> stop{false};
    std::thread writer([&] {
        while (!stop)
            somebody("Busy Person");
    });
    for (int i = 0; i < 3; ++i) {
        const auto file = backup_file().string() + std::to_string(i);
        back_up(database().place().settings(), file);
        testing::TempPlace place(Backend::sqlite);
        restore(file, place.settings(), by);
        Store restored(place.settings());
        restored.read([](UnitOfWork& work) {
            // Rows 1 and 2 are the making and the filling (two people), the last one is the restoring.
            EXPECT_EQ(work.people.count() - 2, work.audit.newest()->seq - 3);
        });
    }
    stop = true;
    writer.join();
}

TEST_P(Administration, ADamagedBackupIsRefusedAndLeavesNothing) {
    fill();
    back_up(database().place().settings(), backup_file());
    testing::TempPlace place(Backend::sqlite);
    const auto refused = [&](const std::filesystem::path& file) {
        return refusal([&] { restore(file, place.settings(), by); });
    };
    EXPECT_EQ(refused(backup_file().string() + ".nowhere"), ErrorCode::not_found);

    const auto cut = place.folder() / "cut";
    std::filesystem::copy_file(backup_file(), cut);
    std::filesystem::resize_file(cut, std::filesystem::file_size(cut) / 2);
    EXPECT_EQ(refused(cut), ErrorCode::unavailable);

    const auto changed = place.folder() / "changed";
    std::filesystem::copy_file(backup_file(), changed);
    {
        std::fstream file(changed, std::ios::binary | std::ios::in | std::ios::out);
        std::string bytes(std::filesystem::file_size(changed), '\0');
        file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        const auto at = bytes.find("become certified");
        ASSERT_NE(at, std::string::npos);
        file.seekp(static_cast<std::streamoff>(at));
        file.put('B');
    }
    std::string message;
    EXPECT_EQ(refusal([&] { restore(changed, place.settings(), by); }, &message), ErrorCode::conflict);
    EXPECT_THAT(message, HasSubstr("audit row 2"));
    EXPECT_FALSE(std::filesystem::exists(place.file()));
    int files = 0;
    for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator(place.folder()))
        ++files;
    EXPECT_EQ(files, 2) << "nothing unfinished is left";
}

} // namespace
} // namespace peercert::storage
