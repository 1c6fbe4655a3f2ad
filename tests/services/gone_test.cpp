#include "services/acting.hpp"

#include <functional>
#include <sstream>

#include "services/house_fixture.hpp"
#include "services/merging.hpp"
#include "services/standing.hpp"

/// What can still be recorded of somebody who is gone, and what nobody says of themselves.
namespace peercert::services {
namespace {

using ::testing::HasSubstr;

class Gone : public AHouse {
protected:
    Actor acting(const std::string& who) { return acting_as(house(), who, "test"); }
    EntryId say(const Actor& actor, const std::string& person, EntryKind kind, const std::string& code, const char* on,
                EntryResult result = EntryResult::none, std::int64_t amount = 0) {
        NewRecord line;
        line.person = person;
        line.kind = kind;
        line.code = code;
        line.first_day = day(on);
        line.result = result;
        line.amount = amount;
        return ledger->add(actor, line);
    }
    /// Meets on 2025-03-10 and the day after.
    void a_short_cohort(const std::string& code) {
        cohorts->open(host,
                      {code, "wrap", "weekly group", "centre", "", "", {day("2025-03-10"), day("2025-03-11")}, {}});
    }
    void refused(const char* what, const std::function<void()>& act) {
        const Error no = refusal(act);
        EXPECT_EQ(no.code(), ErrorCode::conflict) << what << ": " << no.what();
        EXPECT_THAT(no.what(), HasSubstr("is gone since 2025-03-10")) << what;
    }
};

TEST_P(Gone, NothingOfLaterDaysIsRecordedAndWhatHappenedBeforeStillIs) {
    const auto ana = ready_for_wisconsin("Ana Ruiz");
    a_wrap_cohort({});
    cohorts->enrol(host, "wrap-1", ana, day("2025-01-10"));
    const auto asked = certification->apply(host, {ana, "wi-cps", Step::Verb::become, "", {}});
    const EntryId hours = record(ana, EntryKind::practice, "", "2025-03-01", EntryResult::none, 60);
    people->set_departed(host, ana, day("2025-03-10"));

    refused("grant", [&] {
        certification->decide(host, {asked.application.id, domain::Outcome::granted, "", "office"});
    });
    refused("approve", [&] { certification->approve(host, asked.application.id, {}); });
    refused("apply", [&] { certification->apply(host, {ana, "ny-nycps", Step::Verb::become, "", {}}); });
    refused("take over", [&] {
        certification->take_over(host, {ana, "wrap", "co-facilitator", "office", day("2025-03-10"), {}});
    });
    a_short_cohort("wrap-2");
    refused("enrol", [&] { cohorts->enrol(host, "wrap-2", ana, day("2025-03-10")); });
    refused("enrol today", [&] { cohorts->enrol(host, "wrap-2", ana, {}); });
    refused("attend", [&] {
        cohorts->enrol(host, "wrap-2", ana, day("2025-03-09"));
        cohorts->attend(host, "wrap-2", 2, ana, Minutes{30});
    });
    refused("record", [&] { record(ana, EntryKind::ce, "", "2025-03-11", EntryResult::none, 60); });
    refused("fact", [&] { record(ana, EntryKind::fact, "LPHA", "2025-03-11"); });
    refused("correct", [&] {
        Correction later;
        later.first_day = day("2025-03-11");
        ledger->correct(host, hours, later);
    });
    refused("role", [&] { organizations->grant(host, "centre", ana, "facilitator", day("2025-03-10"), {}); });
    std::istringstream sheet("person,session,minutes\n" + ana + ",1,30\n" + ana + ",2,30\n");
    const auto read = Imports(house(), &rulebook).attendance(host, "wrap-2", sheet, Mode::commit);
    ASSERT_EQ(read.errors, 1u);
    EXPECT_EQ(read.error_notes[0].line, 3u);
    std::istringstream list("name,born\nAna Ruiz,1980-03-15\n");
    EXPECT_EQ(Imports(house(), &rulebook).people(host, list, "wrap-2", Mode::commit).errors, 0u) << "has a place";
    std::istringstream again("name,born\nAna Ruiz,1980-03-15\n");
    a_short_cohort("wrap-3");
    EXPECT_EQ(Imports(house(), &rulebook).people(host, again, "wrap-3", Mode::commit).errors, 1u);

    EXPECT_NO_THROW(record(ana, EntryKind::ce, "", "2025-03-10", EntryResult::none, 60)) << "the day may be lived";
    EXPECT_NO_THROW(record(ana, EntryKind::fact, "LPHA", "2025-03-10"));
    EXPECT_NO_THROW(cohorts->attend(host, "wrap-1", 8, ana, Minutes{100})) << "on 28 February";
    EXPECT_NO_THROW(cohorts->attend(host, "wrap-2", 1, ana, Minutes{30})) << "on the day itself";
    EXPECT_NO_THROW(organizations->grant(host, "centre", ana, "facilitator", day("2025-03-09"), day("2025-03-09")));
    EXPECT_NO_THROW(certification->take_over(host, {ana, "wrap", "co-facilitator", "office", day("2025-03-09"), {}}));
    EXPECT_NO_THROW(certification->decide(host, {asked.application.id, domain::Outcome::denied, "", "office"}))
        << "what is open can be closed";
}

TEST_P(Gone, TheDayIsCorrectedOrTakenBackAndWhatStoodIsStillKnown) {
    const auto ana = ready_for_wisconsin("Ana Ruiz");
    const auto asked = certification->apply(host, {ana, "wi-cps", Step::Verb::become, "", {}});
    certification->decide(host, {asked.application.id, domain::Outcome::granted, "", "office"});
    const auto said = [&](const char* on, std::optional<domain::Instant> known_at) {
        return Standings(house(), rulebook).of(host, ana, day(on), known_at).at(0).status.code;
    };
    using credentials::StatusCode;
    const auto tells = [&](const Error& no, ErrorCode code, const char* what) {
        EXPECT_EQ(no.code(), code) << no.what();
        EXPECT_THAT(no.what(), HasSubstr(what));
    };
    const auto set = [&](std::optional<Date> on) { people->set_departed(host, ana, on); };
    tells(refusal([&] { set(std::nullopt); }), ErrorCode::conflict, "not recorded");
    tells(refusal([&] { set(day("1980-03-14")); }), ErrorCode::invalid_input, "before");
    today_is("2025-05-02");
    tells(refusal([&] { set(day("2025-05-03")); }), ErrorCode::invalid_input, "still to come");
    set(day("2025-05-01"));
    tells(refusal([&] { set(day("2025-05-01")); }), ErrorCode::conflict, "stands already");
    today_is("2025-05-04");
    set(day("2025-05-03"));
    today_is("2025-05-06");
    set(std::nullopt);

    EXPECT_EQ(said("2025-05-03", {}), StatusCode::certified);
    EXPECT_EQ(said("2025-05-03", noon("2025-05-01")), StatusCode::certified) << "nobody knew yet";
    EXPECT_EQ(said("2025-05-01", noon("2025-05-03")), StatusCode::ended);
    EXPECT_EQ(said("2025-05-01", noon("2025-05-05")), StatusCode::certified) << "corrected to the 3rd";
    EXPECT_EQ(said("2025-05-03", noon("2025-05-05")), StatusCode::ended);
    EXPECT_EQ(said("2025-05-03", noon("2025-05-07")), StatusCode::certified) << "taken back";
    EXPECT_NO_THROW(record(ana, EntryKind::ce, "", "2025-05-05", EntryResult::none, 60));
    EXPECT_TRUE(house().store.read([](storage::UnitOfWork& work) { return work.audit.verify().intact(); }));
}

TEST_P(Gone, OneHumanIsGoneUnderEachOfTheirRecords) {
    const auto ana = somebody("Ana Ruiz");
    const auto other = people->add(host, {.name_used = "Anna Ruiz"}, true).code.str();
    certification->take_over(host, {ana, "wrap", "co-facilitator", "office", day("2019-05-01"), {}});
    today_is("2025-04-03");
    people->set_departed(host, other, day("2025-03-20"));
    Merging merging(house());
    merging.merge(host, ana, other, true);
    const auto said = [&](std::optional<domain::Instant> known_at) {
        return Standings(house(), rulebook).of(host, ana, day("2025-03-25"), known_at).at(0).status.code;
    };
    EXPECT_EQ(said({}), credentials::StatusCode::ended);
    today_is("2025-04-05");
    people->set_departed(host, ana, std::nullopt);
    EXPECT_EQ(said({}), credentials::StatusCode::certified) << "taken back under whichever record it stood";
    EXPECT_EQ(said(noon("2025-04-04")), credentials::StatusCode::ended) << "as was known then";
    today_is("2025-04-07");
    people->set_departed(host, ana, day("2025-03-22"));
    EXPECT_EQ(said({}), credentials::StatusCode::ended);
    EXPECT_EQ(said(noon("2025-04-06")), credentials::StatusCode::certified);
    EXPECT_TRUE(house().store.read([](storage::UnitOfWork& work) { return work.audit.verify(); }).intact());
}

TEST_P(Gone, NobodyVouchesAfterTheyWereGone) {
    const auto ana = somebody("Ana Ruiz"), bo = somebody("Bo Lind");
    people->set_departed(host, bo, day("2025-03-10"));
    NewRecord hours;
    hours.person = ana;
    hours.kind = EntryKind::practice;
    hours.amount = 60;
    hours.vouched_by = bo;
    hours.first_day = day("2025-03-11");
    refused("vouch", [&] { ledger->add(host, hours); });
    hours.first_day = day("2025-03-10");
    EXPECT_NO_THROW(ledger->add(host, hours));
}

TEST_P(Gone, NobodyActsInTheirNameAndTheirRolesGiveNoRights) {
    const auto cy = somebody("Cy Young");
    organizations->grant(host, "centre", cy, "administrator", day("2025-01-01"), {});
    const Actor before = acting("Cy Young");
    EXPECT_EQ(before.name, "person:" + cy + " by host:test");
    EXPECT_FALSE(before.is_operator());
    people->set_departed(host, cy, day("2025-04-02"));
    EXPECT_EQ(refusal([&] { acting(cy); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] { people->find(before, "", 10); }).code(), ErrorCode::forbidden) << "begun before";
}

TEST_P(Gone, ActingIsInTheNameOfOnePersonOfTheRecord) {
    const auto one = somebody("Cy Young");
    people->add(host, {.name_used = "Cy Young", .born = day("1990-01-01")}, true);
    EXPECT_EQ(refusal([&] { acting("Cy Young"); }).code(), ErrorCode::conflict);
    EXPECT_EQ(refusal([&] { acting("Mallory"); }).code(), ErrorCode::not_found);
    EXPECT_EQ(acting(one).name, "person:" + one + " by host:test");
}

class SelfDealing : public Gone {};

TEST_P(SelfDealing, WhatOthersHaveSeenNobodyPutsDownForThemselves) {
    const auto cy = somebody("Cy Young"), ana = somebody("Ana Ruiz");
    for (const char* role : {"coordinator", "reviewer"})
        organizations->grant(host, "centre", cy, role, day("2025-01-01"), {});
    a_wrap_cohort({});
    for (const auto& one : {cy, ana})
        cohorts->enrol(host, "wrap-1", one, day("2025-01-10"));
    const EntryId exam = record(cy, EntryKind::exam, "competency", "2025-03-28", EntryResult::not_yet, 3000);
    const EntryId hours = record(cy, EntryKind::practice, "", "2025-03-01", EntryResult::none, 60);
    const Actor me = acting(cy);
    const auto forbidden = [&](const char* what, const std::function<void()>& act) {
        EXPECT_EQ(refusal(act).code(), ErrorCode::forbidden) << what;
    };
    forbidden("exam", [&] { say(me, cy, EntryKind::exam, "competency", "2025-03-28", EntryResult::passed, 9900); });
    forbidden("training", [&] { say(me, cy, EntryKind::training, "wi-approved-curriculum", "2025-03-28"); });
    forbidden("fact", [&] { say(me, cy, EntryKind::fact, "LPHA", "2025-03-28"); });
    forbidden("decision", [&] { say(me, cy, EntryKind::decision, "tries", "2025-03-28", EntryResult::approved); });
    forbidden("attend", [&] { cohorts->attend(me, "wrap-1", 1, cy, Minutes{100}); });
    forbidden("correct", [&] {
        Correction better;
        better.result = EntryResult::passed;
        ledger->correct(me, exam, better);
    });
    forbidden("withdraw", [&] { ledger->withdraw(me, exam); });
    std::istringstream sheet("person,session,minutes\n" + cy + ",1,100\n" + ana + ",1,100\n");
    const auto read = Imports(house(), &rulebook).attendance(me, "wrap-1", sheet, Mode::commit);
    ASSERT_EQ(read.errors, 1u);
    EXPECT_EQ(read.error_notes[0].line, 2u);
    EXPECT_EQ(read.error_notes[0].column, "person");

    EXPECT_NO_THROW(say(me, ana, EntryKind::exam, "competency", "2025-03-28", EntryResult::passed, 9900));
    EXPECT_NO_THROW(cohorts->attend(me, "wrap-1", 1, ana, Minutes{100}));
    EXPECT_NO_THROW(say(me, cy, EntryKind::attestation, "own lived experience", "2025-03-28"));
    EXPECT_NO_THROW(say(me, cy, EntryKind::document, "GED", "2025-03-28"));
    EXPECT_NO_THROW(say(me, cy, EntryKind::practice, "", "2025-03-28", EntryResult::none, 60));
    EXPECT_NO_THROW(say(me, cy, EntryKind::ce, "", "2025-03-27", EntryResult::none, 60));
    EXPECT_NO_THROW(ledger->withdraw(me, hours));
}

PEERCERT_IN_BOTH(Gone);
PEERCERT_IN_BOTH(SelfDealing);

} // namespace
} // namespace peercert::services
