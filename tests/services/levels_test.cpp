#include <fstream>

#include <unistd.h>

#include "exchange/finding_json.hpp"
#include "house_fixture.hpp"
#include "services/replay.hpp"
#include "services/standing.hpp"
#include "words/verification.hpp"

/// Endorsements, two titles on one clock, registers that are not for everybody, and certificates that end with age:
/// what the record does with them. The tracks are invented, but for Texas and Michigan.
namespace peercert::services {
namespace {

using domain::CredentialEventKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* head = R"(edition: 2024
zone: America/Chicago
in force: {from: 2019-01-01, until: further notice, chosen by: applying}
)";
constexpr const char* certified = R"(to become certified:
  see: Page
  needs: [{name: ethics, statement: code of ethics}]
)";
constexpr const char* two_years =
    R"(  lasts: {term: 2 years, ends: anniversary, last day: the day before, short month: last day of the month, February 29: february 28}
)";
constexpr const char* sources = R"(sources:
  Page: {what: an invented page, as of: 2024, trust: verified}
)";

class LevelsInTheRecord : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        folder_ = std::filesystem::temp_directory_path() / ("peercert-levels-" + std::to_string(::getpid()));
        put("ee-ps", "Endorsed Peer Specialist", "levels: [certified, crisis, elders]\n", two_years,
            R"(to renew certified:
  see: Page
  needs: [{name: ethics again, statement: code of ethics, dated: in the term}]
to add crisis:
  see: Page
  coming from: [certified]
  needs: [{name: crisis training, training: ee-crisis}]
  lasts: {term: unchanged}
to add elders:
  see: Page
  coming from: [certified]
  needs: [{name: elders training, training: ee-elders}]
  lasts: {term: unchanged}
may:
  work in crisis teams: {level: crisis, see: Page}
courses: [ee-crisis, ee-elders]
)");
        const auto aligned = [&](const std::string& code, const std::string& with) {
            put(code, "Aligned " + code, "levels: [certified]\n",
                "  lasts: {term: 2 years, ends: anniversary, last day: the day before, short month: last day of the "
                "month, February 29: february 28, aligned with: [" +
                    with + "]}\n",
                R"(to renew certified:
  see: Page
  needs: [{name: ethics again, statement: code of ethics, dated: in the term}]
)");
        };
        aligned("aa-one", "aa-two");
        aligned("aa-two", "aa-one");
        put("rr-consent", "Register with consent",
            "register: {shown to: with consent, see: Page}\nlevels: [certified]\n", two_years, "");
        put("rr-closed", "Restricted register", "register: {shown to: restricted, see: Page}\nlevels: [certified]\n",
            two_years, "");
        put("rr-unknown", "Register unknown", "register: {shown to: unknown, see: Page}\nlevels: [certified]\n",
            two_years, "");
        put("ll-later", "Later list", "levels: [certified]\n",
            "  lasts: {term: 1 year, ends: month end, shown until: 30 days after expiry}\n", "");
        put("yy-youth", "Youth Peer Supporter",
            "levels:\n  certified:\n    see: Page\n    eligible while: [{name: age, age: at most 30, measured at: "
            "asked, "
            "February 29: february 28}]\n    when no longer eligible: ends\n",
            two_years, "");
        catalogue_ = curricula::Catalogue::load({{folder_, "files"}}, &RuleFiles::all().host.kinds());
        catalogue_.require_clean();
        rules_.emplace(catalogue_, RuleFiles::all().host.kinds(), RuleFiles::all().words);
        office.emplace(house(), *rules_);
        today_is("2025-04-02");
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    void put(const std::string& code, const std::string& title, const std::string& levels, const std::string& lasts,
             const std::string& more) {
        std::filesystem::create_directories(folder_ / code);
        std::ofstream(folder_ / code / "2024.yaml") << "track: " << code << "\ntitle: " << title << "\n"
                                                    << head << levels << certified << lasts << more << sources;
    }
    void has(const std::string& person, EntryKind kind, const std::string& code, const char* on) {
        house().store.write({"test", clock.now()}, [&](storage::UnitOfWork& work) {
            domain::NewEntry entry;
            entry.person = person_of(work, host, person, house().today()).id;
            entry.kind = kind;
            entry.code = code;
            entry.first_day = entry.last_day = day(on);
            work.entries.add(entry);
            work.audit.append({.action = "entry.added", .object = "entry"});
        });
    }
    Decided granted(const std::string& person, const std::string& track, Step::Verb verb = Step::Verb::become,
                    const std::string& level = "certified") {
        const auto asked = office->apply(host, {person, track, verb, level, {}});
        newest = asked.application.id;
        return office->decide(
            host, {asked.application.id, domain::Outcome::granted, "", verb == Step::Verb::become ? "office" : ""});
    }
    /// Certified on the house's day, with the code of ethics signed on it.
    Decided certified_in(const std::string& track, const std::string& person) {
        has(person, EntryKind::attestation, "code of ethics", to_text(house().today()).c_str());
        return granted(person, track);
    }
    VerificationAnswer asked(const std::string& number, const char* on = nullptr) {
        return Verification(house(), [this]() -> const Rulebook& { return *rules_; })
            .verify(number, on == nullptr ? std::nullopt : std::optional(day(on)));
    }
    std::vector<std::string> added(const std::string& number, const char* on = nullptr) {
        std::vector<std::string> levels;
        for (const VerifiedLevel& one : asked(number, on).added_levels)
            levels.push_back(one.level + " " + to_text(one.first_day) + ".." + to_text(one.last_day.value()));
        return levels;
    }
    Standing standing(const std::string& number, const char* on) {
        return Standings(house(), *rules_).of(host, number, day(on), {}).at(0);
    }
    std::string terms(const std::string& number) {
        std::string text;
        for (const domain::Term& one : office->show(host, number, {}).record.terms)
            text += one.level + " " + to_text(one.first_day) + ".." + to_text(one.last_day.value()) + " " +
                    std::string(domain::to_text(one.place)) + "\n";
        return text;
    }
    bool audit_intact() {
        return house().store.read([](storage::UnitOfWork& work) { return work.audit.verify().intact(); });
    }

    std::optional<Certification> office;
    std::optional<Rulebook> rules_;
    ApplicationId newest;

private:
    std::filesystem::path folder_;
    curricula::Catalogue catalogue_;
};
PEERCERT_IN_BOTH(LevelsInTheRecord);

std::string number_of(const Decided& decided) { return decided.credential.value().record.credential.number.str(); }

TEST_P(LevelsInTheRecord, AddingALevelLeavesTheCertificateWhole) {
    const std::string person = somebody("Rosa Invented");
    const std::string number = number_of(certified_in("ee-ps", person));
    today_is("2025-10-01");
    EXPECT_THAT(refusal([&] { granted(person, "ee-ps", Step::Verb::add, "crisis"); }).what(),
                HasSubstr("crisis training is not there yet"));
    has(person, EntryKind::training, "ee-crisis", "2025-09-30");
    const Decided decided = office->decide(host, {newest, domain::Outcome::granted, "", ""});
    EXPECT_EQ(terms(number), "certified 2025-04-02..2027-04-01 \ncrisis 2025-10-01..2027-04-01 beside\n");
    EXPECT_THAT(decided.credential->levels, SizeIs(1));
    EXPECT_EQ(decided.credential->status.since, day("2025-04-02")) << "certified all the time";
    EXPECT_THAT(added(number, "2025-09-30"), IsEmpty());
    EXPECT_THAT(added(number, "2025-10-01"), ElementsAre("crisis 2025-10-01..2027-04-01"));
    EXPECT_THAT(added(number, "2027-04-01"), ElementsAre("crisis 2025-10-01..2027-04-01"));
    EXPECT_THAT(added(number, "2027-04-02"), IsEmpty());
    EXPECT_EQ(asked(number, "2027-04-02").outcome, VerificationOutcome::expired);
    EXPECT_EQ(asked(number).level, "certified");
    EXPECT_EQ(refusal([&] {
                  office->apply(host, {person, "ee-ps", Step::Verb::add, "crisis", {}});
              }).code(),
              ErrorCode::conflict)
        << "it bears that already";
    EXPECT_TRUE(audit_intact());
}

TEST_P(LevelsInTheRecord, WhatTheLevelAllowsIsAllowedOnlyWhileTheCertificateIsInForce) {
    const std::string person = somebody("Rosa Invented");
    const std::string number = number_of(certified_in("ee-ps", person));
    has(person, EntryKind::training, "ee-crisis", "2025-04-02");
    granted(person, "ee-ps", Step::Verb::add, "crisis");
    const auto may = [&](const char* on) {
        const TermStanding term = standing(number, on).term.value();
        for (const PurposeAnswer& one : term.purposes)
            if (one.purpose == "work in crisis teams")
                return one.answer.verdict.is_met();
        return false;
    };
    EXPECT_TRUE(may("2025-04-02"));
    EXPECT_TRUE(may("2027-04-01"));
    EXPECT_FALSE(may("2027-04-02"));
    today_is("2025-06-01");
    office->change_standing(host, number, CredentialEventKind::suspend, {});
    EXPECT_TRUE(may("2025-05-31"));
    EXPECT_FALSE(may("2025-06-01"));
    EXPECT_THAT(added(number), IsEmpty());
    EXPECT_EQ(asked(number).outcome, VerificationOutcome::suspended);
}

TEST_P(LevelsInTheRecord, ARenewalCarriesOnWhatTheCertificateBears) {
    const std::string person = somebody("Rosa Invented");
    const std::string number = number_of(certified_in("ee-ps", person));
    has(person, EntryKind::training, "ee-crisis", "2025-04-02");
    has(person, EntryKind::training, "ee-elders", "2025-04-02");
    granted(person, "ee-ps", Step::Verb::add, "crisis");
    today_is("2027-03-01");
    has(person, EntryKind::attestation, "code of ethics", "2027-03-01");
    granted(person, "ee-ps", Step::Verb::renew);
    EXPECT_EQ(terms(number), "certified 2025-04-02..2027-04-01 \ncrisis 2025-04-02..2027-04-01 beside\n"
                             "certified 2027-04-02..2029-04-01 \ncrisis 2027-04-02..2029-04-01 beside\n");
    today_is("2027-03-10"); // renewed ahead: what is added now is borne by both terms
    granted(person, "ee-ps", Step::Verb::add, "elders");
    EXPECT_THAT(added(number, "2027-04-01"),
                ElementsAre("crisis 2025-04-02..2027-04-01", "elders 2027-03-10..2027-04-01"));
    EXPECT_THAT(added(number, "2027-04-02"),
                ElementsAre("crisis 2027-04-02..2029-04-01", "elders 2027-04-02..2029-04-01"));
    EXPECT_THAT(added(number, "2029-04-02"), IsEmpty());
    EXPECT_TRUE(audit_intact());
}

TEST_P(LevelsInTheRecord, ALateRenewalBringsBackWhatWasBorneAndNothingThatWasTakenAway) {
    const std::string person = somebody("Rosa Invented");
    const std::string number = number_of(certified_in("ee-ps", person));
    has(person, EntryKind::training, "ee-crisis", "2025-04-02");
    has(person, EntryKind::training, "ee-elders", "2025-04-02");
    granted(person, "ee-ps", Step::Verb::add, "crisis");
    granted(person, "ee-ps", Step::Verb::add, "elders");
    today_is("2026-01-10");
    office->change_standing(host, number, CredentialEventKind::revoke, {}, Mode::commit, "elders");
    EXPECT_EQ(asked(number).outcome, VerificationOutcome::certified) << "one level alone";
    EXPECT_THAT(added(number, "2026-01-09"), SizeIs(2));
    EXPECT_THAT(added(number), ElementsAre("crisis 2025-04-02..2027-04-01"));
    today_is("2027-04-01");
    has(person, EntryKind::attestation, "code of ethics", "2027-04-01");
    granted(person, "ee-ps", Step::Verb::renew);
    EXPECT_THAT(added(number, "2027-04-02"), ElementsAre("crisis 2027-04-02..2029-04-01"));
}

TEST_P(LevelsInTheRecord, OnlyWhatIsBorneCanBeTakenAwayAlone) {
    const std::string person = somebody("Rosa Invented");
    const std::string number = number_of(certified_in("ee-ps", person));
    const auto change = [&](CredentialEventKind kind, const std::string& level) {
        return refusal([&] { office->change_standing(host, number, kind, {}, Mode::commit, level); });
    };
    EXPECT_EQ(change(CredentialEventKind::suspend, "crisis").code(), ErrorCode::conflict);
    EXPECT_EQ(change(CredentialEventKind::suspend, "certified").code(), ErrorCode::conflict)
        << "that is the whole credential";
    has(person, EntryKind::training, "ee-crisis", "2025-04-02");
    granted(person, "ee-ps", Step::Verb::add, "crisis");
    EXPECT_THAT(change(CredentialEventKind::reinstate, "crisis").what(), HasSubstr("nothing to reinstate"));
    office->change_standing(host, number, CredentialEventKind::suspend, {}, Mode::commit, "crisis");
    EXPECT_THAT(change(CredentialEventKind::suspend, "crisis").what(), HasSubstr("suspended"));
    const CredentialView seen = office->show(host, number, {});
    ASSERT_THAT(seen.levels, SizeIs(1));
    EXPECT_EQ(seen.levels[0].code, credentials::StatusCode::suspended);
    EXPECT_TRUE(seen.status.yes());
    office->change_standing(host, number, CredentialEventKind::reinstate, {}, Mode::commit, "crisis");
    EXPECT_THAT(added(number), SizeIs(1));
}

TEST_P(LevelsInTheRecord, AnEndorsementOfTexasIsTakenOverBesideItsCertificate) {
    const std::string person = somebody("Rosa Invented");
    const auto base =
        certification->take_over(host, {person, "tx-peer", "full", "office", day("2024-03-01"), day("2026-03-01")});
    certification->take_over(host, {person, "tx-peer", "MHPS", "office", day("2024-03-01"), day("2026-03-01")});
    const std::string number = base.record.credential.number.str();
    record(person, EntryKind::attestation, "lived experience of substance use recovery", "2025-03-01");
    record(person, EntryKind::training, "tx-recovery-support", "2025-03-10");
    record(person, EntryKind::exam, "recovery support assessment", "2025-03-11", EntryResult::passed);
    const auto asked_for = certification->apply(host, {person, "tx-peer", Step::Verb::add, "RSPS", {}});
    certification->decide(host, {asked_for.application.id, domain::Outcome::granted, "", ""});
    const VerificationAnswer answer = verify(number);
    EXPECT_EQ(answer.outcome, VerificationOutcome::certified);
    EXPECT_EQ(answer.level, "full");
    EXPECT_EQ(answer.last_valid_day, day("2026-03-01")) << "adding a level does not move the last day";
    const words::Messages said;
    EXPECT_EQ(words::added_levels_text(answer, said, words::Language::english), "MHPS, RSPS");
    EXPECT_EQ(words::added_levels_text(verify(number, day("2025-04-01")), said, words::Language::english), "MHPS")
        << "the day before";
    EXPECT_EQ(words::added_levels_text(verify(number, day("2026-03-02")), said, words::Language::english), "");
    const std::string json = words::to_json(answer, words::Messages{});
    EXPECT_THAT(json, HasSubstr(R"("added_levels":[{"level":"MHPS","first_day":"2024-03-01","last_day":"2026-03-01"},)"
                                R"({"level":"RSPS","first_day":"2025-04-02","last_day":"2026-03-01"}])"));
    EXPECT_THAT(json, HasSubstr("Added to it and in force with it: MHPS, RSPS."));
}

TEST_P(LevelsInTheRecord, ASecondTitleMovesTheFirstByOneDecision) {
    const std::string person = somebody("Rosa Invented");
    const std::string one = number_of(certified_in("aa-one", person));
    EXPECT_EQ(terms(one), "certified 2025-04-02..2027-04-01 \n");
    today_is("2026-02-28");
    const Decided second = certified_in("aa-two", person);
    const std::string two = number_of(second);
    EXPECT_THAT(second.credential->moved, ElementsAre(one));
    EXPECT_EQ(terms(one), "certified 2025-04-02..2027-04-01 \ncertified 2026-02-28..2028-02-27 moved\n");
    EXPECT_EQ(terms(two), "certified 2026-02-28..2028-02-27 \n");
    for (const std::string& number : {one, two}) {
        EXPECT_EQ(asked(number, "2028-02-27").outcome, VerificationOutcome::certified);
        EXPECT_EQ(asked(number, "2028-02-28").outcome, VerificationOutcome::expired);
    }
    EXPECT_EQ(asked(one, "2026-02-27").last_valid_day, day("2027-04-01")) << "as it was on that day";
    EXPECT_EQ(office->show(host, one, {}).record.terms.at(1).decision,
              office->show(host, two, {}).record.terms.at(0).decision);

    // Explained, and the same bytes when it is judged again.
    EXPECT_THAT(exchange::finding_json(second.finding).text(), HasSubstr("aligned term"));
    EXPECT_THAT(exchange::finding_json(second.finding).text(), HasSubstr("2027-04-01"));
    const auto decision = office->application(host, newest).decisions.at(0);
    EXPECT_TRUE(Replays(house(), *rules_).replay(host, decision.id).same);
    const Standing now = standing(one, "2026-03-01");
    ASSERT_TRUE(now.moved);
    EXPECT_EQ(now.moved->on, day("2026-02-28"));
    EXPECT_EQ(now.moved->before, day("2027-04-01"));
    EXPECT_EQ(now.moved->now, day("2028-02-27"));
    EXPECT_THAT(now.term.value().follows, SizeIs(2));
    EXPECT_TRUE(audit_intact());

    // The renewal too.
    today_is("2028-02-01");
    has(person, EntryKind::attestation, "code of ethics", "2028-02-01");
    granted(person, "aa-one", Step::Verb::renew);
    EXPECT_THAT(terms(one), HasSubstr("certified 2028-02-28..2030-02-27 \n"));
    EXPECT_EQ(terms(two), "certified 2026-02-28..2028-02-27 \n") << "a renewal moves nobody";
    EXPECT_TRUE(audit_intact());
}

TEST_P(LevelsInTheRecord, NothingMovesWhatHasEndedOrIsRehearsed) {
    const std::string person = somebody("Rosa Invented");
    const std::string one = number_of(certified_in("aa-one", person));
    today_is("2026-05-01");
    has(person, EntryKind::attestation, "code of ethics", "2026-05-01");
    const auto asked_for = office->apply(host, {person, "aa-two", Step::Verb::become, "certified", {}});
    office->decide(host, {asked_for.application.id, domain::Outcome::granted, "", "office"}, Mode::rehearse);
    EXPECT_EQ(terms(one), "certified 2025-04-02..2027-04-01 \n");
    today_is("2027-04-02");
    office->decide(host, {asked_for.application.id, domain::Outcome::granted, "", "office"});
    EXPECT_EQ(terms(one), "certified 2025-04-02..2027-04-01 \n") << "it had ended the day before";
}

TEST_P(LevelsInTheRecord, MichiganMovesTheFirstTitleWhenTheSecondIsTakenOver) {
    today_is("2024-08-12");
    const std::string person = somebody("Rosa Invented");
    const auto first = certification->take_over(
        host, {person, "mi-cpss", "certified", "office", day("2019-01-10"), day("2023-12-31")});
    certification->take_over(host, {person, "mi-cpss", "certified", "office", day("2024-01-01"), day("2026-01-01")});
    const auto second = certification->take_over(
        host, {person, "mi-cprc", "certified", "office", day("2024-08-12"), day("2026-08-01")});
    EXPECT_THAT(second.moved, ElementsAre(first.record.credential.number.str()));
    const auto moved = certification->show(host, first.record.credential.number.str(), {}).record.terms.back();
    EXPECT_EQ(moved.place, domain::TermPlace::moved);
    EXPECT_EQ(moved.first_day, day("2024-08-12"));
    EXPECT_EQ(moved.last_day, day("2026-08-01"));
    const Replayed again = Replays(house(), rulebook).replay(host, moved.decision);
    EXPECT_TRUE(again.same);
    EXPECT_THAT(again.finding_now, HasSubstr("mi-cprc"));
}

TEST_P(LevelsInTheRecord, ARegisterWithConsentShowsNobodyWithoutIt) {
    const std::string person = somebody("Rosa Invented");
    const std::string number = number_of(certified_in("rr-consent", person));
    const auto like_unknown = [&](const VerificationAnswer& answer) {
        VerificationAnswer unknown = asked("7K3M-9QXT-42H");
        unknown.number = answer.number;
        unknown.asked = answer.asked;
        return words::to_json(answer, words::Messages{}) == words::to_json(unknown, words::Messages{});
    };
    EXPECT_TRUE(like_unknown(asked(number))) << "in nothing but the number";
    EXPECT_TRUE(office->show(host, number, {}).status.yes()) << "the body's own staff see it";
    today_is("2025-05-01");
    EXPECT_EQ(refusal([&] { office->consent(host, number, false); }).code(), ErrorCode::conflict);
    office->consent(host, number, true);
    EXPECT_EQ(asked(number).outcome, VerificationOutcome::certified);
    EXPECT_EQ(asked(number, "2025-04-02").outcome, VerificationOutcome::certified)
        << "who consents today is shown, also about a day before";
    EXPECT_EQ(refusal([&] { office->consent(host, number, true); }).code(), ErrorCode::conflict);
    today_is("2025-06-01");
    office->consent(host, number, false);
    EXPECT_TRUE(like_unknown(asked(number)));
    EXPECT_EQ(asked(number, "2025-05-10").outcome, VerificationOutcome::no_match) << "silent also about the past";
    office->change_standing(host, number, CredentialEventKind::suspend, day("2025-05-20"));
    EXPECT_EQ(office->show(host, number, {}).status.code, credentials::StatusCode::suspended)
        << "a consent is no change of standing that later ones would have to follow";
    office->consent(host, number, true);
    EXPECT_EQ(asked(number).outcome, VerificationOutcome::suspended);
    EXPECT_TRUE(audit_intact());
}

TEST_P(LevelsInTheRecord, ARestrictedRegisterIsSilentAndAnUnknownOneAnswersWhoeverHasTheNumber) {
    const std::string closed = number_of(certified_in("rr-closed", somebody("Rosa Invented")));
    EXPECT_EQ(asked(closed).outcome, VerificationOutcome::no_match);
    EXPECT_EQ(asked(closed).holder, "");
    EXPECT_TRUE(office->show(host, closed, {}).status.yes());
    EXPECT_EQ(refusal([&] { office->consent(host, closed, true); }).code(), ErrorCode::conflict);
    const std::string unknown = number_of(certified_in("rr-unknown", somebody("Lea Invented")));
    EXPECT_EQ(asked(unknown).outcome, VerificationOutcome::certified);
}

TEST_P(LevelsInTheRecord, ALaterDayOnAPublicListMakesNobodyCertified) {
    const std::string number = number_of(certified_in("ll-later", somebody("Rosa Invented")));
    EXPECT_EQ(asked(number, "2026-04-30").outcome, VerificationOutcome::certified);
    const VerificationAnswer after = asked(number, "2026-05-01");
    EXPECT_EQ(after.outcome, VerificationOutcome::expired);
    EXPECT_EQ(after.last_valid_day, day("2026-04-30"));
    EXPECT_EQ(after.list_shows_until, day("2026-05-30"));
    EXPECT_THAT(words::statement(after, words::Messages{}, words::Language::english),
                HasSubstr("A public list may show May 30, 2026 for it; that makes nobody certified."));
    const std::string other = number_of(certified_in("ee-ps", somebody("Lea Invented")));
    EXPECT_EQ(asked(other).list_shows_until, std::nullopt);
}

TEST_P(LevelsInTheRecord, ACertificateEndsOnTheDayOnWhichItsHolderIsTooOld) {
    const std::string person = somebody("Rosa Invented", "1996-02-29");
    today_is("2026-04-02");
    const std::string number = number_of(certified_in("yy-youth", person));
    today_is("2027-06-01"); // born on a leap day: thirty-one on February 28
    EXPECT_EQ(asked(number, "2027-02-27").outcome, VerificationOutcome::certified) << "thirty, the day before";
    const VerificationAnswer ended = asked(number, "2027-02-28");
    EXPECT_EQ(ended.outcome, VerificationOutcome::ended);
    EXPECT_EQ(ended.status_since, day("2027-02-28"));
    EXPECT_EQ(asked(number).outcome, VerificationOutcome::ended);
    EXPECT_EQ(asked(number, "2027-02-27").outcome_today, VerificationOutcome::ended);
    EXPECT_EQ(asked(number, "2028-04-02").outcome, VerificationOutcome::expired) << "the term is over as well";
    EXPECT_EQ(office->show(host, number, {}).status.code, credentials::StatusCode::ended);
    EXPECT_EQ(standing(number, "2027-06-01").status.code, credentials::StatusCode::ended);
    people->set_born(host, person, day("1998-02-28"));
    EXPECT_EQ(asked(number).outcome, VerificationOutcome::certified) << "a corrected birthday is believed at once";
}

TEST_P(LevelsInTheRecord, RulesThatCannotBeReadAreNoYes) {
    today_is("2026-04-02");
    const std::string number = number_of(certified_in("yy-youth", somebody("Rosa Invented", "2000-01-01")));
    const auto without = [&](const std::string& which) {
        return Verification(house(),
                            []() -> const Rulebook& { throw Error(ErrorCode::unavailable, "the files are gone"); })
            .verify(which, {});
    };
    EXPECT_EQ(without(number).outcome, VerificationOutcome::cannot_check);
    const std::string plain = number_of(certified_in("ee-ps", somebody("Lea Invented")));
    EXPECT_EQ(without(plain).outcome, VerificationOutcome::certified) << "needs no rules";
}

} // namespace
} // namespace peercert::services
