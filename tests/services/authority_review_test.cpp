#include <fstream>

#include <unistd.h>

#include "services/assessment.hpp"
#include "services/authority_review.hpp"
#include "signing_fixture.hpp"
#include "words/answers.hpp"
#include "words/messages.hpp"

/// When somebody's authority turns out void from a day on.
namespace peercert::services {
namespace {

using domain::SignOffState;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class AVoidAuthority : public ASigningHouse {
protected:
    void SetUp() override {
        ASigningHouse::SetUp();
        if (IsSkipped())
            return;
        folder_ = std::filesystem::temp_directory_path() / ("peercert-review-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_ / "hope-ps");
        std::ofstream(folder_ / "hope-ps" / "2024.yaml") << R"(track: hope-ps
edition: 2024
title: Invented Hope Specialist
zone: America/Chicago
in force: {from: 2019-01-01, until: further notice, chosen by: applying}
levels: [certified]
to become certified: {see: Page, needs: [{name: hope, competency: samhsa-core/II.3}], lasts: {ends: no end}}
sources:
  Page: {what: an invented page, as of: 2024, trust: verified}
)";
        catalogue_ = curricula::Catalogue::load({{folder_, "files"}}, &RuleFiles::all().host.kinds());
        catalogue_.require_clean();
        rules_.emplace(catalogue_, RuleFiles::all().host.kinds(), RuleFiles::all().words);
        review.emplace(house(), rulebook);
        reviewer = somebody("Rhea Viewer");
        organizations->grant(host, "office", reviewer, "reviewer", day("2020-01-01"), {});
        session_6 = seen_by_late(odessa, 6); // 14 February
        session_7 = seen_by_late(odessa, 7); // 21 February
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    EntryId seen_by_late(const std::string& assessor, int session) {
        NewSignOff request = in_session({assessor}, session);
        request.late_reason = domain::LateReason::paper_form;
        return competencies->sign_off(as(assessor), request).entries.at(0);
    }
    Assessment assessed() {
        return Assessments(house(), *rules_).assess(host, {.person = learner, .track = "hope-ps"});
    }
    VerificationOutcome verified(const std::string& number) {
        return Verification(house(), [this]() -> const Rulebook& { return *rules_; }).verify(number, {}).outcome;
    }
    std::string number_of(const std::string& code) {
        return house().store.read([&](storage::UnitOfWork& work) {
            return work.credentials.of_person(person_of(work, host, code, house().today()).id)
                .at(0)
                .credential.number.str();
        });
    }
    std::string certified() {
        Certification office(house(), *rules_);
        const auto asked = office.apply(host, {learner, "hope-ps", Step::Verb::become, "", {}});
        return office.decide(host, {asked.application.id, domain::Outcome::granted, "", "office"})
            .credential->record.credential.number.str();
    }

    std::optional<AuthorityReview> review;
    std::string reviewer;
    EntryId session_6, session_7;
    std::optional<Rulebook> rules_;

private:
    std::filesystem::path folder_;
    curricula::Catalogue catalogue_;
};
PEERCERT_IN_BOTH(AVoidAuthority);

TEST_P(AVoidAuthority, IsLookedAtFromItsDayOnAndChangesNothing) {
    const auto from = [&](const char* on) { return review->impact(host, odessa, day(on), false).signatures.size(); };
    EXPECT_EQ(from("2025-02-14"), 2u);
    EXPECT_EQ(from("2025-02-15"), 1u);
    EXPECT_EQ(from("2025-02-21"), 1u);
    EXPECT_EQ(from("2025-02-22"), 0u);
    EXPECT_EQ(review->impact(host, bernard, day("2020-01-01"), false).signatures.size(), 0u);
    for (const SignatureView& view : standing())
        EXPECT_EQ(view.detail.state, SignOffState::signed_off);
    EXPECT_EQ(refusal([&] { review->impact(as(odessa), odessa, day("2025-02-14"), true); }).code(),
              ErrorCode::forbidden);
}

TEST_P(AVoidAuthority, OfOneCredentialIsWhatReliedOnThatOne) {
    const std::string number = number_of(odessa);
    EXPECT_EQ(review->impact(host, number, day("2025-01-01"), false).signatures.size(), 2u);
    const std::string other = number_of(bernard);
    EXPECT_EQ(review->impact(host, other, day("2025-01-01"), false).signatures.size(), 0u);
}

TEST_P(AVoidAuthority, LetsAPersonDecideAndTakesNothingAwayMeanwhile) {
    signatures->take_back(as(odessa), session_6, {});
    EXPECT_TRUE(assessed().finding.verdict.passes());
    const std::string number = certified();
    const auto rehearsed = review->impact(host, odessa, day("2025-02-21"), true, Mode::rehearse);
    EXPECT_TRUE(rehearsed.signatures.at(0).put_under_review);
    EXPECT_EQ(state_of(0), SignOffState::signed_off) << "a rehearsal changes nothing";

    const auto impact = review->impact(host, odessa, day("2025-02-21"), true);
    ASSERT_THAT(impact.signatures, SizeIs(1));
    ASSERT_THAT(impact.signatures[0].relying, SizeIs(1));
    EXPECT_EQ(impact.signatures[0].relying[0].number, number);
    EXPECT_EQ(state_of(0), SignOffState::under_review);
    EXPECT_EQ(verified(number), VerificationOutcome::certified) << "what somebody holds stays";

    const Assessment open = assessed();
    EXPECT_FALSE(open.finding.verdict.passes());
    EXPECT_FALSE(open.finding.verdict.is_unmet()) << "neither yes nor no";
    ASSERT_THAT(open.under_review, SizeIs(1));
    EXPECT_EQ(open.under_review[0].competency, "samhsa-core/II.3");
    std::string told;
    const words::Messages messages;
    for (const auto& line : words::told(open, words::Speaker(messages, words::Language::english), true))
        told += line.text + "\n";
    EXPECT_THAT(told, HasSubstr("Under review: samhsa-core/II.3"));
    EXPECT_THAT(told, HasSubstr("It needs a decision"));

    const EntryId line = standing().at(0).line.id;
    EXPECT_EQ(refusal([&] { signatures->take_back(as(odessa), line, {}); }).code(), ErrorCode::conflict);
    EXPECT_EQ(refusal([&] { signatures->correct(as(odessa), line, "not yet"); }).code(), ErrorCode::conflict);
    EXPECT_EQ(refusal([&] { review->decide(as(odessa), line, true); }).code(), ErrorCode::forbidden);
    review->decide(host, line, true);
    EXPECT_EQ(state_of(0), SignOffState::signed_off);
    EXPECT_TRUE(assessed().finding.verdict.passes());
    EXPECT_THAT(assessed().under_review, IsEmpty());
    EXPECT_EQ(refusal([&] { review->decide(host, standing().at(0).line.id, true); }).code(), ErrorCode::conflict);
    EXPECT_TRUE(audit_is_intact());
}

TEST_P(AVoidAuthority, WithdrawnByDecisionNoLongerCountsAndStaysVisible) {
    signatures->take_back(as(odessa), session_6, {});
    const std::string number = certified();
    review->impact(host, odessa, day("2025-02-21"), true);
    const Changed changed = review->decide(host, standing().at(0).line.id, false);
    EXPECT_THAT(standing(), IsEmpty());
    EXPECT_TRUE(assessed().finding.verdict.is_unmet());
    ASSERT_THAT(changed.relying, SizeIs(1)) << "whoever issued it is told, and decides";
    EXPECT_EQ(verified(number), VerificationOutcome::certified);
}

TEST_P(AVoidAuthority, OfOneOfTwoPutsTheWholeSignOffUnderReview) {
    today_is("2025-03-01");
    NewSignOff both = in_session({odessa, bernard}, 5); // 7 February, Bernard was current
    both.late_reason = domain::LateReason::paper_form;
    const SignedOff made = competencies->sign_off(as(odessa), both);
    signatures->confirm(as(bernard), {made.entries.at(1)}, {});
    const auto impact = review->impact(host, bernard, day("2025-02-01"), true);
    EXPECT_THAT(impact.signatures, SizeIs(1));
    int waiting = 0;
    for (const SignatureView& view : standing())
        waiting += view.detail.state == SignOffState::under_review ? 1 : 0;
    EXPECT_EQ(waiting, 2);
}

TEST_P(AVoidAuthority, IsNotDecidedByTheLearnerOrAnAssessor) {
    organizations->grant(host, "centre", learner, "reviewer", day("2025-01-01"), {});
    organizations->grant(host, "centre", odessa, "reviewer", day("2025-01-01"), {});
    review->impact(host, odessa, day("2025-02-21"), true);
    const EntryId line = standing().back().line.id;
    EXPECT_THAT(refusal([&] { review->decide(as(learner), line, true); }).what(), HasSubstr("for themselves"));
    EXPECT_THAT(refusal([&] { review->decide(as(odessa), line, true); }).what(), HasSubstr("for themselves"));
    EXPECT_EQ(refusal([&] { review->decide(as(reviewer), line, true); }).code(), ErrorCode::not_found)
        << "who has nothing to do with the learner does not learn that there is such a line";
}

} // namespace
} // namespace peercert::services
