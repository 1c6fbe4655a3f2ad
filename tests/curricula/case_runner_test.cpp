#include "services/case_runner.hpp"

#include "curricula/small_files.hpp"
#include "plugin_host/plugin_host.hpp"

using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::services;
using namespace peercert::tests;

namespace {

const Edition& example() {
    static const Edition edition =
        read_text(
            track_with(
                "to become certified:\n"
                "  see: Page\n"
                "  needs: [{name: hours, practice: at least 10 h, only: paid}, {statement: code of ethics}]\n"
                "  fee: 50 USD\n"
                "  lasts: {term: 2 years, ends: fixed day, day: October 31}\n"
                "after expiry: {see: Page, holder may: nothing, rungs: [{up to: 1 month after expiry, called: "
                "grace}, {up to: no limit, called: ended}]}\n"
                "groups: {quiet: {keeps no register: yes, see: Page}, open: {size: 8 to 12, sessions: 8 of 2.5 h, "
                "content: at least 16 h, see: Page}}\n"
                "competencies: [{code: c1, label: Listens, see: Page}]\n"
                "scale: {words: [not yet, shown], counts: [shown]}\n"
                "sign off: {by: certified, assessors: 2, entered within: 21 days, see: Page}\n"
                "to renew certified:\n"
                "  see: Page\n"
                "  file: {opens: 90 days before expiry, until: expiry, filed means: postmark, closed day: "
                "nothing said}\n"
                "  needs: [{statement: code of ethics}]\n"))
            .edition.value();
    return edition;
}

const std::string cases =
    "cases for: xx-ps 2024\n"
    "cases:\n"
    "  - name: four hours short\n"
    "    asks: to become certified\n"
    "    day: 2024-05-01\n"
    "    ledger:\n"
    "      - {day: 2024-01-01, practice: 6 h, as: paid}\n"
    "      - {day: 2024-01-02, practice: 5 h}\n"
    "      - {day: 2024-01-03, statement: code of ethics}\n"
    "    expect: {answer: not met, have: {hours: 6 h}, missing: {hours: 4 h}, refused: {2: wrong category}}\n"
    "  - name: the term ends in October\n"
    "    asks: status certified\n"
    "    day: 2024-12-01\n"
    "    person: {holds: [{level: certified, from: 2022-11-01, until: 2024-10-31}]}\n"
    "    expect: {called: ended, answer: not met}\n"
    "  - {name: the fee, asks: fee to become certified, day: 2024-05-01, expect: {fee: 50 USD}}\n"
    "  - {name: no register, asks: to record attendance in quiet, day: 2024-05-01, expect: {answer: refused}}\n"
    "  - {name: handing in, asks: filing to renew certified, day: 2024-05-01, expect: {filed means: postmark, closed "
    "day: nothing said}}\n"
    "  - {name: how it is held, asks: group open, day: 2024-05-01, expect: {sessions: 8 of 2.5 h, content: 16 h}}\n"
    "  - {name: nothing is said, asks: group quiet, day: 2024-05-01, expect: {sessions: not said, content: not said}}\n"
    "  - {name: who signs, asks: sign off, day: 2024-05-01, expect: {assessors: 2, entered within: 21 days}}\n"
    "  - {name: before it begins, asks: edition, day: 2023-12-31, expect: {edition: none}}\n"
    "  - {name: on its first day, asks: edition, day: 2024-01-01, expect: {edition: 2024}}\n"
    "  - {name: the title, asks: title, day: 2024-05-01, expect: {title: Example Peer Specialist}}\n";

std::vector<Case> read_example(const std::string& text) {
    const ReadCases read = read_cases({"c.yaml", text}, example());
    EXPECT_EQ(to_text(read.problems), "");
    return read.cases.cases;
}

std::string told(const CaseOutcome& outcome) {
    std::string text;
    for (const CheckedExpectation& one : outcome.expectations)
        if (!one.as_expected)
            text += one.expected.key + " " + one.expected.about + ": expected " + one.expected.value + ", got " +
                    one.got + "\n";
    for (const CheckedExpectation& one : outcome.unprovable)
        text += one.expected.key + " " + one.expected.about + ": " + one.expected.value + " would do as well\n";
    return text;
}

TEST(CaseRunner, AsksTheRulesAndCompares) {
    const Catalogue catalogue;
    const Kinds kinds;
    CaseRunner runner(catalogue, kinds);
    for (const Case& one : read_example(cases)) {
        const CaseOutcome outcome = runner.prove(example(), one);
        EXPECT_EQ(told(outcome), "") << one.name;
        EXPECT_FALSE(outcome.expectations.empty());
    }
}

TEST(CaseRunner, NamesWhatIsOpenWhereSomethingCameOutOtherwise) {
    const Catalogue catalogue;
    const Kinds kinds;
    CaseRunner runner(catalogue, kinds);
    Case one = read_example(cases).front();
    EXPECT_TRUE(runner.run(example(), one).open.empty());
    one.expect.front().value = "met";
    EXPECT_EQ(runner.run(example(), one).open, std::vector<std::string>{"hours, 4 h"});
    one.person.ledger.clear();
    EXPECT_EQ(runner.run(example(), one).open, (std::vector<std::string>{"hours, 10 h", "statement code of ethics"}));
}

TEST(CaseRunner, EveryWrongExpectationMakesTheCaseFail) {
    const Catalogue catalogue;
    const Kinds kinds;
    CaseRunner runner(catalogue, kinds);
    for (const Case& one : read_example(cases))
        for (std::size_t at = 0; at < one.expect.size(); ++at)
            for (const std::string& wrong : wrong_values(one.expect[at])) {
                Case changed = one;
                changed.expect[at].value = wrong;
                EXPECT_FALSE(runner.run(example(), changed).as_expected())
                    << one.name << ": " << one.expect[at].key << " " << wrong;
            }
}

TEST(CaseRunner, SaysWhatItGotAndWhatAQuestionDoesNotAnswer) {
    const Catalogue catalogue;
    const Kinds kinds;
    CaseRunner runner(catalogue, kinds);
    const auto wrong = read_example("cases for: xx-ps 2024\ncases:\n"
                                    "  - {name: a, asks: to become certified, day: 2024-05-01, expect: {missing: "
                                    "{hours: 3 h}, have: {nobody: 1 h}, title: x}}\n"
                                    "  - {name: b, asks: status certified, day: 2024-05-01, expect: {answer: met}}\n");
    const CaseOutcome first = runner.run(example(), wrong[0]);
    EXPECT_EQ(told(first), "missing hours: expected 3 h, got 10 h\n"
                           "have nobody: expected 1 h, got nothing: no finding is called \"nobody\"\n"
                           "title : expected x, got nothing: this question does not answer \"title\"\n");
    EXPECT_EQ(
        told(runner.run(example(), wrong[1])),
        "answer : expected met, got no answer: the person holds no term of \"certified\" that has begun by then\n");
}

void expect_cases_of(const std::filesystem::path& folder, std::size_t at_least) {
    const std::filesystem::path plugins = std::filesystem::path(PEERCERT_BINARY_DIR) / "plugins";
    plugin_host::Settings settings;
    settings.folder = plugins;
    const plugin_host::Host host(settings);
    const Catalogue catalogue = Catalogue::load({{folder, "shipped"}}, &host.kinds());
    EXPECT_FALSE(has_errors(catalogue.problems())) << to_text(catalogue.problems());
    CaseRunner runner(catalogue, host.kinds());
    std::size_t count = 0;
    for (const auto& path : catalogue.case_files()) {
        const SourceText source{path.string(), read_file(path)};
        const auto [code, edition] = cases_for(source);
        const auto found = catalogue.find(code, edition);
        ASSERT_TRUE(found) << path;
        const ReadCases read = read_cases(source, *found);
        EXPECT_EQ(to_text(read.problems), "");
        for (const Case& one : read.cases.cases) {
            ++count;
            EXPECT_EQ(told(runner.prove(*found, one)), "") << one.place << ": " << one.name;
        }
    }
    EXPECT_GE(count, at_least);
}

const std::filesystem::path source_folder = PEERCERT_SOURCE_DIR;

TEST(ShippedCases, ComeOutAsExpectedAndCanFail) { expect_cases_of(source_folder / "curricula", 300); }

/// Editions of no real body: for what no track on file says.
TEST(InventedCases, ComeOutAsExpectedAndCanFail) {
    expect_cases_of(source_folder / "tests" / "curricula" / "invented", 49);
}

} // namespace
