#include "storage/suite.hpp"

#include "domain/text.hpp"
#include "storage/detail/migrations.hpp"

/// Databases as older programs left them, made from the migrations of their time, brought up to date with their data.
namespace peercert::storage {
namespace {

using domain::NameKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class OlderDatabase : public ::testing::TestWithParam<Backend> {
protected:
    void SetUp() override {
        if (GetParam() == Backend::postgresql && !testing::postgresql_at_hand())
            GTEST_SKIP() << "PEERCERT_TEST_PG names no server";
        place_ = std::make_unique<testing::TempPlace>(GetParam());
    }
    const testing::TempPlace& place() const { return *place_; }
    void run(const std::string& statement) { ASSERT_TRUE(place().accepts(statement)) << statement; }

    /// The tables of schema `newest`, empty but for the installation.
    void make(int newest) {
        const std::string number = GetParam() == Backend::sqlite ? "INTEGER" : "BIGINT";
        run("create table schema_migration (number " + number +
            " primary key, name TEXT not null, digest TEXT not null, applied_at TEXT not null)");
        for (const auto& migration : migrations(GetParam())) {
            if (migration.number > newest)
                break;
            for (const auto& statement : migration.statements)
                run(statement);
            run("insert into schema_migration (number, name, digest, applied_at) values (" +
                std::to_string(migration.number) + ", '" + migration.name + "', '" + migration.digest +
                "', '2025-01-01T00:00:00Z')");
        }
        const std::string key(32, '7');
        run("insert into installation (id, kind, number_key, audit_salt, created_at) values (1, 'live', '" + key +
            "', '" + key + "', '2025-01-01T00:00:00Z')");
        run("insert into counter (name, next) values ('credential', 4)");
        run("insert into counter (name, next) values ('person', 4)");
    }

    void add_person(std::int64_t id, const std::string& born) {
        const domain::CodeBook book(key());
        run("insert into person (id, code, born, created_at) values (" + std::to_string(id) + ", '" +
            book.person(id).str() + "', " + (born.empty() ? "null" : "'" + born + "'") + ", '2025-01-02T03:04:05Z')");
    }
    void add_name(std::int64_t id, const std::string& kind, int n, const std::string& name, const std::string& first,
                  const std::string& last) {
        run("insert into person_name (person, kind, n, full_name, search_key, first_day, last_day) values (" +
            std::to_string(id) + ", '" + kind + "', " + std::to_string(n) + ", '" + name + "', '" +
            domain::search_key(name) + "', '" + first + "', " + (last.empty() ? "null" : "'" + last + "'") + ")");
    }
    void add_contact(std::int64_t id, const std::string& kind, int n, const std::string& value,
                     const std::string& first, const std::string& last) {
        run("insert into person_contact (person, kind, n, value, first_day, last_day) values (" + std::to_string(id) +
            ", '" + kind + "', " + std::to_string(n) + ", '" + value + "', '" + first + "', " +
            (last.empty() ? "null" : "'" + last + "'") + ")");
    }
    /// Three people as schema 2 held them.
    void add_people() {
        add_person(1, "1980-02-03");
        add_name(1, "used", 1, "Ána Ruiz", "2025-01-02", "2025-05-31");
        add_name(1, "used", 2, "Ána Gold-Ruiz", "2025-06-01", "");
        add_name(1, "certificate", 1, "A. Ruiz", "2025-01-02", "2025-06-30");
        add_name(1, "certificate", 2, "A. Gold", "2025-07-01", "");
        add_contact(1, "email", 1, "ana@example.org", "2025-01-02", "2025-05-31");
        add_contact(1, "email", 2, "gold@example.org", "2025-06-01", "");
        add_contact(1, "phone", 1, "414 555 0100", "2025-01-02", "");
        add_person(2, "");
        add_name(2, "used", 1, "Bo Lee", "2025-01-02", "");
        add_name(2, "legal", 1, "Robert Lee", "2025-01-02", "");
        add_contact(2, "email", 1, "lee@example.org", "2025-01-02", "");
        add_person(3, "1999-09-09");
        add_name(3, "used", 1, "Cy Ray", "2025-01-02", "");
    }

    static std::string seen(Store& store) {
        return store.read([](UnitOfWork& work) {
            std::string text;
            for (const auto& person : work.people.list(PersonId{}, 10)) {
                text += std::to_string(person.id.value()) + " " + (person.born ? to_text(*person.born) : "?") + "\n";
                for (const auto& name : work.people.names(person.id))
                    text += "  " + std::string(to_text(name.kind)) + " " + name.full_name + " " +
                            to_text(name.first_day) + ".." + (name.last_day ? to_text(*name.last_day) : "") + "\n";
                for (const auto& contact : work.people.contacts(person.id))
                    text += "  " + contact.value + " " + to_text(contact.first_day) + ".." +
                            (contact.last_day ? to_text(*contact.last_day) : "") + "\n";
            }
            return text;
        });
    }

    static domain::CodeBook::Key key() { // 32 digits 7
        domain::CodeBook::Key key{};
        key.fill(0x77);
        return key;
    }

private:
    std::unique_ptr<testing::TempPlace> place_;
};
PEERCERT_BOTH_DATABASES(OlderDatabase);

TEST_P(OlderDatabase, IsRefusedThenMigratedAfterABackup) {
    make(1);
    std::string message;
    EXPECT_EQ(refusal([&] { Store older(place().settings()); }, &message), ErrorCode::unavailable);
    EXPECT_THAT(message, HasSubstr("peercert db migrate"));
    const auto plan = migrate_database(place().settings(), by, true);
    EXPECT_THAT(plan.steps, ElementsAre("2 append_only", "3 people_inline", "4 verification_row", "5 vouched",
                                        "6 organization_score", "7 proposals", "8 term_rules", "9 entry_mark",
                                        "10 incomplete_people", "11 birthday_and_reading", "12 one_human",
                                        "13 competencies", "14 continuing_education", "15 places", "16 bundles",
                                        "17 confirmations", "18 packets", "19 former_departure", "20 import_mappings"));
    EXPECT_EQ(place().ask("select cast(count(*) as text) from schema_migration"), "1") << "a dry run changes nothing";
    const auto report = migrate_database(place().settings(), by, false);
    EXPECT_EQ(report.steps, plan.steps);
    EXPECT_EQ(report.backup.empty(), GetParam() != Backend::sqlite);
    EXPECT_EQ(std::filesystem::exists(report.backup), GetParam() == Backend::sqlite);
    Store store(place().settings());
    EXPECT_THAT(store.problems(true), IsEmpty());
    run("insert into edition (kind, code, edition, digest, body, audit) values ('track', 'x', '1', 'd', 'b', 1)");
    EXPECT_FALSE(place().accepts("delete from edition")) << "migration 2 came with it";
}

TEST_P(OlderDatabase, OfManyRowsIsVouchedForAPartAtATime) {
    make(4);
    run("update counter set next = 1"); // nobody is here yet
    run("insert into organization (code, name, kind, county) with recursive n (i) as (select 1 union all select i + 1 "
        "from n where i < 25000) select 'o' || i, 'Invented', 'provider', '' from n");
    migrate_database(place().settings(), by, false);
    Store store(place().settings());
    const auto rows = store.read([](UnitOfWork& work) { return work.audit.list(0, 10); });
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[1].object, "10000 rows");
    EXPECT_EQ(rows[2].object, "5001 rows") << "the last part, and the installation in the first";
    EXPECT_TRUE(store.read([](UnitOfWork& work) { return work.audit.verify(); }).intact());
    place().tamper("update organization set name = 'Inventes' where id = 17000");
    EXPECT_THAT(store.read([](UnitOfWork& work) { return work.audit.verify(); }).problem,
                HasSubstr("organization 17000 (its row) was changed past the program, in its name"));
}

TEST_P(OlderDatabase, KeepsEveryNameAndContactWhenTheyMoveIntoThePersonsRow) {
    make(2);
    add_people();
    migrate_database(place().settings(), by, false);
    Store store(place().settings());
    EXPECT_EQ(seen(store), "1 1980-02-03\n"
                           "  certificate A. Ruiz 2025-01-02..2025-06-30\n"
                           "  used Ána Ruiz 2025-01-02..2025-05-31\n"
                           "  used Ána Gold-Ruiz 2025-06-01..\n"
                           "  certificate A. Gold 2025-07-01..\n"
                           "  ana@example.org 2025-01-02..2025-05-31\n"
                           "  414 555 0100 2025-01-02..\n"
                           "  gold@example.org 2025-06-01..\n"
                           "2 ?\n"
                           "  legal Robert Lee 2025-01-02..\n"
                           "  used Bo Lee 2025-01-02..\n"
                           "  lee@example.org 2025-01-02..\n"
                           "3 1999-09-09\n"
                           "  used Cy Ray 2025-01-02..\n");
    EXPECT_THAT(store.problems(true), IsEmpty());
    const auto alike = [&](const domain::NewPerson& person) {
        return store.read([&](UnitOfWork& work) { return work.people.alike(person); });
    };
    EXPECT_THAT(alike({.name_used = "ana ruiz", .born = 1980y / 2 / 3}), ElementsAre(PersonId(1))) << "a former name";
    EXPECT_THAT(alike({.name_used = "ana gold ruiz", .born = 1980y / 2 / 3}), ElementsAre(PersonId(1)));
    EXPECT_THAT(alike({.name_used = "a gold", .born = 1980y / 2 / 3}), ElementsAre(PersonId(1)));
    EXPECT_THAT(alike({.name_used = "x", .born = 1980y / 2 / 3, .email = "ana@example.org"}), ElementsAre(PersonId(1)));
    EXPECT_THAT(alike({.name_used = "robert lee", .email = "lee@example.org"}), ElementsAre(PersonId(2)));
    EXPECT_THAT(alike({.name_used = "cy ray", .born = 1999y / 9 / 8}), IsEmpty());
    store.read([](UnitOfWork& work) {
        EXPECT_EQ(work.people.search("gold", 10).size(), 1U);
        EXPECT_EQ(work.people.search("robert", 10).size(), 1U);
        EXPECT_EQ(work.people.search("ruiz", 10).size(), 1U);
        EXPECT_THAT(work.people.search("ana r", 10), IsEmpty()) << "nobody is called so now";
        EXPECT_EQ(work.people.public_name(PersonId(1)), "A. Gold");
        EXPECT_EQ(work.people.name_used(PersonId(1)), "Ána Gold-Ruiz");
    });
    store.write(by, [](UnitOfWork& work) {
        work.people.change_name(PersonId(1), NameKind::used, "Ana Silver", 2026y / 3 / 2);
        work.audit.append({.action = "test", .object = "test"});
    });
    EXPECT_EQ(store.read([](UnitOfWork& work) { return work.people.names(PersonId(1)).size(); }), 5U);
    EXPECT_THAT(store.problems(true), IsEmpty());
}

TEST_P(OlderDatabase, AnswersForCredentialsThatWereIssuedBefore) {
    make(2);
    add_people();
    const domain::CodeBook book(key());
    run("insert into organization (id, code, name, kind, county) values (1, 'dhs', 'Health Services', "
        "'certifying_body', '')");
    for (const int id : {1, 2, 3})
        run("insert into credential (id, number, person, track, issuer, created_at, audit) values (" +
            std::to_string(id) + ", '" + book.credential(id).str() + "', " + std::to_string(id) + ", 'wi-cps', " +
            (id == 3 ? "null" : "1") + ", '2025-01-02T03:04:05Z', 1)");
    const auto add_term = [&](int credential, int n, const std::string& first, const std::string& last) {
        run("insert into term (credential, n, first_day, last_day, level, title, public_title, name_as_issued, "
            "edition, edition_digest, zone, timeline, recorded_at, audit) values (" +
            std::to_string(credential) + ", " + std::to_string(n) + ", '" + first + "', '" + last +
            "', 'certified', 'Peer Specialist', 'Specialist', 'x', '2025', 'd', 'America/Chicago', '2027-11-01 grace', "
            "'2025-01-02T03:04:05Z', 1)");
    };
    add_term(1, 1, "2023-11-01", "2025-10-31");
    add_term(1, 2, "2025-11-01", "2027-10-31");
    add_term(2, 1, "2025-11-01", "2027-10-31");
    run("insert into credential_event (credential, n, kind, effective_day, recorded_at, actor, condition, audit) "
        "values "
        "(2, 1, 'suspend', '2026-01-05', '2026-01-05T03:04:05Z', 'x', '', 1)");
    run("update person set departed_on = '2026-02-02' where id = 2");
    run("update person set hidden = 1 where id = 1");
    migrate_database(place().settings(), by, false);

    Store store(place().settings());
    ASSERT_TRUE(store.verification(book.credential(1)));
    EXPECT_TRUE(store.verification(book.credential(1))->record.hidden);
    store.write(by, [](UnitOfWork& work) {
        work.people.set_hidden(PersonId(1), false);
        work.audit.append({.action = "person.shown", .object = "person 1"});
    });
    const auto first = store.verification(book.credential(1));
    ASSERT_TRUE(first);
    EXPECT_EQ(first->holder, "A. Gold") << "the present name on certificates";
    EXPECT_EQ(first->issuer, "Health Services");
    ASSERT_EQ(first->record.terms.size(), 2U);
    EXPECT_EQ(first->record.terms[1].timeline.at(0).name, "grace");
    EXPECT_FALSE(first->record.hidden);
    const auto second = store.verification(book.credential(2));
    ASSERT_TRUE(second);
    EXPECT_EQ(second->holder, "Bo Lee");
    EXPECT_FALSE(second->record.hidden);
    EXPECT_EQ(second->record.departed_on, Date{2026y / 2 / 2});
    ASSERT_EQ(second->record.events.size(), 1U);
    EXPECT_EQ(second->record.events[0].kind, domain::CredentialEventKind::suspend);
    const auto third = store.verification(book.credential(3));
    ASSERT_TRUE(third);
    EXPECT_EQ(third->holder, "Cy Ray");
    EXPECT_EQ(third->issuer, "");
    EXPECT_THAT(third->record.terms, IsEmpty());
    EXPECT_FALSE(store.verification(book.credential(4)));
    if (GetParam() == Backend::postgresql) // the keys above were not taken from their sequence
        run("alter sequence organization_id_seq restart with 2");
    EXPECT_THAT(store.problems(true), IsEmpty());
}

} // namespace
} // namespace peercert::storage
