#include "curricula/mutations.hpp"

#include <peercert/error.hpp>

#include "curricula/small_files.hpp"

using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::tests;

namespace {

/// "was -> becomes", one a line, of what can be read and means something else.
std::string changes_of(const std::string& text, std::string_view in = {}) {
    const Mutations mutations({"f.yaml", text}, nullptr);
    std::string told;
    for (std::size_t at = 0; at < mutations.all().size(); ++at) {
        const Mutation& one = mutations.all()[at];
        if (where_text(one.where).find(in) != std::string::npos && mutations.with(at))
            told += one.was + " -> " + one.becomes + "\n";
    }
    return told;
}

TEST(Mutations, ChangeNumbersComparisonsDaysAndUnits) {
    EXPECT_EQ(changes_of(becoming("    - {name: hours, practice: at least 10 h, only: paid, dated: from 2024-03-01}\n"),
                         "hours"),
              "at least 10 h -> at most 10 h\n"
              "at least 10 h -> at least 9 h\n"
              "at least 10 h -> at least 11 h\n"
              "at least 10 h -> at least 10 min\n"
              "from 2024-03-01 -> after 2024-03-01\n"
              "from 2024-03-01 -> from 2024-02-29\n"
              "from 2024-03-01 -> from 2024-03-02\n");
}

TEST(Mutations, MoveTheEdgesOfWindowsAndSpans) {
    EXPECT_EQ(changes_of(becoming("    - {name: ethics, training: ethics-1, dated: within 2 years before applying}\n"),
                         "dated"),
              "within 2 years before applying -> within 1 years before applying\n"
              "within 2 years before applying -> within 3 years before applying\n"
              "within 2 years before applying -> within 2 months before applying\n"
              "within 2 years before applying -> within 2 years after applying\n"
              "within 2 years before applying -> within 2 years before asked\n");
    EXPECT_EQ(changes_of(becoming("    - {name: ethics, training: ethics-1, dated: until 2024-03-01}\n"), "dated"),
              "until 2024-03-01 -> before 2024-03-01\n"
              "until 2024-03-01 -> until 2024-02-29\n"
              "until 2024-03-01 -> until 2024-03-02\n");
}

TEST(Mutations, ChooseAnotherWordAndKeepUnknownApartFromNoneOnly) {
    EXPECT_EQ(changes_of(becoming("    - {name: tries, attempts: {at most: 3, a no-show: counts}}\n"
                                  "    - {exam: written, pass: unknown}\n"),
                         "to become"),
              "3 -> 2\n3 -> 4\n"
              "counts -> does not count\ncounts -> unknown\ncounts -> nothing said\n"
              "unknown -> as the examiner says\n");
}

TEST(Mutations, ChangeTheNumberInAtLeastSoManyOf) {
    EXPECT_EQ(changes_of(becoming("    - name: two\n      at least 2 of: [{training: ethics-1}, {training: xx-course}, "
                                  "{statement: a}]\n"),
                         "two"),
              "at least 2 of -> at least 1 of\nat least 2 of -> at least 3 of\n");
}

TEST(Mutations, ChangeTheNumberInAWordOfWhatIsAskedForEvery) {
    EXPECT_EQ(
        changes_of(becoming("    - {name: hours, practice: at least 10 h}\n    - {name: meetings, supervision: at "
                            "least 1 h, for every: {25 h of: hours, a part of it: asks for nothing}}\n"),
                   "25 h of"),
        "25 h of -> 24 h of\n25 h of -> 26 h of\n25 h of -> 25 min of\n");
}

TEST(Mutations, ChangeHowLongATermIs) {
    EXPECT_EQ(changes_of(becoming("    - {training: ethics-1}\n  lasts: {term: 2 years, ends: fixed day, day: October "
                                  "31}\n"),
                         "term"),
              "2 years -> 1 years\n2 years -> 3 years\n2 years -> 2 months\n");
}

TEST(Mutations, ChangePartsAndFeesWhoseNamesTheAuthorChose) {
    EXPECT_EQ(
        changes_of(renewing("    - {name: ce, CE: at least 20 h, of which: {ethics: at least 3 h}, an hour counts "
                            "in: one part, surplus: counts in the total, first renewal: asked in full, carry "
                            "over: none}\n"
                            "  fee: {late: 25 USD, renewal: unknown}\n"),
                   "ethics"),
        "at least 3 h -> at most 3 h\nat least 3 h -> at least 2 h\n"
        "at least 3 h -> at least 4 h\nat least 3 h -> at least 3 min\n");
    EXPECT_EQ(changes_of(renewing("    - {training: ethics-1}\n  fee: {late: 25 USD, renewal: unknown}\n"), "fee"),
              "25 USD -> 24 USD\n25 USD -> 26 USD\nunknown -> none\n");
}

TEST(Mutations, LeaveNamesSentencesAndSourcesAlone) {
    EXPECT_EQ(changes_of(becoming("    - {name: 30 h, training: ethics-1, note: at least 3 h}\n"
                                  "    - {body decides: 2 years}\n"),
                         "to become"),
              "");
    EXPECT_EQ(changes_of(becoming("    - {training: ethics-1}\n"), "sources"), "");
}

TEST(Mutations, TheChoosingEventCountsOnlyBesideADay) {
    std::string always = becoming("    - {training: ethics-1}\n");
    EXPECT_NE(changes_of(always, "chosen by"), "");
    always.replace(always.find("2024-01-01"), 10, "unknown");
    EXPECT_EQ(changes_of(always, "chosen by"), "");
}

TEST(Mutations, SayWhereTheyAre) {
    const Mutations mutations({"f.yaml", becoming("    - name: hours\n      practice: at least 10 h\n")}, nullptr);
    const auto found = std::find_if(mutations.all().begin(), mutations.all().end(),
                                    [](const Mutation& one) { return one.was == "at least 10 h"; });
    ASSERT_NE(found, mutations.all().end());
    EXPECT_EQ(found->place, "f.yaml:16:17");
    EXPECT_EQ(where_text(found->where), "to become certified / needs / hours / practice");
}

TEST(Mutations, OfADerivedFileAreItsOwnWords) {
    const std::string base = renewing("    - {name: ce, training: ethics-1, dated: ever}\n  fee: 50 USD\n");
    const FindBase bases = [&](std::string_view, std::string_view) { return SourceText{"base.yaml", base, "local"}; };
    const Mutations mutations({"d.yaml", "track: yy-ps\nedition: 2024\ntitle: Other\nbased on: xx-ps 2024\n"
                                         "changes: {to renew certified: {change: {fee: {renewal: 60 USD}}}}\n"},
                              nullptr, bases);
    std::vector<std::string> texts;
    for (std::size_t at = 0; at < mutations.all().size(); ++at)
        if (mutations.with(at))
            texts.push_back(mutations.all()[at].becomes);
    EXPECT_THAT(texts, testing::ElementsAre("59 USD", "61 USD"));
}

TEST(Mutations, AreRefusedForAFileThatCannotBeRead) {
    EXPECT_THROW(Mutations({"f.yaml", "track: [\n"}, nullptr), Error);
    EXPECT_THROW(Mutations({"f.yaml", "track: a\nbased on: b 1\n"}, nullptr), Error);
}

} // namespace
