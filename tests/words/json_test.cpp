#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "words/json.hpp"

namespace {

using peercert::words::Json;

TEST(Json, KeepsTheOrderInWhichMembersWereSet) {
    Json value = Json::object().set("zebra", 1).set("ant", true).set("cat", false);
    value.set("zebra", "last word wins, first place stays");
    EXPECT_EQ(value.text(), R"({"zebra":"last word wins, first place stays","ant":true,"cat":false})");
}

TEST(Json, WritesEveryKindOfValue) {
    Json list = Json::array();
    list.push(Json())
        .push(false)
        .push(-9223372036854775807LL - 1)
        .push("text")
        .push(Json::object())
        .push(Json::array());
    list.push(Json(std::optional<std::string>{})).push(Json(std::optional<int>{7}));
    EXPECT_EQ(list.text(), R"([null,false,-9223372036854775808,"text",{},[],null,7])");
}

TEST(Json, IndentsForPeople) {
    Json value = Json::object().set("people", Json::array_of({"Ana"})).set("none", Json::array());
    EXPECT_EQ(value.text(2), "{\n  \"people\": [\n    \"Ana\"\n  ],\n  \"none\": []\n}");
}

TEST(Json, EscapesWhatCouldFoolAReaderAndStaysParsable) {
    const std::string nasty = "\"\\\n\t\x01\x1b[2J\x7f\xc2\x9b\xe2\x80\xae Zo\xc3\xab \xf0\x9f\x8c\xbb";
    const std::string text = Json(nasty).text();
    EXPECT_EQ(text, "\"\\\"\\\\\\n\\t\\u0001\\u001b[2J\\u007f\\u009b\\u202e Zo\xc3\xab \xf0\x9f\x8c\xbb\"");
    EXPECT_EQ(nlohmann::json::parse(text).get<std::string>(), nasty);
}

TEST(Json, BytesThatAreNoTextBecomeReplacementCharacters) {
    for (const char* wrong : {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe2\x82"}) {
        const auto parsed = nlohmann::json::parse(Json(wrong).text());
        EXPECT_NE(parsed.get<std::string>().find("\xef\xbf\xbd"), std::string::npos);
    }
}

} // namespace
