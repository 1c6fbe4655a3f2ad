#include "house_fixture.hpp"

#include "services/assessment.hpp"
#include "services/merging.hpp"
#include "services/replay.hpp"
#include "services/reports/everybody.hpp"
#include "services/reports/staff_training.hpp"
#include "words/shapes.hpp"

namespace peercert::services {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class OneHuman : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        merging.emplace(house());
    }

    /// Everything that anybody is told about these people and the house, as JSON.
    std::string answers(const std::vector<std::string>& codes) {
        std::string all;
        Assessments assessments(house(), rulebook);
        for (const std::string& code : codes) {
            all += code + words::person_json(people->show(host, code)).text() + "\n";
            for (const LedgerLine& line : ledger->of(host, code))
                all += words::ledger_line_json(line).text() + "\n";
            for (const CredentialView& one : certification->of_person(host, code)) {
                all += words::credential_json(one).text() + "\n";
                const VerificationAnswer said = verify(one.record.credential.number.str());
                all += said.holder + std::to_string(static_cast<int>(said.outcome)) + "\n";
            }
            for (const char* track : {"wi-cps", "wrap"})
                try {
                    all += words::assessment_json(assessments.assess(host, {.person = code, .track = track})).text();
                } catch (const Error& error) {
                    all += error.what();
                }
        }
        all += words::everybody_json(everybody(house(), rulebook, host, {}, 1)).text() + "\n";
        for (const PersonLine& line : people->find(host, "", 1000))
            all += words::person_json(line).text();
        for (const domain::Cohort& cohort : cohorts->list(host))
            all += words::cohort_json(cohorts->show(host, cohort.code)).text() + "\n";
        all += words::coverage_json(coverage(house(), rulebook, host, {.curriculum = "wrap"})).text();
        return all;
    }

    Replayed replay(std::int64_t decision) {
        return Replays(house(), rulebook).replay(host, domain::DecisionId(decision));
    }
    storage::AuditVerdict audit() {
        return house().store.read([](storage::UnitOfWork& work) { return work.audit.verify(); });
    }
    std::vector<std::string> conflicts(const std::string& kept, const std::string& other) {
        std::vector<std::string> kinds;
        for (const MergeConflict& one : merging->merge(host, kept, other, false, Mode::rehearse).conflicts)
            kinds.emplace_back(word_of(one.kind));
        return kinds;
    }

    std::optional<Merging> merging;
};
PEERCERT_IN_BOTH(OneHuman);

TEST_P(OneHuman, IsReadAsOneUnderEitherCodeAndTheOldOneRedirects) {
    const auto ana = ready_for_wisconsin("Ana Ruiz");
    const auto anna = people->add(host, {.name_used = "Anna Ruiz-Lee", .born = day("1980-03-15")}, true).code.str();
    record(anna, EntryKind::ce, "", "2025-03-02", EntryResult::none, 90);
    organizations->grant(host, "centre", anna, "facilitator", day("2024-01-01"), {});
    const std::size_t lines = ledger->of(host, ana).size();

    const Merged merged = merging->merge(host, ana, anna, false);
    EXPECT_EQ(merged.kept.code.str(), ana);
    EXPECT_EQ(merged.other.code.str(), anna);
    EXPECT_EQ(merged.other.name, "Anna Ruiz-Lee");
    EXPECT_EQ(merged.moves.entries.size(), 1u);
    EXPECT_EQ(merged.moves.roles.size(), 1u);
    EXPECT_THAT(merged.conflicts, IsEmpty());

    for (const std::string& code : {ana, anna}) {
        const PersonView view = people->show(host, code);
        EXPECT_EQ(view.person.code.str(), ana);
        EXPECT_EQ(view.names.back().full_name, "Ana Ruiz");
        EXPECT_EQ(view.roles.size(), 1u);
        ASSERT_EQ(view.merged.size(), 1u);
        EXPECT_EQ(view.merged[0].from.str(), anna);
        EXPECT_EQ(ledger->of(host, code).size(), lines + 1);
        const Assessment assessed = Assessments(house(), rulebook).assess(host, {.person = code, .track = "wi-cps"});
        EXPECT_TRUE(assessed.finding.verdict.passes());
        EXPECT_EQ(assessed.person.code.str(), ana);
        EXPECT_EQ(assessed.person.asked_as.has_value(), code == anna);
    }
    const auto redirect = merging->redirect(host, anna);
    ASSERT_TRUE(redirect);
    EXPECT_EQ(redirect->to.str(), ana);
    EXPECT_EQ(redirect->since, day("2025-04-02"));
    EXPECT_FALSE(merging->redirect(host, ana));
    EXPECT_EQ(people->find(host, "", 100).size(), 1u);
    EXPECT_EQ(people->find(host, "anna", 100).at(0).code.str(), ana)
        << "found by the other name, shown as who they are";
    EXPECT_EQ(audit().problem, "");
}

TEST_P(OneHuman, StandsApartAgainExactlyAsBefore) {
    a_facilitator("Odessa Whitfield", "2024-06-01");
    const auto ana = ready_for_wisconsin("Ana Ruiz");
    const auto other = people->add(host, {.name_used = "Ana Ruiz", .born = day("1980-03-15")}, true).code.str();
    const auto third = people->add(host, {.name_used = "A. Ruiz", .email = "a@example.org"}, true).code.str();
    certified_in_wisconsin("Bo Lind");
    a_wrap_cohort({"Odessa Whitfield"});
    cohorts->enrol(host, "wrap-1", other, day("2025-01-10"));
    cohorts->attend(host, "wrap-1", 1, other, Minutes{100});
    record(third, EntryKind::ce, "", "2025-03-02", EntryResult::none, 90);
    certification->take_over(host, {other, "wrap", "co-facilitator", "office", day("2019-05-01"), {}});
    people->set_hidden(host, third, true);
    const std::vector<std::string> codes{ana, other, third};
    const std::string before = answers(codes);

    merging->merge(host, other, third, true);
    merging->merge(host, ana, other, true); // and with it the third
    EXPECT_NE(answers(codes), before);
    EXPECT_EQ(people->show(host, third).person.code.str(), ana);
    EXPECT_TRUE(people->show(host, ana).person.hidden) << "whoever hides under one record hides";
    EXPECT_EQ(people->find(host, "", 100).size(), 3u);

    merging->unmerge(host, other);
    EXPECT_EQ(people->show(host, third).person.code.str(), other) << "what was merged before stays merged";
    EXPECT_FALSE(people->show(host, ana).person.hidden);
    merging->unmerge(host, third);
    EXPECT_EQ(answers(codes), before);
    EXPECT_EQ(audit().problem, "");
}

TEST_P(OneHuman, WhatWasRecordedMeanwhileStaysWithTheOneItWasRecordedFor) {
    a_facilitator("Odessa Whitfield", "2024-06-01");
    const auto ana = somebody("Ana Ruiz");
    const auto other = people->add(host, {.name_used = "Anna Ruiz"}, true).code.str();
    a_wrap_cohort({"Odessa Whitfield"});
    cohorts->enrol(host, "wrap-1", other, day("2025-01-10"));
    const EntryId earlier = record(other, EntryKind::ce, "", "2025-03-01", EntryResult::none, 30);
    merging->merge(host, ana, other, false);

    EXPECT_EQ(refusal([&] { cohorts->enrol(host, "wrap-1", ana, day("2025-01-10")); }).code(), ErrorCode::conflict)
        << "the human has a place already";
    cohorts->attend(host, "wrap-1", 1, ana, Minutes{100}); // by the code that was kept, in the place of the other
    const EntryId for_ana = record(ana, EntryKind::ce, "", "2025-03-02", EntryResult::none, 60);
    const EntryId for_other = record(other, EntryKind::ce, "", "2025-03-03", EntryResult::none, 90);
    Correction more;
    more.amount = 45;
    const EntryId corrected = ledger->correct(host, earlier, more).by;
    EXPECT_EQ(ledger->of(host, ana).size(), 5u);

    const Unmerged apart = merging->unmerge(host, other);
    EXPECT_EQ(apart.kept.code.str(), ana);
    EXPECT_EQ(apart.other.code.str(), other);
    EXPECT_EQ(apart.leaves.entries.size(), 4u);
    EXPECT_THAT(apart.of_kept.entries, ElementsAre(for_ana));
    ASSERT_EQ(apart.of_other.entries.size(), 3u) << "presence, a line, and the correction of an earlier one";
    EXPECT_EQ(apart.of_other.entries[1], for_other);
    EXPECT_EQ(apart.of_other.entries[2], corrected);
    EXPECT_EQ(ledger->of(host, ana).size(), 1u);
    EXPECT_EQ(cohorts->show(host, "wrap-1").people.at(0).present, Minutes{100});
    EXPECT_EQ(audit().problem, "");
}

TEST_P(OneHuman, ADecisionOfBeforeIsJudgedAgainToTheSameBytesWhileMergedAndAfter) {
    const auto ana = ready_for_wisconsin("Ana Ruiz");
    const auto other = people->add(host, {.name_used = "Anna Ruiz", .born = day("1979-03-15")}, true).code.str();
    record(other, EntryKind::ce, "", "2025-03-02", EntryResult::none, 90);
    const auto asked = certification->apply(host, {ana, "wi-cps", Step::Verb::become, "", {}});
    certification->decide(host, {asked.application.id, domain::Outcome::granted, "", "office"});
    const std::string then = replay(1).decision.finding;
    merging->merge(host, other, ana, true); // the credential comes along
    EXPECT_TRUE(replay(1).same) << replay(1).finding_now;
    EXPECT_EQ(replay(1).finding_now, then);
    EXPECT_EQ(certification->of_person(host, other).size(), 1u);

    const auto renewal = certification->apply(host, {other, "wi-cps", Step::Verb::renew, "", {}});
    certification->decide(host, {renewal.application.id, domain::Outcome::denied, "", "office"});
    merging->unmerge(host, ana);
    EXPECT_TRUE(replay(1).same);
    EXPECT_TRUE(replay(2).same) << "judged of the two as one, as it was then: " << replay(2).finding_now;
    EXPECT_EQ(audit().problem, "");
}

TEST_P(OneHuman, IsSeenOnceByWhoeverReadsEverybody) {
    const auto ana = ready_for_wisconsin("Ana Ruiz");
    const auto other = people->add(host, {.name_used = "Anna Ruiz"}, true).code.str();
    const auto empty = people->add(host, {.name_used = "A. Ruiz"}, true).code.str();
    certified_in_wisconsin("Bo Lind");
    record(other, EntryKind::ce, "", "2025-03-02", EntryResult::none, 90);
    certification->apply(host, {ana, "wi-cps", Step::Verb::become, "", {}});
    const AssessRequest all{.track = "wi-cps"};
    Assessments assessments(house(), rulebook);
    const auto before = assessments.assess_everybody(host, all, 1);
    EXPECT_EQ(before.people, 3);
    for (const auto& [kept, gone] : {std::pair(empty, ana), std::pair(other, empty)})
        merging->merge(host, kept, gone, true); // whoever was kept in the end has a later key than what is held
    const auto counted = assessments.assess_everybody(host, all, 1);
    EXPECT_EQ(counted.people, 2);
    EXPECT_EQ(counted.passing, before.passing) << "everything of the one is everything of the human";
    const auto steps = everybody(house(), rulebook, host, {}, 1);
    ASSERT_EQ(steps.size(), 2u);
    EXPECT_EQ(steps[0].people, 1) << "the application of the one who was merged away is judged";
    EXPECT_EQ(steps[0].passing, 1);
    EXPECT_EQ(steps[1].people, 1);
}

TEST_P(OneHuman, WhatDoesNotFitTogetherHasToBeLookedAt) {
    const auto kept = somebody("Ana Ruiz", "1980-03-15");
    const auto other = people->add(host, {.name_used = "Anna Ruiz", .born = day("1980-03-16")}, true).code.str();
    a_facilitator("Odessa Whitfield", "2024-06-01");
    a_wrap_cohort({"Odessa Whitfield"});
    for (const auto& code : {kept, other}) {
        certification->take_over(host, {code, "wrap", "co-facilitator", "office", day("2019-05-01"), {}});
        cohorts->enrol(host, "wrap-1", code, day("2025-01-10"));
    }
    NewRecord vouched;
    vouched.person = other;
    vouched.kind = EntryKind::practice;
    vouched.first_day = day("2025-03-01");
    vouched.amount = 60;
    vouched.vouched_by = kept;
    ledger->add(host, vouched);
    people->set_hidden(host, other, true);
    EXPECT_THAT(conflicts(kept, other), ElementsAre("same_track", "birthday", "same_cohort", "vouched", "hidden"));
    const Error no = refusal([&] { merging->merge(host, kept, other, false); });
    EXPECT_EQ(no.code(), ErrorCode::conflict);
    EXPECT_THAT(no.what(), HasSubstr("5 things"));
    EXPECT_TRUE(merging->redirect(host, other) == std::nullopt) << "nothing was changed";
    merging->merge(host, kept, other, true);
    EXPECT_EQ(certification->of_person(host, kept).size(), 2u) << "both numbers stay";
    EXPECT_EQ(cohorts->show(host, "wrap-1").people.size(), 2u);
    EXPECT_EQ(coverage(house(), rulebook, host, {.curriculum = "wrap"}).leaders.size(), 2u)
        << "Odessa, and the one human once";
}

TEST_P(OneHuman, NobodyIsMergedWithThemselvesTwiceOrInARing) {
    const auto one = somebody("Ana Ruiz"), two = somebody("Bo Lind"), three = somebody("Cy Young");
    EXPECT_EQ(refusal([&] { merging->merge(host, one, one, true); }).code(), ErrorCode::invalid_input);
    merging->merge(host, one, two, true);
    EXPECT_EQ(refusal([&] { merging->merge(host, three, two, true); }).code(), ErrorCode::conflict) << "twice";
    EXPECT_EQ(refusal([&] { merging->merge(host, two, one, true); }).code(), ErrorCode::invalid_input) << "a ring";
    merging->merge(host, two, three, true); // the old code stands for the human, here too
    EXPECT_EQ(people->show(host, three).person.code.str(), one);
    EXPECT_EQ(refusal([&] { merging->unmerge(host, one); }).code(), ErrorCode::conflict) << "it was not merged";
    EXPECT_EQ(refusal([&] { merging->merge(host, one, "P-0000-0000-000", true); }).code(), ErrorCode::not_found);
}

TEST_P(OneHuman, IsMergedByAnAdministratorWhoKnowsBothAndIsNeither) {
    const auto one = somebody("Ana Ruiz"), two = somebody("Bo Lind"), boss = somebody("Cy Young"),
               coordinator = somebody("Dee Park");
    organizations->grant(host, "centre", boss, "administrator", day("2025-01-01"), {});
    organizations->grant(host, "centre", coordinator, "coordinator", day("2025-01-01"), {});
    organizations->grant(host, "centre", one, "facilitator", day("2025-01-01"), {});
    const auto acting = [&](const std::string& code) {
        return house().store.read([&](storage::UnitOfWork& work) {
            return Actor{"person:" + code, work.people.find(*domain::PersonCode::parse(code))->id};
        });
    };
    EXPECT_EQ(refusal([&] { merging->merge(acting(boss), one, two, true); }).code(), ErrorCode::not_found)
        << "the centre has never heard of the second";
    organizations->grant(host, "centre", two, "facilitator", day("2025-01-01"), {});
    EXPECT_EQ(refusal([&] { merging->merge(acting(coordinator), one, two, true); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] { merging->merge(acting(boss), boss, two, true); }).code(), ErrorCode::forbidden)
        << "nobody merges themselves";
    EXPECT_NO_THROW(merging->merge(acting(boss), one, two, true));
    EXPECT_EQ(refusal([&] { merging->unmerge(acting(one), two); }).code(), ErrorCode::forbidden);
}

TEST_P(OneHuman, CannotSignForThemselvesUnderAnotherRecord) {
    const auto ana = a_facilitator("Ana Ruiz", "2024-06-01");
    const auto other = people->add(host, {.name_used = "Anna Ruiz"}, true).code.str();
    merging->merge(host, ana, other, true);
    NewRecord hours;
    hours.person = other;
    hours.kind = EntryKind::practice;
    hours.first_day = day("2025-03-01");
    hours.amount = 60;
    hours.vouched_by = ana;
    EXPECT_EQ(refusal([&] { ledger->add(host, hours); }).code(), ErrorCode::forbidden);
}

TEST_P(OneHuman, ShowsOutsideTheNameTheyUseNow) {
    const auto kept = somebody("Ana Ruiz");
    const auto other = people->add(host, {.name_used = "Former Name", .born = day("1980-03-15")}, true).code.str();
    certification->take_over(host, {other, "wrap", "co-facilitator", "office", day("2019-05-01"), {}});
    const std::string number = certification->of_person(host, other).at(0).record.credential.number.str();
    EXPECT_EQ(verify(number).holder, "Former Name");
    merging->merge(host, kept, other, false);
    EXPECT_EQ(verify(number).holder, "Ana Ruiz");
    people->change_name(host, other, domain::NameKind::used, "Ana Gold", day("2025-04-02"));
    EXPECT_EQ(verify(number).holder, "Ana Gold");
    people->set_hidden(host, kept, true);
    EXPECT_EQ(verify(number).outcome, VerificationOutcome::no_match);
    merging->unmerge(host, other);
    EXPECT_EQ(verify(number).holder, "Former Name");
}

TEST_P(OneHuman, IsNotRewrittenByARehearsal) {
    const auto kept = somebody("Ana Ruiz"), other = somebody("Bo Lind");
    const std::string before = answers({kept, other});
    merging->merge(host, kept, other, false, Mode::rehearse);
    EXPECT_EQ(answers({kept, other}), before);
}

} // namespace
} // namespace peercert::services
