#include "words/phrases.hpp"

#include <algorithm>
#include <set>

#include <peercert/error.hpp>

namespace peercert::words {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

bool is_day(std::string_view place) { return place.starts_with("day"); }
bool is_number(std::string_view place) { return place.starts_with("number"); }
bool is_digits(std::string_view text) { return text.find_first_not_of("0123456789.,") == std::string_view::npos; }
bool is_name(std::string_view place) { return place.starts_with("name"); }

} // namespace

std::optional<Phrases::Pieces> Phrases::pieces_of(std::string_view text) {
    Pieces pieces;
    while (!text.empty()) {
        const std::size_t open = text.find_first_of("{}");
        if (open != 0)
            pieces.push_back({std::string(text.substr(0, open)), false});
        if (open == std::string_view::npos)
            break;
        const std::size_t close = text.find('}', open);
        if (text[open] == '}' || close == std::string_view::npos || close == open + 1)
            return std::nullopt;
        pieces.push_back({std::string(text.substr(open + 1, close - open - 1)), true});
        text.remove_prefix(close + 1);
    }
    return pieces;
}

void Phrases::add(std::string_view file_text, std::string_view source) {
    std::unordered_map<std::string, std::string, Hash, std::equal_to<>> whole;
    std::vector<Template> templates;
    std::set<std::string, std::less<>> seen;
    int number = 0;
    while (!file_text.empty()) {
        ++number;
        const auto refuse = [&](const std::string& why) {
            throw Error(ErrorCode::invalid_input, std::string(source) + ":" + std::to_string(number) + ": " + why);
        };
        const std::size_t end = file_text.find('\n');
        const std::string_view line = trimmed(file_text.substr(0, end));
        file_text.remove_prefix(end == std::string_view::npos ? file_text.size() : end + 1);
        if (line.empty() || line.front() == '#')
            continue;
        const std::size_t sign = line.find(" =");
        if (sign == std::string_view::npos)
            refuse("a line is `English = the other language`; this one has no ` = `");
        const std::string english(trimmed(line.substr(0, sign)));
        const std::string other(trimmed(line.substr(sign + 2)));
        if (english.empty() || other.empty())
            refuse("one side of this line is empty; delete it to leave the phrase in English");
        if (!seen.insert(english).second)
            refuse("\"" + english + "\" stands here for the second time");
        const auto from = pieces_of(english), to = pieces_of(other);
        if (!from || !to)
            refuse("a brace has no partner or nothing in it");
        const auto places = [](const Pieces& pieces) {
            std::set<std::string, std::less<>> names;
            for (const Piece& one : pieces)
                if (one.is_place)
                    names.insert(one.text);
            return names;
        };
        if (places(*from) != places(*to))
            refuse("the two sides do not have the same {places}");
        if (places(*from).empty()) {
            whole.emplace(english, other);
            continue;
        }
        for (std::size_t at = 1; at < from->size(); ++at)
            if ((*from)[at].is_place && (*from)[at - 1].is_place)
                refuse("two places need a word between them");
        Template made{*from, *to, 0};
        for (const Piece& one : made.english)
            made.own += one.is_place ? 0 : one.text.size();
        templates.push_back(std::move(made));
    }
    for (auto& [english, other] : whole)
        whole_[english] = other;
    for (Template& one : templates) {
        const auto known = std::find_if(templates_.begin(), templates_.end(),
                                        [&](const Template& other) { return other.english == one.english; });
        if (known != templates_.end())
            *known = std::move(one);
        else
            templates_.push_back(std::move(one));
    }
}

const std::string* Phrases::find(std::string_view english) const {
    const auto found = whole_.find(english);
    return found == whole_.end() ? nullptr : &found->second;
}

/// Whether the rest of the text is the pieces from `at` on; a place takes at least one letter, as few as it can.
bool Phrases::matches(const Pieces& pieces, std::size_t at, std::string_view text,
                      std::vector<std::string_view>& values) {
    if (at == pieces.size())
        return text.empty();
    const Piece& piece = pieces[at];
    if (!piece.is_place)
        return text.starts_with(piece.text) && matches(pieces, at + 1, text.substr(piece.text.size()), values);
    const bool last = at + 1 == pieces.size();
    for (std::size_t size = last ? text.size() : 1; size <= text.size() && size > 0; ++size) {
        if (!last) {
            size = text.find(pieces[at + 1].text, size);
            if (size == std::string_view::npos)
                return false;
        }
        const std::string_view value = text.substr(0, size);
        if ((is_day(piece.text) && !parse_date(value)) || (is_number(piece.text) && !is_digits(value)))
            continue;
        values.push_back(value);
        if (matches(pieces, at + 1, text.substr(size), values))
            return true;
        values.pop_back();
    }
    return false;
}

std::optional<std::string> Phrases::said(std::string_view english, const Fill& fill) const {
    if (const std::string* whole = find(english))
        return *whole;
    const Template* best = nullptr;
    std::vector<std::string_view> best_values, values;
    for (const Template& one : templates_) {
        values.clear();
        if ((best == nullptr || best->own < one.own) && matches(one.english, 0, english, values)) {
            best = &one;
            best_values = values;
        }
    }
    if (best == nullptr)
        return std::nullopt;
    const auto value_of = [&](std::string_view place) {
        std::size_t which = 0;
        for (const Piece& one : best->english) {
            if (one.is_place && one.text == place)
                return best_values[which];
            which += one.is_place ? 1 : 0;
        }
        return std::string_view();
    };
    std::string text;
    for (const Piece& one : best->other) {
        if (!one.is_place) {
            text += one.text;
            continue;
        }
        const std::string_view value = value_of(one.text);
        text += is_day(one.text)    ? fill.day(*parse_date(value))
                : is_name(one.text) ? fill.name(value)
                                    : std::string(value);
    }
    return text;
}

} // namespace peercert::words
