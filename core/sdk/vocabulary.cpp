#include <peercert/vocabulary.hpp>

#include <mutex>

#include <peercert/error.hpp>

namespace peercert {

Vocabulary::Vocabulary() { words_.emplace_back(); }

Symbol Vocabulary::intern(std::string_view word) {
    if (word.empty())
        return Symbol::none;
    if (const Symbol known = find(word); known != Symbol::none)
        return known;
    const std::unique_lock lock(mutex_);
    if (const auto found = numbers_.find(word); found != numbers_.end())
        return found->second;
    const auto number = static_cast<Symbol>(words_.size());
    numbers_.emplace(words_.emplace_back(word), number);
    return number;
}

Symbol Vocabulary::find(std::string_view word) const {
    const std::shared_lock lock(mutex_);
    const auto found = numbers_.find(word);
    return found == numbers_.end() ? Symbol::none : found->second;
}

const std::string& Vocabulary::text(Symbol symbol) const {
    const std::shared_lock lock(mutex_);
    const auto index = static_cast<std::size_t>(symbol);
    if (index >= words_.size())
        throw Error(ErrorCode::internal, "a word number from another vocabulary was used");
    return words_[index];
}

std::size_t Vocabulary::size() const {
    const std::shared_lock lock(mutex_);
    return words_.size() - 1;
}

} // namespace peercert
