#include <algorithm>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "rules/closed_days.hpp"
#include "rules/compiler.hpp"

namespace peercert::rules {

std::uint8_t Compiler::bit(Symbol word) {
    const auto number = static_cast<std::size_t>(word);
    if (out_.bit_of.size() <= number)
        out_.bit_of.resize(number + 1, 0xff);
    if (out_.bit_of[number] == 0xff) {
        if (next_bit_ == Words::most)
            refuse(out_.edition->file, "the rules name more than " + std::to_string(Words::most) +
                                           " different words in only, does not count, of which and proof; fold some");
        out_.bit_of[number] = next_bit_++;
    }
    return out_.bit_of[number];
}

Words Compiler::bits(const std::vector<std::string>& words) {
    Words set;
    for (const std::string& one : words)
        set.add(bit(word(one)));
    return set;
}

std::vector<Symbol> Compiler::symbols(const std::vector<std::string>& words) {
    std::vector<Symbol> list;
    for (const std::string& one : words)
        list.push_back(word(one));
    return list;
}

Symbol Compiler::known_level(const std::string& name, const std::string& place) {
    if (out_.edition->level(name) == nullptr) {
        std::vector<std::string_view> known;
        for (const Level& level : out_.edition->levels)
            known.push_back(level.name);
        const std::string near = nearest(name, known);
        refuse(place,
               "no level is called \"" + name + "\" here" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
    return word(name);
}

DayFormula Compiler::day(const DayExpression& expression, const std::string& place) {
    DayFormula formula;
    formula.anchor = expression.anchor;
    if (expression.anchor == Anchor::day)
        formula.day = to_day(expression.day);
    if (expression.anchor == Anchor::entry)
        out_.reads_any_entry = true;
    if (expression.anchor == Anchor::becoming)
        formula.word = known_level(expression.word, place);
    else if (!expression.word.empty())
        formula.word = word(expression.word);
    for (const Span& span : expression.shifts) {
        const Shift shift = to_shift(span);
        formula.shift.months += shift.months;
        formula.shift.days += shift.days;
    }
    for (const DayExpression& one : expression.of)
        formula.of.push_back(day(one, place));
    if (expression.anchor == Anchor::business_after || expression.anchor == Anchor::business_before) {
        formula.business_days = expression.business_days;
        formula.closed = calendar_of(*out_.edition, out_.edition->business_days);
        if (formula.closed == nullptr)
            refuse(place, "business days are counted by a calendar, and the rules name none");
    }
    return formula;
}

std::uint32_t Compiler::window(const Window& window, const std::string& place) {
    WindowFormula formula;
    formula.absent = window.absent;
    formula.from_excluded = window.from_excluded;
    formula.until_excluded = window.until_excluded;
    if (window.in_the_term) {
        formula.from = DayFormula{Anchor::term_start, 0, Symbol::none, {}, {}};
        formula.until = DayFormula{Anchor::expiry, 0, Symbol::none, {}, {}};
    }
    if (window.from)
        formula.from = day(*window.from, place);
    if (window.until)
        formula.until = day(*window.until, place);
    if (!formula.from && !formula.until)
        return none;
    const auto same = std::find(out_.windows.begin(), out_.windows.end(), formula);
    if (same != out_.windows.end())
        return static_cast<std::uint32_t>(same - out_.windows.begin());
    out_.windows.push_back(formula);
    return static_cast<std::uint32_t>(out_.windows.size() - 1);
}

Filter Compiler::filter(const Selection& selection, const std::string& place) {
    Filter made;
    made.text = &selection;
    made.only = bits(selection.only);
    made.any_of = bits(selection.any_of);
    made.excluded = bits(selection.does_not_count);
    made.readmitted = bits(selection.except);
    made.proof = bits(selection.proof);
    made.courses = symbols(selection.courses);
    made.providers = symbols(selection.providers);
    made.repeats = selection.same_course;
    if (!selection.while_level.empty())
        made.while_level = known_level(selection.while_level, place);
    if (!selection.vouched_by.empty()) {
        const std::string& by = selection.vouched_by;
        const auto means = [&by](const Requirement& meaning) { return meaning.name == by; };
        if (by.find('/') != std::string::npos) {
            made.authority = word(by);
        } else {
            if (std::none_of(out_.edition->meanings.begin(), out_.edition->meanings.end(), means))
                known_level(by, place);
            made.authority = word(out_.edition->code + "/" + by);
        }
    }
    if (!selection.letter.empty())
        made.letter = word(selection.letter);
    for (const NotUsedBy& rule : selection.not_used_by)
        made.not_used_by.push_back({word(rule.track), bits(rule.only), bits(rule.any_of)});
    out_.reads_uses = out_.reads_uses || !made.not_used_by.empty();
    if (selection.dated)
        made.window = window(*selection.dated, place);
    return made;
}

} // namespace peercert::rules
