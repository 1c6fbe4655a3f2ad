#include "curricula/small_files.hpp"

using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::tests;
using testing::HasSubstr;

namespace {

TEST(Problems, OneNullOrDoubledWordHidesNoOther) {
    const std::string all =
        problems_of(becoming("    - {name: a, statement: ~}\n    - {name: b, statement: x, statement: "
                             "y}\n    - {name: c, ages: 3}\n    - {practice: at lest 3 h}\n"));
    EXPECT_THAT(all, HasSubstr("f.yaml:15:17: \"statement\" has no value"));
    EXPECT_THAT(all, HasSubstr("\"statement\" stands here twice"));
    EXPECT_THAT(all, HasSubstr("no word here says what kind of clause this is"));
    EXPECT_THAT(all, HasSubstr("did you mean \"at least 3 h\"?"));
    EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 3); // each is said once
}

TEST(Problems, AClauseThatCannotBeReadIsThereNonetheless) {
    const std::string all = problems_of(becoming("    - {name: work, practise: at least 75 h}\n    - {supervision: at "
                                                 "least 3 h, for every: {25 h of: work, a part of it: asks for "
                                                 "nothing}}\n"));
    EXPECT_THAT(all, HasSubstr("did you mean \"practice\"?"));
    EXPECT_THAT(all, testing::Not(HasSubstr("nothing here defines the clause")));
}

TEST(Problems, WhatMeansNothingIsNotAskedFor) {
    // A clock of its own looks at its own years: terms play no part in it.
    EXPECT_EQ(problems_of(renewing("    - {CE: at least 2 h, own clock: every 5 years}\n")), "");
    EXPECT_THAT(problems_of(renewing("    - {CE: at least 2 h}\n")), HasSubstr("say \"first renewal\" here"));
    EXPECT_THAT(problems_of(renewing("    - {CE: at least 2 h}\n")), HasSubstr("say \"carry over\" here"));
    // Where terms do not part the hours, none are carried from one into the next.
    EXPECT_EQ(problems_of(renewing("    - {CE: at least 2 h, dated: ever, first renewal: asked in full}\n")), "");
    EXPECT_EQ(
        problems_of(renewing("    - {CE: at least 2 h, dated: within 2 years before applying, first renewal: asked "
                             "in full}\n")),
        "");
    EXPECT_THAT(
        problems_of(renewing("    - {CE: at least 2 h, dated: within 2 years before expiry, first renewal: asked "
                             "in full}\n")),
        HasSubstr("say \"carry over\" here"));
    const std::string said = ", first renewal: asked in full, carry over: none";
    // Of alternatives each is the first; what follows both is the second.
    EXPECT_EQ(problems_of(renewing("    - if: {fact: f}\n      then: {name: a, CE: at least 10 h" + said +
                                   "}\n      otherwise: {name: b, CE: at least 20 h" + said + "}\n")),
              "");
    EXPECT_EQ(problems_of(renewing("    - any of: [{name: a, CE: at least 10 h" + said +
                                   "}, {name: b, CE: at least 20 h" + said + "}]\n")),
              "");
    EXPECT_THAT(problems_of(renewing("    - any of: [{name: a, CE: at least 10 h" + said +
                                     "}, {name: b, CE: at least 20 "
                                     "h" +
                                     said + "}]\n    - {name: c, CE: at least 1 h" + said + "}\n")),
                HasSubstr("f.yaml:16:7: say \"counts in the total\" here"));
}

TEST(Problems, ALimitOfWhatIsCarriedOverMayBeWrittenAsOne) {
    const auto carried = [](const std::string& how) {
        const auto edition =
            read_text(renewing("    - {CE: at least 20 h, first renewal: asked in full, carry over: " + how + "}\n"))
                .edition;
        const auto& needs = std::get<Group>(edition->steps.at(0).needs.body).parts;
        return std::get<Measure>(needs.at(0).body).carry_over->value.value;
    };
    EXPECT_EQ(carried("5 h"), 300);
    EXPECT_EQ(carried("at most 5 h"), 300);
    EXPECT_THAT(problems_of(renewing("    - {CE: at least 20 h, first renewal: asked in full, carry over: at least 5 "
                                     "h}\n")),
                HasSubstr("\"at least 5 h\" is not understood"));
}

TEST(Problems, OfPluginWordsNameThePlugin) {
    EXPECT_THAT(
        problems_of(becoming("    - {ecpr:processes: all}\n")),
        HasSubstr("\"ecpr:processes\" is a word of the plugin ecpr; write \"uses: [ecpr]\" at the head of the file"));
    EXPECT_EQ(problems_of(becoming("    - {wrap:components: {units: [a]}}\n")), "");
    const Kinds none;
    const ReadEdition read = read_edition({"f.yaml", becoming("    - {wrap:components: {units: [a]}}\n")}, &none);
    EXPECT_THAT(to_text(read.problems), HasSubstr("f.yaml:15:8: no plugin brings \"wrap:components\""));
    const ReadEdition clock = read_edition(
        {"f.yaml",
         track_with("to become certified:\n  see: Page\n  lasts: {term: 2 years, ends: state_tracks:parity}\n")},
        &none);
    EXPECT_THAT(to_text(clock.problems), HasSubstr("f.yaml:14:32: no plugin brings the clock \"state_tracks:parity\""));
}

TEST(Problems, StaffAreNotAskedForTheirOwnLivesAndInstrumentsForOrganizationsTouchNobody) {
    const std::string head = "edition: 2024\ntitle: T\nin force: {from: unknown, chosen by: asked}\n";
    EXPECT_EQ(problems_of("curriculum: x\n" + head + "learners: organization staff\nlevels: [done]\n" +
                          "to become done:\n  needs:\n    - {name: own story, statement: lived experience, see: A}\n" +
                          "sources: {A: {what: w, trust: verified}}\n"),
              "f.yaml:5:11: the staff of an organization are not asked for statements of their own; leave out the "
              "clause \"own story\"");
    EXPECT_THAT(problems_of("track: x\nzone: UTC\n" + head + "learners: organization staff\n"),
                HasSubstr("\"learners\" belongs to a curriculum"));
    EXPECT_THAT(problems_of("curriculum: x\n" + head + "about: organizations\n"),
                HasSubstr("\"about: organizations\" belongs to a framework"));
    EXPECT_THAT(problems_of("framework: x\n" + head + "about: organizations\nsign off: {by: a}\n"),
                HasSubstr("an instrument about organizations is not signed off for a person"));
}

} // namespace
