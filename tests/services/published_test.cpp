#include "publisher_fixture.hpp"

#include "services/replay.hpp"

/// What is published, among other editions and among files: who is judged by what.
namespace peercert::services {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Published : public APublisher {};

TEST_P(Published, TheEditionBeforeEndsTheDayBefore) {
    write("2024.yaml", text("2024", from("2024-01-01")));
    EXPECT_EQ(chosen_on("2025-12-31"), "2024");
    published("2025-07", text("2025-07", from("2025-07-01")));
    EXPECT_EQ(chosen_on("2025-06-30"), "2024");
    EXPECT_EQ(chosen_on("2025-07-01"), "2025-07");
    published("2026", text("2026", from("2026-01-01")));
    EXPECT_EQ(chosen_on("2025-12-31"), "2025-07");
    EXPECT_EQ(chosen_on("2026-01-01"), "2026");
    EXPECT_EQ(sight().catalogue.find("inv-ps", "2025-07")->in_force_until, day("2025-12-31"));
    EXPECT_EQ(sight().catalogue.find("inv-ps", "2024")->in_force_until, day("2025-06-30"));
    EXPECT_EQ(standing("2025-07").state, ProposalState::published);
    EXPECT_EQ(standing("2025-07").last_day, day("2025-12-31"));
    today_is("2026-01-01");
    EXPECT_EQ(standing("2025-07").state, ProposalState::superseded);
    EXPECT_EQ(standing("2026").state, ProposalState::published);
}

TEST_P(Published, DaysThatAnotherEditionClaimsAreInTheWay) {
    write("2024.yaml", text("2024", from("2024-01-01", "2025-12-31")));
    Reviewed answer = propose("2025-07", text("2025-07", from("2025-07-01")));
    EXPECT_FALSE(answer.done);
    EXPECT_THAT(answer.check.in_the_way, ElementsAre(HasSubstr("let it begin on 2026-01-01 or later")));
    published("2026", text("2026", from("2026-01-01")));
    answer = propose("2026-b", text("2026-b", from("2026-01-01")));
    EXPECT_THAT(answer.check.in_the_way, ElementsAre(HasSubstr("cannot begin on the same day")));
    // One that is to come is in the way of one that would not end before it.
    write("2024.yaml", text("2024", from("2024-01-01", "2025-05-31")));
    answer = propose("2025-07", text("2025-07", from("2025-07-01")));
    EXPECT_THAT(answer.check.in_the_way, ElementsAre(HasSubstr("let it end on 2025-12-31")));
    EXPECT_TRUE(propose("2025-07", text("2025-07", from("2025-07-01", "2025-12-31"))).done);
}

TEST_P(Published, TwoThatWouldOverlapAreNotBothPublished) {
    for (const char* edition : {"a", "b"}) {
        const std::string digest =
            propose(edition, text(edition, from("2025-07-01"))).proposal.record.proposal.edition.digest;
        approve(edition, digest, bo);
        approve(edition, digest, cy);
    }
    Sight before = sight(); // another office looked before the first was published
    EXPECT_TRUE(publish("a").done);
    EXPECT_THAT(refusal([&] { Publishing(house(), before.rulebook).publish(host, "inv-ps", "b"); }).what(),
                HasSubstr("ask once more"));
    EXPECT_FALSE(publish("b").done);
}

TEST_P(Published, JudgesAndReplaysByTheKeptTextThoughTheFileIsGoneOrChanged) {
    write("2025.yaml", text("2025-04", from("2025-04-02")));
    const std::string digest = published("2025-04", text("2025-04", from("2025-04-02")));
    EXPECT_THAT(sight().catalogue.passed_over(), IsEmpty()) << "the file says the same";
    write("2025.yaml", text("2025-04", from("2025-04-02"), 500));
    const std::string person = somebody("Ida Invented");
    record(person, EntryKind::practice, "", "2025-04-02", EntryResult::none, 600);
    Sight now = sight();
    ASSERT_THAT(now.catalogue.passed_over(), SizeIs(1));
    EXPECT_THAT(to_text(now.catalogue.passed_over()), HasSubstr("this file plays no part"));
    EXPECT_TRUE(
        Assessments(house(), now.rulebook).assess(host, {.person = person, .track = "inv-ps"}).edition_published);
    Certification certification_now(house(), now.rulebook);
    const auto asked = certification_now.apply(host, {person, "inv-ps", Step::Verb::become, "", {}});
    const auto decided = certification_now.decide(host, {asked.application.id, domain::Outcome::granted, "", "office"});
    ASSERT_TRUE(decided.credential.has_value());
    const auto decision = certification_now.application(host, asked.application.id).decisions.front();
    EXPECT_EQ(decision.edition_digest, digest);
    const curricula::Catalogue nothing;
    const Rulebook without_files(nothing, RuleFiles::all().host.kinds(), RuleFiles::all().words);
    for (const Rulebook* rules : {static_cast<const Rulebook*>(&now.rulebook), &without_files}) {
        const Replayed replayed = Replays(house(), *rules).replay(host, decision.id);
        EXPECT_TRUE(replayed.same);
        EXPECT_EQ(replayed.finding_now, decision.finding);
    }
    EXPECT_THAT(refusal([&] { propose("2025-04", text("2025-04", from("2025-04-02"), 500)); }).what(),
                HasSubstr("edition of its own"));
    EXPECT_EQ(problem_of_audit(), "");
}

TEST_P(Published, AnApplicationIsDecidedByTheTextItWasReceivedUnderThoughTheFileChanged) {
    write("2025.yaml", text("2025", from("2025-01-01")));
    const std::string person = somebody("Ida Invented");
    record(person, EntryKind::practice, "", "2025-04-01", EntryResult::none, 600);
    Sight then = sight();
    const auto asked =
        Certification(house(), then.rulebook).apply(host, {person, "inv-ps", Step::Verb::become, "", {}});
    write("2025.yaml", text("2025", from("2025-01-01"), 500));
    Sight now = sight();
    Certification later(house(), now.rulebook);
    later.decide(host, {asked.application.id, domain::Outcome::granted, "", "office"});
    const auto decision = later.application(host, asked.application.id).decisions.front();
    EXPECT_TRUE(Replays(house(), now.rulebook).replay(host, decision.id).same);
}

TEST_P(Published, OnlyWhatHasNotBegunAndNothingReliesOnIsWithdrawn) {
    write("2024.yaml", text("2024", from("2024-01-01")));
    published("2025-07", text("2025-07", from("2025-07-01")));
    const auto withdraw = [&](const std::string& edition) {
        Sight now = sight();
        return Publishing(house(), now.rulebook).withdraw(host, "inv-ps", edition, "a mistake");
    };
    today_is("2025-07-01");
    EXPECT_THAT(refusal([&] { withdraw("2025-07"); }).what(), HasSubstr("holds since 2025-07-01"));
    today_is("2025-06-30");
    EXPECT_EQ(withdraw("2025-07").state, ProposalState::withdrawn);
    EXPECT_EQ(chosen_on("2025-07-01"), "2024") << "the edition before goes on";
    EXPECT_EQ(refusal([&] { withdraw("2025-07"); }).code(), ErrorCode::conflict);
    EXPECT_THAT(refusal([&] { propose("2025-07", text("2025-07", from("2025-07-01"), 9)); }).what(),
                HasSubstr("edition of its own"));
    EXPECT_EQ(refusal([&] { withdraw("2099"); }).code(), ErrorCode::not_found);

    published("2025-08", text("2025-08", from("2025-08-01")));
    house().store.write({"test", house().clock.now()}, [&](storage::UnitOfWork& work) {
        work.cohorts.add({.code = "later", .curriculum = "inv-ps", .edition = "2025-08"});
        work.audit.append({.action = "test", .object = "cohort"});
    });
    EXPECT_THAT(refusal([&] { withdraw("2025-08"); }).what(), HasSubstr("something relies on"));
    EXPECT_EQ(problem_of_audit(), "");
}

TEST_P(Published, AFileThatClaimsPublishedDaysPlaysNoPart) {
    published("2025-07", text("2025-07", from("2025-07-01")));
    write("2027.yaml", text("2027", from("2027-01-01")));
    Sight now = sight();
    EXPECT_EQ(now.catalogue.find("inv-ps", "2027"), nullptr);
    EXPECT_THAT(to_text(now.catalogue.passed_over()), HasSubstr("claims days on which the published inv-ps 2025-07"));
    EXPECT_EQ(chosen_on("2027-06-01"), "2025-07");
    published("2027", text("2027", from("2027-01-01")));
    EXPECT_EQ(chosen_on("2027-06-01"), "2027");
    EXPECT_THAT(sight().catalogue.passed_over(), IsEmpty());
}

TEST_P(Published, AnInstallationMayDemandPublishedRules) {
    write("2025.yaml", text("2025", from("2025-01-01")));
    const std::string person = somebody("Ida Invented");
    const auto apply = [&] {
        Sight now = sight(Rulebook::Relying::on_published);
        return Certification(house(), now.rulebook).apply(host, {person, "inv-ps", Step::Verb::become, "", {}});
    };
    EXPECT_THAT(refusal([&] { apply(); }).what(), HasSubstr("by published editions only"));
    published("2025-04", text("2025-04", from("2025-04-02")));
    EXPECT_EQ(apply().application.edition, "2025-04");
}

TEST_P(Published, AKeptTextThatWasTamperedWithJudgesNobody) {
    published("2025-04", text("2025-04", from("2025-04-02")));
    database().place().tamper("update edition_proposal set body = replace(body, '10 h', '1 h')");
    EXPECT_THAT(problem_of_audit(), HasSubstr("edition.proposed"));
    Sight now = sight();
    EXPECT_THAT(to_text(now.catalogue.problems()), HasSubstr("changed past the program"));
    EXPECT_EQ(refusal([&] { (void)chosen_on("2025-04-02"); }).code(), ErrorCode::not_found);
    database().place().tamper("update edition_proposal set body = replace(body, '1 h', '10 h')");
    EXPECT_EQ(problem_of_audit(), "");
    database().place().tamper("update edition set body = replace(body, '10 h', '1 h')");
    EXPECT_THAT(problem_of_audit(), HasSubstr("edition.published"));
    EXPECT_EQ(refusal([&] {
                  house().store.read([&](storage::UnitOfWork& work) {
                      const curricula::Catalogue nothing;
                      (void)Rulebook(nothing, RuleFiles::all().host.kinds(), RuleFiles::all().words)
                          .edition(work, "inv-ps", "2025-04");
                  });
              }).code(),
              ErrorCode::unavailable);
}

PEERCERT_IN_BOTH(Published);

} // namespace
} // namespace peercert::services
