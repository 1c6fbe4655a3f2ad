#include "domain/text.hpp"

#include <string>

#include <gtest/gtest.h>

#include <peercert/error.hpp>

namespace peercert::domain {
namespace {

std::string refusal(std::string_view text, const TextRule& rule = person_name_rule) {
    try {
        return "taken as " + clean_text(text, rule);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_input);
        return error.what();
    }
}

TEST(CleanText, HoldsNothingThatNobodyCanSee) {
    for (const char* name : {"Ana\u00ADRuiz", "Ana\u200BRuiz", "Ana Ru\u200Diz", "Ana\u200C Ruiz", "Ana\uFEFF",
                             "\u2060Ana", "Ana\u3164Ruiz", "Ana\u202ERuiz", "Ana\u200FRuiz", "\u200CAna"})
        EXPECT_THROW((void)clean_text(name, person_name_rule), Error) << name;
    // Persian writes a non-joiner within a word, Devanagari a joiner.
    for (const char* name : {"\u0645\u06CC\u200C\u0646\u0627", "\u0915\u094D\u200D\u0937"})
        EXPECT_EQ(clean_text(name, person_name_rule), name);
}

TEST(CleanText, ComposesTrimsAndCollapses) {
    EXPECT_EQ(clean_text("  Ana   Ruiz ", person_name_rule), "Ana Ruiz");
    EXPECT_EQ(clean_text("Jose\u0301", person_name_rule), "Jos\u00e9");
    EXPECT_EQ(clean_text("Nguy\u1ec5n\u00a0\u3000An", person_name_rule), "Nguy\u1ec5n An");
    EXPECT_EQ(clean_text("\u674e\u660e", person_name_rule), "\u674e\u660e");
}

TEST(CleanText, RefusesWhatWouldLieInTheDatabase) {
    using namespace std::string_view_literals;
    const std::string how_to_mend =
        "; type it again in a terminal set to UTF-8, or, if it comes from a file, save that as UTF-8";
    EXPECT_EQ(refusal("Ana\xff"), "the name is not text in UTF-8 (byte 4 is 0xFF)" + how_to_mend);
    EXPECT_EQ(refusal("A\xc0\xaf"), "the name is not text in UTF-8 (byte 2 is 0xC0)" + how_to_mend);
    EXPECT_EQ(refusal("A\xed\xa0\x80"), "the name is not text in UTF-8 (byte 2 is 0xED)" + how_to_mend);
    EXPECT_NE(refusal("Ana\0Ruiz"sv).find("control character"), std::string::npos);
    EXPECT_NE(refusal("Ana\nRuiz").find("control character"), std::string::npos);
    EXPECT_NE(refusal("Ana\tRuiz").find("control character"), std::string::npos);
    EXPECT_NE(refusal("Ana\x7f").find("control character"), std::string::npos);
    EXPECT_NE(refusal("Ana\u0085").find("control character"), std::string::npos);
    EXPECT_NE(refusal("Ana\u202eRuiz").find("direction"), std::string::npos);
    EXPECT_NE(refusal("Ana\u2067Ruiz").find("direction"), std::string::npos);
    EXPECT_NE(refusal("Ana\ue000").find("without a meaning"), std::string::npos);
    EXPECT_NE(refusal("Ana\u2028Ruiz").find("without a meaning"), std::string::npos);
    EXPECT_EQ(refusal("   "), "the name is empty");
}

TEST(CleanText, CountsCharactersNotBytes) {
    std::string longest;
    for (int i = 0; i < 120; ++i)
        longest += "\u674e";
    EXPECT_EQ(clean_text(longest, person_name_rule), longest);
    EXPECT_NE(refusal(longest + "a").find("at most 120"), std::string::npos);
    EXPECT_EQ(clean_text(std::string(120, 'a'), person_name_rule).size(), 120U);
    EXPECT_NE(refusal(std::string(121, 'a')).find("at most 120"), std::string::npos);
    EXPECT_NE(refusal(std::string(10'000'000, 'a')).find("at most 120"), std::string::npos);
}

TEST(CleanText, NeverRepeatsWhatItRefuses) { EXPECT_EQ(refusal("Secret\nName").find("Secret"), std::string::npos); }

TEST(SearchKey, IsTheSameForSpellingsOfOneName) {
    EXPECT_EQ(search_key("Jos\u00e9  O'Neil"), "jose oneil");
    EXPECT_EQ(search_key("JOSE O\u2019NEIL"), "jose oneil");
    EXPECT_EQ(search_key("Anne-Marie St. Clair"), search_key("anne marie st clair"));
    EXPECT_EQ(search_key("\u00c5sa Stra\u00dfe"), "asa strasse");
    EXPECT_NE(search_key("\u674e\u660e"), search_key("\u674e\u7ea2"));
}

TEST(CleanCode, TakesShortWordsOnly) {
    EXPECT_EQ(clean_code("samhsa-2015/1.2", "competency"), "samhsa-2015/1.2");
    EXPECT_THROW((void)clean_code("", "code"), Error);
    EXPECT_THROW((void)clean_code("a b", "code"), Error);
    EXPECT_THROW((void)clean_code("caf\u00e9", "code"), Error);
    EXPECT_EQ(clean_code(std::string(100, 'a'), "code").size(), 100U);
    EXPECT_THROW((void)clean_code(std::string(101, 'a'), "code"), Error);
}

TEST(CleanWord, TakesWordsOfTheRulesWithBlanksBetweenThem) {
    EXPECT_EQ(clean_word(" approved  supervisor ", "role"), "approved supervisor");
    EXPECT_EQ(clean_word("\u00e9tica", "topic"), "\u00e9tica");
    EXPECT_THROW((void)clean_word("role play, direct", "tag"), Error) << "a comma stands between tags";
    EXPECT_THROW((void)clean_word("a;b", "tag"), Error);
    EXPECT_THROW((void)clean_word("", "tag"), Error);
    EXPECT_EQ(clean_word(std::string(100, 'a'), "tag").size(), 100U);
    EXPECT_THROW((void)clean_word(std::string(101, 'a'), "tag"), Error);
}

TEST(CleanEmail, WantsAnAddress) {
    EXPECT_EQ(clean_email(" Ana.Ruiz@Example.ORG "), "ana.ruiz@example.org");
    for (const char* text :
         {"ana", "@example.org", "ana@", "a@b@c.org", "ana ruiz@example.org", "ana@example", "ana@example.", ""})
        EXPECT_THROW((void)clean_email(text), Error) << text;
}

} // namespace
} // namespace peercert::domain
