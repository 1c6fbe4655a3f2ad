#include "curricula/phrases.hpp"

using namespace peercert;
using namespace peercert::curricula;
using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

std::string amount(std::string_view text, BareNumber bare = BareNumber::refused) {
    const auto read = parse_amount(text, bare);
    return read.value ? std::to_string(read.value->amount.value) + " " + std::string(read.value->unit) : read.wrong;
}

TEST(Amounts, AreWholeNumbersOfTheirSmallestUnit) {
    EXPECT_EQ(amount("30 h"), "1800 h");
    EXPECT_EQ(amount("2.5 h"), "150 h");
    EXPECT_EQ(amount("0.25 h"), "15 h");
    EXPECT_EQ(amount("45 min"), "45 min");
    EXPECT_EQ(amount("85 %"), "8500 %");
    EXPECT_EQ(amount("76.25 %"), "7625 %");
    EXPECT_EQ(amount("500 points"), "50000 point");
    EXPECT_EQ(amount("1 point"), "100 point");
    EXPECT_EQ(amount("3 times"), "3 time");
    EXPECT_EQ(amount("3 sessions"), "3 session");
    EXPECT_EQ(amount("3 courses"), "3 course");
    EXPECT_EQ(amount("4 attempts"), "4 attempt");
    EXPECT_EQ(amount("8 people"), "8 person");
    EXPECT_EQ(amount("12.50 USD"), "1250 USD");
    EXPECT_EQ(amount("0 USD"), "0 USD");
    EXPECT_EQ(amount("18", BareNumber::years), "18 ");
    EXPECT_EQ(amount("9", BareNumber::count), "9 ");
}

TEST(Amounts, RefuseWhatIsNoWholeNumberOfThem) {
    for (const auto* text : {"", " ", "h", "30", "-1 h", "+1 h", "1e3 h", "1. h", ".5 h", "1.2.3 h", "0.001 h",
                             "12.505 USD", "0.5 times", "30 h h", "99999999999 h", "30 H", "٣ h", "30,5 h"})
        EXPECT_FALSE(parse_amount(text).value) << text;
    EXPECT_FALSE(parse_amount("1.5", BareNumber::count).value);
}

TEST(Amounts, SayWhatWouldBeUnderstood) {
    EXPECT_THAT(amount("30h"), HasSubstr("did you mean \"30 h\"?"));
    EXPECT_THAT(amount("85%"), HasSubstr("did you mean \"85 %\"?"));
    EXPECT_THAT(amount("30 hours"), HasSubstr("did you mean \"30 h\"?"));
    EXPECT_THAT(amount("50 dollars"), HasSubstr("did you mean \"50 USD\"?"));
}

std::string bound(std::string_view text, BareNumber bare = BareNumber::refused) {
    const auto read = parse_bound(text, bare);
    return read.value ? to_text(read.value->bound, read.value->unit) : read.wrong;
}

TEST(Limits, ReadAndWriteTheSame) {
    for (const auto* text : {"at least 30 h", "at most 2.5 h", "at least 85 %", "at most 50 USD", "4 h to 6 h"})
        EXPECT_EQ(bound(text), text);
    EXPECT_EQ(bound("4 to 6 h"), "4 h to 6 h");
    EXPECT_EQ(bound("18 to 30", BareNumber::years), "18 years to 30 years");
    EXPECT_EQ(bound("at least 18", BareNumber::years), "at least 18 years");
    const auto people = parse_bound("8 to 12 people", BareNumber::count);
    ASSERT_TRUE(people.value);
    EXPECT_EQ(people.value->bound, (Bound{8, 12, Unit::count}));
    const auto bare_people = parse_bound("8 to 12", BareNumber::count);
    ASSERT_TRUE(bare_people.value);
    EXPECT_EQ(bare_people.value->bound, (Bound{8, 12, Unit::count}));
}

TEST(Limits, RefuseNearMisses) {
    for (const auto* text :
         {"30 h", "at lest 30 h", "at least", "least 30 h", "at least 30", "at least 30 h to 40 h", "to 30 h", "30 to",
          "12 to 8 h", "8 h to 12 people", "at  ", "more than 30 h", "at least at least 30 h"})
        EXPECT_FALSE(parse_bound(text).value) << text;
    EXPECT_THAT(bound("at lest 30 h"), HasSubstr("did you mean \"at least 30 h\"?"));
    EXPECT_THAT(bound("at moast 30h"), HasSubstr("did you mean \"at most 30 h\"?"));
}

TEST(Spans, AreCalendarUnits) {
    EXPECT_EQ(parse_span("90 days").value, (Span{90, CalendarUnit::days}));
    EXPECT_EQ(parse_span("1 day").value, (Span{1, CalendarUnit::days}));
    EXPECT_EQ(parse_span("2 weeks").value, (Span{2, CalendarUnit::weeks}));
    EXPECT_EQ(parse_span("6 months").value, (Span{6, CalendarUnit::months}));
    EXPECT_EQ(parse_span("1 year").value, (Span{1, CalendarUnit::years}));
    for (const auto* text :
         {"", "year", "1", "1.5 years", "-1 year", "2 fortnights", "1 years old", "100000 days", "1 dayss"})
        EXPECT_FALSE(parse_span(text).value) << text;
}

std::string day(std::string_view text) {
    const auto read = parse_day(text);
    return read.value ? to_text(*read.value) : read.wrong;
}

TEST(Days, ReadAndWriteTheSame) {
    for (const auto* text : {"2025-07-01",
                             "applying",
                             "issue",
                             "expiry",
                             "term start",
                             "first issue",
                             "passing",
                             "asked",
                             "birth",
                             "completing wrap-seminar-2",
                             "becoming approved supervisor",
                             "first attempt written",
                             "entry lived experience",
                             "90 days before expiry",
                             "10 business days before expiry",
                             "1 business day after the last day of the quarter of expiry",
                             "the first business day on or after 60 days before expiry",
                             "the last business day on or before the last day of the month of expiry",
                             "the day before 2 business days after applying",
                             "2 years after passing",
                             "the day before 2 years after expiry",
                             "the day after expiry",
                             "1 month after 2 weeks before issue",
                             "approval",
                             "last renewal",
                             "start of the term before",
                             "end of the term before",
                             "the last day of the month of 2 years after issue",
                             "6 months after the first day of the year of expiry",
                             "the later of 6 months after 2026-01-01 and 1 year after expiry",
                             "the day before the earlier of applying and the last day of the month of expiry",
                             "the later of the earlier of issue and expiry and passing"})
        EXPECT_EQ(day(text), text);
}

TEST(Days, RefuseNearMisses) {
    for (const auto* text : {"",
                             "2025-02-29",
                             "2025-7-1",
                             "01.07.2025",
                             "1899-01-01",
                             "tomorrow",
                             "expire",
                             "90 days",
                             "90 days expiry",
                             "days before expiry",
                             "the day before",
                             "completing",
                             "becoming ",
                             "first attempt",
                             "expiry 2025",
                             "90 days before 90 days",
                             "on expiry",
                             "the last day of the month",
                             "the last day of the week of expiry",
                             "the later of issue",
                             "the later of issue or expiry",
                             "the first day of the month of",
                             "last day of the month of expiry",
                             "the later of and",
                             "start of the term"})
        EXPECT_FALSE(parse_day(text).value) << text;
    for (const auto* text : {"business days before expiry", "10 business days", "10 business days expiry",
                             "the first business day after expiry", "the next business day after expiry",
                             "0 business days after expiry", "1.5 business days after expiry"})
        EXPECT_FALSE(parse_day(text).value) << text;
    EXPECT_THAT(day("10 busines days before expiry"), HasSubstr("did you mean \"10 business days before expiry\"?"));
    EXPECT_THAT(day("aplying"), HasSubstr("did you mean \"applying\"?"));
    EXPECT_THAT(day("90 days befor expiry"), HasSubstr("did you mean \"90 days before expiry\"?"));
}

TEST(Days, ThatNestWithoutEndAreRefused) {
    std::string text = "expiry";
    for (int times = 0; times < 50; ++times)
        text = "the day before " + text;
    EXPECT_FALSE(parse_day(text).value);
}

std::string dated(std::string_view text) {
    const auto read = parse_dated(text);
    return read.value ? to_text(*read.value) : read.wrong;
}

TEST(Windows, ReadAndWriteTheSame) {
    for (const auto* text : {"in the term",
                             "ever",
                             "from 2025-07-01",
                             "until 2025-06-30",
                             "after issue",
                             "before applying",
                             "from 2021-02-28 until 2021-08-30",
                             "from term start until 90 days before expiry",
                             "after passing until expiry",
                             "within 12 months before applying",
                             "within 1 year after first attempt written",
                             "within 30 days before the day before issue",
                             "in the term before",
                             "in the calendar year of expiry",
                             "in the calendar month of 2 months before applying",
                             "in the calendar quarter of applying",
                             "within 10 business days before applying",
                             "within 1 business day after completing wrap-seminar-2",
                             "from the first day of the quarter of issue until 3 business days after issue",
                             "from the first day of the month of issue",
                             "within 6 months before the last day of the month of expiry",
                             "on 2022-01-01",
                             "on starting wi-course",
                             "after last certification"})
        EXPECT_EQ(dated(text), text);
}

TEST(Windows, OfWithinIncludeBothEnds) {
    const auto before = parse_dated("within 12 months before applying");
    ASSERT_TRUE(before.value);
    EXPECT_EQ(to_text(*before.value->from), "12 months before applying");
    EXPECT_EQ(to_text(*before.value->until), "applying");
    EXPECT_FALSE(before.value->from_excluded);
    EXPECT_FALSE(before.value->until_excluded);
    EXPECT_TRUE(parse_dated("after issue").value->from_excluded);
    EXPECT_TRUE(parse_dated("before issue").value->until_excluded);
}

TEST(Windows, RefuseNearMisses) {
    for (const auto* text : {"",
                             "term",
                             "in term",
                             "in the term now",
                             "always",
                             "within 12 months",
                             "within 12 months applying",
                             "within before applying",
                             "from",
                             "from 2025-07-01 to 2025-08-01",
                             "until",
                             "from 2025-07-01 until",
                             "within 0 business days before applying",
                             "within 10 business weeks before applying",
                             "within 10 business days applying",
                             "within 501 business days after issue",
                             "from 2025-07-01 until 2025-06-30",
                             "12 months before applying",
                             "in the calendar year",
                             "in the calendar week of expiry",
                             "in the year of expiry"})
        EXPECT_FALSE(parse_dated(text).value) << text;
    EXPECT_THAT(dated("in the trem"), HasSubstr("did you mean \"in the term\"?"));
    EXPECT_THAT(dated("withn 12 months before aplying"),
                HasSubstr("did you mean \"within 12 months before applying\"?"));
}

TEST(MonthDays, AreDaysThatExistInSomeYear) {
    EXPECT_EQ(parse_month_day("October 31").value, (PrintedDay{10, 31}));
    EXPECT_EQ(parse_month_day("February 29").value, (PrintedDay{2, 29}));
    for (const auto* text : {"October", "31 October", "October 32", "February 30", "Oktober 31", "October 0", "10-31"})
        EXPECT_FALSE(parse_month_day(text).value) << text;
    EXPECT_THAT(parse_month_day("Octobr 31").wrong, HasSubstr("did you mean \"October 31\"?"));
}

TEST(RungEnds, AreDaysPrintedDaysOrOpen) {
    EXPECT_EQ(parse_rung_end("1 month after expiry").value->until_kind, Rung::Until::day);
    EXPECT_EQ(to_text(parse_rung_end("the day before 2 years after expiry").value->until),
              "the day before 2 years after expiry");
    EXPECT_EQ(parse_rung_end("August 31, as printed").value->printed, "August 31");
    EXPECT_EQ(parse_rung_end("August 31 as printed").value->printed, "August 31");
    EXPECT_EQ(parse_rung_end("no limit").value->until_kind, Rung::Until::no_limit);
    EXPECT_EQ(parse_rung_end("unknown").value->until_kind, Rung::Until::unknown);
    for (const auto* text : {"", "August 31", "August 32 as printed", "nothing said", "1 month", "as printed"})
        EXPECT_FALSE(parse_rung_end(text).value) << text;
}

TEST(AmountText, IsShortAndExact) {
    EXPECT_EQ(amount_text(90, Unit::minutes), "1.5 h");
    EXPECT_EQ(amount_text(50, Unit::minutes), "50 min");
    EXPECT_EQ(amount_text(45, Unit::minutes), "45 min");
    EXPECT_EQ(amount_text(8550, Unit::hundredths), "85.5 %");
    EXPECT_EQ(amount_text(5500, Unit::cents), "55 USD");
    EXPECT_EQ(amount_text(3, Unit::count, "times"), "3 times");
}

} // namespace
