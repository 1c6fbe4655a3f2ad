#include "curricula/reading.hpp"

/// What changes an amount that is asked, or asks it piece by piece.
namespace peercert::curricula {

std::optional<std::int64_t> amount_at(Reading& reading, const Node& mapping, std::string_view word, Unit unit) {
    const Node* node = mapping.find(word);
    if (node == nullptr)
        return std::nullopt;
    const auto amount = reading.phrase<AmountPhrase>(*node, reading.amounts());
    if (!amount)
        return std::nullopt;
    if (amount->amount.unit != unit) {
        reading.wrong(*node, "this is counted in another unit than the total");
        return std::nullopt;
    }
    return amount->amount.value;
}

namespace {

/// `{25 h of: practice, a part of it: asks for nothing}`.
ForEvery read_for_every(Reading& reading, const Node& node) {
    ForEvery made;
    if (!reading.is_mapping(node, "\"for every\""))
        return made;
    const Pair* amount = nullptr;
    for (const Pair& one : node.pairs) {
        if (!one.key.ends_with(" of"))
            continue;
        if (amount != nullptr)
            reading.wrong(one, "\"for every\" hangs on one clause");
        amount = &one;
    }
    reading.only(node, {Setting::for_every},
                 amount == nullptr ? std::vector<std::string_view>{} : std::vector<std::string_view>{amount->key});
    if (amount == nullptr) {
        reading.wrong(node, "\"for every\" takes an amount of another clause, like {25 h of: practice}");
    } else {
        const Phrase<AmountPhrase> read = reading.amounts()(amount->key.substr(0, amount->key.size() - 3));
        if (!read.value || read.value->amount.value < 1 ||
            (read.value->amount.unit != Unit::minutes && read.value->amount.unit != Unit::count))
            reading.wrong(*amount, "\"for every\" takes an amount of another clause, like {25 h of: practice}");
        else
            made.amount = read.value->amount.value, made.unit = read.value->amount.unit;
        made.clause = reading.text(amount->value);
        reading.use(NameKind::clause, made.clause, amount->value);
    }
    made.a_part_asks_one_more = Reading::yes_or_no(
        reading.mandatory_choice(node, Setting::for_every, "a part of it", "bodies round differently"),
        "asks for one more");
    return made;
}

InEach read_in_each(Reading& reading, const Node& clause, const Node& node) {
    InEach made;
    if (!reading.is_mapping(node, "\"in each\""))
        return made;
    reading.only(node, {Setting::in_each});
    const Node* week = node.find("calendar week");
    const Node* quarter = node.find("calendar quarter");
    if (node.pairs.size() != 1) {
        reading.wrong(node, "\"in each\" takes one of calendar week, calendar month and calendar quarter");
        return made;
    }
    made.piece = week != nullptr      ? InEach::Piece::week
                 : quarter != nullptr ? InEach::Piece::quarter
                                      : InEach::Piece::month;
    const Node& asked = node.pairs.front().value;
    if (const auto bound = reading.phrase<BoundPhrase>(asked, reading.bounds())) {
        made.bound = bound->bound;
        if (made.bound.unit != Unit::minutes && made.bound.unit != Unit::count)
            reading.wrong(asked, "this is counted in h, min or times");
    }
    if (week != nullptr)
        made.week_begins_on_monday = Reading::yes_or_no(
            reading.mandatory_choice(clause, Setting::measure, "a week begins", "calendars differ"), "Monday");
    else if (const Node* begins = clause.find("a week begins"))
        reading.wrong(*begins, "\"a week begins\" belongs beside a calendar week");
    return made;
}

} // namespace

void read_multiples(Reading& reading, const Node& clause, Measure& made, const Surroundings& around) {
    if (const Node* every = clause.find("for every"))
        made.for_every = read_for_every(reading, *every);
    made.for_each_year = reading.choice_at(clause, Setting::measure, "for each year of the term") == "yes";
    if ((made.for_every || made.for_each_year) && (!made.bound.at_least || made.bound.at_most))
        reading.wrong(clause, "only a plain \"at least\" can be multiplied");
    if (made.for_each_year && !around.has_term)
        reading.wrong(*clause.find("for each year of the term"),
                      "\"for each year of the term\" belongs to a renewal; here there is no term yet");
    if (const Node* each = clause.find("in each"))
        made.in_each = read_in_each(reading, clause, *each);
    else if (const Node* begins = clause.find("a week begins"))
        reading.wrong(*begins, "\"a week begins\" belongs beside \"in each\" with a calendar week");
    made.each_at_least = amount_at(reading, clause, "each at least", made.bound.unit);
    if (made.counter != Measure::Counter::sum && made.each_at_least) {
        reading.wrong(*clause.find("each at least"), "what is counted in pieces has no length");
    }
    if (clause.find("whole") != nullptr) {
        made.whole = amount_at(reading, clause, "whole", made.bound.unit);
        if (made.counter != Measure::Counter::sum || (made.whole && *made.whole < 1))
            reading.wrong(*clause.find("whole"), "\"whole\" takes an amount above nothing, like 1 h");
    }
    made.from_different_providers = reading.choice_at(clause, Setting::measure, "from different providers") == "yes";
    if (made.from_different_providers && made.counter != Measure::Counter::entries)
        reading.wrong(*clause.find("from different providers"),
                      "only what is counted in pieces (documents, times) can come from different providers");
    if (const Node* many = clause.find("from at least")) {
        const auto count = reading.phrase<AmountPhrase>(
            *many, [](std::string_view text) { return parse_amount(text, BareNumber::refused); });
        if (count && (count->unit != "course" || count->amount.value < 1 || count->amount.value > 1000))
            reading.wrong(*many, "\"from at least\" takes a number of courses, like 5 courses");
        else if (count)
            made.from_at_least = static_cast<int>(count->amount.value);
    }
}

} // namespace peercert::curricula
