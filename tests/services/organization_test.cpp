#include "house_fixture.hpp"

#include "services/organization_scores.hpp"
#include "services/reports/staff_training.hpp"

namespace peercert::services {
namespace {

using ::testing::HasSubstr;

class WhatAnOrganizationShows : public AHouse {
protected:
    std::string supervisor(const std::string& name, const char* from = "2025-01-01", std::optional<Date> until = {}) {
        const std::string code = somebody(name);
        organizations->grant(host, "centre", code, "supervisor", day(from), until);
        return code;
    }
    StaffTraining ops(std::optional<Date> on = {}) {
        return staff_training(house(), rulebook, host, {"wa-ops", "centre", "supervisor", on});
    }
};
PEERCERT_IN_BOTH(WhatAnOrganizationShows);

TEST_P(WhatAnOrganizationShows, TrainingOfItsStaffAddsUpToThreeOfFour) {
    std::vector<std::string> four;
    for (const char* name : {"Ines Aldana", "Hollis Reed", "Marta Kowal", "Teodor Brandt"})
        four.push_back(supervisor(name));
    for (int i = 0; i < 3; ++i)
        record(four[static_cast<std::size_t>(i)], EntryKind::training, "wa-ops", "2025-03-20");
    EXPECT_EQ(ops().members.size(), 4u);
    EXPECT_EQ(ops().trained, 3);
    EXPECT_FALSE(ops().is_everybody());
    record(four[3], EntryKind::training, "wa-ops", "2025-04-02");
    EXPECT_TRUE(ops().is_everybody());
    EXPECT_EQ(ops(day("2025-04-01")).trained, 3) << "the day before the last of them";
    EXPECT_EQ(ops(day("2025-03-19")).trained, 0);
}

TEST_P(WhatAnOrganizationShows, OnlyWhoHoldsTheRoleOnTheDayIsMeant) {
    supervisor("Ines Aldana", "2025-01-01", day("2025-03-31"));
    EXPECT_EQ(ops(day("2025-03-31")).members.size(), 1u);
    EXPECT_EQ(ops(day("2025-04-01")).members.size(), 0u);
    EXPECT_FALSE(ops(day("2025-04-01")).is_everybody()) << "nobody is not everybody";
    EXPECT_EQ(ops(day("2024-12-31")).members.size(), 0u);
}

TEST_P(WhatAnOrganizationShows, ATrainingThatPeopleTakeForThemselvesDoesNotAddUp) {
    const Error error = refusal([&] { staff_training(house(), rulebook, host, {"wrap", "centre", "supervisor", {}}); });
    EXPECT_EQ(error.code(), ErrorCode::invalid_input);
    EXPECT_THAT(error.what(), HasSubstr("wrap is taken by people for themselves"));
}

TEST_P(WhatAnOrganizationShows, AScoreIsOfTheOrganizationAndALaterOneStandsInItsPlace) {
    OrganizationScores scores(house(), rulebook);
    scores.add(host, {"centre", "facit", "STRUCTURE", "in part", day("2025-03-01")});
    scores.add(host, {"centre", "facit", "BELIEFS", "fully", day("2025-03-01")});
    scores.add(host, {"centre", "facit", "STRUCTURE", "fully", day("2025-03-30")});
    const auto now = scores.standing(host, "centre", {});
    ASSERT_EQ(now.size(), 2u);
    EXPECT_EQ(now[0].item, "BELIEFS");
    EXPECT_EQ(now[1].score, "fully");
    EXPECT_EQ(now[1].edition, "facit 2001");
    EXPECT_EQ(scores.standing(host, "centre", day("2025-03-29"))[1].score, "in part");
    EXPECT_TRUE(scores.standing(host, "centre", day("2025-02-28")).empty());
    EXPECT_TRUE(scores.standing(host, "office", {}).empty());
    // A correction of the same day stands in place of the line before it.
    scores.add(host, {"centre", "facit", "STRUCTURE", "not yet", day("2025-03-30")});
    EXPECT_EQ(scores.standing(host, "centre", {})[1].score, "not yet");
    EXPECT_TRUE(house().store.read([](storage::UnitOfWork& work) { return work.audit.verify(); }).intact());
}

TEST_P(WhatAnOrganizationShows, APersonIsNeverScored) {
    const auto odessa = a_facilitator("Odessa Whitfield", "2024-06-01");
    const auto learner = somebody("Ines Aldana");
    const Error error = refusal([&] {
        competencies->sign_off(host, {.person = learner,
                                      .curriculum = "facit",
                                      .competencies = {"STRUCTURE"},
                                      .observed_on = day("2025-04-01"),
                                      .assessors = {odessa}});
    });
    EXPECT_THAT(error.what(), HasSubstr("facit looks at organizations and never at a person"));
    const Error through_another = refusal([&] {
        competencies->sign_off(host, {.person = learner,
                                      .curriculum = "wrap",
                                      .competencies = {"facit/STRUCTURE"},
                                      .observed_on = day("2025-04-01"),
                                      .assessors = {odessa}});
    });
    EXPECT_THAT(through_another.what(), HasSubstr("facit looks at organizations and never at a person"));
}

TEST_P(WhatAnOrganizationShows, MistypedScoresChangeNothing) {
    OrganizationScores scores(house(), rulebook);
    const auto sentence = [&](OrganizationScores::NewScore score) {
        const Error error = refusal([&] { scores.add(host, score); });
        EXPECT_EQ(error.code(), ErrorCode::invalid_input);
        return std::string(error.what());
    };
    EXPECT_THAT(sentence({"centre", "facit", "STRUCTUR", "fully", day("2025-03-01")}),
                HasSubstr("facit has no item \"STRUCTUR\"; did you mean STRUCTURE?"));
    EXPECT_THAT(sentence({"centre", "facit", "STRUCTURE", "full", day("2025-03-01")}),
                HasSubstr("facit has no score \"full\"; did you mean fully?"));
    EXPECT_THAT(sentence({"centre", "facit", "STRUCTURE", "fully", day("2025-04-03")}), HasSubstr("still to come"));
    EXPECT_THAT(sentence({"centre", "samhsa-core", "I.1", "shown", day("2025-03-01")}),
                HasSubstr("samhsa-core is not about organizations"));
    EXPECT_TRUE(scores.standing(host, "centre", {}).empty());
}

} // namespace
} // namespace peercert::services
