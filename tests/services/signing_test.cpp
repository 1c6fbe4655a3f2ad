#include <fstream>

#include <unistd.h>

#include "signing_fixture.hpp"

/// Who may sign a competency off, for whom, on which scale.
namespace peercert::services {
namespace {

using domain::SignOffState;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SigningOff : public ASigningHouse {};
PEERCERT_IN_BOTH(SigningOff);

TEST_P(SigningOff, CountsTheDayObservedAndKeepsWhatItRestedOn) {
    const SignedOff answer = seen_by(odessa, 7);
    ASSERT_TRUE(answer.accepted());
    const auto line = ledger->of(host, learner).at(0).entry;
    EXPECT_EQ(line.first_day, day("2025-02-21"));
    EXPECT_EQ(line.result, EntryResult::shown);
    ASSERT_TRUE(line.authority.has_value());
    EXPECT_EQ(line.authority->role, "wrap/co-facilitator");
    EXPECT_TRUE(line.authority->held.contains(day("2025-02-21")));
    EXPECT_EQ(line.authority->held.last, day("2026-06-01")) << "two years after the refresher";
    EXPECT_FALSE(line.authority->credential.empty());
    EXPECT_EQ(state_of(0), SignOffState::signed_off);
    EXPECT_EQ(standing().at(0).detail.rating, "shown");
    EXPECT_EQ(standing().at(0).detail.framework, "samhsa-core 2015");
}

TEST_P(SigningOff, ByWhomTheRefresherWasADayTooOldIsRefusedWithTheReason) {
    const SignedOff refused = seen_by(bernard, 7); // 21 February 2025; the refresher carried to the 20th
    EXPECT_FALSE(refused.accepted());
    ASSERT_EQ(refused.assessors.size(), 1u);
    EXPECT_FALSE(refused.assessors[0].entitled);
    EXPECT_TRUE(ledger->of(host, learner).empty());
    EXPECT_TRUE(competencies->sign_off(as(bernard), on_another_day(bernard, "2025-02-20")).accepted());
}

TEST_P(SigningOff, NeedsSomebodyElseWhoWasThere) {
    NewSignOff own = on_another_day(odessa, "2025-02-20");
    own.person = odessa;
    EXPECT_EQ(refusal([&] { competencies->sign_off(as(odessa), own); }).code(), ErrorCode::forbidden);
    const auto third = a_facilitator("Rosalind Achterberg", "2024-12-01");
    const SignedOff absent = seen_by(third, 7);
    EXPECT_FALSE(absent.accepted());
    EXPECT_THAT(absent.reasons.at(0), HasSubstr("neither led nor observed session 7"));
}

TEST_P(SigningOff, IsForWhoHasAPlaceThere) {
    NewSignOff stranger = in_session({odessa}, 7);
    stranger.person = somebody("Marisol Vega");
    EXPECT_THAT(refusal([&] { competencies->sign_off(host, stranger); }).what(), HasSubstr("has no place in wrap-1"));
}

TEST_P(SigningOff, IsNotForSomebodyRecordedAsNotThere) {
    cohorts->attend(host, "wrap-1", 7, learner, Minutes{0});
    const SignedOff refused = seen_by(odessa, 7);
    EXPECT_FALSE(refused.accepted());
    EXPECT_THAT(refused.reasons.at(0), HasSubstr("recorded as not there in session 7"));
    cohorts->attend(host, "wrap-1", 7, learner, Minutes{1});
    EXPECT_TRUE(seen_by(odessa, 7).accepted());
}

TEST_P(SigningOff, KeepsALineForEachSignatureAndEachCompetency) {
    NewSignOff both = in_session({odessa, bernard}, 1);
    both.competencies = {"samhsa-core/II.3", "samhsa-core/II.4"};
    both.late_reason = domain::LateReason::paper_form;
    EXPECT_EQ(competencies->sign_off(host, both).entries.size(), 4u);
}

TEST_P(SigningOff, IsNoMoreForSomebodyWhoIsGone) {
    people->set_departed(host, odessa, day("2025-02-21"));
    EXPECT_FALSE(competencies->sign_off(host, in_session({odessa}, 7)).accepted());
    today_is("2025-02-28");
    EXPECT_TRUE(seen_by(bernard, 6).accepted()) << "14 February";
}

TEST_P(SigningOff, AfterFourteenDaysNeedsAStatedReason) {
    today_is("2025-03-07"); // 14 days after the 21st
    EXPECT_TRUE(seen_by(odessa, 7).accepted());
    today_is("2025-03-08");
    EXPECT_THAT(refusal([&] { seen_by(odessa, 7); }).what(), HasSubstr("needs a stated reason"));
}

TEST_P(SigningOff, KnowsTheCompetenciesByTheirCodes) {
    NewSignOff wrong = on_another_day(odessa, "2025-02-20");
    wrong.competencies = {"samhsa-core/II.33"};
    EXPECT_THAT(refusal([&] { competencies->sign_off(host, wrong); }).what(), HasSubstr("did you mean II.3?"));
}

TEST_P(SigningOff, IsRatedOnTheScaleOfTheFrameworkAndOfNoOther) {
    NewSignOff ips = in_session({odessa}, 7);
    ips.competencies = {"ips/IPS.MUTUALITY"};
    const auto rated = [&](const std::string& word) {
        ips.rating = word;
        return competencies->sign_off(as(odessa), ips);
    };
    EXPECT_THAT(refusal([&] { rated(""); }).what(), HasSubstr("how was ips/IPS.MUTUALITY rated? ips 2015 says"));
    const Error shown = refusal([&] { rated("shown"); });
    EXPECT_EQ(shown.code(), ErrorCode::invalid_input);
    EXPECT_THAT(shown.what(), HasSubstr("no word of the scale of ips 2015; say not observed, 1, 2, 3, 4, 5, not yet"));
    EXPECT_TRUE(ledger->of(host, learner).empty());
    rated("3");
    rated("2");
    rated("not yet");
    rated("not observed");
    const auto lines = standing();
    ASSERT_THAT(lines, SizeIs(4));
    const auto is = [&](std::size_t at, const char* rating, EntryResult result) {
        EXPECT_EQ(lines[at].detail.rating, rating);
        EXPECT_EQ(lines[at].line.result, result) << rating;
        EXPECT_EQ(lines[at].detail.framework, "ips 2015");
    };
    is(0, "3", EntryResult::shown); // the scale says that 3, 4 and 5 mean shown
    is(1, "2", EntryResult::not_yet);
    is(2, "not yet", EntryResult::not_yet);
    is(3, "not observed", EntryResult::not_observed);
}

TEST_P(SigningOff, IsNotForWhomAConflictIsDeclaredOnThatDay) {
    const auto declared = [&](const char* first, const char* last) {
        house().store.write({"test", clock.now()}, [&](storage::UnitOfWork& work) {
            const auto id = [&](const std::string& code) { return person_of(work, host, code, house().today()).id; };
            work.sign_offs.declare_conflict({id(learner), id(odessa), {day(first), day(last)}, false});
            work.audit.append({.action = "test", .object = "test"});
        });
    };
    declared("2025-01-01", "2025-02-20");
    EXPECT_TRUE(seen_by(odessa, 7).accepted()) << "the day after its last";
    declared("2025-02-22", "2025-12-31");
    EXPECT_TRUE(seen_by(odessa, 7).accepted()) << "the day before its first";
    declared("2025-02-21", "2025-02-21");
    const SignedOff refused = seen_by(odessa, 7);
    EXPECT_FALSE(refused.accepted());
    EXPECT_THAT(refused.reasons.at(0), HasSubstr("a conflict of interest between"));
    EXPECT_THAT(refused.reasons.at(0), HasSubstr("is declared for 2025-02-21; somebody else"));
}

TEST_P(SigningOff, OfAGroupIsOneStepWithItsExceptions) {
    const std::string ana = somebody("Ana Ruiz"), bo = somebody("Bo Lee"), cy = somebody("Cy Ray"),
                      di = somebody("Di Fox"), ed = somebody("Ed Kim");
    for (const std::string& one : {ana, bo, cy, di, ed})
        cohorts->enrol(host, "wrap-1", one, day("2025-01-10"));
    cohorts->attend(host, "wrap-1", 7, di, Minutes{0});
    cohorts->change_place(host, "wrap-1", ed, domain::EnrolmentState::paused, day("2025-02-21"));
    NewGroupSignOff group{in_session({odessa}, 7), {{bo, "not observed"}, {cy, ""}, {ana, "not yet"}}};
    const GroupSignedOff before = competencies->sign_off_group(as(odessa), group, Mode::rehearse);
    EXPECT_TRUE(before.accepted);
    EXPECT_THAT(standing(), IsEmpty()) << "a preview stores nothing";
    const GroupSignedOff answer = competencies->sign_off_group(as(odessa), group);
    ASSERT_TRUE(answer.accepted);
    ASSERT_THAT(answer.members, SizeIs(5)) << "who paused on the day of the session is not told of";
    const auto rating = [&](std::size_t at) {
        return answer.members[at].lines.empty() ? "left out" : answer.members[at].lines.at(0).rating;
    };
    EXPECT_EQ(answer.members[0].person.code.str(), learner);
    EXPECT_EQ(rating(0), "shown");
    EXPECT_EQ(rating(1), "not yet");
    EXPECT_EQ(rating(2), "not observed");
    EXPECT_EQ(rating(3), "left out");
    EXPECT_EQ(rating(4), "left out");
    EXPECT_THAT(answer.members[4].reasons.at(0), HasSubstr("not there in session 7"));
    EXPECT_EQ(standing().size(), 1u);
    EXPECT_TRUE(ledger->of(host, cy).empty());
    EXPECT_EQ(before.members.size(), answer.members.size()) << "the preview showed the same";
    EXPECT_TRUE(audit_is_intact());
}

TEST_P(SigningOff, OfAGroupStoresNothingWhenOneStandsInTheWay) {
    cohorts->enrol(host, "wrap-1", bernard, day("2025-01-10"));
    NewGroupSignOff group{in_session({bernard}, 6), {}};
    today_is("2025-02-28");
    EXPECT_EQ(refusal([&] { competencies->sign_off_group(as(bernard), group); }).code(), ErrorCode::forbidden)
        << "nobody signs for themselves in a crowd either";
    group.exceptions = {{bernard, ""}};
    EXPECT_TRUE(competencies->sign_off_group(as(bernard), group, Mode::rehearse).accepted);
    house().store.write({"test", clock.now()}, [&](storage::UnitOfWork& work) {
        const auto id = [&](const std::string& code) { return person_of(work, host, code, house().today()).id; };
        work.sign_offs.declare_conflict({id(learner), id(bernard), {day("2025-02-14"), {}}, false});
        work.audit.append({.action = "test", .object = "test"});
    });
    const std::string ana = somebody("Ana Ruiz");
    cohorts->enrol(host, "wrap-1", ana, day("2025-01-10"));
    const GroupSignedOff refused = competencies->sign_off_group(as(bernard), group);
    EXPECT_FALSE(refused.accepted);
    EXPECT_THAT(refused.members.at(0).reasons.at(0), HasSubstr("conflict of interest"));
    EXPECT_TRUE(ledger->of(host, ana).empty()) << "all or nothing";
    group.exceptions.push_back({learner, ""});
    EXPECT_TRUE(competencies->sign_off_group(as(bernard), group).accepted);
    EXPECT_EQ(ledger->of(host, ana).size(), 1u);
    EXPECT_THAT(refusal([&] {
                    competencies->sign_off_group(as(bernard), {in_session({bernard}, 6), {{somebody("Zoe Li"), ""}}});
                }).what(),
                HasSubstr("is no exception"));
}

/// An invented curriculum that is stricter than any that ships.
class AStrictRule : public ASigningHouse {
protected:
    void SetUp() override {
        ASigningHouse::SetUp();
        if (IsSkipped())
            return;
        folder_ = std::filesystem::temp_directory_path() / ("peercert-signing-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_ / "strict");
        std::ofstream(folder_ / "strict" / "2024.yaml") << R"(curriculum: strict
edition: 2024
title: Strict
zone: America/Chicago
in force: {from: 2019-01-01, until: further notice, chosen by: first session}
levels: [facilitator]
competencies:
  - {code: C.ONE, label: Listens, see: Page}
scale: {words: [low, high], counts: [high], anchors: {high: Seen twice}, see: Page}
sign off:
  by: facilitator
  issued by: [office]
  assessors: 2
  assessors from: different organizations
  see: Page
sources:
  Page: {what: an invented page, as of: 2024, trust: verified}
)";
        catalogue_ = curricula::Catalogue::load({{folder_, "files"}}, &RuleFiles::all().host.kinds());
        catalogue_.require_clean();
        rules_.emplace(catalogue_, RuleFiles::all().host.kinds(), RuleFiles::all().words);
        competencies.emplace(house(), *rules_);
        organizations->add(host, {{}, "other", "Other Centre", domain::OrganizationKind::training_centre, ""});
        organizations->add(host, {{}, "board", "Other Board", domain::OrganizationKind::certifying_body, ""});
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::string a_strict_one(const std::string& name, const std::string& issuer, const std::string& organization) {
        const std::string code = somebody(name);
        Certification(house(), *rules_).take_over(host, {code, "strict", "facilitator", issuer, day("2020-01-01"), {}});
        organizations->grant(host, organization, code, "facilitator", day("2020-01-01"), {});
        return code;
    }
    SignedOff signed_by(const std::vector<std::string>& assessors) {
        NewSignOff request = on_another_day("", "2025-02-20");
        request.curriculum = "strict";
        request.competencies = {"C.ONE"};
        request.rating = "high";
        request.assessors = assessors;
        return competencies->sign_off(host, request);
    }

private:
    std::filesystem::path folder_;
    curricula::Catalogue catalogue_;
    std::optional<Rulebook> rules_;
};
PEERCERT_IN_BOTH(AStrictRule);

TEST_P(AStrictRule, AsksWhoIssuedItAndWhetherTwoComeFromDifferentPlaces) {
    const std::string one = a_strict_one("Uma One", "office", "centre"),
                      two = a_strict_one("Vic Two", "office", "other"),
                      same = a_strict_one("Wes Same", "office", "centre"),
                      foreign = a_strict_one("Xia Foreign", "board", "other");
    EXPECT_TRUE(signed_by({one, two}).accepted());
    EXPECT_THAT(refusal([&] { signed_by({one}); }).what(), HasSubstr("asks for 2 assessor(s)"));
    EXPECT_THAT(refusal([&] { signed_by({one, one}); }).what(), HasSubstr("different people"));
    const SignedOff together = signed_by({one, same});
    EXPECT_FALSE(together.accepted());
    EXPECT_THAT(together.reasons.at(0), HasSubstr("two led for centre on 2025-02-20"));
    const SignedOff elsewhere = signed_by({one, foreign});
    EXPECT_FALSE(elsewhere.accepted());
    EXPECT_THAT(elsewhere.reasons.at(0), HasSubstr("was not issued by: office"));
    organizations->end(host, "other", two, "facilitator", day("2025-02-19"));
    EXPECT_THAT(signed_by({one, two}).reasons.at(0), HasSubstr("led for no organization on 2025-02-20"));
}

} // namespace
} // namespace peercert::services
