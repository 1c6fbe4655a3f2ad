#include <peercert/vocabulary.hpp>

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include <peercert/error.hpp>

namespace peercert {
namespace {

TEST(Vocabulary, AWordKeepsItsNumberAndANumberItsWord) {
    Vocabulary words;
    const Symbol ethics = words.intern("ethics");
    EXPECT_EQ(words.intern("ethics"), ethics);
    EXPECT_EQ(words.text(ethics), "ethics");
    EXPECT_EQ(words.find("ethics"), ethics);
}

TEST(Vocabulary, AWordNobodyUsedIsNoWord) {
    const Vocabulary words;
    EXPECT_EQ(words.find("ethics"), Symbol::none);
}

TEST(Vocabulary, TheEmptyWordIsNoWord) {
    Vocabulary words;
    EXPECT_EQ(words.intern(""), Symbol::none);
    EXPECT_EQ(words.text(Symbol::none), "");
}

TEST(Vocabulary, ANumberOfAnotherVocabularyIsRefused) {
    const Vocabulary words;
    EXPECT_THROW(words.text(static_cast<Symbol>(7)), Error);
}

TEST(Vocabulary, ThreadsThatMeetTheSameWordsGetTheSameNumbers) {
    Vocabulary words;
    std::vector<std::vector<Symbol>> seen(4);
    std::vector<std::thread> threads;
    for (auto& mine : seen)
        threads.emplace_back([&words, &mine] {
            for (int word = 0; word < 500; ++word)
                mine.push_back(words.intern("topic-" + std::to_string(word)));
        });
    for (auto& thread : threads)
        thread.join();
    for (const auto& mine : seen)
        EXPECT_EQ(mine, seen.front());
    EXPECT_EQ(words.size(), 500u);
}

} // namespace
} // namespace peercert
