#include "domain/resemblance.hpp"

#include <algorithm>
#include <set>

#include "domain/familiar_names.hpp"

namespace peercert::domain {

namespace {

using Words = std::vector<std::string_view>;

constexpr int points_of(Likeness likeness) {
    switch (likeness) {
    case Likeness::same_name: return 45;
    case Likeness::swapped_name: return 40;
    case Likeness::name_variant: return 35;
    case Likeness::part_of_name: return 35;
    case Likeness::misspelt_name: return 30;
    case Likeness::initial: return 20;
    case Likeness::same_birthday: return 45;
    case Likeness::swapped_birthday: return 30;
    case Likeness::birthday_digit: return 25;
    case Likeness::other_birthday: return -25;
    case Likeness::same_email: return 40;
    case Likeness::same_phone: return 30;
    case Likeness::little_known: return 20;
    }
    return 0;
}

Words words_of(std::string_view key) {
    Words words;
    for (std::size_t from = 0; from < key.size();) {
        const std::size_t end = std::min(key.find(' ', from), key.size());
        if (end > from)
            words.push_back(key.substr(from, end - from));
        from = end + 1;
    }
    return words;
}

std::string joined(const Words& words) {
    std::string key;
    for (const std::string_view word : words)
        key += (key.empty() ? "" : " ") + std::string(word);
    return key;
}

/// The other forms of a given name, out of every group that knows it.
std::set<std::string_view> familiar_forms(std::string_view word) {
    std::set<std::string_view> forms;
    for (const std::string_view group : familiar_names()) {
        const Words names = words_of(group);
        if (std::find(names.begin(), names.end(), word) != names.end())
            forms.insert(names.begin(), names.end());
    }
    forms.erase(word);
    return forms;
}

bool is_variant(std::string_view one, std::string_view other) { return familiar_forms(one).contains(other); }

/// Whether one letter is another, missing or too many, or two neighbours changed places. A number in a name is no slip.
/// Keys may hold letters of several bytes; those count as one where they differ in one byte.
bool one_letter_away(std::string_view one, std::string_view other) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (one.size() > other.size())
        std::swap(one, other);
    if (one.size() < 4 || other.size() - one.size() > 1)
        return false;
    std::size_t at = 0;
    while (at < one.size() && one[at] == other[at])
        ++at;
    if (one.size() < other.size())
        return !is_digit(other[at]) && one.substr(at) == other.substr(at + 1);
    if (at == one.size() || is_digit(one[at]) || is_digit(other[at]))
        return false; // the same, or another number
    if (one.substr(at + 1) == other.substr(at + 1))
        return true;
    return at + 1 < one.size() && one[at] == other[at + 1] && one[at + 1] == other[at] &&
           one.substr(at + 2) == other.substr(at + 2);
}

bool is_part(const Words& less, const Words& more) {
    if (less.size() < 2 || more.size() != less.size() + 1)
        return false;
    std::size_t found = 0;
    for (const std::string_view word : more)
        if (found < less.size() && word == less[found])
            ++found;
    return found == less.size();
}

std::optional<Likeness> likeness_of(const std::string& one, const std::string& other) {
    if (one == other)
        return Likeness::same_name;
    const Words a = words_of(one), b = words_of(other);
    if (a.empty() || b.empty())
        return std::nullopt;
    if (a.size() == b.size() && a.size() > 1) {
        Words in_order = a, other_in_order = b;
        std::sort(in_order.begin(), in_order.end());
        std::sort(other_in_order.begin(), other_in_order.end());
        if (in_order == other_in_order)
            return Likeness::swapped_name;
        std::size_t same = 0, familiar = 0;
        for (std::size_t i = 0; i < a.size(); ++i) {
            same += a[i] == b[i] ? 1U : 0U;
            familiar += a[i] != b[i] && is_variant(a[i], b[i]) ? 1U : 0U;
        }
        if (familiar == 1 && same + familiar == a.size())
            return Likeness::name_variant;
    }
    if (is_part(a, b) || is_part(b, a))
        return Likeness::part_of_name;
    if (one_letter_away(one, other))
        return Likeness::misspelt_name;
    if (a.size() > 1 && b.size() > 1 && a.back() == b.back() && a.front().front() == b.front().front() &&
        (a.front().size() == 1 || b.front().size() == 1))
        return Likeness::initial;
    return std::nullopt;
}

/// The likeness of two names that says most.
std::optional<Ground> by_name(const Traits& one, const Traits& other) {
    std::optional<Ground> best;
    for (const std::string& a : one.names)
        for (const std::string& b : other.names)
            if (const auto likeness = likeness_of(a, b); likeness && (!best || points_of(*likeness) > best->points))
                best = Ground{*likeness, points_of(*likeness), a, b};
    return best;
}

std::optional<Ground> by_birthday(const std::optional<Date>& one, const std::optional<Date>& other) {
    if (!one || !other)
        return std::nullopt;
    const auto ground = [&](Likeness likeness) {
        return Ground{likeness, points_of(likeness), peercert::to_text(*one), peercert::to_text(*other)};
    };
    if (*one == *other)
        return ground(Likeness::same_birthday);
    const std::string a = peercert::to_text(*one), b = peercert::to_text(*other);
    if (a.substr(0, 5) == b.substr(0, 5) && a.substr(5, 2) == b.substr(8, 2) && a.substr(8, 2) == b.substr(5, 2))
        return ground(Likeness::swapped_birthday);
    std::size_t unlike = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        unlike += a[i] != b[i] ? 1U : 0U;
    return ground(unlike == 1 ? Likeness::birthday_digit : Likeness::other_birthday);
}

std::optional<Ground> by_same(Likeness likeness, const std::vector<std::string>& one,
                              const std::vector<std::string>& other) {
    for (const std::string& value : one)
        if (std::find(other.begin(), other.end(), value) != other.end())
            return Ground{likeness, points_of(likeness), value, value};
    return std::nullopt;
}

/// Whether something that tells people apart is not known of one of them, and nothing that is known of both differs.
bool cannot_be_told_apart(const Traits& one, const Traits& other) {
    const bool complete = one.born && other.born && !one.emails.empty() && !other.emails.empty();
    const auto differ = [](const std::vector<std::string>& a, const std::vector<std::string>& b) {
        return !a.empty() && !b.empty() && std::none_of(a.begin(), a.end(), [&](const std::string& value) {
            return std::find(b.begin(), b.end(), value) != b.end();
        });
    };
    return !complete && !(one.born && other.born && *one.born != *other.born) && !differ(one.emails, other.emails) &&
           !differ(one.phones, other.phones);
}

} // namespace

std::string_view to_text(Likeness likeness) {
    switch (likeness) {
    case Likeness::same_name: return "same_name";
    case Likeness::swapped_name: return "swapped_name";
    case Likeness::name_variant: return "name_variant";
    case Likeness::part_of_name: return "part_of_name";
    case Likeness::misspelt_name: return "misspelt_name";
    case Likeness::initial: return "initial";
    case Likeness::same_birthday: return "same_birthday";
    case Likeness::swapped_birthday: return "swapped_birthday";
    case Likeness::birthday_digit: return "birthday_digit";
    case Likeness::other_birthday: return "other_birthday";
    case Likeness::same_email: return "same_email";
    case Likeness::same_phone: return "same_phone";
    case Likeness::little_known: return "little_known";
    }
    return "";
}

Resemblance resemblance(const Traits& one, const Traits& other) {
    Resemblance found;
    const auto add = [&found](std::optional<Ground> ground) {
        if (!ground)
            return;
        found.points += ground->points;
        found.grounds.push_back(std::move(*ground));
    };
    const auto name = by_name(one, other);
    add(name);
    add(by_birthday(one.born, other.born));
    add(by_same(Likeness::same_email, one.emails, other.emails));
    add(by_same(Likeness::same_phone, one.phones, other.phones));
    if (name && cannot_be_told_apart(one, other))
        add(Ground{Likeness::little_known, points_of(Likeness::little_known), "", ""});
    found.points = std::clamp(found.points, 0, 100);
    return found;
}

std::vector<std::string> name_variants(std::string_view name_key, bool misspelt) {
    std::set<std::string> found;
    const Words words = words_of(name_key);
    Words turned = words;
    for (std::size_t turn = 1; turn < words.size(); ++turn) {
        std::rotate(turned.begin(), turned.begin() + 1, turned.end());
        found.insert(joined(turned));
    }
    if (words.size() > 2) {
        turned = words;
        std::swap(turned[turned.size() - 1], turned[turned.size() - 2]);
        found.insert(joined(turned));
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        Words other = words;
        for (const std::string_view form : familiar_forms(words[i])) {
            other[i] = form;
            found.insert(joined(other));
        }
        if (words.size() > 2) {
            Words less = words;
            less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
            found.insert(joined(less));
        }
    }
    if (misspelt && name_key.size() >= 4) {
        const std::string key(name_key);
        constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
        for (std::size_t at = 0; at <= key.size(); ++at) {
            for (const char letter : letters) {
                found.insert(key.substr(0, at) + letter + key.substr(at));
                if (at < key.size())
                    found.insert(key.substr(0, at) + letter + key.substr(at + 1));
            }
            if (at < key.size() && key.size() > 4)
                found.insert(key.substr(0, at) + key.substr(at + 1));
            if (at + 1 < key.size()) {
                std::string swapped = key;
                std::swap(swapped[at], swapped[at + 1]);
                found.insert(swapped);
            }
        }
    }
    found.erase(std::string(name_key));
    return {found.begin(), found.end()};
}

std::vector<Date> birthday_variants(Date born) {
    std::set<Date> found;
    const std::string text = peercert::to_text(born);
    const auto add = [&found](const std::string& other) {
        if (const auto day = parse_date(other))
            found.insert(*day);
    };
    add(text.substr(0, 5) + text.substr(8, 2) + "-" + text.substr(5, 2));
    for (std::size_t at = 0; at < text.size(); ++at)
        for (char digit = '0'; text[at] != '-' && digit <= '9'; ++digit) {
            std::string other = text;
            other[at] = digit;
            add(other);
        }
    found.erase(born);
    return {found.begin(), found.end()};
}

std::optional<std::string> short_name(std::string_view name_key) {
    const Words words = words_of(name_key);
    if (words.size() < 3)
        return std::nullopt;
    return joined({words.front(), words.back()});
}

std::string digits_of(std::string_view phone) {
    std::string digits;
    for (const char c : phone)
        if (c >= '0' && c <= '9')
            digits += c;
    return digits;
}

} // namespace peercert::domain
