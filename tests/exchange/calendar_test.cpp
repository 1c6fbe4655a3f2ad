#include "exchange/calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peercert::exchange {
namespace {

using ::testing::HasSubstr;

const domain::Instant made = domain::parse_instant("2025-01-06T15:00:00Z").value();

std::string unfolded(std::string text) {
    for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at))
        text.erase(at, 3);
    return text;
}

TEST(Calendar, IsAllDayEventsOfOneFile) {
    EXPECT_EQ(calendar_text("WRAP", {{"wrap-1.1@x", parse_date("2025-02-28").value(), "WRAP: session 1", ""}}, made),
              "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//peercert//cohort calendar//EN\r\nCALSCALE:GREGORIAN\r\n"
              "METHOD:PUBLISH\r\nX-WR-CALNAME:WRAP\r\nBEGIN:VEVENT\r\nUID:wrap-1.1@x\r\nDTSTAMP:20250106T150000Z\r\n"
              "DTSTART;VALUE=DATE:20250228\r\nDTEND;VALUE=DATE:20250301\r\nSUMMARY:WRAP: session 1\r\n"
              "TRANSP:OPAQUE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST(Calendar, EscapesTextAndFoldsBetweenCharacters) {
    const std::string summary = "Eating well, on a budget; back\\slash\nsecond line";
    std::string accents;
    for (int i = 0; i < 100; ++i)
        accents += "é";
    const std::string text =
        calendar_text("x", {{"u", parse_date("2025-02-28").value(), summary, accents + "文😀"}}, made);
    EXPECT_THAT(text, HasSubstr("SUMMARY:Eating well\\, on a budget\\; back\\\\slash\\nsecond line\r\n"));
    EXPECT_THAT(unfolded(text), HasSubstr("DESCRIPTION:" + accents + "文😀\r\n"));
    std::size_t longest = 0;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = text.find("\r\n", from);
        const std::string line = text.substr(from, end - from);
        longest = std::max(longest, line.size());
        // never half of a character at either side of a fold
        EXPECT_NE(static_cast<unsigned char>(line[line[0] == ' ' ? 1 : 0]) & 0xC0U, 0x80U) << line;
        from = end + 2;
    }
    EXPECT_LE(longest, 75U);
    EXPECT_GE(longest, 74U);
}

} // namespace
} // namespace peercert::exchange
