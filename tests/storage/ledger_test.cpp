#include "storage/suite.hpp"

#include "domain/entry.hpp"

namespace peercert::storage {
namespace {

using domain::NewEntry;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Ledger : public BothDatabases {
protected:
    void SetUp() override {
        BothDatabases::SetUp();
        if (!IsSkipped())
            ana = somebody();
    }
    static NewEntry practice(PersonId person, Date day, std::int64_t minutes) {
        return {.person = person, .kind = EntryKind::practice, .first_day = day, .last_day = day, .amount = minutes};
    }
    EntryId add(const NewEntry& entry) {
        return change([&](UnitOfWork& work) { return work.entries.add(entry); });
    }
    EntryId add_at(int hour, const NewEntry& entry) {
        return store().write({"test", morning(hour)}, [&](UnitOfWork& work) {
            const auto id = work.entries.add(entry);
            work.audit.append({.action = "entry.added", .object = "test"});
            return id;
        });
    }
    Record record(PersonId person, std::optional<domain::Instant> known_at = {}) {
        return look([&](UnitOfWork& work) { return work.entries.record(person, vocabulary, known_at); });
    }
    static std::vector<std::int64_t> amounts(const Record& record) {
        std::vector<std::int64_t> found;
        for (const auto& entry : record.entries)
            found.push_back(entry.amount);
        return found;
    }
    std::vector<std::pair<PersonId, Record>> everybody() {
        std::vector<std::pair<PersonId, Record>> found;
        look([&](UnitOfWork& work) {
            work.entries.each_record(
                vocabulary, [&](PersonId person, const Record& record) { found.emplace_back(person, record); });
        });
        return found;
    }

    PersonId ana;
    Vocabulary vocabulary;
};
PEERCERT_BOTH_DATABASES(Ledger);

TEST_P(Ledger, APartOfThePeopleIsReadAsTheWholeIs) {
    std::vector<PersonId> people{ana};
    for (int i = 0; i < 5; ++i)
        people.push_back(somebody("Person " + std::string(1, static_cast<char>('A' + i))));
    for (std::size_t i = 0; i < people.size(); ++i)
        add_at(1, {.person = people[i],
                   .kind = EntryKind::practice,
                   .first_day = 2026y / 2 / 1,
                   .last_day = 2026y / 2 / 1,
                   .amount = static_cast<std::int64_t>(i)});
    change([&](UnitOfWork& work) {
        const auto credential = work.credentials.add(people[3], "wi-cps", OrganizationId{});
        work.credentials.add_term(credential.id,
                                  {.n = 1, .first_day = 2024y / 11 / 1, .title = "T", .name_as_issued = "X"});
    });
    const auto all = everybody();
    ASSERT_EQ(all.size(), people.size());
    for (const std::int64_t size : {1, 2, 3, 100}) {
        std::vector<std::string> parts, whole;
        const auto text = [](PersonId person, const Record& record) {
            return std::to_string(person.value()) + ":" + std::to_string(record.entries.at(0).amount) + ":" +
                   std::to_string(record.holdings.size());
        };
        look([&](UnitOfWork& work) {
            const std::int64_t last = work.people.last().value();
            EXPECT_EQ(last, people.back().value());
            for (std::int64_t after = 0; after < last; after += size)
                work.entries.each_record(
                    vocabulary, PersonId(after), PersonId(after + size), {},
                    [&](PersonId person, const Record& record) { parts.push_back(text(person, record)); });
        });
        for (const auto& [person, record] : all)
            whole.push_back(text(person, record));
        EXPECT_EQ(parts, whole) << "in parts of " << size;
    }
}

TEST_P(Ledger, GivesBackEveryFieldOfALine) {
    const auto facilitator = somebody("Bo Lee");
    const auto [cohort, session] = change([&](UnitOfWork& work) {
        const auto id = work.cohorts.add({.code = "mke-1", .curriculum = "wrap", .edition = "2024"});
        return std::pair(
            id, work.cohorts.add_session({.cohort = id, .number = 1, .held_on = 2026y / 2 / 1, .length = 90min}));
    });
    const NewEntry entry{.person = ana,
                         .kind = EntryKind::sign_off,
                         .result = EntryResult::shown,
                         .first_day = 2026y / 2 / 1,
                         .last_day = 2026y / 2 / 2,
                         .amount = 7,
                         .code = "samhsa-2015/1.2",
                         .edition = "samhsa-2015 2015",
                         .tags = {"role play", "direct", "role play"},
                         .provider = "mke-centre",
                         .session = session,
                         .cohort = cohort,
                         .asserted_by = facilitator,
                         .typed_by = "cli:bo",
                         .authority =
                             domain::Authority{"wrap/facilitator", "134S-CXXG-ZQQ", {2025y / 1 / 1, 2026y / 12 / 31}},
                         .wording = "v1",
                         .document_digest = "ab12",
                         .late_reason = domain::LateReason::paper_form};
    const auto id = add(entry);
    const auto found = look([&](UnitOfWork& work) { return work.entries.of(id); });
    EXPECT_EQ(found.person, ana);
    EXPECT_EQ(found.kind, EntryKind::sign_off);
    EXPECT_EQ(found.result, EntryResult::shown);
    EXPECT_EQ(found.first_day, Date{2026y / 2 / 1});
    EXPECT_EQ(found.last_day, Date{2026y / 2 / 2});
    EXPECT_EQ(found.amount, 7);
    EXPECT_EQ(found.code, "samhsa-2015/1.2");
    EXPECT_EQ(found.edition, "samhsa-2015 2015");
    EXPECT_THAT(found.tags, ElementsAre("direct", "role play"));
    EXPECT_EQ(found.provider, "mke-centre");
    EXPECT_EQ(found.session, session);
    EXPECT_EQ(found.cohort, cohort);
    EXPECT_EQ(found.asserted_by, facilitator);
    EXPECT_EQ(found.typed_by, "cli:bo");
    EXPECT_EQ(found.authority, entry.authority);
    EXPECT_EQ(found.wording, "v1");
    EXPECT_EQ(found.document_digest, "ab12");
    EXPECT_EQ(found.late_reason, domain::LateReason::paper_form);
    EXPECT_EQ(found.recorded_at, morning());
    EXPECT_TRUE(found.counts());

    const auto seen = record(ana).entries.at(0);
    EXPECT_EQ(seen.id, id);
    EXPECT_EQ(seen.kind, EntryKind::sign_off);
    EXPECT_EQ(seen.result, EntryResult::shown);
    EXPECT_EQ(seen.first, Date{2026y / 2 / 1});
    EXPECT_EQ(seen.last, Date{2026y / 2 / 2});
    EXPECT_EQ(seen.amount, 7);
    EXPECT_EQ(vocabulary.text(seen.code), "samhsa-2015/1.2");
    EXPECT_EQ(vocabulary.text(seen.provider), "mke-centre");
    EXPECT_TRUE(seen.tags.has(vocabulary.find("direct")));
    EXPECT_TRUE(seen.tags.has(vocabulary.find("role play")));
    EXPECT_EQ(vocabulary.text(seen.authority), "wrap/facilitator");
    EXPECT_EQ(seen.authority_held, (DayRange{2025y / 1 / 1, 2026y / 12 / 31}));
    EXPECT_EQ(seen.session, session.value());
    EXPECT_EQ(seen.cohort, cohort.value());
}

TEST_P(Ledger, IsSortedByLastDayHoweverItWasEntered) {
    add(practice(ana, 2026y / 2 / 9, 9));
    add(practice(ana, 2026y / 1 / 31, 31));
    add({.person = ana,
         .kind = EntryKind::fact,
         .first_day = 2020y / 1 / 1,
         .last_day = no_end,
         .amount = 1,
         .code = "ged"});
    add(practice(ana, 2026y / 2 / 9, 10));
    EXPECT_THAT(amounts(record(ana)), ElementsAre(31, 9, 10, 1));
}

TEST_P(Ledger, ACorrectionStandsInPlaceOfWhatItNames) {
    const auto wrong = add(practice(ana, 2026y / 2 / 1, 600));
    auto right = practice(ana, 2026y / 2 / 2, 60);
    right.replaces = wrong;
    const auto correction = add(right);
    EXPECT_THAT(amounts(record(ana)), ElementsAre(60));
    look([&](UnitOfWork& work) {
        EXPECT_EQ(work.entries.of(wrong).superseded_by, correction);
        EXPECT_EQ(work.entries.of(wrong).amount, 600) << "the old line is still there";
        EXPECT_EQ(work.entries.of_person(ana).size(), 2U);
    });
    EXPECT_EQ(refusal([&] { add(right); }), ErrorCode::conflict) << "corrected once already";
}

TEST_P(Ledger, AWithdrawalLeavesNothingThatCounts) {
    const auto wrong = add(practice(ana, 2026y / 2 / 1, 600));
    auto withdrawal = practice(ana, 2026y / 2 / 1, 0);
    withdrawal.replaces = wrong;
    withdrawal.withdrawn = true;
    const auto id = add(withdrawal);
    EXPECT_THAT(amounts(record(ana)), IsEmpty());
    auto again = practice(ana, 2026y / 2 / 1, 1);
    again.replaces = id;
    EXPECT_EQ(refusal([&] { add(again); }), ErrorCode::conflict);
}

TEST_P(Ledger, AnswersAsItWasKnownThen) {
    const auto wrong = add_at(1, practice(ana, 2026y / 2 / 1, 600));
    auto right = practice(ana, 2026y / 2 / 1, 60);
    right.replaces = wrong;
    add_at(2, right);
    add_at(3, practice(ana, 2026y / 2 / 5, 5));
    EXPECT_THAT(amounts(record(ana, morning(0))), IsEmpty());
    EXPECT_THAT(amounts(record(ana, morning(1))), ElementsAre(600));
    EXPECT_THAT(amounts(record(ana, morning(2))), ElementsAre(60));
    EXPECT_THAT(amounts(record(ana, morning(3))), ElementsAre(60, 5));
}

TEST_P(Ledger, RefusesLinesThatContradictThemselves) {
    const auto bo = somebody("Bo Lee");
    const auto id = add(practice(ana, 2026y / 2 / 1, 60));
    auto entry = practice(ana, 2026y / 2 / 1, -1);
    EXPECT_EQ(refusal([&] { add(entry); }), ErrorCode::invalid_input);
    entry = practice(ana, 2026y / 2 / 1, 1);
    entry.first_day = 2026y / 2 / 2;
    EXPECT_EQ(refusal([&] { add(entry); }), ErrorCode::invalid_input);
    entry = practice(ana, 2026y / 2 / 30, 1);
    EXPECT_EQ(refusal([&] { add(entry); }), ErrorCode::invalid_input) << "a day that does not exist";
    entry = practice(ana, 2026y / 2 / 1, 1);
    entry.withdrawn = true;
    EXPECT_EQ(refusal([&] { add(entry); }), ErrorCode::invalid_input);
    entry = practice(ana, 2026y / 2 / 1, 1);
    entry.replaces = EntryId(id.value() + 1000);
    EXPECT_EQ(refusal([&] { add(entry); }), ErrorCode::not_found);
    entry.replaces = id;
    entry.person = bo;
    EXPECT_EQ(refusal([&] { add(entry); }), ErrorCode::invalid_input);
    entry = practice(ana, 2026y / 2 / 1, 1);
    entry.tags = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};
    EXPECT_EQ(refusal([&] { add(entry); }), ErrorCode::invalid_input);
    entry.tags = {"role play, direct"};
    EXPECT_EQ(refusal([&] { add(entry); }), ErrorCode::invalid_input);
    EXPECT_EQ(refusal([&] { add(practice(PersonId(4711), 2026y / 2 / 1, 1)); }), ErrorCode::invalid_input);
    EXPECT_THAT(amounts(record(ana)), ElementsAre(60));
}

TEST_P(Ledger, KnowsWhoWasAtASession) {
    const auto session = change([&](UnitOfWork& work) {
        const auto id = work.cohorts.add({.code = "mke-1", .curriculum = "wrap", .edition = "2024"});
        return work.cohorts.add_session({.cohort = id, .number = 1, .held_on = 2026y / 2 / 1, .length = 90min});
    });
    NewEntry present{.person = ana,
                     .kind = EntryKind::attendance,
                     .first_day = 2026y / 2 / 1,
                     .last_day = 2026y / 2 / 1,
                     .amount = 80,
                     .session = session};
    const auto first = add(present);
    present.amount = 90;
    present.replaces = first;
    const auto second = add(present);
    look([&](UnitOfWork& work) {
        EXPECT_EQ(work.entries.attendance(session, ana)->id, second);
        EXPECT_FALSE(work.entries.attendance(session, PersonId(99)));
        EXPECT_EQ(work.entries.of_session(session).size(), 2U);
    });
}

TEST_P(Ledger, ShowsRulesWhatAPersonHolds) {
    change([&](UnitOfWork& work) {
        const auto credential = work.credentials.add(ana, "wa-cpss", OrganizationId{});
        work.credentials.add_term(
            credential.id,
            {.n = 1, .first_day = 2024y / 1 / 1, .level = "trainee", .title = "T", .name_as_issued = "Ana"});
        work.credentials.add_term(credential.id, {.n = 2,
                                                  .first_day = 2025y / 1 / 1,
                                                  .last_day = 2026y / 12 / 31,
                                                  .level = "certified",
                                                  .title = "T",
                                                  .name_as_issued = "Ana"});
        work.credentials.add_event(credential.id,
                                   {.kind = domain::CredentialEventKind::suspend, .effective_day = 2026y / 2 / 1});
        work.credentials.add_event(credential.id,
                                   {.kind = domain::CredentialEventKind::reinstate, .effective_day = 2026y / 3 / 1});
        const auto other = work.credentials.add(ana, "wrap", OrganizationId{});
        work.credentials.add_term(other.id,
                                  {.n = 1, .first_day = 2023y / 1 / 1, .title = "F", .name_as_issued = "Ana"});
    });
    const auto held = record(ana).holdings;
    ASSERT_EQ(held.size(), 2U);
    EXPECT_EQ(vocabulary.text(held[0].track), "wa-cpss");
    EXPECT_EQ(held[0].terms.at(0).last, Date{2024y / 12 / 31}) << "the next level takes over";
    EXPECT_EQ(vocabulary.text(held[0].terms.at(1).level), "certified");
    EXPECT_THAT(held[0].out_of_force, ElementsAre(DayRange{2026y / 2 / 1, 2026y / 2 / 28}));
    EXPECT_EQ(vocabulary.text(held[1].track), "wrap");
    EXPECT_THAT(held[1].out_of_force, IsEmpty());
    EXPECT_THAT(record(ana, morning(-1)).holdings, IsEmpty());
}

TEST_P(Ledger, ReadsAWholeStateOnePersonAfterTheOther) {
    const auto bo = somebody("Bo Lee");
    const auto cy = somebody("Cy Ray");
    const auto di = somebody("Di Fox");
    change([&](UnitOfWork& work) { work.people.set_born(cy, 1990y / 5 / 6); });
    add(practice(cy, 2026y / 2 / 1, 3));
    add(practice(ana, 2026y / 2 / 3, 2));
    const auto wrong = add(practice(ana, 2026y / 2 / 1, 1));
    auto right = practice(ana, 2026y / 2 / 2, 4);
    right.replaces = wrong;
    add(right);
    change([&](UnitOfWork& work) {
        const auto credential = work.credentials.add(di, "wrap", OrganizationId{});
        work.credentials.add_term(credential.id,
                                  {.n = 1, .first_day = 2023y / 1 / 1, .title = "F", .name_as_issued = "Di"});
        work.credentials.add_event(credential.id,
                                   {.kind = domain::CredentialEventKind::revoke, .effective_day = 2024y / 1 / 1});
    });
    const auto all = everybody();
    ASSERT_EQ(all.size(), 3U) << "nobody without a line: " << bo.value();
    EXPECT_EQ(all[0].first, ana);
    EXPECT_THAT(amounts(all[0].second), ElementsAre(4, 2));
    EXPECT_EQ(all[1].first, cy);
    EXPECT_EQ(all[1].second.born, Date{1990y / 5 / 6});
    EXPECT_THAT(amounts(all[1].second), ElementsAre(3));
    EXPECT_EQ(all[2].first, di);
    EXPECT_THAT(all[2].second.holdings.at(0).out_of_force, ElementsAre(DayRange{2024y / 1 / 1, {}}));
}

TEST_P(Ledger, TellsWhatGrantedDecisionsReliedOnAndKnowsCorrectedLines) {
    const auto first = add_at(0, practice(ana, 2026y / 1 / 5, 60));
    const auto second = add_at(0, practice(ana, 2026y / 1 / 6, 90));
    const auto decide_at = [&](int hour, domain::Outcome outcome, std::vector<EntryId> evidence) {
        store().write({"test", morning(hour)}, [&](UnitOfWork& work) {
            const auto asked = work.applications.add({.person = ana,
                                                      .track = "wi-cps",
                                                      .edition = "2024",
                                                      .step = "become certified",
                                                      .level = "certified",
                                                      .received_on = 2026y / 2 / 1});
            work.applications.decide({.application = asked,
                                      .outcome = outcome,
                                      .action = "issue",
                                      .decided_on = 2026y / 2 / 10,
                                      .decided_by = "reviewer",
                                      .finding = "{}",
                                      .evidence = std::move(evidence),
                                      .edition_digest = "d",
                                      .engine = "e"});
            work.audit.append({.action = "decided", .object = "test"});
        });
    };
    decide_at(1, domain::Outcome::denied, {second});
    EXPECT_THAT(record(ana).uses, IsEmpty());
    decide_at(2, domain::Outcome::granted, {first, second});
    const auto uses = record(ana).uses;
    ASSERT_EQ(uses.size(), 2U);
    EXPECT_EQ(uses[0].entry, first);
    EXPECT_EQ(vocabulary.text(uses[0].track), "wi-cps");
    EXPECT_EQ(uses[0].decided, Date{2026y / 2 / 10});
    EXPECT_THAT(record(ana, morning(1)).uses, IsEmpty()) << "nobody knew of it then";
    auto right = practice(ana, 2026y / 1 / 5, 45);
    right.replaces = first;
    const auto corrected = add_at(3, right);
    const auto now = record(ana).uses;
    ASSERT_EQ(now.size(), 2U);
    EXPECT_EQ(now[0].entry, second);
    EXPECT_EQ(now[1].entry, corrected) << "a correction does not free what was used up";
    EXPECT_EQ(record(ana, morning(2)).uses.at(0).entry, first);
}

TEST_P(Ledger, SaysThatThereIsNoSuchPerson) {
    EXPECT_EQ(refusal([&] { record(PersonId(99)); }), ErrorCode::not_found);
}

} // namespace
} // namespace peercert::storage
