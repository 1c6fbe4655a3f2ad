#include <algorithm>

#include "words/explanation.hpp"

/// Amounts, and how far a source can be trusted, as people say them.
namespace peercert::words {

std::string trust_text(std::string_view confidence, const Messages& messages, Language language) {
    if (confidence.empty())
        return {};
    std::string key = "trust." + std::string(confidence);
    std::replace(key.begin(), key.end(), ' ', '_');
    return messages.text(language, key);
}

std::string amount_text(std::int64_t amount, Unit unit, const Messages& messages, Language language) {
    const auto number = [](std::int64_t value) { return std::to_string(value); };
    const std::string& mark = messages.text(language, "number.mark");
    const auto two_digits = [&](std::int64_t value) { return (value < 10 ? "0" : "") + number(value); };
    switch (unit) {
    case Unit::minutes:
        if (amount % 60 == 0)
            return messages.format(language, "unit.hours", {{"hours", number(amount / 60)}});
        if (amount < 60)
            return messages.format(language, "unit.minutes", {{"minutes", number(amount)}});
        return messages.format(language, "unit.hours_minutes",
                               {{"hours", number(amount / 60)}, {"minutes", number(amount % 60)}});
    case Unit::days: return messages.counted(language, "unit.days", amount);
    case Unit::months: return messages.counted(language, "unit.months", amount);
    case Unit::years: return messages.counted(language, "unit.years", amount);
    case Unit::hundredths:
        return amount % 100 == 0 ? number(amount / 100) : number(amount / 100) + mark + two_digits(amount % 100);
    case Unit::cents: return number(amount / 100) + mark + two_digits(amount % 100) + " USD";
    case Unit::count:
    case Unit::none: break;
    }
    return messages.format(language, "unit.times", {{"count", number(amount)}});
}

std::string amount_text(std::int64_t amount, Unit unit, std::string_view own_unit, std::int64_t own_unit_size,
                        const Messages& messages, Language language) {
    if (own_unit.empty() || own_unit_size == 0)
        return amount_text(amount, unit, messages, language);
    const std::int64_t tenths = amount * 10 / own_unit_size;
    if (tenths * own_unit_size != amount * 10)
        return amount_text(amount, unit, messages, language);
    const std::string count = std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10));
    const char last = own_unit.back(); // an abbreviation has no plural
    const bool plural = count != "1" && last >= 'a' && last <= 'z';
    const std::string word = messages.known_name(language, own_unit).value_or(std::string(own_unit));
    const bool ends_in_a_vowel = std::string_view("aeiou").find(word.back()) != std::string_view::npos;
    const std::string_view ending = !plural ? "" : language == Language::spanish && !ends_in_a_vowel ? "es" : "s";
    return messages.format(language, "unit.own", {{"count", count}, {"unit", word + std::string(ending)}});
}

} // namespace peercert::words
