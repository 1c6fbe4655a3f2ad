#include "storage/suite.hpp"

namespace peercert::storage {
namespace {

using domain::EnrolmentState;
using domain::Outcome;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RecordStore : public BothDatabases {};
PEERCERT_BOTH_DATABASES(RecordStore);

TEST_P(RecordStore, KeepsOrganizationsAndRoles) {
    const auto ana = somebody();
    const auto id = change([&](UnitOfWork& work) {
        const auto centre = work.organizations.add({.code = "mke-centre",
                                                    .name = "Milwaukee Centre",
                                                    .kind = domain::OrganizationKind::training_centre,
                                                    .county = "Milwaukee"});
        work.organizations.add(
            {.code = "dhs", .name = "Health Services", .kind = domain::OrganizationKind::certifying_body});
        work.organizations.add_membership(
            {.person = ana, .organization = centre, .role = "facilitator", .first_day = 2024y / 1 / 1});
        return centre;
    });
    look([&](UnitOfWork& work) {
        EXPECT_EQ(work.organizations.of(id).name, "Milwaukee Centre");
        EXPECT_EQ(work.organizations.find("mke-centre")->county, "Milwaukee");
        EXPECT_FALSE(work.organizations.find("nowhere"));
        EXPECT_EQ(work.organizations.list().at(0).code, "dhs");
        EXPECT_EQ(work.organizations.members(id).at(0).person, ana);
    });
    EXPECT_EQ(change([&](UnitOfWork& work) {
                  return work.organizations.end_membership(ana, id, "facilitator", 2026y / 1 / 31);
              }),
              1);
    look(
        [&](UnitOfWork& work) { EXPECT_EQ(work.organizations.memberships(ana).at(0).last_day, Date{2026y / 1 / 31}); });
    EXPECT_EQ(
        refusal([&] { change([](UnitOfWork& work) { work.organizations.add({.code = "dhs", .name = "Other"}); }); }),
        ErrorCode::conflict);
    EXPECT_EQ(refusal([&] {
                  change([&](UnitOfWork& work) {
                      work.organizations.add_membership(
                          {.person = ana, .organization = id, .role = "facilitator", .first_day = 2024y / 1 / 1});
                  });
              }),
              ErrorCode::conflict);
}

TEST_P(RecordStore, KeepsCohortsSessionsAndLeaders) {
    const auto ana = somebody();
    const auto bo = somebody("Bo Lee");
    const auto cohort = change([&](UnitOfWork& work) {
        return work.cohorts.add({.code = "mke-1",
                                 .curriculum = "wrap",
                                 .edition = "2024",
                                 .course = "seminar-1",
                                 .format = "weekly",
                                 .title = "Spring",
                                 .county = "Milwaukee"});
    });
    auto session = change([&](UnitOfWork& work) {
        work.cohorts.add_session({.cohort = cohort, .number = 2, .held_on = 2026y / 3 / 9, .length = 120min});
        const auto first = work.cohorts.add_session(
            {.cohort = cohort, .number = 1, .held_on = 2026y / 3 / 2, .length = 90min, .unit = "hope"});
        work.cohorts.add_leader({first, bo, "facilitator"});
        work.cohorts.add_leader({first, ana, "observer"});
        work.cohorts.add_leader({first, ana, "facilitator"});
        return first;
    });
    look([&](UnitOfWork& work) {
        EXPECT_EQ(work.cohorts.find("mke-1")->course, "seminar-1");
        EXPECT_EQ(work.cohorts.of(cohort).organization, OrganizationId{});
        const auto sessions = work.cohorts.sessions(cohort);
        ASSERT_EQ(sessions.size(), 2U);
        EXPECT_EQ(sessions[0].unit, "hope");
        EXPECT_EQ(sessions[1].length, 120min);
        const auto leaders = work.cohorts.leaders(session);
        ASSERT_EQ(leaders.size(), 2U);
        EXPECT_EQ(leaders[0].role, "facilitator");
        EXPECT_EQ(work.cohorts.leaders_of(cohort).size(), 2U);
    });
    change([&](UnitOfWork& work) {
        work.cohorts.remove_leader(session, bo);
        work.cohorts.change_session(
            {.id = session, .cohort = cohort, .number = 1, .held_on = 2026y / 3 / 3, .length = 80min});
    });
    look([&](UnitOfWork& work) {
        EXPECT_EQ(work.cohorts.leaders(session).size(), 1U);
        EXPECT_EQ(work.cohorts.session(session)->held_on, Date{2026y / 3 / 3});
    });
    change([&](UnitOfWork& work) {
        work.entries.add({.person = ana,
                          .kind = EntryKind::attendance,
                          .first_day = 2026y / 3 / 3,
                          .last_day = 2026y / 3 / 3,
                          .amount = 80,
                          .session = session});
    });
    EXPECT_EQ(refusal([&] {
                  change([&](UnitOfWork& work) {
                      work.cohorts.change_session(
                          {.id = session, .cohort = cohort, .number = 1, .held_on = 2026y / 3 / 4, .length = 80min});
                  });
              }),
              ErrorCode::conflict);
    for (const Minutes length : {0min, 1441min})
        EXPECT_EQ(refusal([&] {
                      change([&](UnitOfWork& work) {
                          work.cohorts.add_session(
                              {.cohort = cohort, .number = 3, .held_on = 2026y / 3 / 4, .length = length});
                      });
                  }),
                  ErrorCode::invalid_input);
    EXPECT_EQ(refusal([&] {
                  change([&](UnitOfWork& work) {
                      work.cohorts.add_session(
                          {.cohort = cohort, .number = 2, .held_on = 2026y / 3 / 4, .length = 1min});
                  });
              }),
              ErrorCode::conflict);
}

TEST_P(RecordStore, KeepsTheHistoryOfAPlaceWithoutAReason) {
    const auto ana = somebody();
    const auto cohort = change(
        [](UnitOfWork& work) { return work.cohorts.add({.code = "mke-1", .curriculum = "wrap", .edition = "2024"}); });
    const auto enrolment = change([&](UnitOfWork& work) { return work.enrolments.add(cohort, ana, 2026y / 3 / 2); });
    change([&](UnitOfWork& work) { work.enrolments.record(enrolment, EnrolmentState::paused, 2026y / 3 / 9); });
    look([&](UnitOfWork& work) {
        const auto found = work.enrolments.find(cohort, ana);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->state(), EnrolmentState::paused);
        EXPECT_EQ(found->history.at(0).day, Date{2026y / 3 / 2});
        EXPECT_EQ(work.enrolments.of_cohort(cohort).size(), 1U);
        EXPECT_EQ(work.enrolments.of_person(ana).at(0).history.size(), 2U);
        EXPECT_FALSE(work.enrolments.find(cohort, PersonId(99)));
    });
    EXPECT_EQ(refusal([&] { change([&](UnitOfWork& work) { work.enrolments.add(cohort, ana, 2026y / 3 / 2); }); }),
              ErrorCode::conflict);
}

TEST_P(RecordStore, AnEditionThatSomethingReliedOnNeverChanges) {
    const domain::FrozenEdition edition{domain::EditionKind::track, "wi-cps", "2024-01", "d1",
                                        "track: wi-cps\n# :name; 'quoted'\n"};
    EXPECT_TRUE(change([&](UnitOfWork& work) { return work.editions.freeze(edition); }));
    EXPECT_FALSE(change([&](UnitOfWork& work) { return work.editions.freeze(edition); }));
    auto other = edition;
    other.digest = "d2";
    EXPECT_EQ(refusal([&] { change([&](UnitOfWork& work) { work.editions.freeze(other); }); }), ErrorCode::conflict);
    look([&](UnitOfWork& work) {
        EXPECT_EQ(work.editions.find(domain::EditionKind::track, "wi-cps", "2024-01")->text, edition.text);
        EXPECT_EQ(work.editions.find_by_digest("d1")->code, "wi-cps");
        EXPECT_FALSE(work.editions.find_by_digest("d2"));
        EXPECT_EQ(work.editions.list().at(0).text, "");
    });
}

TEST_P(RecordStore, KeepsWhatWasAskedAndWhatWasDecided) {
    const auto ana = somebody();
    const auto [application, decision] = change([&](UnitOfWork& work) {
        const auto asked = work.applications.add({.person = ana,
                                                  .track = "wi-cps",
                                                  .edition = "2024-01",
                                                  .step = "become certified",
                                                  .level = "certified",
                                                  .received_on = 2026y / 2 / 1});
        EXPECT_EQ(work.applications.open().size(), 1U);
        const auto decided = work.applications.decide({.application = asked,
                                                       .outcome = Outcome::granted,
                                                       .action = "issue",
                                                       .decided_on = 2026y / 3 / 2,
                                                       .decided_by = "cli:kim",
                                                       .finding = R"({"met":true})",
                                                       .evidence = {EntryId(3), EntryId(1)},
                                                       .edition_digest = "d1",
                                                       .engine = "0.1"});
        return std::pair(asked, decided);
    });
    look([&](UnitOfWork& work) {
        EXPECT_THAT(work.applications.open(), IsEmpty());
        EXPECT_EQ(work.applications.of(application).step, "become certified");
        EXPECT_EQ(work.applications.of_person(ana).at(0).received_on, Date{2026y / 2 / 1});
        const auto found = work.applications.decision(decision);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->finding, R"({"met":true})");
        EXPECT_THAT(found->evidence, ElementsAre(EntryId(3), EntryId(1)));
        EXPECT_EQ(found->recorded_at, morning());
        EXPECT_EQ(work.applications.decisions_on(application).size(), 1U);
        EXPECT_FALSE(work.applications.find(ApplicationId(99)));
    });
}

TEST_P(RecordStore, WhatIsRecordedCannotBeChangedBehindTheServices) {
    const auto ana = somebody();
    change([&](UnitOfWork& work) {
        work.entries.add({.person = ana,
                          .kind = EntryKind::practice,
                          .first_day = 2026y / 2 / 1,
                          .last_day = 2026y / 2 / 1,
                          .amount = 60});
        const auto credential = work.credentials.add(ana, "wrap", OrganizationId{});
        work.credentials.add_term(credential.id,
                                  {.n = 1, .first_day = 2023y / 1 / 1, .title = "F", .name_as_issued = "Ana"});
    });
    for (const char* statement :
         {"update entry set amount = 600", "delete from entry", "update term set last_day = '2030-01-01'",
          "delete from audit", "update audit set actor = 'x'", "update credential set track = 'x'"})
        EXPECT_FALSE(database().place().accepts(statement)) << statement;
    EXPECT_EQ(database().place().ask("select cast(sum(amount) as text) from entry"), "60");
    EXPECT_TRUE(database().place().accepts("update person set hidden = 1")) << "personal values may change";
}

} // namespace
} // namespace peercert::storage
