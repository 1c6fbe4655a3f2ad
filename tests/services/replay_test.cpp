#include "services/replay.hpp"

#include <clocale>
#include <cstdlib>

#include "house_fixture.hpp"

namespace peercert::services {
namespace {

class Replay : public AHouse {
protected:
    /// The decision that certified somebody in Wisconsin on 2025-04-02.
    domain::DecisionId certified(const std::string& person) {
        const auto asked = certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
        (void)certification->decide(host, {asked.application.id, domain::Outcome::granted, "", "office"});
        return certification->application(host, asked.application.id).decisions.front().id;
    }
    Replayed again(domain::DecisionId decision) { return Replays(house(), rulebook).replay(host, decision); }
    EntryId exam_of(const std::string& person) {
        for (const LedgerLine& line : ledger->of(host, person))
            if (line.entry.kind == EntryKind::exam && line.entry.counts())
                return line.entry.id;
        return {};
    }
};

TEST_P(Replay, GivesTheSameBytesWhateverIsRecordedLater) {
    const std::string person = ready_for_wisconsin("Ana Invented");
    const domain::DecisionId decision = certified(person);
    const Replayed before = again(decision);
    EXPECT_TRUE(before.same);
    EXPECT_TRUE(before.differs.empty());
    EXPECT_EQ(before.finding_now, before.decision.finding);
    EXPECT_EQ(before.edition, "wi-cps 2024");

    // In the same second, and years later: a corrected score that would not pass, a withdrawal, a new line.
    Correction lower;
    lower.amount = 5000;
    ledger->correct(host, exam_of(person), lower);
    EXPECT_TRUE(again(decision).same) << "recorded in the same second, but after the decision";
    today_is("2027-05-01");
    for (const LedgerLine& line : ledger->of(host, person))
        if (line.entry.kind == EntryKind::document && line.entry.counts())
            ledger->withdraw(host, line.entry.id);
    record(person, EntryKind::training, "wi-approved-curriculum", "2027-04-01");
    EXPECT_TRUE(again(decision).same);
    const Assessment now =
        Assessments(house(), rulebook).assess(host, {.person = person, .track = "wi-cps", .as_of = day("2025-04-02")});
    EXPECT_FALSE(now.finding.verdict.passes()) << "what is on record now would not be enough";
}

TEST_P(Replay, WorksThoughTheFileIsGone) {
    const domain::DecisionId decision = certified(ready_for_wisconsin("Ana Invented"));
    const curricula::Catalogue nothing;
    Vocabulary words;
    const Rulebook without_files(nothing, RuleFiles::all().host.kinds(), words);
    const Replayed replayed = Replays(house(), without_files).replay(host, decision);
    EXPECT_TRUE(replayed.same);
    EXPECT_TRUE(replayed.differs.empty());
}

TEST_P(Replay, DoesNotMindTheMachinesZoneAndLanguage) {
    const domain::DecisionId decision = certified(ready_for_wisconsin("Ana Invented"));
    ::setenv("TZ", "Pacific/Kiritimati", 1);
    ::tzset();
    std::setlocale(LC_ALL, "es_US.UTF-8");
    const bool same = again(decision).same;
    ::unsetenv("TZ");
    ::tzset();
    std::setlocale(LC_ALL, "C");
    EXPECT_TRUE(same);
}

TEST_P(Replay, NamesWhatIsNotAsItWas) {
    const std::string person = ready_for_wisconsin("Ana Invented");
    const domain::DecisionId real = certified(person);
    domain::DecisionId forged;
    house().store.write({"test", house().clock.now()}, [&](storage::UnitOfWork& work) {
        domain::Decision other = work.applications.decision(real).value();
        other.engine = "peercert-rules 0; another build";
        other.finding.replace(other.finding.find("\"met\""), 5, "\"not met\"");
        other.outcome = domain::Outcome::denied;
        forged = work.applications.decide(other);
        work.audit.append({.action = "test", .object = "decision"});
    });
    const Replayed replayed = again(forged);
    EXPECT_FALSE(replayed.same);
    EXPECT_THAT(replayed.differs, ::testing::ElementsAre(Differs::engine, Differs::plugins, Differs::finding));
    EXPECT_EQ(refusal([&] { (void)again(domain::DecisionId{99}); }).code(), ErrorCode::not_found);
}

TEST_P(Replay, ADayOfBirthCorrectedSinceTakesNoPart) {
    const std::string person = ready_for_wisconsin("Ana Invented");
    const domain::DecisionId decision = certified(person);
    people->set_born(host, person, day("2010-03-15")); // in the same second, and no longer of age
    EXPECT_TRUE(again(decision).same);
    today_is("2025-05-01");
    people->set_born(host, person, std::nullopt);
    people->set_born(host, person, day("2011-03-15"));
    const Replayed replayed = again(decision);
    EXPECT_TRUE(replayed.same);
    EXPECT_THAT(replayed.differs, ::testing::IsEmpty());
    EXPECT_FALSE(Assessments(house(), rulebook)
                     .assess(host, {.person = person, .track = "wi-cps", .as_of = day("2025-04-02")})
                     .finding.verdict.passes())
        << "today's question is judged by what is known today";
}

TEST_P(Replay, ADayOfBirthCorrectedBeforeTheDecisionIsTheOneItWasJudgedBy) {
    const std::string person = ready_for_wisconsin("Ana Invented");
    people->set_born(host, person, day("2010-03-15"));
    people->set_born(host, person, day("1980-03-16"));
    const domain::DecisionId decision = certified(person);
    EXPECT_TRUE(again(decision).same);
    people->set_born(host, person, day("2010-03-15"));
    EXPECT_TRUE(again(decision).same);
}

TEST_P(Replay, ACorrectionThatKeptNoFormerDayOfBirthIsNamedAsWhatDiffers) {
    const std::string person = ready_for_wisconsin("Ana Invented");
    const domain::DecisionId decision = certified(person);
    people->set_born(host, person, day("2010-03-15"));
    database().place().tamper("delete from former_birthday"); // as an older program left it
    people->set_born(host, person, day("2010-03-16"));
    EXPECT_THAT(again(decision).differs, ::testing::ElementsAre(Differs::born, Differs::finding));
}

TEST_P(Replay, ADecisionWithoutAJudgementSaysSo) {
    const std::string number = certified_in_wisconsin("Ana Invented");
    certification->change_standing(host, number, domain::CredentialEventKind::suspend, {});
    domain::DecisionId suspension;
    house().store.read([&](storage::UnitOfWork& work) {
        const auto held = work.credentials.find(domain::CredentialNumber::parse(number).value()).value();
        suspension = held.events.front().decision;
    });
    EXPECT_THAT(again(suspension).differs, ::testing::ElementsAre(Differs::not_kept));
}

PEERCERT_IN_BOTH(Replay);

} // namespace
} // namespace peercert::services
