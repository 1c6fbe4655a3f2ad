#include "services/reports/everybody.hpp"

#include "services/house_fixture.hpp"

namespace peercert::services {
namespace {

class Everybody : public AHouse {
protected:
    std::vector<StepCount> counts(const char* as_of, std::size_t threads = 1) {
        return everybody(house(), rulebook, host, day(as_of), threads);
    }
    static std::string text(const std::vector<StepCount>& counts) {
        std::string text;
        for (const StepCount& one : counts)
            text += one.track + " " + one.step + ": " + std::to_string(one.people) + " = " +
                    std::to_string(one.passing) + " + " + std::to_string(one.not_yet) + " + " +
                    std::to_string(one.needing_a_decision) + (one.not_judged.empty() ? "" : " (not all judged)") + "\n";
        return text;
    }
};

TEST_P(Everybody, IsJudgedByTheStepThatLiesBeforeThem) {
    const std::string ready = ready_for_wisconsin("Ana Invented");
    certification->apply(host, {ready, "wi-cps", Step::Verb::become, "", {}});
    const std::string early = somebody("Ben Invented");
    record(early, EntryKind::document, "GED", "2025-03-01");
    certification->apply(host, {early, "wi-cps", Step::Verb::become, "", {}});
    certified_in_wisconsin("Cleo Invented");
    const std::string suspended = certified_in_wisconsin("Dan Invented");
    certification->change_standing(host, suspended, domain::CredentialEventKind::suspend, {});
    a_facilitator("Eve Invented", "2024-06-01");
    ready_for_wisconsin("Fay Invented"); // asks for nothing

    EXPECT_EQ(text(counts("2025-04-03")), "wi-cps to become certified: 2 = 1 + 1 + 0\n"
                                          "wi-cps to renew certified: 1 = 0 + 0 + 1\n"
                                          "wrap to keep co-facilitator: 1 = 1 + 0 + 0\n");
}

TEST_P(Everybody, TheirAnswersAreThoseOfOneByOne) {
    for (const char* name : {"Ana Invented", "Ben Invented", "Cleo Invented"})
        certified_in_wisconsin(name);
    std::int64_t passing = 0;
    Assessments assessments(house(), rulebook);
    for (const PersonLine& one : people->find(host, "", 10)) {
        for (int line = 0; line < 5; ++line)
            ledger->add(host, {.person = one.code.str(),
                               .kind = EntryKind::ce,
                               .first_day = day("2025-04-02"),
                               .amount = one.name == "Ben Invented" ? 30 : 300,
                               .again = true});
        passing += assessments
                           .assess(host, {.person = one.code.str(),
                                          .track = "wi-cps",
                                          .verb = Step::Verb::renew,
                                          .as_of = day("2027-10-15")})
                           .finding.verdict.passes()
                       ? 1
                       : 0;
    }
    const auto found = counts("2027-10-15");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].people, 3);
    EXPECT_EQ(found[0].passing, passing);
}

TEST_P(Everybody, DoesNotDependOnTheThreads) {
    for (int number = 0; number < 6; ++number)
        certified_in_wisconsin("Invented Number" + std::string(1, static_cast<char>('A' + number)));
    const std::string alone = text(counts("2027-10-15", 1));
    for (const std::size_t threads : {2, 4, 0})
        EXPECT_EQ(text(counts("2027-10-15", threads)), alone);
}

TEST_P(Everybody, WhoseRulesCannotBeToldIsNamedAndNeedsADecision) {
    certified_in_wisconsin("Ana Invented");
    const curricula::Catalogue nothing;
    const Rulebook without_files(nothing, RuleFiles::all().host.kinds(), RuleFiles::all().words);
    const auto found = everybody(house(), without_files, host, day("2025-05-01"), 1);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].needing_a_decision, 1);
    EXPECT_THAT(found[0].not_judged, ::testing::HasSubstr("wi-cps"));
}

TEST_P(Everybody, IsRefusedToWhoMayNotCount) {
    (void)somebody("Without Any Role");
    EXPECT_EQ(refusal([&] {
                  everybody(house(), rulebook, Actor{"person", PersonId(1)}, {}, 2);
              }).code(),
              ErrorCode::forbidden);
}

PEERCERT_IN_BOTH(Everybody);

} // namespace
} // namespace peercert::services
