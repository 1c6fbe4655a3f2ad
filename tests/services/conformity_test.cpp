#include "house_fixture.hpp"

namespace peercert::services {
namespace {

using ::testing::HasSubstr;

/// Sessions that were not held as the curriculum asks: said of them, and decided by a person.
class AModel : public AHouse {};
PEERCERT_IN_BOTH(AModel);

TEST_P(AModel, HeldUnlikeItsModelWaitsForADecision) {
    const auto odessa = a_facilitator("Odessa Whitfield", "2024-06-01");
    const auto bernard = a_facilitator("Bernard Kowalczyk", "2023-02-14"); // until session 6
    a_wrap_cohort({odessa, bernard});
    std::vector<std::string> learners;
    for (int i = 0; i < 8; ++i) {
        learners.push_back(somebody("Person " + std::string(1, static_cast<char>('A' + i))));
        cohorts->enrol(host, "wrap-1", learners.back(), {});
        for (int session = 1; session <= 8; ++session)
            cohorts->attend(host, "wrap-1", session, learners.back(), Minutes{i == 7 ? 60 : 120});
    }
    const Completed waits = cohorts->complete(host, "wrap-1");
    EXPECT_TRUE(waits.needs_decision());
    EXPECT_TRUE(waits.completed.empty());
    EXPECT_EQ(waits.waiting.size(), 7U);
    EXPECT_EQ(waits.not_yet.size(), 1U);
    ASSERT_EQ(waits.outside.size(), 2U) << "only the sessions of 21 and 28 February";
    EXPECT_EQ(waits.outside[0].session.number, 7);
    EXPECT_TRUE(waits.whole.empty());

    // Whoever led it, took part, or may only run it, does not decide.
    const auto reviewer = somebody("Rosalind Achterberg"), coordinator = somebody("Cy Young");
    organizations->grant(host, "centre", coordinator, "coordinator", day("2025-01-01"), {});
    for (const auto& one : {reviewer, odessa, learners[7]})
        organizations->grant(host, "centre", one, "reviewer", day("2025-01-01"), {});
    const auto as = [&](const std::string& code) {
        return Actor{"person:" + code, people->show(host, code).person.id};
    };
    for (const auto& one : {odessa, learners[7], coordinator})
        EXPECT_EQ(refusal([&] { cohorts->accept(as(one), "wrap-1", {"It counts", ""}); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] { cohorts->accept(host, "wrap-1", {"It counts", odessa}); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] { cohorts->accept(as(reviewer), "wrap-1", {"", ""}); }).code(), ErrorCode::invalid_input);

    const Accepted accepted = cohorts->accept(as(reviewer), "wrap-1", {"The office knew", ""});
    EXPECT_EQ(accepted.decision.decided_by, "person:" + reviewer);
    const auto frozen = house().store.read(
        [&](storage::UnitOfWork& work) { return work.applications.decision(accepted.decision.id)->finding; });
    EXPECT_THAT(frozen, HasSubstr("\"session\":7"));
    EXPECT_THAT(frozen, ::testing::Not(HasSubstr("P-"))) << "it is about sessions, never about a person";
    const Completed done = cohorts->complete(host, "wrap-1");
    EXPECT_EQ(done.completed.size(), 7U);
    ASSERT_TRUE(done.decision);
    EXPECT_EQ(done.decision->reason, "The office knew");
    EXPECT_EQ(done.outside.size(), 2U) << "it is still said";

    // What changes afterwards was not decided upon.
    cohorts->set_leader(host, "wrap-1", 8, odessa, false);
    for (int session = 1; session <= 8; ++session)
        cohorts->attend(host, "wrap-1", session, learners[7], Minutes{120});
    EXPECT_TRUE(cohorts->complete(host, "wrap-1").needs_decision());
    EXPECT_FALSE(cohorts->show(host, "wrap-1").decisions.at(0).covers);
}

TEST_P(AModel, OfFewerSessionsThanItsModelSaysSoOfTheWhole) {
    auto days = eight_fridays();
    days.pop_back();
    cohorts->open(host, {"wrap-1", "wrap", "weekly group", "centre", "", "", days, {}});
    const auto view = cohorts->show(host, "wrap-1");
    ASSERT_FALSE(view.conformity.whole.empty());
    EXPECT_EQ(view.conformity.whole[0].clause, "sessions");
    EXPECT_EQ(view.conformity.whole[0].have, 7);
    EXPECT_EQ(view.conformity.whole[0].need, 8);
}

TEST_P(AModel, HeldAsItsModelAsksNeedsNoDecision) {
    const auto odessa = a_facilitator("Odessa Whitfield", "2024-06-01");
    const auto bernard = a_facilitator("Bernard Kowalczyk", "2024-06-01");
    a_wrap_cohort({odessa, bernard});
    for (int i = 0; i < 8; ++i) {
        const auto one = somebody("Person " + std::string(1, static_cast<char>('A' + i)));
        cohorts->enrol(host, "wrap-1", one, {});
        for (int session = 1; session <= 8; ++session)
            cohorts->attend(host, "wrap-1", session, one, Minutes{120});
    }
    EXPECT_THAT(refusal([&] {
                    cohorts->accept(host, "wrap-1", {"Why not", ""});
                }).what(),
                HasSubstr("nothing to decide"));
    const Completed done = cohorts->complete(host, "wrap-1");
    EXPECT_EQ(done.completed.size(), 8U);
    EXPECT_TRUE(done.outside.empty());
    EXPECT_FALSE(done.decision);
}

} // namespace
} // namespace peercert::services
