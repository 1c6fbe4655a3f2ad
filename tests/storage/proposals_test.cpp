#include "storage/suite.hpp"

#include <atomic>
#include <thread>

namespace peercert::storage {
namespace {

using domain::ProposalStep;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Editions on their way into force, and what stands in their way.
class ProposalStore : public BothDatabases {
protected:
    void SetUp() override {
        BothDatabases::SetUp();
        if (IsSkipped())
            return;
        change([this](UnitOfWork& work) {
            body = work.organizations.add(
                {.code = "dhs", .name = "Health Services", .kind = domain::OrganizationKind::certifying_body});
            for (const char* name : {"Ana Invented", "Bo Invented", "Cy Invented"})
                people.push_back(work.people.add({.name_used = name}).id);
        });
    }
    domain::Proposal draft(const std::string& edition, const std::string& text = "track: x\n") const {
        return {.edition = {domain::EditionKind::track, "wi-x", edition, "digest of " + text, text},
                .cases = "cases: ü\n",
                .body = body,
                .proposed_by = people.at(0),
                .because = "an emergency"};
    }
    domain::ProposalId propose(const domain::Proposal& proposal) {
        return change([&](UnitOfWork& work) { return work.proposals.add(proposal); });
    }
    void add(domain::ProposalId proposal, ProposalStep step, PersonId person, Date day = 2026y / 3 / 2) {
        change([&](UnitOfWork& work) {
            work.proposals.add_event(proposal, {.step = step, .person = person, .day = day, .reason = "said so"});
        });
    }
    domain::ProposalId published(const std::string& edition, Date first_day) {
        const auto id = propose(draft(edition));
        add(id, ProposalStep::approved, people.at(1));
        add(id, ProposalStep::approved, people.at(2));
        add(id, ProposalStep::published, PersonId{}, first_day);
        return id;
    }
    std::string problem() {
        return look([](UnitOfWork& work) { return work.audit.verify().problem; });
    }

    OrganizationId body;
    std::vector<PersonId> people;
};
PEERCERT_BOTH_DATABASES(ProposalStore);

TEST_P(ProposalStore, KeepsWhatWasProposedAndWhatBecameOfIt) {
    const auto first = propose(draft("2026", "track: old\n"));
    const auto second = propose(draft("2026"));
    add(second, ProposalStep::approved, people[1], 2026y / 3 / 1);
    look([&](UnitOfWork& work) {
        const auto newest = work.proposals.newest("wi-x", "2026").value();
        EXPECT_EQ(newest.proposal.id, second);
        EXPECT_EQ(newest.proposal.edition.text, "track: x\n");
        EXPECT_EQ(newest.proposal.cases, "cases: ü\n");
        EXPECT_EQ(newest.proposal.body, body);
        EXPECT_EQ(newest.proposal.proposed_by, people[0]);
        EXPECT_EQ(newest.proposal.because, "an emergency");
        EXPECT_EQ(newest.proposal.typed_by, "test");
        EXPECT_EQ(newest.proposal.recorded_at, morning());
        ASSERT_THAT(newest.events, SizeIs(1));
        EXPECT_EQ(newest.events[0].n, 1);
        EXPECT_EQ(newest.events[0].step, ProposalStep::approved);
        EXPECT_EQ(newest.events[0].person, people[1]);
        EXPECT_EQ(newest.events[0].day, 2026y / 3 / 1);
        EXPECT_EQ(newest.events[0].reason, "said so");
        EXPECT_FALSE(work.proposals.newest("wi-x", "2027"));
        const auto all = work.proposals.list();
        ASSERT_THAT(all, SizeIs(2));
        EXPECT_EQ(all[0].proposal.id, first);
        EXPECT_EQ(all[0].proposal.edition.text, "") << "a list carries no texts";
        EXPECT_EQ(all[0].proposal.edition.digest, "digest of track: old\n");
        EXPECT_THAT(work.proposals.list("wi-y"), IsEmpty());
        EXPECT_THAT(work.proposals.list("wi-x"), SizeIs(2));
    });
    EXPECT_EQ(problem(), "");
}

TEST_P(ProposalStore, NobodyApprovesTheSameTextTwice) {
    const auto id = propose(draft("2026"));
    add(id, ProposalStep::approved, people[1]);
    std::string message;
    EXPECT_EQ(refusal([&] { add(id, ProposalStep::approved, people[1]); }, &message), ErrorCode::conflict);
    EXPECT_THAT(message, HasSubstr("approved this text already"));
    add(id, ProposalStep::approved, people[2]);
    add(id, ProposalStep::published, PersonId{});
    EXPECT_EQ(refusal([&] { add(id, ProposalStep::published, people[0]); }), ErrorCode::conflict);
    EXPECT_FALSE(database().place().accepts("insert into edition_event (proposal, n, step, person, day, reason, "
                                            "typed_by, recorded_at, audit) values (1, 9, 'approved', " +
                                            std::to_string(people[1].value()) +
                                            ", '2026-03-02', '', 'x', '2026-03-02T00:00:00Z', 1)"))
        << "the database itself takes no second approval either";
    EXPECT_FALSE(database().place().accepts("insert into edition_event (proposal, n, step, person, day, reason, "
                                            "typed_by, recorded_at, audit) values (1, 9, 'approved', null, "
                                            "'2026-03-02', '', 'x', '2026-03-02T00:00:00Z', 1)"))
        << "nor one by nobody";
}

TEST_P(ProposalStore, OfTwoApprovalsOfOnePersonAtOnceOneIsRecorded) {
    const auto id = propose(draft("2026"));
    std::atomic<int> recorded{0}, refused{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&, i] {
            // Two people, each in two places at once.
            const auto answer = refusal([&] { add(id, ProposalStep::approved, people.at(1 + i % 2)); });
            (answer ? refused : recorded) += 1;
        });
    for (std::thread& one : threads)
        one.join();
    EXPECT_EQ(recorded, 2);
    EXPECT_EQ(refused, 2);
    look([&](UnitOfWork& work) {
        const auto events = work.proposals.newest("wi-x", "2026")->events;
        ASSERT_THAT(events, SizeIs(2));
        EXPECT_NE(events[0].person, events[1].person);
        EXPECT_EQ(events[1].n, 2);
    });
    EXPECT_EQ(problem(), "");
}

TEST_P(ProposalStore, ListsWhatIsPublishedByFirstDayWithoutWhatWasWithdrawn) {
    const auto later = published("2027", 2027y / 1 / 1);
    published("2026", 2026y / 4 / 1);
    propose(draft("2028"));
    const auto editions = [&] {
        return look([](UnitOfWork& work) {
            std::vector<std::string> names;
            for (const auto& one : work.proposals.published())
                names.push_back(one.edition.edition + " " + to_text(one.first_day) + " " + one.edition.text);
            return names;
        });
    };
    EXPECT_THAT(editions(), ElementsAre("2026 2026-04-01 track: x\n", "2027 2027-01-01 track: x\n"));
    add(later, ProposalStep::withdrawn, people[1]);
    EXPECT_THAT(editions(), ElementsAre("2026 2026-04-01 track: x\n"));
    look([&](UnitOfWork& work) {
        ASSERT_THAT(work.proposals.published("wi-x"), SizeIs(1));
        EXPECT_EQ(work.proposals.published("wi-x")[0].edition.text, "");
        EXPECT_EQ(work.proposals.published("wi-x")[0].body, body);
        EXPECT_THAT(work.proposals.published("wi-y"), IsEmpty());
    });
}

TEST_P(ProposalStore, RowsAreNeverChangedAndTamperingIsFound) {
    published("2026", 2026y / 4 / 1);
    EXPECT_EQ(problem(), "");
    for (const char* statement : {"update edition_proposal set body = 'track: y'", "delete from edition_event",
                                  "update edition_event set day = '2026-01-01'", "delete from edition_proposal"})
        EXPECT_FALSE(database().place().accepts(statement)) << statement;
    for (const auto& [statement, back] : std::vector<std::pair<std::string, std::string>>{
             {"update edition_proposal set body = 'track: y'", "update edition_proposal set body = 'track: x\n'"},
             {"update edition_proposal set cases = ''", "update edition_proposal set cases = 'cases: ü\n'"},
             {"update edition_proposal set because = ''", "update edition_proposal set because = 'an emergency'"},
             {"update edition_event set day = '2026-01-01' where step = 'published'",
              "update edition_event set day = '2026-04-01' where step = 'published'"}}) {
        database().place().tamper(statement);
        EXPECT_THAT(problem(), HasSubstr("does not fit what is recorded")) << statement;
        database().place().tamper(back);
        EXPECT_EQ(problem(), "") << back;
    }
    database().place().tamper("delete from edition_event where step = 'approved' and person = " +
                              std::to_string(people[1].value()));
    EXPECT_THAT(problem(), HasSubstr("removed"));
}

TEST_P(ProposalStore, AreInEveryBackup) {
    published("2026", 2026y / 4 / 1);
    const auto file = database().place().folder() / "saved.backup";
    back_up(database().place().settings(), file);
    testing::TempPlace other(GetParam());
    restore(file, other.settings(), by);
    Store restored(other.settings());
    restored.read([&](UnitOfWork& work) {
        const auto newest = work.proposals.newest("wi-x", "2026").value();
        EXPECT_EQ(newest.proposal.edition.text, "track: x\n");
        EXPECT_THAT(newest.events, SizeIs(3));
        EXPECT_THAT(work.proposals.published(), SizeIs(1));
        EXPECT_EQ(work.audit.verify().problem, "");
    });
}

TEST_P(ProposalStore, WhatAnythingNamesIsReliedOn) {
    const auto relied = [&](const char* code, const char* edition) {
        return look([&](UnitOfWork& work) { return work.editions.relied_on(code, edition); });
    };
    change([&](UnitOfWork& work) {
        for (const char* edition : {"1", "2", "3", "4", "5"})
            work.editions.freeze({domain::EditionKind::track, "wi-x", edition, std::string("d") + edition, "text"});
    });
    for (const char* edition : {"1", "2", "3", "4", "5"})
        EXPECT_FALSE(relied("wi-x", edition)) << "a kept text alone relies on nothing";
    change([&](UnitOfWork& work) {
        work.cohorts.add({.code = "mke-1", .curriculum = "wi-x", .edition = "1"});
        work.applications.add({.person = people[0],
                               .track = "wi-x",
                               .edition = "2",
                               .step = "become certified",
                               .received_on = 2026y / 2 / 1});
        const auto credential = work.credentials.add(people[0], "wi-x", body);
        work.credentials.add_term(
            credential.id, {.n = 1, .first_day = 2026y / 1 / 1, .title = "T", .name_as_issued = "Ana", .edition = "3"});
        work.applications.decide({.credential = credential.id,
                                  .action = "suspend",
                                  .decided_on = 2026y / 3 / 2,
                                  .decided_by = "x",
                                  .edition_digest = "d4"});
        work.entries.add({.person = people[0],
                          .kind = EntryKind::practice,
                          .first_day = 2026y / 2 / 1,
                          .last_day = 2026y / 2 / 1,
                          .amount = 60,
                          .edition = "wi-x 5"});
    });
    for (const char* edition : {"1", "2", "3", "4", "5"}) {
        EXPECT_TRUE(relied("wi-x", edition)) << edition;
        EXPECT_FALSE(relied("wi-y", edition)) << edition;
    }
    EXPECT_EQ(look([](UnitOfWork& work) { return work.editions.digest_of("wi-x", "2"); }), "d2");
    EXPECT_EQ(look([](UnitOfWork& work) { return work.editions.digest_of("wi-x", "9"); }), std::nullopt);
}

} // namespace
} // namespace peercert::storage
