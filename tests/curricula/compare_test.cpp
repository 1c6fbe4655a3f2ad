#include "curricula/compare.hpp"

#include "curricula/small_files.hpp"

using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::tests;

namespace {

using What = RuleChange::What;

std::vector<RuleChange> between(const std::string& earlier, const std::string& later) {
    const ReadEdition before = read_text(earlier), after = read_text(later);
    EXPECT_EQ(to_text(before.problems), "");
    EXPECT_EQ(to_text(after.problems), "");
    return compare(*before.edition, *after.edition);
}

std::string ce(const std::string& total, const std::string& of_which = {}, const std::string& dated = "in the term") {
    return renewing("    - {name: continuing education, CE: " + total + ", dated: " + dated +
                    (of_which.empty() ? std::string()
                                      : ", of which: {" + of_which +
                                            "}, an hour counts in: one part, surplus: counts in the total") +
                    ", first renewal: asked in full, carry over: none}\n");
}

TEST(Compare, AFileWrittenDifferentlyHasNoChanges) {
    EXPECT_TRUE(between(ce("at least 20 h"), "# a remark\n" + ce("at least 1200 min")).empty());
}

TEST(Compare, SaysHowMuchMoreIsAsked) {
    const auto changes = between(ce("at least 20 h"), ce("at least 30 h"));
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].what, What::amount);
    EXPECT_EQ(changes[0].section, "to renew certified");
    EXPECT_EQ(changes[0].name, "continuing education");
    EXPECT_EQ(changes[0].before, "at least 20 h");
    EXPECT_EQ(changes[0].after, "at least 30 h");
}

TEST(Compare, SaysWhenItHasToLieNow) {
    const auto changes = between(ce("at least 20 h"), ce("at least 20 h", {}, "ever"));
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].what, What::dated);
    EXPECT_EQ(changes[0].before + " / " + changes[0].after, "in the term / ever");
}

TEST(Compare, SaysWhichPartsDiffer) {
    const auto changes = between(ce("at least 20 h", "ethics: at least 3 h, paid: at least 1 h"),
                                 ce("at least 20 h", "ethics: at least 4 h, video: at most 5 h"));
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes[0].what, What::part);
    EXPECT_EQ(changes[0].detail + ": " + changes[0].before + " / " + changes[0].after,
              "ethics: at least 3 h / at least 4 h");
    EXPECT_EQ(changes[1].what, What::part_added);
    EXPECT_EQ(changes[1].detail + ": " + changes[1].after, "video: at most 5 h");
    EXPECT_EQ(changes[2].what, What::part_removed);
    EXPECT_EQ(changes[2].detail, "paid");
}

TEST(Compare, SaysWhatIsNewAndWhatIsGone) {
    const auto changes = between(becoming("    - {name: ethics, training: ethics-1}\n"),
                                 becoming("    - {name: course, training: xx-course}\n"));
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].what, What::asked_more);
    EXPECT_EQ(changes[0].name, "course");
    EXPECT_EQ(changes[1].what, What::asked_less);
    EXPECT_EQ(changes[1].name, "ethics");
    EXPECT_EQ(changes[1].before, "the course ethics-1");
}

TEST(Compare, SaysFeesTermsMarksAndAges) {
    const std::string rest = "  fee: {renewal: 50 USD}\n  lasts: {term: 2 years, ends: fixed day, day: October 31}\n";
    std::string later = rest;
    later.replace(later.find("50"), 2, "60");
    later.replace(later.find("2 years"), 7, "3 years");
    const std::string clauses =
        "    - {name: exam, exam: written, pass: at least 85 %}\n    - {age: at least 18, measured "
        "at: applying, February 29: march 1}\n";
    std::string harder = clauses;
    harder.replace(harder.find("85"), 2, "90");
    harder.replace(harder.find("18"), 2, "21");
    std::string told;
    for (const RuleChange& one : between(becoming(clauses) + rest, becoming(harder) + later))
        told += std::to_string(static_cast<int>(one.what)) + " " + one.before + " / " + one.after + "\n";
    EXPECT_THAT(told, testing::HasSubstr("at least 85 % / at least 90 %"));
    EXPECT_THAT(told, testing::HasSubstr("at least 18 years / at least 21 years"));
    EXPECT_THAT(told,
                testing::HasSubstr(std::to_string(static_cast<int>(What::fee)) + " renewal 50 USD / renewal 60 USD"));
    EXPECT_THAT(told, testing::HasSubstr(std::to_string(static_cast<int>(What::term)) + " "));
    EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 4);
}

TEST(Compare, SaysWhichStepsAreNew) {
    const auto changes = between(becoming("    - {training: ethics-1}\n"),
                                 becoming("    - {training: ethics-1}\n") +
                                     "to extend certified:\n  see: Page\n  needs: [{training: xx-course}]\n");
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].what, What::section_added);
    EXPECT_EQ(changes[0].section, "to extend certified");
    EXPECT_EQ(changes[1].what, What::asked_more);
}

} // namespace
