#include "words/messages.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <peercert/error.hpp>

using namespace peercert;
using namespace peercert::words;
using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

std::map<std::string, std::string> lines_of(const std::string& language) {
    std::ifstream file(PEERCERT_SOURCE_DIR "/core/words/messages/" + language + ".txt");
    std::map<std::string, std::string> texts;
    for (std::string line; std::getline(file, line);) {
        const auto sign = line.find(" = ");
        if (!line.empty() && line[0] != '#' && sign != std::string::npos)
            texts[line.substr(0, sign)] = line.substr(sign + 3);
    }
    return texts;
}

std::multiset<std::string> places(const std::string& text) {
    static const std::regex place("\\{[^}]*\\}");
    return {std::sregex_token_iterator(text.begin(), text.end(), place), std::sregex_token_iterator()};
}

std::string refusal(const std::string& file) {
    Messages messages;
    try {
        messages.override_with(Language::english, file, "ours.txt");
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_input);
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST(Messages, BothLanguagesHaveTheSameKeysWithTheSamePlaces) {
    const auto english = lines_of("en");
    const auto spanish = lines_of("es");
    ASSERT_GT(english.size(), 60u);
    for (const auto& [key, text] : english) {
        ASSERT_TRUE(spanish.contains(key)) << key << " is missing in Spanish";
        EXPECT_EQ(places(text), places(spanish.at(key))) << key;
    }
    for (const auto& [key, text] : spanish)
        EXPECT_TRUE(english.contains(key)) << key << " is missing in English";
}

namespace {

std::string complaint_about(const char* english, const char* spanish) {
    try {
        Messages messages(english, spanish);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::internal);
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST(Messages, OneThatStandsInOneLanguageOnlyStopsTheStartWithItsLine) {
    EXPECT_EQ(complaint_about("# a\n\na = {x}\nb = y\n", "a = {x}\n"),
              "messages/en.txt:4: \"b\" is missing in messages/es.txt");
    EXPECT_EQ(complaint_about("a = x\n", "a = x\n\nc = y\n"), "messages/es.txt:3: \"c\" is missing in messages/en.txt");
    EXPECT_EQ(complaint_about("a = {x} {y}\n", "# b\na = {y}\n"),
              "messages/es.txt:2: \"a\" does not have the same {places} as in messages/en.txt:1");
    EXPECT_EQ(complaint_about("a = {x} {y}\n", "a = {y} {x}\n"), "accepted");
}

TEST(Messages, EveryKeyTheProgramSaysIsThere) {
    // Keys stand in the sources as whole words; one that is made of pieces is made of known ones (unit.days + .one).
    const auto english = lines_of("en");
    static const std::regex key(
        "\"((?:explain|assess|whatif|status|plan|replay|departures|unit|event|step)(?:\\.[a-z_0-9]+)+)\"");
    int found = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(PEERCERT_SOURCE_DIR "/core/words")) {
        if (file.path().extension() != ".cpp")
            continue;
        std::ifstream stream(file.path());
        const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
        for (auto at = std::sregex_iterator(text.begin(), text.end(), key); at != std::sregex_iterator(); ++at) {
            const std::string name = (*at)[1];
            const bool counted = english.contains(name + ".one") && english.contains(name + ".many");
            EXPECT_TRUE(english.contains(name) || counted) << name << " in " << file.path();
            ++found;
        }
    }
    EXPECT_GT(found, 60);
}

TEST(Messages, OneAndManyAreSaidAsPeopleSayThem) {
    const Messages messages;
    EXPECT_EQ(messages.counted(Language::english, "unit.days", 1), "1 day");
    EXPECT_EQ(messages.counted(Language::english, "unit.months", 0), "0 months");
    EXPECT_EQ(messages.counted(Language::spanish, "unit.months", 1), "1 mes");
    EXPECT_EQ(messages.counted(Language::spanish, "unit.years", 6), "6 años");
}

TEST(Messages, NoSentenceUsesAWordThatHurts) {
    static const std::regex english(
        R"(\b(client|patient|case|fail|failed|failure|drop-out|dropout|relapse|deficient|)"
        R"(deficiency|non-compliant|noncompliant|delinquent|offender|violation|fault|blame|)"
        R"(unqualified|ineligible|inadequate|poor|refuses|subject)s?\b)",
        std::regex::icase);
    static const std::regex spanish(R"(\b(cliente|paciente|caso|fracas\w*|recaída|incumpl\w*|deficien\w*|culpa\w*|)"
                                    R"(infractor\w*|falla|fallo|inadecuad\w*|moros\w*|reprobad\w*)s?\b)",
                                    std::regex::icase);
    EXPECT_TRUE(std::regex_search("You failed.", english)) << "the list itself works";
    EXPECT_TRUE(std::regex_search("Un fracaso.", spanish));
    for (const auto& [key, text] : lines_of("en"))
        EXPECT_FALSE(std::regex_search(text, english)) << key << ": " << text;
    for (const auto& [key, text] : lines_of("es"))
        EXPECT_FALSE(std::regex_search(text, spanish)) << key << ": " << text;
}

TEST(Messages, PlacesAreFilledAndDaysAreWrittenOut) {
    const Messages messages;
    EXPECT_EQ(messages.day(Language::english, 2026y / 11 / 22), "November 22, 2026");
    EXPECT_EQ(messages.day(Language::spanish, 2028y / 2 / 29), "29 de febrero de 2028");
    EXPECT_EQ(messages.format(Language::english, "verify.says.last_day", {{"day", "today"}}),
              "Its last valid day was today.");
    EXPECT_THROW(messages.text(Language::english, "no.such.key"), Error);
}

TEST(Messages, ACentreSaysAThingInItsOwnWords) {
    Messages messages;
    messages.override_with(Language::spanish, "# ours\r\n\nverify.page.button = Ver\r\n", "ours.txt");
    EXPECT_EQ(messages.text(Language::spanish, "verify.page.button"), "Ver");
    EXPECT_EQ(messages.text(Language::english, "verify.page.button"), "Check");
}

TEST(Messages, AnOverrideThatCannotBeMeantIsRefusedWithItsLine) {
    EXPECT_THAT(refusal("verify.page.buton = Go"), HasSubstr("ours.txt:1: there is no message \"verify.page.buton\""));
    EXPECT_THAT(refusal("# a\nverify.page.button Go"), HasSubstr("ours.txt:2: a line is `key = text`"));
    EXPECT_THAT(refusal("verify.page.button ="), HasSubstr("is empty"));
    EXPECT_THAT(refusal("verify.page.button = a\nverify.page.button = b"),
                HasSubstr("ours.txt:2: \"verify.page.button\" stands here for the second time"));
    EXPECT_THAT(refusal("verify.says.last_day = Until {dya}."), HasSubstr("has nothing to put into {dya}"));
    EXPECT_THAT(refusal("verify.says.last_day = Until {day."), HasSubstr("a brace"));
    EXPECT_THAT(refusal("# ours\nverify.says.last_day = Until some day."),
                HasSubstr("ours.txt:2: \"verify.says.last_day\" leaves out {day}"));
}

TEST(Messages, ARefusedOverrideChangesNothing) {
    Messages messages;
    EXPECT_THROW(messages.override_with(Language::english, "verify.page.button = Go\nnonsense = x", "ours.txt"), Error);
    EXPECT_EQ(messages.text(Language::english, "verify.page.button"), "Check");
}
