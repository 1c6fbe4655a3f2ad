#include "curricula/node.hpp"

using namespace peercert::curricula;
using testing::HasSubstr;

namespace {

const std::string name = "a.yaml";

std::string problems_of(std::string_view text) {
    std::vector<Problem> problems;
    read_yaml(name, text, problems);
    return to_text(problems);
}

TEST(Yaml, IsReadAsTextWithPlaces) {
    std::vector<Problem> problems;
    const Node root = read_yaml(name, "on: yes\nlist: [011, 1.0, 2024-01-01]\ndeep:\n  - {a: 'it''s'}\n", problems);
    EXPECT_TRUE(problems.empty());
    ASSERT_EQ(root.pairs.size(), 3U);
    EXPECT_EQ(root.find("on")->text, "yes");
    EXPECT_EQ(root.find("list")->items[0].text, "011");
    EXPECT_EQ(root.find("list")->items[1].text, "1.0");
    EXPECT_EQ(root.find("list")->items[2].place(), "a.yaml:2:18");
    EXPECT_EQ(root.find("deep")->items[0].find("a")->text, "it's");
    EXPECT_EQ(root.pair("deep")->line, 3);
}

TEST(Yaml, RefusesWhatSaysSomethingElseThanItShows) {
    EXPECT_EQ(problems_of("a: 1\nb: 2\na: 3\n"), "a.yaml:3:1: \"a\" stands here twice; the first is in line 1");
    EXPECT_EQ(problems_of("a:\nb: 1\n"), "a.yaml:1:1: \"a\" has no value; write none, unknown or nothing said if that "
                                         "is meant, and put a phrase with a comma into quotes");
    EXPECT_THAT(problems_of("a: ~\n"), HasSubstr("a.yaml:1:1: \"a\" has no value"));
    EXPECT_THAT(problems_of("a: null\n"), HasSubstr("a.yaml:1:1: \"a\" has no value"));
    EXPECT_EQ(problems_of("- \n- b\n"), "a.yaml:2:1: a value is missing here");
    EXPECT_EQ(problems_of("a: &x 1\n"), "a.yaml:1:4: anchors (&name) are not used here; write the words out");
    EXPECT_THAT(problems_of("a: &x 1\nb: *x\n"),
                HasSubstr("a.yaml:2:4: aliases (*name) are not used here; write the words out"));
    EXPECT_THAT(problems_of("a: &x {c: 1}\n<<: *x\n"), HasSubstr("a.yaml:2:1: merge keys (<<) are not used here"));
    EXPECT_EQ(problems_of("a: !!int 1\n"), "a.yaml:1:4: tags (!name) are not used here; every value is read as text");
    EXPECT_EQ(problems_of("a: !mine [1]\n"), "a.yaml:1:4: tags (!name) are not used here; every value is read as text");
    EXPECT_EQ(problems_of("? [a, b]\n: 1\n"), "a.yaml:1:3: the word before the colon must be plain text");
    EXPECT_EQ(problems_of("a: 1\n---\nb: 2\n"),
              "a.yaml:3:1: a second document (---) begins here; one file says one thing");
}

TEST(Yaml, SeesTheCommaTrap) {
    EXPECT_THAT(problems_of("- {say: to the next day, or the one after}\n"),
                HasSubstr("a.yaml:1:26: \"or the one after\" has no value"));
}

TEST(Yaml, RefusesBytesThatHideOrBreak) {
    EXPECT_EQ(problems_of("a: \xFF\n"), "a.yaml:1:4: these bytes are not UTF-8; save the file as UTF-8");
    EXPECT_EQ(problems_of("a: \xC0\x80\n"), "a.yaml:1:4: these bytes are not UTF-8; save the file as UTF-8");
    EXPECT_EQ(problems_of("a: \xED\xA0\x80\n"), "a.yaml:1:4: these bytes are not UTF-8; save the file as UTF-8");
    EXPECT_EQ(problems_of("a: x\xE2\x80\xAEy\n"),
              "a.yaml:1:5: here stands the invisible character U+202E; take it out");
    EXPECT_EQ(problems_of(std::string("a: x\0y\n", 7)),
              "a.yaml:1:5: here stands the invisible character U+0000; take it out");
    EXPECT_EQ(problems_of("a:\n\tb: 1\n"), "a.yaml:2:1: here stands a tab; write blanks");
    EXPECT_THAT(problems_of("a: \"x\\u202ey\"\n"),
                HasSubstr("a.yaml:1:4: this text holds a character that may not stand in a file"));
    EXPECT_THAT(problems_of("a: \"x\\0y\"\n"), HasSubstr("this text holds a character that may not stand in a file"));
}

TEST(Yaml, AcceptsWhatEditorsWrite) {
    EXPECT_EQ(problems_of("\xEF\xBB\xBF"
                          "a: 1\r\nb: caf\xC3\xA9\r\n"),
              "");
    EXPECT_EQ(problems_of("---\na: |\n  two\n  lines\n"), "");
}

TEST(Yaml, IsNeitherTooDeepNorTooLarge) {
    std::string text = "a: ";
    for (int level = 0; level < 31; ++level)
        text += "[";
    std::string closing(31, ']');
    EXPECT_EQ(problems_of(text + "x" + closing + "\n"), "");
    EXPECT_EQ(problems_of(text + "[x]" + closing + "\n"), "a.yaml:1:35: this is more than 32 levels deep");
    EXPECT_THAT(problems_of(std::string(200'000, '[')), HasSubstr("this is more than 32 levels deep"));
    EXPECT_EQ(problems_of("a: " + std::string(most_bytes, 'x')),
              "a.yaml: the file is larger than 1 MB; split it into editions");
}

TEST(Yaml, HasNoEndlessListsAndMappings) {
    std::string list = "a: [x", words;
    for (int item = 1; item < 10'000; ++item)
        list += ",x";
    EXPECT_EQ(problems_of(list + "]\n"), "");
    EXPECT_THAT(problems_of(list + ",x]\n"), HasSubstr("a list has at most 10,000 items"));
    for (int word = 0; word < 1'000; ++word)
        words += "w" + std::to_string(word) + ": x\n";
    EXPECT_EQ(problems_of(words), "");
    EXPECT_EQ(problems_of(words + "one: more\n"), "a.yaml:1001:1: 1,000 words are the most in one place");
}

TEST(Yaml, ThatIsBrokenSaysWhere) {
    EXPECT_THAT(problems_of("a: [1, 2\nb: 3\n"), HasSubstr("this cannot be read: an opening [ has no ]"));
    EXPECT_THAT(problems_of("a: {b: 1\nc: 3\n"), HasSubstr("this cannot be read: an opening { has no }"));
    EXPECT_THAT(problems_of("a: now: then\n"),
                HasSubstr("a.yaml:1:7: this cannot be read: a colon with a blank behind it stands inside a text"));
    EXPECT_THAT(problems_of("a: 1\n b: 2\n"), HasSubstr("this cannot be read: "));
    EXPECT_THAT(problems_of("a: x ]\nb: ]\n"), HasSubstr("this cannot be read: "));
    EXPECT_EQ(problems_of("").substr(0, 8), "a.yaml: ");
}

TEST(Yaml, AQuotationMarkThatStaysOpenIsToldWhereItOpens) {
    const auto* open = "the quotation mark that opens here is not closed on its line";
    EXPECT_THAT(problems_of("a: 'x\n"), HasSubstr(std::string("a.yaml:1:4: ") + open));
    EXPECT_THAT(problems_of("z: 1\na: \"x\n\n"), HasSubstr(std::string("a.yaml:2:4: ") + open));
    EXPECT_THAT(problems_of("a: 1\nb: \"two\nc: \"three\"\nd: 4\n"), HasSubstr(std::string("a.yaml:2:4: ") + open));
    EXPECT_THAT(problems_of("a: it's\nb: [1, 2\n"), testing::Not(HasSubstr(open))); // inside a word it opens nothing
    EXPECT_EQ(problems_of("a: \"two\n  lines\"\nb: 'it''s'\n"), "");
    EXPECT_EQ(problems_of("# don't\na: 1 # \"not\n"), "");
}

TEST(Yaml, WhatIsMissingOrDoubledDoesNotHideTheRest) {
    std::vector<Problem> problems;
    const Node root = read_yaml(name, "a: ~\nb: 2\nb: 3\nc: 4\n", problems);
    EXPECT_EQ(problems.size(), 2U);
    ASSERT_TRUE(root.is_mapping());
    EXPECT_TRUE(root.find("a")->told);
    EXPECT_EQ(root.find("b")->text, "2");
    EXPECT_EQ(root.find("c")->text, "4");
    EXPECT_FALSE(root.find("c")->told);
    EXPECT_FALSE(read_yaml(name, "a: [1\n", problems).is_mapping()); // not read to its end
}

TEST(Yaml, IsWrittenSoThatItReadsTheSame) {
    std::vector<Problem> problems;
    const std::string text = "a: \"quote \\\" and \\\\ and\\nline\"\n'b: c': [x, [y, {}], []]\nd: {e: {f: g}}\n";
    const std::string written = write_yaml(read_yaml(name, text, problems));
    EXPECT_TRUE(problems.empty());
    const Node again = read_yaml(name, written, problems);
    EXPECT_TRUE(problems.empty()) << to_text(problems) << written;
    EXPECT_EQ(again.find("a")->text, "quote \" and \\ and\nline");
    EXPECT_TRUE(again.find("b: c")->items[1].items[1].is_mapping());
    EXPECT_TRUE(again.find("b: c")->items[2].is_list());
    EXPECT_EQ(write_yaml(again), written);
}

} // namespace
