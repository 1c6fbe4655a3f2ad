#include "curricula/explain.hpp"
#include "curricula/gaps.hpp"
#include "curricula/phrases.hpp"
#include "curricula/schema.hpp"
#include "curricula/small_files.hpp"

/// Clocks, steps, ladders, levels, editions and attendance as files say them.
using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::tests;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

/// What `curriculum explain` says of the line with that name.
std::string said(const std::vector<ExplainedLine>& lines, std::string_view name) {
    for (const ExplainedLine& line : lines)
        if (line.name == name)
            return line.sentence;
    return "nothing";
}

const std::string office = "calendar: office\n"
                           "title: Closed days of an invented office\n"
                           "closed every: [Saturday, Sunday]\n"
                           "years:\n  2026: [{day: 2026-05-25, called: a holiday}]\n"
                           "source: an invented list\n";

ReadEdition filed_by(const std::string& calendar, const std::string& text) {
    return read_edition({"f.yaml", text}, nullptr,
                        [&](std::string_view code, std::string_view name) -> std::optional<SourceText> {
                            if (code == calendar_code && name == "office")
                                return SourceText{"calendars/office.yaml", calendar, "local"};
                            return std::nullopt;
                        });
}

TEST(Calendars, AreCopiedIntoTheEditionsThatNameThem) {
    const std::string text =
        track_with("to renew certified:\n  see: Page\n  file: {until: expiry, filed means: receipt, "
                   "closed day: next business day, closed days: office}\n");
    const ReadEdition read = filed_by(office, text);
    EXPECT_EQ(to_text(read.problems), "");
    ASSERT_TRUE(read.edition);
    const ClosedDays& days = read.edition->closed_days.at(0);
    EXPECT_TRUE(days.is_closed(2026y / 5 / 23));
    EXPECT_TRUE(days.is_closed(2026y / 5 / 25));
    EXPECT_FALSE(days.is_closed(2026y / 5 / 26));
    EXPECT_FALSE(days.knows(2027y / 1 / 1));
    EXPECT_EQ(days.see, "an invented list");
    const Edition again = from_full_text({"stored", read.edition->full_text}, nullptr); // without the calendar's file
    EXPECT_EQ(again.closed_days, read.edition->closed_days);
    EXPECT_EQ(again.digest, read.edition->digest);
    EXPECT_THAT(to_text(read_edition({"f.yaml", text}, nullptr).problems),
                HasSubstr("f.yaml:14:91: no calendar is called \"office\""));
    EXPECT_THAT(
        problems_of(track_with("to renew certified:\n  see: Page\n  file: {until: expiry, filed means: receipt, "
                               "closed days: office}\n")),
        HasSubstr("no calendar is called"));
}

/// A track whose head names the calendar.
ReadEdition counted_by_office(const std::string& rest) {
    return filed_by(office, track_with("closed days: office\n" + rest));
}

TEST(BusinessDays, AreCountedByTheCalendarOfTheHead) {
    const std::string filing =
        "to renew certified:\n  see: Page\n  file: {until: 10 business days before expiry, filed "
        "means: receipt, closed day: next business day}\n  decided within: 45 business days\n";
    const ReadEdition read = counted_by_office(filing);
    EXPECT_EQ(to_text(read.problems), "");
    ASSERT_TRUE(read.edition);
    EXPECT_EQ(read.edition->business_days, "office");
    const Step& step = read.edition->steps.at(0);
    EXPECT_EQ(step.filing->closed_days, "office"); // that of the head, when it names none of its own
    EXPECT_TRUE(step.decided_in_business_days);
    EXPECT_EQ(step.decided_within, (Span{45, CalendarUnit::days}));
    EXPECT_THAT(said(explain(*read.edition, step), "filing"), HasSubstr("until: 10 business days before expiry"));
    EXPECT_THAT(said(explain(*read.edition, step), "decided within"), HasSubstr("45 business days of receipt"));
    EXPECT_THAT(said(explain_calendars(*read.edition), "office"),
                HasSubstr("business days are counted by this calendar, which lists 2026"));
    EXPECT_THAT(problems_of(track_with(filing)),
                HasSubstr("business days are counted by a calendar: say \"closed days: "
                          "NAME\" in the head"));
    EXPECT_THAT(problems_of(track_with("closed days: nobody\n" + filing)),
                HasSubstr("no calendar is called \"nobody\""));
}

TEST(BusinessDays, AreRefusedWhereADayHasToBeKnownForEveryYear) {
    const auto refused = HasSubstr("here the day has to be known for every year");
    EXPECT_THAT(
        to_text(counted_by_office("after expiry:\n  see: Page\n  rungs: [{up to: 10 business days after expiry, "
                                  "called: late, holder may: nothing}, {up to: no limit, called: over, holder "
                                  "may: nothing}]\n")
                    .problems),
        refused);
    EXPECT_THAT(
        to_text(counted_by_office("to become certified:\n  see: Page\n  needs:\n    - {age: at least 18, measured "
                                  "at: 2 business days after applying, February 29: march 1}\n")
                    .problems),
        refused);
    EXPECT_THAT(
        to_text(counted_by_office("to become certified:\n  see: Page\n  needs:\n    - {fact: x, dated: within 2 "
                                  "business days before applying}\n")
                    .problems),
        refused);
    EXPECT_EQ(
        to_text(counted_by_office("to become certified:\n  see: Page\n  needs:\n    - {document: x, dated: within 2 "
                                  "business days before applying}\n")
                    .problems),
        "");
}

TEST(Calendars, ThatCannotBeReadAreTold) {
    const std::string text =
        track_with("to renew certified:\n  see: Page\n  file: {until: expiry, filed means: receipt, "
                   "closed day: next business day, closed days: office}\n");
    const auto wrong = [&](const std::string& what, const std::string& with) {
        std::string broken = office;
        broken.replace(broken.find(what), what.size(), with);
        return to_text(filed_by(broken, text).problems);
    };
    EXPECT_THAT(wrong("Saturday", "Caturday"), HasSubstr("\"Caturday\" is no day of the week"));
    EXPECT_THAT(wrong("2026-05-25", "2027-05-25"), HasSubstr("2027-05-25 is no day of 2026"));
    EXPECT_THAT(wrong("source: an invented list\n", ""), HasSubstr("say \"source\" here"));
    EXPECT_THAT(wrong("  2026:", "  26:"), HasSubstr("a year has four digits"));
}

} // namespace
