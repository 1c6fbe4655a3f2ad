#include "publisher_fixture.hpp"

#include <atomic>
#include <thread>

/// The way of a draft: proposed by one, approved by two others, published.
namespace peercert::services {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_P(APublisher, ADraftIsProposedApprovedByTwoAndPublished) {
    const Reviewed proposed = propose("2025-07", text("2025-07", from("2025-07-01")));
    ASSERT_TRUE(proposed.done);
    EXPECT_EQ(proposed.check.cases, 1U);
    EXPECT_EQ(proposed.check.first_day, day("2025-07-01"));
    const std::string digest = proposed.proposal.record.proposal.edition.digest;
    EXPECT_EQ(digest, curricula::digest_of(text("2025-07", from("2025-07-01"))));
    EXPECT_EQ(proposed.proposal.state, ProposalState::draft);
    EXPECT_EQ(proposed.proposal.proposed_by, ana);
    EXPECT_EQ(refusal([&] { publish("2025-07"); }).code(), ErrorCode::conflict);
    EXPECT_EQ(approve("2025-07", digest, bo).state, ProposalState::draft);
    const Error one_of_two = refusal([&] { publish("2025-07"); });
    EXPECT_THAT(one_of_two.what(), HasSubstr("1 of 2 approvals"));
    const ProposalView approved = approve("2025-07", digest, cy);
    EXPECT_EQ(approved.state, ProposalState::approved);
    EXPECT_THAT(approved.approved_by, ElementsAre(bo, cy));
    const Reviewed last = publish("2025-07");
    EXPECT_TRUE(last.done);
    EXPECT_EQ(last.proposal.state, ProposalState::published);
    EXPECT_EQ(last.proposal.first_day, day("2025-07-01"));
    EXPECT_EQ(chosen_on("2025-07-01"), "2025-07");
    EXPECT_EQ(refusal([&] { (void)chosen_on("2025-06-30"); }).code(), ErrorCode::not_found);
    EXPECT_EQ(sight().catalogue.find("inv-ps", "2025-07")->origin, "published");
    EXPECT_EQ(refusal([&] { publish("2025-07"); }).code(), ErrorCode::conflict);
    EXPECT_EQ(refusal([&] { approve("2025-07", digest, dee); }).code(), ErrorCode::conflict);
    EXPECT_THAT(refusal([&] { propose("2025-07", text("2025-07", from("2025-07-01"))); }).what(),
                HasSubstr("published already"));
    EXPECT_EQ(problem_of_audit(), "");
}

TEST_P(APublisher, ARehearsalRecordsNothing) {
    Sight now = sight();
    Publishing publishing(house(), now.rulebook);
    const std::string what = text("2025-07", from("2025-07-01"));
    EXPECT_TRUE(publishing.propose(host, request("2025-07", what, ana), Mode::rehearse).done);
    EXPECT_THAT(publishing.list(), IsEmpty());
    const std::string digest = propose("2025-07", what).proposal.record.proposal.edition.digest;
    EXPECT_EQ(publishing.approve(host, "inv-ps", "2025-07", digest, bo, Mode::rehearse).approved_by.size(), 1U);
    EXPECT_THAT(standing("2025-07").approved_by, IsEmpty());
}

TEST_P(APublisher, WhoeverProposedATextDoesNotApproveIt) {
    const std::string what = text("2025-07", from("2025-07-01"));
    const std::string digest = propose("2025-07", what, bo).proposal.record.proposal.edition.digest;
    EXPECT_EQ(refusal([&] { approve("2025-07", digest, bo); }).code(), ErrorCode::forbidden);
    // Nor after another has proposed the very same text anew.
    Sight now = sight();
    ProposeRequest again = request("2025-07", what, ana);
    again.because = "a reason more";
    EXPECT_TRUE(Publishing(house(), now.rulebook).propose(host, again).done);
    EXPECT_EQ(refusal([&] { approve("2025-07", digest, bo); }).code(), ErrorCode::forbidden);
    approve("2025-07", digest, cy);
    EXPECT_EQ(refusal([&] { approve("2025-07", digest, cy); }).code(), ErrorCode::conflict);
    EXPECT_EQ(approve("2025-07", digest, dee).state, ProposalState::approved);
}

TEST_P(APublisher, RolesAreThoseOfTheBodyOnTheDay) {
    const std::string what = text("2025-07", from("2025-07-01"));
    const std::string stranger = somebody("Eve Invented");
    const std::string elsewhere = with_role("Fay Invented", "administrator", "centre");
    const std::string facilitator = with_role("Gus Invented", "facilitator");
    for (const std::string& who : {stranger, elsewhere, facilitator})
        EXPECT_EQ(refusal([&] { propose("2025-07", what, who); }).code(), ErrorCode::forbidden) << who;
    const std::string reviewer = with_role("Hal Invented", "reviewer");
    const std::string digest = propose("2025-07", what, reviewer).proposal.record.proposal.edition.digest;
    for (const std::string& who : {stranger, elsewhere, facilitator, ana})
        EXPECT_EQ(refusal([&] { approve("2025-07", digest, who); }).code(), ErrorCode::forbidden) << who;
    organizations->end(host, "office", bo, "administrator", day("2025-04-01"));
    EXPECT_THAT(refusal([&] { approve("2025-07", digest, bo); }).what(), HasSubstr("approved by its administrators"));
    people->set_departed(host, cy, day("2025-04-01"));
    EXPECT_EQ(refusal([&] { approve("2025-07", digest, cy); }).code(), ErrorCode::forbidden);

    // The operator alone is nobody who approves, and nobody approves in another's name.
    EXPECT_EQ(refusal([&] { approve("2025-07", digest, ""); }).code(), ErrorCode::invalid_input);
    Sight now = sight();
    const Actor as_dee{"person:" + dee, house().store.read([&](storage::UnitOfWork& work) {
                           return person_of(work, host, dee, house().today()).id;
                       })};
    EXPECT_EQ(
        refusal([&] { Publishing(house(), now.rulebook).approve(as_dee, "inv-ps", "2025-07", digest, ana); }).code(),
        ErrorCode::forbidden);
    EXPECT_THAT(Publishing(house(), now.rulebook).approve(as_dee, "inv-ps", "2025-07", digest, "").approved_by,
                ElementsAre(dee));
}

TEST_P(APublisher, PublishingAndWithdrawingAreForAdministratorsToo) {
    const std::string digest =
        propose("2025-07", text("2025-07", from("2025-07-01"))).proposal.record.proposal.edition.digest;
    approve("2025-07", digest, bo);
    approve("2025-07", digest, cy);
    Sight now = sight();
    Publishing publishing(house(), now.rulebook);
    const auto as = [&](const std::string& code) {
        return house().store.read([&](storage::UnitOfWork& work) {
            return Actor{"person:" + code, person_of(work, host, code, house().today()).id};
        });
    };
    EXPECT_EQ(refusal([&] { publishing.publish(as(ana), "inv-ps", "2025-07"); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] { publishing.withdraw(as(ana), "inv-ps", "2025-07", "x"); }).code(), ErrorCode::forbidden);
    const Reviewed published = publishing.publish(as(bo), "inv-ps", "2025-07");
    EXPECT_THAT(published.proposal.event_by, ElementsAre(bo, cy, bo));
    Sight later = sight();
    EXPECT_EQ(Publishing(house(), later.rulebook).withdraw(as(dee), "inv-ps", "2025-07", "x").state,
              ProposalState::withdrawn);
}

TEST_P(APublisher, AnApprovalIsOfTheTextThatWasRead) {
    const std::string first =
        propose("2025-07", text("2025-07", from("2025-07-01"))).proposal.record.proposal.edition.digest;
    approve("2025-07", first, bo);
    EXPECT_THAT(refusal([&] { propose("2025-07", text("2025-07", from("2025-07-01"))); }).what(),
                HasSubstr("proposed already"));
    const Reviewed changed = propose("2025-07", text("2025-07", from("2025-07-01"), 9));
    ASSERT_TRUE(changed.done);
    EXPECT_THAT(changed.proposal.approved_by, IsEmpty()) << "a changed draft starts anew";
    EXPECT_THAT(refusal([&] { approve("2025-07", first, cy); }).what(), HasSubstr("was changed since that text"));
    EXPECT_THAT(refusal([&] { approve("2025-07", std::string(64, 'a'), cy); }).what(), HasSubstr("another digest"));
    for (const char* digest : {"", "12345678901", "not a digest at all"})
        EXPECT_EQ(refusal([&] {
                      Sight now = sight();
                      Publishing(house(), now.rulebook).approve(host, "inv-ps", "2025-07", digest, cy);
                  }).code(),
                  ErrorCode::invalid_input)
            << digest;
    Sight now = sight();
    const auto all = Publishing(house(), now.rulebook).list("inv-ps");
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(all[0].state, ProposalState::replaced);
    EXPECT_EQ(all[1].state, ProposalState::draft);
}

TEST_P(APublisher, WhatIsInTheWayIsSaidAndNothingIsRecorded) {
    const auto in_the_way = [&](const ProposeRequest& asked) {
        Sight now = sight();
        const Reviewed answer = Publishing(house(), now.rulebook).propose(host, asked);
        EXPECT_FALSE(answer.done);
        EXPECT_THAT(Publishing(house(), now.rulebook).list(), IsEmpty());
        return answer.check.in_the_way.empty() ? std::string() : answer.check.in_the_way.front();
    };
    EXPECT_THAT(in_the_way(request("2025-07", text("2025-07", from("2025-07-01"), 11), ana)),
                HasSubstr("1 case of 1 comes out otherwise"));
    ProposeRequest none = request("2025-07", text("2025-07", from("2025-07-01")), ana);
    none.cases.text = "cases for: inv-ps 2025-07\ncases: []\n";
    EXPECT_THAT(in_the_way(none), HasSubstr("no cases"));
    none.cases.text = "cases for: inv-ps 2025-07\ncases: [nonsense]\n";
    EXPECT_THAT(in_the_way(none), HasSubstr("its cases cannot be read"));
    EXPECT_THAT(in_the_way(request("2025-07", text("2025-07", from("unknown")), ana)), HasSubstr("nobody knows"));
    EXPECT_THAT(in_the_way(request("2025-07", text("2025-07", from("2025-04-01")), ana)),
                HasSubstr("2025-04-01, has passed"));
    EXPECT_THAT(in_the_way(request("2025-07",
                                   text("2025-07", from("2025-07-01")) +
                                       "known warnings: [{says: no such words, because: nobody knows}]\n",
                                   ana)),
                HasSubstr("lint finds 1 error"));
    ProposeRequest unreadable = request("2025-07", "track: inv-ps\ntitel: X\n", ana);
    EXPECT_EQ(refusal([&] { (void)in_the_way(unreadable); }).code(), ErrorCode::invalid_input);
    ProposeRequest nowhere = request("2025-07", text("2025-07", from("2025-07-01")), ana);
    nowhere.body = "";
    EXPECT_THAT(refusal([&] { (void)in_the_way(nowhere); }).what(), HasSubstr("which organization answers"));
    nowhere.body = "centre";
    EXPECT_THAT(refusal([&] { (void)in_the_way(nowhere); }).what(), HasSubstr("no certifying body"));
    EXPECT_TRUE(propose("2025-04", text("2025-04", from("2025-04-02"))).done) << "today has not passed";
}

TEST_P(APublisher, APassedDayNeedsAReasonThatTheApproversSee) {
    const std::string what = text("2025", from("2025-01-01"));
    Sight now = sight();
    ProposeRequest asked = request("2025", what, ana);
    asked.because = "in force before it came here";
    const Reviewed proposed = Publishing(house(), now.rulebook).propose(host, asked);
    ASSERT_TRUE(proposed.done);
    EXPECT_TRUE(proposed.check.has_passed);
    EXPECT_EQ(proposed.proposal.record.proposal.because, "in force before it came here");
    const std::string digest = proposed.proposal.record.proposal.edition.digest;
    approve("2025", digest, bo);
    approve("2025", digest, cy);
    EXPECT_TRUE(publish("2025").done);
    EXPECT_EQ(chosen_on("2025-01-01"), "2025");
}

TEST_P(APublisher, ADayThatPassesWhileApprovalsAreAwaitedIsInTheWay) {
    const std::string digest =
        propose("2025-07", text("2025-07", from("2025-07-01"))).proposal.record.proposal.edition.digest;
    approve("2025-07", digest, bo);
    approve("2025-07", digest, cy);
    today_is("2025-07-02");
    const Reviewed late = publish("2025-07");
    EXPECT_FALSE(late.done);
    EXPECT_THAT(late.check.in_the_way, ElementsAre(HasSubstr("2025-07-01, has passed")));
    EXPECT_EQ(standing("2025-07").state, ProposalState::approved);
    today_is("2025-07-01");
    EXPECT_TRUE(publish("2025-07").done);
}

TEST_P(APublisher, ApprovalsFromTwoOfficesAtOnceAreBothKept) {
    const std::string digest =
        propose("2025-07", text("2025-07", from("2025-07-01"))).proposal.record.proposal.edition.digest;
    Sight now = sight();
    std::atomic<int> kept{0}, refused{0};
    std::vector<std::thread> offices;
    for (const std::string* who : {&bo, &cy, &bo, &cy})
        offices.emplace_back([&, who] {
            try {
                Publishing(house(), now.rulebook).approve(host, "inv-ps", "2025-07", digest, *who);
                ++kept;
            } catch (const Error&) {
                ++refused;
            }
        });
    for (std::thread& one : offices)
        one.join();
    EXPECT_EQ(kept, 2);
    EXPECT_EQ(refused, 2);
    EXPECT_EQ(standing("2025-07").state, ProposalState::approved);
    EXPECT_EQ(problem_of_audit(), "");
}

TEST_P(APublisher, ACodeBelongsToTheBodyThatPublishedIt) {
    organizations->add(host, {{}, "other", "Other Office", domain::OrganizationKind::certifying_body, ""});
    const std::string theirs = with_role("Joy Invented", "administrator", "other");
    const auto elsewhere = [&] {
        Sight now = sight();
        ProposeRequest asked = request("2026", text("2026", from("2026-01-01")), theirs);
        asked.body = "other";
        return Publishing(house(), now.rulebook).propose(host, asked);
    };
    published("2025-04", text("2025-04", from("2025-04-02")));
    EXPECT_THAT(refusal([&] { elsewhere(); }).what(), HasSubstr("is published by office"));
    Sight now = sight();
    ProposeRequest asked = request("2026", text("2026", from("2026-01-01")), ana);
    asked.body = "";
    EXPECT_EQ(Publishing(house(), now.rulebook).propose(host, asked).proposal.body, "office")
        << "known from the publication before";
}

TEST_P(APublisher, WhoIssuesACredentialPublishesItsRules) {
    write("2024.yaml", text("2024", from("2024-01-01")));
    organizations->add(host, {{}, "other", "Other Office", domain::OrganizationKind::certifying_body, ""});
    const std::string person = somebody("Ida Invented");
    Sight now = sight();
    Certification(house(), now.rulebook)
        .take_over(host, {person, "inv-ps", "certified", "other", day("2024-05-01"), day("2026-04-30")});
    EXPECT_THAT(refusal([&] { propose("2025-07", text("2025-07", from("2025-07-01"))); }).what(),
                HasSubstr("issued by another organization"));
}

PEERCERT_IN_BOTH(APublisher);

} // namespace
} // namespace peercert::services
