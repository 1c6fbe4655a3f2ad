#include "curricula/words.hpp"

#include <algorithm>
#include <array>

#include "curricula/word_tables.hpp"

namespace peercert::curricula {

std::span<const Word> words_of(Setting setting) {
    for (const auto table : {block_words, lasts_words, clause_words, case_file_words})
        if (const std::span<const Word> words = table(setting); !words.empty())
            return words;
    return {};
}

const Word* find_word(Setting setting, std::string_view word) {
    for (const Word& one : words_of(setting))
        if (one.word == word)
            return &one;
    return nullptr;
}

const KindWord* find_kind_word(std::string_view word) {
    if (word.starts_with("at least ") && word.ends_with(" of"))
        word = "at least N of";
    for (const KindWord& one : kind_words())
        if (one.word.word == word)
            return &one;
    return nullptr;
}

std::vector<std::string_view> split_words(std::string_view allowed) {
    std::vector<std::string_view> words;
    while (!allowed.empty()) {
        const std::size_t end = std::min(allowed.find('|'), allowed.size());
        words.push_back(allowed.substr(0, end));
        allowed.remove_prefix(std::min(end + 1, allowed.size()));
    }
    return words;
}

std::string one_of(const std::vector<std::string_view>& words) {
    std::string text;
    for (std::size_t at = 0; at < words.size(); ++at)
        text += (at == 0 ? "" : at + 1 == words.size() ? " or " : ", ") + std::string(words[at]);
    return text;
}

std::span<const std::string_view> step_verbs() {
    static constexpr std::array<std::string_view, 5> verbs{"become", "renew", "extend", "add", "transfer"};
    return verbs;
}

} // namespace peercert::curricula
