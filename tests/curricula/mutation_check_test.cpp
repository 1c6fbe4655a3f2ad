#include "services/mutation_check.hpp"

#include "curricula/small_files.hpp"

using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::services;
using namespace peercert::tests;

namespace {

const std::string ledger_of =
    "    asks: to become certified\n    day: 2024-05-01\n    ledger: [{day: 2024-01-02, practice: ";

/// Cases around ten hours; `rest` follows.
std::string cases_with(std::string_view rest) { return "cases for: xx-ps 2024\n" + std::string(rest); }

const std::string ten_hours = "  - name: ten hours are enough\n" + ledger_of + "10 h}]\n    expect: {answer: met}\n";
const std::string a_minute_less =
    "  - name: a minute less is not\n" + ledger_of + "599 min}]\n    expect: {answer: not met}\n";

MutationReport checked(const std::string& cases, unsigned threads = 1) {
    // from: unknown, so that only the hours can change
    std::string edition = becoming("    - {name: hours, practice: at least 10 h}\n");
    edition.replace(edition.find("2024-01-01"), 10, "unknown");
    return check_mutations(Catalogue(), Kinds(), {"f.yaml", edition}, {"f.cases.yaml", cases}, threads);
}

std::vector<std::string> unnoticed(const MutationReport& report) {
    std::vector<std::string> texts;
    for (const Mutation& one : report.survivors)
        texts.push_back(one.becomes);
    return texts;
}

TEST(MutationCheck, NothingGoesUnnoticedWhenBothSidesOfTheLineAreCases) {
    const MutationReport report = checked(cases_with("cases:\n" + ten_hours + a_minute_less));
    EXPECT_EQ(report.changes, 4U);
    EXPECT_THAT(unnoticed(report), testing::IsEmpty());
    EXPECT_TRUE(report.good());
}

TEST(MutationCheck, NamesWhatOneSideOfTheLineAloneOverlooks) {
    const MutationReport report = checked(cases_with("cases:\n" + ten_hours));
    EXPECT_THAT(unnoticed(report), testing::ElementsAre("at most 10 h", "at least 9 h", "at least 10 min"));
    EXPECT_EQ(report.survivors.front().place, "f.yaml:15:31");
    EXPECT_FALSE(report.good());
}

TEST(MutationCheck, SameReportOnMoreThreads) {
    const MutationReport report = checked(cases_with("cases:\n" + ten_hours), 4);
    EXPECT_THAT(unnoticed(report), testing::ElementsAre("at most 10 h", "at least 9 h", "at least 10 min"));
}

TEST(MutationCheck, AnExcuseCoversWhatItNamesAndNoMore) {
    const MutationReport report = checked(cases_with("cases:\n" + ten_hours +
                                                     "cannot fail:\n  - {text: at least 10 h, in: hours / practice, "
                                                     "becomes: [at least 9 h], because: an invented reason}\n"));
    EXPECT_THAT(unnoticed(report), testing::ElementsAre("at most 10 h", "at least 10 min"));
    ASSERT_EQ(report.excused.size(), 1U);
    EXPECT_EQ(report.excused.front().mutation.becomes, "at least 9 h");
    EXPECT_EQ(report.excused.front().because, "an invented reason");
    EXPECT_EQ(to_text(report.problems), "");
}

TEST(MutationCheck, AnExcuseThatIsNotNeededIsAnError) {
    const MutationReport report = checked(
        cases_with("cases:\n" + ten_hours + a_minute_less + "cannot fail:\n  - {text: at least 10 h, because: x}\n"));
    EXPECT_FALSE(report.good());
    EXPECT_EQ(to_text(report.problems),
              "f.cases.yaml:14:5: a case fails however \"at least 10 h\" changes: this excuse "
              "is no longer needed; take it out");
}

TEST(MutationCheck, AnExcuseForAChangeThatIsNoticedIsAnError) {
    const MutationReport report =
        checked(cases_with("cases:\n" + ten_hours +
                           "cannot fail:\n  - {text: at least 10 h, becomes: [at least 9 h, at "
                           "least 11 h], because: x}\n"));
    EXPECT_THAT(to_text(report.problems),
                testing::HasSubstr("a case fails when \"at least 10 h\" becomes \"at least 11 h\""));
}

TEST(MutationCheck, AnExcuseIsAboutOneTextThatIsThere) {
    const MutationReport none =
        checked(cases_with("cases:\n" + ten_hours + "cannot fail:\n  - {text: at least 12 h, because: x}\n"));
    EXPECT_THAT(to_text(none.problems), testing::HasSubstr("the edition's file has no \"at least 12 h\""));
    const std::string twice =
        becoming("    - {name: a, practice: at least 10 h}\n    - {name: b, supervision: at least 10 h}\n");
    const MutationReport two = check_mutations(
        Catalogue(), Kinds(), {"f.yaml", twice},
        {"f.cases.yaml",
         cases_with("cases:\n  - {name: title, asks: title, day: 2024-05-01, expect: {title: Example Peer "
                    "Specialist}}\ncannot fail:\n  - {text: at least 10 h, because: x}\n")},
        1);
    EXPECT_THAT(to_text(two.problems),
                testing::HasSubstr("stands in to become certified / needs / a / practice and in to become certified / "
                                   "needs / b / supervision; say with \"in\" which of them is meant"));
}

TEST(MutationCheck, ExcusesSayTheirReason) {
    const MutationReport report =
        checked(cases_with("cases:\n" + ten_hours + "cannot fail:\n  - {text: at least 10 h}\n"));
    EXPECT_THAT(to_text(report.problems), testing::HasSubstr("say \"because\": why no case can notice the change"));
}

TEST(MutationCheck, ACaseThatFailsAlreadyIsMendedFirst) {
    const MutationReport report = checked(
        cases_with("cases:\n  - name: nine hours are enough\n" + ledger_of + "9 h}]\n    expect: {answer: met}\n"));
    EXPECT_EQ(report.changes, 0U);
    EXPECT_EQ(to_text(report.problems), "f.cases.yaml:3:5: \"nine hours are enough\" comes out otherwise as the file "
                                        "stands; mend that first");
}

} // namespace
