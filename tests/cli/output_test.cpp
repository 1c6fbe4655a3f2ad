#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/output.hpp"
#include "cli/suggest.hpp"
#include "cli/values.hpp"
#include "support/run_cli.hpp"

namespace {

using namespace peercert::cli;
using peercert::Minutes;
using peercert::tests::RunCli;
using testing::HasSubstr;
using testing::Not;
using namespace std::string_literals;

constexpr Terminal pipe{};
constexpr Terminal screen{.is_terminal = true, .colour = false, .width = 40};

TEST(Printable, MakesVisibleWhatCouldMoveACursorOrHideText) {
    EXPECT_EQ(printable("Zoë 文"), "Zoë 文");
    EXPECT_EQ(printable("a\x1b[2Jb\nc\td"), "a\\x1b[2Jb\\x0ac\\x09d");
    EXPECT_EQ(printable("\xc2\x9b"), "\\x9b");       // C1 control sequence introducer
    EXPECT_EQ(printable("\xe2\x80\xae"), "\\u202e"); // right-to-left override
    EXPECT_EQ(printable("\xff\xc3"), "\\xff\\xc3");  // not UTF-8
    EXPECT_EQ(printable("a\0b"s), "a\\x00b");
}

TEST(DisplayWidth, CountsColumnsNotBytes) {
    EXPECT_EQ(display_width("Zoë"), 3u);
    EXPECT_EQ(display_width("Zoe\xcc\x88"), 3u); // combining
    EXPECT_EQ(display_width("文字"), 4u);
}

TEST(Wrapped, KeepsEveryLineWithinTheWidth) {
    EXPECT_THAT(wrapped("needs one more session", 10), testing::ElementsAre("needs one", "more", "session"));
    EXPECT_THAT(wrapped("abcdefghijkl", 5), testing::ElementsAre("abcde", "fghij", "kl"));
    EXPECT_THAT(wrapped("文文文", 3), testing::ElementsAre("文", "文", "文"));
    EXPECT_THAT(wrapped("", 5), testing::ElementsAre(""));
}

Table people() {
    Table table({{"NAME"}, {"HOURS", Table::Align::right}, {"SINCE"}});
    table.add({{"文"}, {"1"}, {"2025-01-01"}});
    table.add({{"Ana"}, {"1000"}, {"2025-01-02"}});
    return table;
}

TEST(Table, IsAlignedByColumnsOnATerminal) {
    EXPECT_EQ(people().text(screen), "NAME  HOURS  SINCE\n"
                                     "文        1  2025-01-01\n"
                                     "Ana    1000  2025-01-02\n");
}

TEST(Table, IsPlainWhenPiped) { EXPECT_EQ(people().text(pipe), "文\t1\t2025-01-01\nAna\t1000\t2025-01-02\n"); }

TEST(Table, NeverIsWiderThanTheTerminalAndLosesNothing) {
    Table table({{"NAME"}, {"REASON"}});
    table.add({{"Ana Ruiz"}, {"the refresher of the facilitator who signed was a day too old"}});
    const std::string text = table.text(screen);
    std::istringstream lines(text);
    std::string line;
    std::string all;
    while (std::getline(lines, line)) {
        EXPECT_LE(display_width(line), 40u);
        all += line + " ";
    }
    for (const char* word : {"refresher", "facilitator", "signed", "too", "old"})
        EXPECT_THAT(all, HasSubstr(word));
}

TEST(Table, CellsCannotForgeRowsOrColumns) {
    Table table({{"NAME"}, {"STATUS"}});
    table.add({{"x\ncertified\tyes"}, {"revoked"}});
    EXPECT_EQ(table.text(pipe), "x\\x0acertified\\x09yes\trevoked\n");
}

class Colours : public testing::Test {
protected:
    RunCli peercert;
    bool coloured() { return peercert.on_terminal({"help"}).out.find("\x1b[") != std::string::npos; }
};

TEST_F(Colours, OnlyOnATerminalThatWantsThem) {
    EXPECT_TRUE(coloured());
    EXPECT_THAT(peercert({"help"}).out, Not(HasSubstr("\x1b[")));
    peercert.set("NO_COLOR", "1");
    EXPECT_FALSE(coloured());
    peercert.unset("NO_COLOR");
    peercert.set("TERM", "dumb");
    EXPECT_FALSE(coloured());
    peercert.set("TERM", "xterm");
    EXPECT_THAT(peercert.on_terminal({"help", "--no-color"}).out, Not(HasSubstr("\x1b[")));
}

TEST_F(Colours, HelpFitsTheWindow) {
    for (const int columns : {40, 60, 200}) {
        std::istringstream lines(peercert.on_terminal({"completion", "--help", "--no-color"}, columns).out);
        std::string line;
        while (std::getline(lines, line)) {
            if (line.find("peercert completion ") != std::string::npos)
                continue;                                                                  // an example is never broken
            EXPECT_LE(display_width(line), static_cast<std::size_t>(columns) + 1) << line; // a carriage return
        }
    }
}

TEST(Progress, SaysRateAndRemainingTime) {
    EXPECT_EQ(progress_text("people", 300, 12'300, 2'000), "300 of 12,300 people, 150 a second, 1:20 left");
    EXPECT_EQ(progress_text("rows", 300, 0, 2'000), "300 rows, 150 a second");
    EXPECT_EQ(progress_text("rows", 300, 300, 2'000), "300 of 300 rows, 150 a second");
    EXPECT_EQ(progress_text("rows", 0, 300, 0), "0 of 300 rows, 0 a second");
}

TEST(Nearest, GuessesOnlyWhatIsNear) {
    const std::vector<std::string> words{"person", "cohort", "credential"};
    EXPECT_EQ(nearest("persn", words), "person");
    EXPECT_EQ(nearest("preson", words), "person");
    EXPECT_EQ(nearest("cred", words), "credential");
    EXPECT_EQ(nearest("zebra", words), std::nullopt);
    EXPECT_EQ(nearest("", words), std::nullopt);
}

TEST(Values, MinutesAreReadExactlyOrNotAtAll) {
    EXPECT_EQ(parse_minutes("90"), Minutes{90});
    EXPECT_EQ(parse_minutes("90 min"), Minutes{90});
    EXPECT_EQ(parse_minutes("1.5 h"), Minutes{90});
    EXPECT_EQ(parse_minutes("0.25h"), Minutes{15});
    EXPECT_EQ(parse_minutes("1 h 30 min"), Minutes{90});
    EXPECT_EQ(parse_minutes("1h30"), Minutes{90});
    EXPECT_EQ(parse_minutes("1:30"), Minutes{90});
    for (const char* wrong : {"", "-5", "1.333 h", "1:60", "1:3", "1.5", "h", "1 h 60 min", "2 days", "1.5 h 3 min",
                              "99999999999999999999"})
        EXPECT_EQ(parse_minutes(wrong), std::nullopt) << wrong;
}

TEST(Values, MoneyIsCents) {
    EXPECT_EQ(parse_cents("75"), 7500);
    EXPECT_EQ(parse_cents("$75.05"), 7505);
    EXPECT_EQ(parse_cents("0.5"), 50);
    for (const char* wrong : {"", "-1", "1.234", "1,000", "1.", "$"})
        EXPECT_EQ(parse_cents(wrong), std::nullopt) << wrong;
    EXPECT_EQ(money_text(7505), "$75.05");
}

TEST(Values, HoursAreSaidAsPeopleSayThem) {
    EXPECT_EQ(hours_text(Minutes{90}), "1 h 30 min");
    EXPECT_EQ(hours_text(Minutes{960}), "16 h");
    EXPECT_EQ(hours_text(Minutes{45}), "45 min");
    EXPECT_EQ(hours_text(Minutes{0}), "0 min");
}

} // namespace
