#include <gtest/gtest.h>

#include "domain/sheet_code.hpp"

namespace peercert::domain {
namespace {

TEST(SheetCodes, ComeBackAsTheyWent) {
    for (const SheetCode& code : {SheetCode{0, 1, 1}, SheetCode{1023, 1023, 1023}, SheetCode{5, 12, 30}}) {
        EXPECT_EQ(code.str().size(), 8U) << code.str();
        EXPECT_EQ(SheetCode::parse(code.str()), code);
    }
    EXPECT_EQ(SheetCode::parse(" " + SheetCode{5, 12, 30}.str().substr(0, 4) + SheetCode{5, 12, 30}.str().substr(5)),
              (SheetCode{5, 12, 30}))
        << "a hyphen may be left out";
}

TEST(SheetCodes, CatchEveryWrongCharacterAndEverySwap) {
    const std::string good = SheetCode{5, 12, 30}.str();
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (std::size_t i = 0; i < good.size(); ++i) {
        if (good[i] == '-')
            continue;
        for (const char letter : alphabet) {
            std::string wrong = good;
            wrong[i] = letter;
            EXPECT_EQ(SheetCode::parse(wrong).has_value(), wrong == good) << wrong;
        }
    }
    std::string plain = good;
    plain.erase(4, 1);
    for (std::size_t i = 1; i < plain.size(); ++i) {
        std::string wrong = plain;
        std::swap(wrong[i - 1], wrong[i]);
        EXPECT_EQ(SheetCode::parse(wrong).has_value(), wrong == plain) << wrong;
    }
}

TEST(SheetCodes, AreNothingElse) {
    for (const char* text : {"", "-", "0000-000", "XXXX", "0000-0000-000", "0000-0000", "!!!!-!!!"})
        EXPECT_FALSE(SheetCode::parse(text)) << text;
    EXPECT_FALSE(SheetCode::parse(std::string(1000, '0')));
    EXPECT_FALSE(SheetCode::parse(SheetCode{5, 0, 30}.str())) << "there is no session 0";
}

} // namespace
} // namespace peercert::domain
