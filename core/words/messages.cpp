#include "words/messages.hpp"

#include <fstream>
#include <iterator>
#include <optional>
#include <set>

#include <peercert/error.hpp>

namespace peercert::words {

namespace embedded {
extern const std::string_view en;
extern const std::string_view es;
extern const std::string_view engine_en;
extern const std::string_view engine_es;
extern const std::string_view refusals_es;
} // namespace embedded

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

/// Calls `plain(text)` and `place(name)` for the pieces of a message; false if a brace has no partner.
template <class Plain, class Place>
bool for_each_piece(std::string_view text, Plain plain, Place place) {
    while (!text.empty()) {
        const std::size_t open = text.find_first_of("{}");
        plain(text.substr(0, open));
        if (open == std::string_view::npos)
            return true;
        const std::size_t close = text.find('}', open);
        if (text[open] == '}' || close == std::string_view::npos)
            return false;
        place(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
    return true;
}

/// The names in braces; nothing if the braces do not pair.
std::optional<std::set<std::string, std::less<>>> places_of(std::string_view text) {
    std::set<std::string, std::less<>> names;
    const bool sound = for_each_piece(
        text, [](std::string_view) {}, [&](std::string_view name) { names.emplace(name); });
    if (!sound)
        return std::nullopt;
    return names;
}

[[noreturn]] void refuse(std::string_view source, int line, const std::string& why) {
    throw Error(ErrorCode::invalid_input, std::string(source) + ":" + std::to_string(line) + ": " + why);
}

} // namespace

std::string_view code_of(Language language) { return language == Language::spanish ? "es" : "en"; }

constexpr std::string_view files[] = {"messages/en.txt", "messages/es.txt"};

Messages::Messages() : Messages(embedded::en, embedded::es) {
    add_names(Language::english, embedded::engine_en, "messages/engine.en.txt");
    add_names(Language::spanish, embedded::engine_es, "messages/engine.es.txt");
    refusals_[1].add(embedded::refusals_es, "messages/refusals.es.txt");
}

Messages::Messages(std::string_view english, std::string_view spanish)
    : texts_{read(english, files[0], nullptr), read(spanish, files[1], nullptr)} {
    check_languages();
}

void Messages::check_languages() const {
    std::string found; // the first in order of the alphabet: a map of the standard library has none of its own
    const auto mind = [&found](std::string_view file, const Text& text, const std::string& why) {
        std::string complaint = std::string(file) + ":" + std::to_string(text.line) + ": " + why;
        if (found.empty() || complaint < found)
            found = std::move(complaint);
    };
    for (const std::size_t here : {std::size_t{0}, std::size_t{1}})
        for (const auto& [key, text] : texts_[here]) {
            const auto there = texts_[1 - here].find(key);
            if (there == texts_[1 - here].end())
                mind(files[here], text, "\"" + key + "\" is missing in " + std::string(files[1 - here]));
            else if (here == 1 && places_of(text.text) != places_of(there->second.text))
                mind(files[here], text,
                     "\"" + key + "\" does not have the same {places} as in " + std::string(files[0]) + ":" +
                         std::to_string(there->second.line));
        }
    if (!found.empty())
        throw Error(ErrorCode::internal, found);
}

Messages::Texts Messages::read(std::string_view file_text, std::string_view source, const Texts* known) {
    Texts texts;
    int number = 0;
    while (!file_text.empty()) {
        ++number;
        const std::size_t end = file_text.find('\n');
        const std::string_view line = trimmed(file_text.substr(0, end));
        file_text.remove_prefix(end == std::string_view::npos ? file_text.size() : end + 1);
        if (line.empty() || line.front() == '#')
            continue;
        const std::size_t sign = line.find('=');
        if (sign == std::string_view::npos)
            refuse(source, number, "a line is `key = text`; this one has no `=`");
        const std::string key(trimmed(line.substr(0, sign)));
        const std::string_view text = trimmed(line.substr(sign + 1));
        if (text.empty())
            refuse(source, number, "the text of \"" + key + "\" is empty; delete the line to keep the built-in text");
        const auto places = places_of(text);
        if (!places)
            refuse(source, number, "a brace in the text of \"" + key + "\" has no partner");
        if (known) {
            const auto original = known->find(key);
            if (original == known->end())
                refuse(source, number, "there is no message \"" + key + "\"");
            const auto wanted = places_of(original->second.text);
            for (const std::string& place : *places)
                if (!wanted->contains(place))
                    refuse(source, number, "\"" + key + "\" has nothing to put into {" + place + "}");
            for (const std::string& place : *wanted)
                if (!places->contains(place))
                    refuse(source, number, "\"" + key + "\" leaves out {" + place + "}");
        }
        if (!texts.emplace(key, Text{std::string(text), number}).second)
            refuse(source, number, "\"" + key + "\" stands here for the second time");
    }
    return texts;
}

void Messages::override_with(Language language, std::string_view file_text, std::string_view source) {
    Texts& texts = texts_[static_cast<std::size_t>(language)];
    for (auto& [key, text] : read(file_text, source, &texts))
        texts[key] = text;
}

void Messages::override_from(const std::string& folder) {
    bool found = false;
    for (const Language language : {Language::english, Language::spanish}) {
        const std::string path = folder + "/" + std::string(code_of(language)) + ".txt";
        std::ifstream file(path, std::ios::binary);
        if (!file)
            continue;
        found = true;
        const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        override_with(language, text, path);
    }
    if (!found)
        throw Error(ErrorCode::not_found, "the folder of words " + folder + " holds neither en.txt nor es.txt");
}

void Messages::add_names(Language language, std::string_view file_text, std::string_view source) {
    names_[static_cast<std::size_t>(language)].add(file_text, source);
}

void Messages::add_names_from(Language language, const std::string& folder) {
    const std::string path = folder + "/names." + std::string(code_of(language)) + ".txt";
    std::ifstream file(path, std::ios::binary);
    if (file)
        add_names(language, std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()}, path);
}

std::optional<std::string> Messages::known_name(Language language, std::string_view english) const {
    if (const auto date = parse_date(english))
        return day(language, *date);
    const Phrases::Fill fill{[&](Date date) { return day(language, date); },
                             [&](std::string_view inside) { return name(language, inside); }};
    if (auto said = names_[static_cast<std::size_t>(language)].said(english, fill))
        return said;
    if (language != Language::english)
        for (const std::string_view between :
             {std::string_view(": "), std::string_view(", "), std::string_view(" or ")})
            if (auto said = list_of_names(language, english, between))
                return said;
    return language == Language::english ? std::optional(std::string(english)) : std::nullopt;
}

/// "peer-specific, other": every name of it, where each has one.
std::optional<std::string> Messages::list_of_names(Language language, std::string_view english,
                                                   std::string_view between) const {
    const std::size_t at = english.find(between);
    if (at == std::string_view::npos)
        return std::nullopt;
    const auto first = known_name(language, english.substr(0, at));
    const auto rest = first ? known_name(language, english.substr(at + between.size())) : std::nullopt;
    if (!rest)
        return std::nullopt;
    return between == " or " ? format(language, "list.or", {{"one", *first}, {"other", *rest}})
                             : *first + std::string(between) + *rest;
}

std::string Messages::name(Language language, std::string_view english) const {
    if (english.empty())
        return {};
    if (auto said = known_name(language, english))
        return *said;
    return format(language, "name.untranslated", {{"name", english}});
}

std::string Messages::sentence(Language language, std::string_view english) const {
    const Phrases::Fill fill{[&](Date date) { return day(language, date); },
                             [&](std::string_view inside) { return name(language, inside); }};
    return refusals_[static_cast<std::size_t>(language)].said(english, fill).value_or(std::string(english));
}

const std::string& Messages::text(Language language, std::string_view key) const {
    const auto found = of(language).find(key);
    if (found == of(language).end())
        throw Error(ErrorCode::internal, "there is no message \"" + std::string(key) + "\"");
    return found->second.text;
}

void Messages::append(std::string& out, Language language, std::string_view key, Values values) const {
    for_each_piece(
        text(language, key), [&](std::string_view plain) { out += plain; },
        [&](std::string_view name) {
            for (const auto& [place, value] : values)
                if (place == name)
                    out += value;
        });
}

std::string Messages::format(Language language, std::string_view key, Values values) const {
    std::string out;
    append(out, language, key, values);
    return out;
}

std::string Messages::counted(Language language, std::string_view key, std::int64_t count) const {
    return format(language, std::string(key) + (count == 1 ? ".one" : ".many"), {{"count", std::to_string(count)}});
}

std::string Messages::day(Language language, Date day) const {
    const unsigned month = static_cast<unsigned>(day.month());
    const std::string month_key = "month." + std::to_string(month);
    return format(language, "date",
                  {{"day", std::to_string(static_cast<unsigned>(day.day()))},
                   {"month", text(language, month_key)},
                   {"year", std::to_string(static_cast<int>(day.year()))}});
}

} // namespace peercert::words
