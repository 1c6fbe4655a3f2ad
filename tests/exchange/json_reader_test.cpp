#include "exchange/json_reader.hpp"

#include <gtest/gtest.h>

#include <peercert/error.hpp>

namespace peercert::exchange {
namespace {

std::string again(std::string_view text) {
    std::string out;
    append_json(out, read_json(text));
    return out;
}

std::string refusal(std::string_view text) {
    try {
        read_json(text);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_input);
        return error.what();
    }
    return "accepted";
}

TEST(JsonFromOutside, IsReadAsItStands) {
    EXPECT_EQ(again(R"({"b":[1,-0.50,2e+9,true,false,null],"a":{"é":"\u00e9\ud83d\ude00\n"}})"),
              "{\"b\":[1,-0.50,2e+9,true,false,null],\"a\":{\"é\":\"é😀\\n\"}}");
    EXPECT_EQ(again(" [ ] "), "[]");
    EXPECT_EQ(read_json("9223372036854775807").integer(), INT64_MAX);
    EXPECT_FALSE(read_json("9223372036854775808").integer());
    EXPECT_FALSE(read_json("1.0").integer());
}

TEST(JsonFromOutside, IsRefusedWithLineAndColumnWhereItIsNone) {
    EXPECT_EQ(refusal("{\n  \"a\": 1,\n  \"a\": 2\n}"), "line 3, column 6: the member \"a\" stands twice");
    EXPECT_EQ(refusal("[1,]"), "line 1, column 4: this is no JSON value");
    EXPECT_EQ(refusal("[1] x"), "line 1, column 5: something stands after the end of the value");
    for (const std::string_view bad : {"",
                                       "{",
                                       "[",
                                       "\"",
                                       "{\"a\"}",
                                       "{a:1}",
                                       "01",
                                       "1.",
                                       ".5",
                                       "+1",
                                       "-",
                                       "1e",
                                       "nul",
                                       "\"\\x\"",
                                       "\"\\u12\"",
                                       "\"\\ud800\"",
                                       "\"\\udc00\"",
                                       "\"\\ud800\\u0041\"",
                                       "\"\t\"",
                                       "\"\xC3\"",
                                       "\"\xED\xA0\x80\"",
                                       "\"\xC0\x80\"",
                                       "[1 2]",
                                       "{\"a\":1 \"b\":2}",
                                       "\xEF\xBB\xBF{}"})
        EXPECT_NE(refusal(bad), "accepted") << bad;
}

TEST(JsonFromOutside, HasLimits) {
    EXPECT_EQ(refusal(std::string(32, '[') + std::string(32, ']')), "accepted");
    EXPECT_NE(refusal(std::string(34, '[') + std::string(34, ']')), "accepted");
    EXPECT_NE(refusal(std::string(100'000, '[')), "accepted");
    std::string many = "[0";
    for (int i = 1; i < 10'000; ++i)
        many += ",0";
    EXPECT_EQ(refusal(many + "]"), "accepted");
    EXPECT_NE(refusal(many + ",0]"), "accepted");
}

} // namespace
} // namespace peercert::exchange
