#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <peercert/error.hpp>

#include "documents/sign_in_sheet.hpp"
#include "domain/sheet_code.hpp"

/// The printed sheet: read as a screen reader would, by pdftotext. People are invented.
namespace peercert::documents {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

SignInSheet a_sheet(int rows) {
    SignInSheet sheet;
    sheet.title = "Wellness Recovery Action Plan";
    sheet.lines = {"Invented Centre, wrap-2026", "Session 3 of 8, Friday 2026-03-20, 2 h 30 min: daily plan",
                   "Led by Odessa Whitfield, Bernard Kowalczyk"};
    sheet.footer = "Read back: peercert cohort read-back wrap-2026 CODE [MINUTES]";
    for (int i = 1; i <= rows; ++i)
        sheet.rows.push_back({domain::SheetCode{3, 3, i}.str(), "Person " + std::to_string(i)});
    return sheet;
}

/// What a program that reads PDF aloud would say.
std::string text_of(const Pdf& pdf) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("peercert-sheet-" + std::to_string(reinterpret_cast<std::uintptr_t>(&pdf)) + ".pdf");
    std::ofstream(file, std::ios::binary) << pdf.bytes;
    std::string text;
    FILE* reader = ::popen(("pdftotext -enc UTF-8 '" + file.string() + "' -").c_str(), "r");
    std::array<char, 4096> part{};
    while (const std::size_t size = std::fread(part.data(), 1, part.size(), reader))
        text.append(part.data(), size);
    EXPECT_EQ(::pclose(reader), 0) << "pdftotext, of the package poppler-utils";
    std::filesystem::remove(file);
    return text;
}

TEST(ASignInSheet, IsTextThatCanBeReadAloud) {
    SignInSheet sheet = a_sheet(2);
    sheet.rows.push_back({"7KQ2-M4X", "Zoé Ångström-Nguyễn"});
    sheet.rows.push_back({"7KQ2-M4Y", "Ганна Шевченко"});
    const Pdf pdf = sign_in_sheet(sheet, default_font());
    EXPECT_THAT(pdf.undrawn, IsEmpty());
    const std::string text = text_of(pdf);
    for (const char* expected : {"Wellness Recovery Action Plan", "Session 3 of 8", "Led by Odessa Whitfield", "Code",
                                 "Name", "Arrived", "Left", "Person 2", "Zoé Ångström-Nguyễn", "Ганна Шевченко",
                                 "7KQ2-M4X", "cohort read-back wrap-2026", "Page 1"})
        EXPECT_THAT(text, HasSubstr(expected));
    EXPECT_THAT(text, HasSubstr(sheet.rows[0].code));
}

TEST(ASignInSheet, OfManyRowsGoesOnWithItsHeadOnEveryPage) {
    const std::string text = text_of(sign_in_sheet(a_sheet(40), default_font()));
    EXPECT_THAT(text, HasSubstr("Person 40"));
    EXPECT_THAT(text, HasSubstr("Page 3"));
    EXPECT_THAT(text, Not(HasSubstr("Page 4")));
    std::size_t heads = 0;
    for (std::size_t at = text.find("Session 3 of 8"); at != std::string::npos;
         at = text.find("Session 3 of 8", at + 1))
        ++heads;
    EXPECT_EQ(heads, 3U);
}

TEST(ASignInSheet, OfTheSameContentIsTheSameBytes) {
    EXPECT_EQ(sign_in_sheet(a_sheet(3), default_font()).bytes, sign_in_sheet(a_sheet(3), default_font()).bytes);
}

TEST(ASignInSheet, SaysWhichNamesItsFontCannotDraw) {
    SignInSheet sheet = a_sheet(1);
    sheet.rows.push_back({"7KQ2-M4X", "山田 太郎"});
    sheet.rows.push_back({"7KQ2-M4Y", "\xF0\x90\x8D\x88"}); // beyond the first plane
    EXPECT_THAT(sign_in_sheet(sheet, default_font()).undrawn, ElementsAre("7KQ2-M4X", "7KQ2-M4Y"));
}

TEST(ASignInSheet, WithoutItsFontSaysWhichPackageHasIt) {
    try {
        sign_in_sheet(a_sheet(1), "/nowhere/font.ttf");
        FAIL() << "it was drawn with no letters";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::unavailable);
        EXPECT_THAT(error.what(), HasSubstr("fonts-dejavu-core"));
    }
}

TEST(ASignInSheet, InAFontThatIsNoneIsRefused) {
    const auto file = std::filesystem::temp_directory_path() / "peercert-no-font.ttf";
    std::ofstream(file) << "this is no font";
    try {
        sign_in_sheet(a_sheet(1), file);
        ADD_FAILURE() << "it was drawn all the same";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_input);
    }
    std::filesystem::remove(file);
}

} // namespace
} // namespace peercert::documents
