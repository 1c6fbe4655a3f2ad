#include "signing_fixture.hpp"

/// What becomes of signatures after they were typed.
namespace peercert::services {
namespace {

using domain::LateReason;
using domain::Response;
using domain::SignOffState;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ASignature : public ASigningHouse {
protected:
    EntryId typed_by_the_centre() { return competencies->sign_off(host, in_session({odessa}, 7)).entries.at(0); }
    void wait(std::chrono::seconds long_enough) { clock.set(clock.now() + long_enough); }
};
PEERCERT_IN_BOTH(ASignature);

TEST_P(ASignature, TypedBySomebodyElseCountsOnceTheAssessorConfirms) {
    const EntryId typed = typed_by_the_centre();
    EXPECT_EQ(state_of(0), SignOffState::awaiting_assessor);
    EXPECT_EQ(ledger->of(host, learner).at(0).entry.result, EntryResult::pending) << "neither yes nor no";
    ASSERT_THAT(signatures->waiting_for(as(odessa), odessa), SizeIs(1));
    EXPECT_THAT(signatures->waiting_for(as(bernard), bernard), IsEmpty());

    const Error operator_ = refusal([&] { signatures->confirm(host, {typed}, {}); });
    EXPECT_EQ(operator_.code(), ErrorCode::forbidden);
    EXPECT_THAT(operator_.what(), HasSubstr("only " + odessa + " can confirm"));
    EXPECT_EQ(refusal([&] { signatures->confirm(as(bernard), {typed}, {}); }).code(), ErrorCode::forbidden);
    const Error stranger = refusal([&] { signatures->confirm(as(somebody("Zoe Li")), {typed}, {}); });
    EXPECT_EQ(stranger.code(), ErrorCode::not_found);
    EXPECT_THAT(stranger.what(), HasSubstr("there is no sign-off with entry " + std::to_string(typed.value())));
    EXPECT_EQ(state_of(0), SignOffState::awaiting_assessor) << "nothing of this changed it";

    const Confirmed confirmed = signatures->confirm(as(odessa), {typed}, {});
    ASSERT_TRUE(confirmed.accepted());
    EXPECT_EQ(state_of(0), SignOffState::signed_off);
    EXPECT_EQ(standing().at(0).line.result, EntryResult::shown);
    EXPECT_EQ(standing().at(0).line.replaces, typed) << "both stay";
    EXPECT_THAT(signatures->waiting_for(as(odessa), odessa), IsEmpty());
    EXPECT_EQ(refusal([&] { signatures->confirm(as(odessa), {typed}, {}); }).code(), ErrorCode::conflict);
    EXPECT_TRUE(audit_is_intact());
}

TEST_P(ASignature, OfTwoCountsOnceTheSecondIsThere) {
    today_is("2025-02-28");
    const SignedOff both = competencies->sign_off(as(odessa), in_session({odessa, bernard}, 6));
    ASSERT_THAT(both.lines, SizeIs(2));
    EXPECT_EQ(both.lines[0].state, SignOffState::awaiting_cosignature);
    EXPECT_EQ(both.lines[1].state, SignOffState::awaiting_assessor);
    for (const LedgerLine& line : ledger->of(host, learner))
        EXPECT_EQ(line.entry.result, EntryResult::pending);
    EXPECT_EQ(refusal([&] { signatures->confirm(as(odessa), {both.entries[0]}, {}); }).code(), ErrorCode::conflict)
        << "hers is there";
    signatures->confirm(as(bernard), {both.entries[1]}, {});
    for (const SignatureView& view : standing()) {
        EXPECT_EQ(view.detail.state, SignOffState::signed_off);
        EXPECT_EQ(view.line.result, EntryResult::shown);
    }
}

TEST_P(ASignature, IsAskedAgainForItsAuthorityWhenItIsConfirmed) {
    const EntryId typed = typed_by_the_centre();
    people->set_departed(host, odessa, day("2025-02-21"));
    const Confirmed refused = signatures->confirm(as(odessa), {typed}, {});
    EXPECT_FALSE(refused.accepted());
    EXPECT_EQ(refused.not_entitled.at(0).assessor, odessa);
    EXPECT_EQ(state_of(0), SignOffState::awaiting_assessor);
}

TEST_P(ASignature, IsNotConfirmedAcrossAConflictDeclaredMeanwhile) {
    const EntryId typed = typed_by_the_centre();
    const auto declared = [&](const char* first, bool withdrawn) {
        house().store.write({"test", clock.now()}, [&](storage::UnitOfWork& work) {
            const auto id = [&](const std::string& code) { return person_of(work, host, code, house().today()).id; };
            work.sign_offs.declare_conflict({id(learner), id(odessa), {day(first), {}}, withdrawn});
            work.audit.append({.action = "test", .object = "test"});
        });
    };
    declared("2025-02-21", false);
    const Error refused = refusal([&] { signatures->confirm(as(odessa), {typed}, {}); });
    EXPECT_EQ(refused.code(), ErrorCode::conflict);
    EXPECT_THAT(refused.what(), HasSubstr("conflict of interest"));
    EXPECT_EQ(state_of(0), SignOffState::awaiting_assessor);
    declared("2025-02-21", true);
    declared("2025-02-22", false); // from the day after it was seen
    EXPECT_TRUE(signatures->confirm(as(odessa), {typed}, {}).accepted());
}

TEST_P(ASignature, ADraftCountsForNothingAndIsSignedInTimeOrWithAReason) {
    NewSignOff draft = in_session({odessa}, 7);
    draft.draft = true;
    const EntryId id = competencies->sign_off(as(odessa), draft).entries.at(0);
    EXPECT_EQ(state_of(0), SignOffState::draft);
    EXPECT_EQ(ledger->of(host, learner).at(0).entry.result, EntryResult::none) << "not even perhaps";
    today_is("2025-03-08"); // fifteen days after the 21st
    EXPECT_THAT(refusal([&] { signatures->confirm(as(odessa), {id}, {}); }).what(), HasSubstr("(--late)"));
    EXPECT_TRUE(signatures->confirm(as(odessa), {id}, LateReason::assessor_away).accepted());
    EXPECT_EQ(standing().at(0).line.late_reason, LateReason::assessor_away);
    EXPECT_EQ(state_of(0), SignOffState::signed_off);
}

TEST_P(ASignature, IsTakenBackForADayWithoutAWord) {
    const EntryId first = seen_by(odessa, 7).entries.at(0);
    wait(std::chrono::hours(24));
    EXPECT_EQ(refusal([&] { signatures->take_back(as(somebody("Zoe Li")), first, {}); }).code(), ErrorCode::not_found);
    signatures->take_back(as(odessa), first, {});
    EXPECT_THAT(standing(), IsEmpty());
    EXPECT_THAT(signatures->of(host, learner, true), SizeIs(2)) << "it stays visible";

    const EntryId second = seen_by(odessa, 7).entries.at(0);
    wait(std::chrono::hours(24) + std::chrono::seconds(1));
    EXPECT_THAT(refusal([&] { signatures->take_back(as(odessa), second, {}); }).what(), HasSubstr("(--because)"));
    signatures->take_back(as(odessa), second, LateReason::correction);
    EXPECT_EQ(signatures->of(host, learner, true).back().line.late_reason, LateReason::correction);
    EXPECT_THAT(refusal([&] { ledger->withdraw(host, second); }).what(), HasSubstr("peercert signoff undo"));
    EXPECT_TRUE(audit_is_intact());
}

TEST_P(ASignature, WhatWaitsIsTakenBackAtAnyTime) {
    const EntryId typed = typed_by_the_centre();
    wait(std::chrono::hours(24 * 60));
    signatures->take_back(as(odessa), typed, {}); // "I never saw that"
    EXPECT_THAT(standing(), IsEmpty());
}

TEST_P(ASignature, OfTwoThatLosesOneWaitsAgain) {
    today_is("2025-02-28");
    const SignedOff both = competencies->sign_off(as(odessa), in_session({odessa, bernard}, 6));
    const auto confirmed = signatures->confirm(as(bernard), {both.entries[1]}, {});
    signatures->take_back(as(bernard), confirmed.lines.at(1).line.id, {});
    ASSERT_THAT(standing(), SizeIs(1));
    EXPECT_EQ(state_of(0), SignOffState::awaiting_cosignature);
    EXPECT_EQ(standing().at(0).line.result, EntryResult::pending);
}

TEST_P(ASignature, IsCorrectedByAFurtherLine) {
    const EntryId first = seen_by(odessa, 7).entries.at(0);
    EXPECT_EQ(refusal([&] { signatures->correct(as(odessa), first, "shown"); }).code(), ErrorCode::conflict);
    EXPECT_THAT(refusal([&] { signatures->correct(as(odessa), first, "splendid"); }).what(),
                HasSubstr("no word of the scale"));
    const auto within = signatures->correct(as(odessa), first, "not yet");
    EXPECT_EQ(state_of(0), SignOffState::signed_off);
    EXPECT_EQ(standing().at(0).line.result, EntryResult::not_yet);
    EXPECT_FALSE(standing().at(0).line.late_reason) << "within a day";
    wait(std::chrono::hours(24) + std::chrono::seconds(1));
    signatures->correct(as(odessa), within.lines.at(0).line.id, "shown");
    EXPECT_EQ(standing().at(0).line.late_reason, LateReason::correction);
    EXPECT_EQ(state_of(0), SignOffState::signed_off);
    signatures->correct(host, standing().at(0).line.id, "not observed");
    EXPECT_EQ(state_of(0), SignOffState::awaiting_assessor) << "typed by somebody else";
    EXPECT_EQ(standing().at(0).line.result, EntryResult::not_observed) << "what waits can only help";
    EXPECT_THAT(signatures->of(host, learner, true), SizeIs(4));
}

TEST_P(ASignature, IsAnsweredByTheLearnerAlone) {
    const EntryId id = seen_by(odessa, 7).entries.at(0);
    EXPECT_EQ(refusal([&] { signatures->respond(host, id, Response::agrees); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] { signatures->respond(as(odessa), id, Response::agrees); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] { signatures->respond(as(learner), id, Response::taken_back); }).code(), ErrorCode::conflict);
    signatures->respond(as(learner), id, Response::asks_to_talk);
    ASSERT_TRUE(standing().at(0).response);
    EXPECT_EQ(standing().at(0).response->response, Response::asks_to_talk);
    signatures->correct(as(odessa), id, "not yet");
    EXPECT_TRUE(standing().at(0).response) << "it belongs to the signature, whatever line stands now";
    signatures->respond(as(learner), standing().at(0).line.id, Response::taken_back);
    EXPECT_FALSE(standing().at(0).response);
    EXPECT_TRUE(audit_is_intact());
}

TEST_P(ASignature, IsSeenByTheLearnerAndThoseWhoTeachThem) {
    seen_by(odessa, 7);
    EXPECT_THAT(signatures->of(as(learner), learner, false), SizeIs(1));
    EXPECT_THAT(signatures->of(as(bernard), learner, false), SizeIs(1));
    const std::string zoe = somebody("Zoe Li");
    EXPECT_EQ(refusal([&] { signatures->of(as(zoe), learner, false); }).code(), ErrorCode::not_found);
    organizations->add(host, {{}, "agency", "Agency", domain::OrganizationKind::employer, ""});
    organizations->grant(host, "agency", learner, "worker", day("2025-01-01"), {});
    organizations->grant(host, "agency", zoe, "supervisor", day("2025-01-01"), {});
    EXPECT_EQ(refusal([&] { signatures->of(as(zoe), learner, false); }).code(), ErrorCode::forbidden);
}

} // namespace
} // namespace peercert::services
