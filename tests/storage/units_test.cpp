#include "storage/suite.hpp"

#include "storage/people_import.hpp"

namespace peercert::storage {
namespace {

using ::testing::HasSubstr;

/// Rows that may change stand in the audit chain as well as those that never do.
class ChangingRows : public BothDatabases {
protected:
    void SetUp() override {
        BothDatabases::SetUp();
        if (IsSkipped())
            return;
        ana = change([](UnitOfWork& work) {
            return work.people
                .add({.name_used = "Ana Ruiz",
                      .name_on_certificate = "Ana M. Ruiz",
                      .born = 1980y / 2 / 29,
                      .email = "ana@example.org",
                      .phone = "414 555 0100"})
                .id;
        });
        bo = somebody("Bo Lee");
        body = change([](UnitOfWork& work) {
            return work.organizations.add(
                {.code = "dhs", .name = "Health Services", .kind = domain::OrganizationKind::certifying_body});
        });
        change([&](UnitOfWork& work) {
            work.organizations.add_membership(
                {.person = bo, .organization = body, .role = "reviewer", .first_day = 2024y / 1 / 1});
        });
        cohort = change([&](UnitOfWork& work) {
            return work.cohorts.add({.code = "mke-1", .curriculum = "wrap", .edition = "2024", .organization = body});
        });
        session = change([&](UnitOfWork& work) {
            const auto made =
                work.cohorts.add_session({.cohort = cohort, .number = 1, .held_on = 2026y / 2 / 1, .length = 90min});
            work.cohorts.add_leader({made, bo, "facilitator"});
            return made;
        });
        change([&](UnitOfWork& work) { work.enrolments.add(cohort, ana, 2026y / 1 / 1); });
        ASSERT_TRUE(verdict().intact()) << verdict().problem;
    }
    AuditVerdict verdict() {
        return look([](UnitOfWork& work) { return work.audit.verify(); });
    }
    void tamper(const std::string& statement) { database().place().tamper(statement); }

    PersonId ana;
    PersonId bo;
    OrganizationId body;
    CohortId cohort;
    SessionId session;
};
PEERCERT_BOTH_DATABASES(ChangingRows);

TEST_P(ChangingRows, ChangeInDueFormLeavesTheChainIntact) {
    using domain::NameKind;
    const std::vector<std::function<void(UnitOfWork&)>> changes{
        [&](UnitOfWork& work) { work.people.change_name(ana, NameKind::used, "Ana Lee", 2026y / 4 / 1); },
        [&](UnitOfWork& work) { work.people.change_name(ana, NameKind::used, "Anna Lee", 2026y / 4 / 1); },
        [&](UnitOfWork& work) { work.people.change_name(ana, NameKind::legal, "Ana Ruiz Lee", 2026y / 4 / 1); },
        [&](UnitOfWork& work) {
            work.people.change_contact(ana, domain::ContactKind::email, "lee@example.org", 2026y / 4 / 1);
        },
        [&](UnitOfWork& work) { work.people.set_born(ana, 1980y / 3 / 1); },
        [&](UnitOfWork& work) { work.people.set_hidden(ana, true); },
        [&](UnitOfWork& work) { work.people.set_departed(ana, 2026y / 4 / 2); },
        [&](UnitOfWork& work) { work.people.set_departed(ana, 2026y / 4 / 1); },
        [&](UnitOfWork& work) { work.organizations.end_membership(bo, body, "reviewer", 2026y / 4 / 1); },
        [&](UnitOfWork& work) {
            work.cohorts.change_session(
                {.id = session, .cohort = cohort, .number = 1, .held_on = 2026y / 2 / 2, .length = 80min});
        },
        [&](UnitOfWork& work) {
            work.cohorts.add_leader({session, bo, "co-facilitator"});
        },
        [&](UnitOfWork& work) { work.cohorts.remove_leader(session, bo); },
        [&](UnitOfWork& work) { work.numbers.pause_issuing(); },
        [&](UnitOfWork& work) { work.numbers.confirm_high_water(std::nullopt); }};
    for (std::size_t i = 0; i < changes.size(); ++i) {
        change(changes[i]);
        const auto found = verdict();
        EXPECT_TRUE(found.intact()) << "change " << i << ": " << found.problem;
    }
    // Two changes with an audit row each, and two under one, in the same unit of work.
    store().write(by, [&](UnitOfWork& work) {
        work.people.set_hidden(ana, false);
        work.audit.append({.action = "test.changed", .object = "test"});
        work.people.set_hidden(ana, true);
        work.people.set_departed(ana, std::nullopt);
        work.audit.append({.action = "test.changed", .object = "test"});
    });
    EXPECT_TRUE(verdict().intact()) << verdict().problem;
}

TEST_P(ChangingRows, ChangePastTheProgramIsNoticedAndTheRowNamed) {
    struct Change {
        std::string done;
        std::string undone;
        std::string named;
    };
    const std::string anas = std::to_string(ana.value());
    const std::string bos = std::to_string(bo.value());
    const Change changes[] = {
        {"update person set name = 'Ada Ruiz' where id = " + anas,
         "update person set name = 'Ana Ruiz' where id = " + anas, "person " + anas},
        {"update person set name_from = '2020-01-01' where id = " + bos,
         "update person set name_from = null where id = " + bos, "person " + bos},
        {"update person_name set full_name = 'Ada Ruiz' where kind = 'certificate'",
         "update person_name set full_name = 'Ana M. Ruiz' where kind = 'certificate'", "person " + anas},
        {"update person set email = 'eve@example.org' where id = " + anas,
         "update person set email = 'ana@example.org' where id = " + anas, "person " + anas},
        {"insert into person_contact (person, kind, n, value, first_day) values (" + bos +
             ", 'email', 1, 'eve@example.org', '2020-01-01')",
         "delete from person_contact", "person " + bos},
        {"update person set born = '1990-01-01' where id = " + anas,
         "update person set born = '1980-02-29' where id = " + anas, "person " + anas},
        {"insert into former_birthday (person, n, born, recorded_at, audit) values (" + anas +
             ", 1, '1990-01-01', '2026-01-01T00:00:00Z', 9)",
         "delete from former_birthday", "person " + anas},
        {"update person set departed_on = '2026-01-01' where id = " + bos,
         "update person set departed_on = null where id = " + bos, "person " + bos},
        {"update person set hidden = 1 where id = " + bos, "update person set hidden = 0 where id = " + bos,
         "person " + bos},
        {"update membership set role = 'administrator'", "update membership set role = 'reviewer'", "person " + bos},
        {"update membership set first_day = '2020-01-01'", "update membership set first_day = '2024-01-01'",
         "person " + bos},
        {"update organization set name = 'Other'", "update organization set name = 'Health Services'",
         "organization 1"},
        {"update cohort set curriculum = 'ecpr'", "update cohort set curriculum = 'wrap'", "cohort 1"},
        {"update session set held_on = '2026-02-09'", "update session set held_on = '2026-02-01'", "session 1"},
        {"update session set minutes = 900", "update session set minutes = 90", "session 1"},
        {"update session_leader set person = " + anas, "update session_leader set person = " + bos, "session 1"},
        {"update enrolment set person = " + bos, "update enrolment set person = " + anas, "enrolment 1"},
        {"update installation set issuing_paused = 1", "update installation set issuing_paused = 0", "installation 1"}};
    for (const Change& one : changes) {
        tamper(one.done);
        const auto found = verdict();
        EXPECT_FALSE(found.intact()) << one.done;
        EXPECT_THAT(found.problem, HasSubstr(one.named + " (")) << one.done;
        EXPECT_THAT(found.problem, HasSubstr("changed past the program"));
        tamper(one.undone);
        EXPECT_TRUE(verdict().intact()) << one.undone << ": " << verdict().problem;
    }
}

TEST_P(ChangingRows, TheColumnIsNamedWhereItCanBeFoundOut) {
    const auto said = [&](const std::string& tampering) {
        tamper(tampering);
        return verdict().problem;
    };
    const std::string who = " where id = " + std::to_string(bo.value());
    EXPECT_THAT(said("update person set name = 'Bo Leo'" + who), HasSubstr("in its name of person"));
    tamper("update person set name = 'Bo Lee'" + who);
    EXPECT_THAT(said("update membership set first_day = '2023-05-01'"), HasSubstr("in its first_day of membership"));
    EXPECT_THAT(said("update membership set first_day = '1923-05-01'"), ::testing::Not(HasSubstr("in its")));
    tamper("update membership set first_day = '2024-01-01'");
    EXPECT_THAT(said("update session set minutes = 900"), HasSubstr("in its minutes of session"));
    tamper("update session set minutes = 90");
    EXPECT_THAT(said("update organization set mark = mark + 1"), HasSubstr("the mark that organization 1"));
    tamper("update organization set mark = mark - 1");
    EXPECT_TRUE(verdict().intact()) << verdict().problem;
}

TEST_P(ChangingRows, OneOfManyImportedPeopleIsNamed) {
    change([](UnitOfWork& work) {
        PeopleImport import(work, 2026y / 3 / 1);
        for (int i = 0; i < 300; ++i) {
            const std::string name = "Person " + std::to_string(i), email = "p" + std::to_string(i) + "@example.org";
            import.add({name, {}, 1980y / 1 / 1, email, {}}, static_cast<std::size_t>(i));
        }
        import.finish();
    });
    ASSERT_TRUE(verdict().intact()) << verdict().problem;
    tamper("update person set born = '1980-02-01' where name = 'Person 200'");
    const auto found = verdict();
    EXPECT_THAT(found.problem, HasSubstr("person " + std::to_string(bo.value() + 201) + " ("));
    EXPECT_THAT(found.problem, HasSubstr("changed past the program, in its born"));
}

TEST_P(ChangingRows, RoleGivenOrTakenPastTheProgramIsNoticed) {
    tamper("insert into membership (organization, person, role, first_day) values (1, " + std::to_string(ana.value()) +
           ", 'administrator', '2020-01-01')");
    EXPECT_THAT(verdict().problem, HasSubstr("person " + std::to_string(ana.value()) + " ("));
    tamper("delete from membership");
    EXPECT_THAT(verdict().problem, HasSubstr("person " + std::to_string(bo.value()) + " ("));
}

TEST_P(ChangingRows, RowAddedPastTheProgramIsNamed) {
    tamper("insert into organization (code, name, kind, county) values ('evil', 'Evil', 'employer', '')");
    const auto found = verdict();
    EXPECT_FALSE(found.intact());
    EXPECT_THAT(found.problem, HasSubstr("organization 2 was added past the program"));
    // As if an audit row vouched for it.
    tamper("update organization set audit = 3 where code = 'evil'");
    EXPECT_EQ(verdict().broken_at, 3);
    EXPECT_THAT(verdict().problem, HasSubstr("organization 2 ("));
    tamper("update organization set audit = 999 where code = 'evil'");
    EXPECT_THAT(verdict().problem, HasSubstr("audit row 999, which organization 2 names, is missing"));
}

TEST_P(ChangingRows, RowRemovedPastTheProgramIsNoticed) {
    tamper("delete from enrolment_event");
    tamper("delete from enrolment");
    EXPECT_FALSE(verdict().intact());
    EXPECT_THAT(verdict().problem, HasSubstr("a row it vouches for was removed (2 then, 0 now)"));
}

TEST_P(ChangingRows, EarlierStateCannotBeForged) {
    change([&](UnitOfWork& work) { work.people.set_hidden(ana, true); });
    ASSERT_TRUE(verdict().intact());
    EXPECT_FALSE(database().place().accepts("update replaced_state set digest = 'x'"));
    EXPECT_FALSE(database().place().accepts("delete from replaced_state"));
    tamper("update replaced_state set digest = '" + std::string(64, 'a') + "'");
    EXPECT_FALSE(verdict().intact());
    tamper("delete from replaced_state");
    EXPECT_FALSE(verdict().intact());
}

TEST_P(ChangingRows, DigestsOfPeopleAreSaltedEachOnItsOwn) {
    // The same name twice: were it not for the salt, who has the key of the installation could try names.
    const auto twin = somebody("Bo Lee");
    const auto salt = [&](PersonId id) {
        return database().place().ask("select cast(salt as text) from person where id = " + std::to_string(id.value()));
    };
    EXPECT_NE(salt(bo), "0");
    EXPECT_NE(salt(bo), salt(twin));
}

TEST_P(ChangingRows, OneChangedRowOfAnImportIsNamed) {
    store().write(by, [](UnitOfWork& work) {
        PeopleImport import(work);
        for (std::size_t i = 0; i < 300; ++i)
            import.add({.name_used = "Person " + std::to_string(i),
                        .name_on_certificate = i % 3 == 0 ? "Certificate " + std::to_string(i) : "",
                        .born = i % 2 == 0 ? std::optional(1970y / 1 / 1) : std::nullopt,
                        .email = i % 5 == 0 ? "p" + std::to_string(i) + "@example.org" : "",
                        .phone = i % 7 == 0 ? "555 0100" : ""},
                       i);
        import.finish();
    });
    ASSERT_TRUE(verdict().intact()) << verdict().problem;
    change(
        [](UnitOfWork& work) { work.people.change_name(PersonId(20), domain::NameKind::used, "New", 2027y / 1 / 1); });
    ASSERT_TRUE(verdict().intact()) << verdict().problem;
    tamper("update person set name = 'Somebody Else' where id = 217");
    EXPECT_THAT(verdict().problem, HasSubstr("people.imported"));
    EXPECT_THAT(verdict().problem, HasSubstr("person 217 ("));
}

} // namespace
} // namespace peercert::storage
