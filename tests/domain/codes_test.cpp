#include "domain/codes.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include <peercert/error.hpp>

namespace peercert::domain {
namespace {

constexpr CodeBook::Key key{7, 3, 9, 1, 4, 4, 2, 8, 250, 1, 0, 6, 33, 90, 12, 5};
constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

TEST(PrintedCode, ReadsBackAsTheValueItWasMadeFrom) {
    for (const std::uint64_t value :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{123456789012345}, (std::uint64_t{1} << 50U) - 1}) {
        EXPECT_EQ(parse_code(print_code(value)), value);
        EXPECT_EQ(print_code(value).size(), 13U);
    }
}

TEST(PrintedCode, IsReadAsPeopleTypeIt) {
    const std::string printed = print_code(0x1F83A01234U);
    std::string typed;
    for (const char c : printed)
        typed += c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
    EXPECT_EQ(parse_code(typed), 0x1F83A01234U);
    EXPECT_EQ(parse_code("  " + printed + " "), 0x1F83A01234U);
    typed.erase(std::remove(typed.begin(), typed.end(), '-'), typed.end());
    EXPECT_EQ(parse_code(typed), 0x1F83A01234U);
}

TEST(PrintedCode, EverySingleWrongCharacterIsCaught) {
    for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{987654321098765}, std::uint64_t{31}}) {
        const std::string good = print_code(value);
        for (std::size_t at = 0; at < good.size(); ++at) {
            if (good[at] == '-')
                continue;
            for (const char other : letters) {
                std::string wrong = good;
                wrong[at] = other;
                EXPECT_EQ(parse_code(wrong).has_value(), wrong == good) << wrong << " for " << good;
            }
        }
    }
}

TEST(PrintedCode, EverySwapOfNeighboursIsCaught) {
    for (std::uint64_t value = 1; value < (std::uint64_t{1} << 50U); value = value * 7 + 12345) {
        std::string good = print_code(value);
        good.erase(std::remove(good.begin(), good.end(), '-'), good.end());
        for (std::size_t at = 0; at + 1 < good.size(); ++at) {
            std::string wrong = good;
            std::swap(wrong[at], wrong[at + 1]);
            EXPECT_EQ(parse_code(wrong).has_value(), wrong == good) << wrong << " for " << good;
        }
    }
}

TEST(PrintedCode, IsReadWithTheDashesAndBlanksOfAWordProcessor) {
    const std::uint64_t value = 0x2A5'1234'5678U;
    const std::string code = print_code(value);
    for (const char* dash : {"–", "—", "‐", "‑", "‒", "−", "\u00a0", "\u202f", " "}) {
        std::string typed;
        for (const char letter : code)
            typed += letter == '-' ? std::string(dash) : std::string(1, letter);
        EXPECT_EQ(parse_code(typed), value) << typed;
    }
    EXPECT_FALSE(parse_code(code + "\u00e9")) << "no letter beside them";
    EXPECT_FALSE(parse_code(code + "\xe2\x80")) << "no half of one";
    EXPECT_EQ(parse_code(std::string(longest_typed_code - code.size(), ' ') + code), value);
    EXPECT_FALSE(parse_code(std::string(longest_typed_code - code.size() + 1, ' ') + code)) << "one byte too long";
}

TEST(PrintedCode, WhatIsNoCodeIsNothing) {
    const std::string good = print_code(42);
    for (const std::string& text :
         {std::string{}, std::string{"-"}, good.substr(0, 12), good + "0", "U" + good.substr(1),
          good.substr(0, 5) + "*" + good.substr(6), std::string(100000, '0')})
        EXPECT_EQ(parse_code(text), std::nullopt) << text.substr(0, 20);
}

TEST(CodeBook, NeighbouringCountersGiveCodesThatNeverMeetAndLeadBack) {
    const CodeBook book(key);
    std::set<std::uint64_t> seen;
    for (std::int64_t counter = 0; counter < 5000; ++counter) {
        const auto number = book.credential(counter);
        EXPECT_LT(number.value(), std::uint64_t{1} << 50U);
        EXPECT_TRUE(seen.insert(number.value()).second);
        EXPECT_EQ(book.counter(number), counter);
        EXPECT_EQ(book.counter(book.person(counter)), counter);
    }
    EXPECT_EQ(book.counter(book.credential((std::int64_t{1} << 50) - 1)), (std::int64_t{1} << 50) - 1);
    EXPECT_THROW((void)book.credential(std::int64_t{1} << 50), Error);
    EXPECT_THROW((void)book.credential(-1), Error);
}

TEST(CodeBook, AnotherInstallationCountsOtherwise) {
    CodeBook::Key other = key;
    other[15] ^= 1U;
    EXPECT_NE(CodeBook(key).credential(1), CodeBook(other).credential(1));
    EXPECT_EQ(CodeBook(key).credential(1), CodeBook(key).credential(1));
    EXPECT_NE(CodeBook(key).credential(1).value(), CodeBook(key).person(1).value());
}

TEST(CodeBook, HowACodeIsMadeNeverChanges) {
    EXPECT_EQ(CodeBook(key).credential(1).str(), "134S-CXXG-ZQQ");
    EXPECT_EQ(CodeBook(key).person(1).str(), "P-W6XX-CWFV-ANF");
}

TEST(PersonCode, ThePrefixMayBeLeftOutAndIsNotMistakenForACode) {
    const CodeBook book(key);
    for (std::int64_t counter = 0; counter < 300; ++counter) {
        const auto code = book.person(counter);
        EXPECT_EQ(PersonCode::parse(code.str()), code);
        EXPECT_EQ(PersonCode::parse(code.str().substr(2)), code);
        EXPECT_EQ(PersonCode::parse(" p " + code.str().substr(2)), code);
    }
    EXPECT_EQ(PersonCode::parse("P-"), std::nullopt);
    EXPECT_EQ(PersonCode::parse(""), std::nullopt);
}

} // namespace
} // namespace peercert::domain
