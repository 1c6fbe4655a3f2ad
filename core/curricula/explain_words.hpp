#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <peercert/edition.hpp>

/// Words that the sentences of several kinds of clause share. Private to the room.
namespace peercert::curricula {

/// "a, b and c"
std::string listed(const std::vector<std::string>& words, std::string_view last);

/// Everything a selection says, each part with a comma before it.
std::string selection_text(const Selection& chosen, std::string_view course_word = "course");

/// "continuing education"; `word` is the one the clause begins with.
std::string kind_noun(EntryKind kind, const std::string& word);

/// What is counted or added up, of what, when, and how; `word` is the one the clause begins with.
std::string measure_text(const Measure& rule, const std::string& word);

/// How long a term is, by which clock, and what hangs on it.
std::string lasts_text(const Lasts& lasts);

template <class T, class Write>
std::string stated_text(const Stated<T>& value, Write write) {
    switch (value.knowing) {
    case Knowing::stated: return write(value.value);
    case Knowing::none: return "none";
    case Knowing::unknown: return "not known";
    case Knowing::nothing_said: return "the source does not say";
    }
    return {};
}

/// A yes or no as people say it; where nobody knows it, what it is about ("which day a week begins on").
std::string either_text(const Stated<bool>& value, std::string_view yes, std::string_view no, std::string_view about);
/// The same for a value that can be written: "not known" alone would not say what is not known.
template <class T, class Write>
std::string known_text(const Stated<T>& value, Write write, std::string_view about) {
    switch (value.knowing) {
    case Knowing::stated: return write(value.value);
    case Knowing::none: return "no limit";
    case Knowing::unknown: return std::string(about) + " is not known";
    case Knowing::nothing_said: return "the source does not say " + std::string(about);
    }
    return {};
}

} // namespace peercert::curricula
