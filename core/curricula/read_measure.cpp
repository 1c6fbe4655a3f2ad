#include <algorithm>

#include "curricula/reading.hpp"

namespace peercert::curricula {

namespace {

/// What a fact is worth as a whole, or what each hour of a piece is worth.
void read_worth(Reading& reading, const Node& item, Unit unit, Part& piece) {
    const Node* worth = item.find("worth");
    if (!piece.fact.empty()) {
        piece.worth = amount_at(reading, item, "worth", unit);
        if (worth == nullptr)
            reading.wrong(item, "a piece that is a fact says what it is worth, like {fact: X, held for: at least 1 "
                                "year, worth: 1000 h}");
        return;
    }
    if (worth == nullptr)
        return;
    const auto share = reading.phrase<AmountPhrase>(*worth, reading.amounts());
    if (!share)
        return;
    if (share->unit != "%" || share->amount.value < 1 || unit != Unit::minutes)
        reading.wrong(*worth, "what each hour is worth is a share, like {only: [volunteer], worth: 50 %}; an amount "
                              "belongs to a piece with a \"fact\"");
    else
        piece.weight = share->amount.value;
}

std::vector<Part> read_pieces(Reading& reading, const Node& node, Unit unit, const Surroundings& around) {
    std::vector<Part> pieces;
    if (!reading.is_list(node, "\"adds up from\""))
        return pieces;
    for (const Node& item : node.items) {
        if (!reading.is_mapping(item, "a piece"))
            continue;
        reading.only(item, {Setting::piece});
        Part piece;
        piece.name = reading.text_at(item, "name");
        if (piece.name.empty())
            piece.name = "piece " + std::to_string(pieces.size() + 1);
        piece.selection = read_selection(reading, item, around);
        piece.fact = reading.text_at(item, "fact");
        piece.held_for = read_held_for(reading, item);
        read_worth(reading, item, unit, piece);
        piece.bound.unit = unit;
        piece.bound.at_most = amount_at(reading, item, "at most", unit);
        if (piece.held_for && piece.fact.empty())
            reading.wrong(item, "\"held for\" belongs to a piece with a \"fact\"");
        if (!piece.fact.empty())
            refuse_business_days(reading, item, piece.selection.dated);
        pieces.push_back(std::move(piece));
    }
    if (node.items.size() < 2)
        reading.wrong(node, "\"adds up from\" takes two pieces or more; a single one is the clause itself");
    return pieces;
}

/// A minimum or cap of a part: an amount in the total's unit, or a share in %.
void read_limit(Reading& reading, const Node& mapping, std::string_view word, Unit unit,
                std::optional<std::int64_t>& amount, std::optional<std::int64_t>& share) {
    const Node* node = mapping.find(word);
    if (node != nullptr && reading.knowing_of(*node, find_word(Setting::part, word)))
        return;
    if (node == nullptr || !node->is_text() || !node->text.ends_with(" %")) {
        amount = amount_at(reading, mapping, word, unit);
        return;
    }
    if (const auto read = reading.phrase<AmountPhrase>(*node, reading.amounts())) {
        if (read->amount.value < 1 || read->amount.value > 100 * 100)
            reading.wrong(*node, "a share is more than nothing and at most 100 %");
        share = read->amount.value;
    }
}

Part read_part(Reading& reading, const Pair& one, Unit unit, const Surroundings& around) {
    Part part;
    part.name = one.key;
    part.bound.unit = unit;
    if (one.value.is_text()) {
        if (const auto bound = reading.phrase<BoundPhrase>(one.value, reading.bounds())) {
            part.bound = bound->bound;
            if (part.bound.unit == Unit::hundredths)
                reading.wrong(one.value, "a share says of what: {at most: 50 %, share of: required} or claimed");
            else if (part.bound.unit != unit)
                reading.wrong(one.value, "this is counted in another unit than the total");
        }
    } else if (reading.is_mapping(one.value, "a part")) {
        reading.only(one.value, {Setting::part});
        read_limit(reading, one.value, "at least", unit, part.bound.at_least, part.share_at_least);
        read_limit(reading, one.value, "at most", unit, part.bound.at_most, part.share_at_most);
        if (const Node* least = one.value.find("at least"))
            part.minimum = reading.knowing_of(*least, find_word(Setting::part, "at least")).value_or(Knowing::stated);
        if (part.share_at_least || part.share_at_most)
            part.share_of = reading.mandatory_choice(one.value, Setting::part, "share of",
                                                     "half of what is required and half of what somebody claims are "
                                                     "different amounts") == "claimed"
                                ? Part::ShareOf::claimed
                                : Part::ShareOf::required;
        else if (const Node* lonely = one.value.find("share of"))
            reading.wrong(*lonely, "\"share of\" belongs beside a minimum or cap in %");
        if ((part.share_at_least && part.bound.at_most) || (part.share_at_most && part.bound.at_least))
            reading.wrong(one, "the limits of a part are both amounts or both shares");
        if (part.share_at_least && part.share_at_most && *part.share_at_least > *part.share_at_most)
            reading.wrong(one, "the minimum of \"" + one.key + "\" is above its cap");
        part.inside = reading.text_at(one.value, "inside");
        part.selection = read_selection(reading, one.value, around);
    }
    if (part.bound.at_least && part.bound.at_most && *part.bound.at_least > *part.bound.at_most)
        reading.wrong(one, "the minimum of \"" + one.key + "\" is above its cap");
    const Selection& chosen = part.selection;
    if (chosen.only.empty() && chosen.any_of.empty() && chosen.providers.empty() && chosen.courses.empty()) {
        part.selection.only = {part.name};
        reading.use(NameKind::topic, part.name, one.value);
    }
    return part;
}

void read_parts(Reading& reading, const Node& clause, Measure& made, const Surroundings& around) {
    const Node& node = *clause.find("of which");
    if (!reading.is_mapping(node, "\"of which\""))
        return;
    constexpr std::size_t most_parts = 16;
    if (node.pairs.size() > most_parts)
        reading.wrong(node, "at most 16 parts can be shared out exactly");
    std::int64_t minimums = 0;
    for (const Pair& one : node.pairs) {
        made.of_which.push_back(read_part(reading, one, made.bound.unit, around));
        if (made.of_which.back().inside.empty())
            minimums += made.of_which.back().bound.at_least.value_or(0);
    }
    for (std::size_t at = 0; at < made.of_which.size(); ++at) {
        const std::string& inside = made.of_which[at].inside;
        const auto outer = std::find_if(made.of_which.begin(), made.of_which.end(),
                                        [&](const Part& one) { return one.name == inside; });
        if (!inside.empty() &&
            (outer == made.of_which.end() || !outer->inside.empty() || inside == made.of_which[at].name))
            reading.wrong(node.pairs[at].value,
                          "\"inside\" names another part of this total that is not inside one itself");
    }
    const auto read_surplus = [&](const std::string& word) {
        made.surplus_in_total = word != "counts for nothing";
        if (word == "unknown" || word == "nothing said")
            made.surplus = word == "unknown" ? Knowing::unknown : Knowing::nothing_said;
    };
    if (made.kind == EntryKind::document) { // one document fills one part; nobody claims half a letter
        if (const Node* parts = clause.find("an hour counts in"))
            reading.wrong(*parts, "one document fills one part; leave \"an hour counts in\" out");
        read_surplus(reading.choice_at(clause, Setting::measure, "surplus"));
        if (made.bound.at_least && minimums > *made.bound.at_least)
            reading.wrong(node, "the minimums of the parts add up to more than the total");
        return;
    }
    made.several_parts = reading.mandatory_choice(clause, Setting::measure, "an hour counts in",
                                                  "some bodies count an hour twice, others never") == "several parts";
    read_surplus(reading.mandatory_choice(clause, Setting::measure, "surplus",
                                          "what a part has over its minimum may count or not"));
    if (!made.several_parts && made.bound.at_least && minimums > *made.bound.at_least)
        reading.wrong(node, "the minimums of the parts add up to more than the total, and an hour counts in one part; "
                            "the total or a part is mistyped, or an hour counts in several parts");
}

/// Whether the hours of one term can be told from those of another: not where any hour counts, or the last two years.
bool counts_by_term(const Node& clause, const Selection& selection) {
    const Node* dated = clause.find("dated");
    if (dated == nullptr)
        return true; // nobody said when, and that may be an oversight
    if (!selection.dated)
        return !dated->is_text() || dated->text != "ever";
    if (selection.dated->in_the_term)
        return true;
    for (const auto* end : {&selection.dated->from, &selection.dated->until})
        if (*end)
            for (const DayExpression* leaf : leaves_of(**end))
                if (leaf->anchor == Anchor::term_start || leaf->anchor == Anchor::expiry)
                    return true;
    return false;
}

void read_ce(Reading& reading, const Node& clause, Measure& made, Surroundings& around) {
    const bool second = around.ce_clauses++ > 0;
    // What has a clock of its own looks at its own years: terms, and what earlier ones left over, play no part in it.
    const bool by_terms = around.is_renewal_step && !made.own_clock;
    const auto say = [&](std::string_view word) {
        return by_terms ? reading.mandatory_choice(clause, Setting::ce, word, "bodies differ, and nobody can guess it")
                        : reading.choice_at(clause, Setting::ce, word);
    };
    if (const std::string first = say("first renewal"); !first.empty()) {
        Stated<FirstRenewal> treated;
        treated.knowing = first == "unknown"        ? Knowing::unknown
                          : first == "nothing said" ? Knowing::nothing_said
                                                    : Knowing::stated;
        treated.value = first == "not before the first full term" ? FirstRenewal::not_before_first_full_term
                        : first == "not asked"                    ? FirstRenewal::not_asked
                        : first == "prorated"                     ? FirstRenewal::prorated
                                                                  : FirstRenewal::asked_in_full;
        made.first_renewal = treated;
    }
    const auto carry = reading.stated<AmountPhrase>(clause, Setting::ce, "carry over", [&](std::string_view text) {
        constexpr std::string_view limit = "at most "; // what goes over is a limit in any case
        return reading.amounts()(text.starts_with(limit) ? text.substr(limit.size()) : text);
    });
    if (carry)
        made.carry_over = Stated<Amount>{carry->knowing, carry->value.amount};
    else if (by_terms && counts_by_term(clause, made.selection) && clause.find("carry over") == nullptr)
        reading.wrong(clause, "say \"carry over\" here (none, an amount, nothing said or unknown): bodies differ, and "
                              "nobody can guess it");
    if (clause.find("counts in the total") != nullptr)
        made.counts_in_total = Reading::yes_or_no(reading.choice_at(clause, Setting::ce, "counts in the total"));
    else if (second && around.is_renewal_step)
        reading.wrong(clause, "say \"counts in the total\" here (yes, no, nothing said or unknown): whether these "
                              "hours are also hours of the first CE clause");
}

} // namespace

RequirementBody read_measure(Reading& reading, const Node& clause, const Pair& kind, EntryKind entries,
                             Surroundings& around) {
    Measure made;
    made.kind = entries;
    if (const auto knowing = reading.knowing_of(kind.value, &find_kind_word(kind.key)->word)) {
        if (*knowing == Knowing::none)
            return Group{}; // "CE: none": nothing is asked
        if (clause.find("of which") == nullptr)
            return NotKnown{*knowing};
        made.total = *knowing; // how much in all is not known, what of it is
        made.bound.unit = Unit::minutes;
        if (entries == EntryKind::document || entries == EntryKind::activity) {
            made.counter = Measure::Counter::entries;
            made.bound.unit = Unit::count;
        }
    } else if (const auto bound = reading.phrase<BoundPhrase>(kind.value, reading.bounds())) {
        made.bound = bound->bound;
        for (const OwnUnit& unit : reading.edition.units) // told to people in the words it is written in
            if (unit.minutes && plain_units(kind.value.text, {&unit, 1}) != kind.value.text) {
                made.own_unit = unit.name;
                made.own_unit_size = *unit.minutes;
            }
        if (bound->unit == "course")
            made.counter = Measure::Counter::distinct_codes;
        else if (made.bound.unit == Unit::count)
            made.counter = Measure::Counter::entries;
        else if (made.bound.unit != Unit::minutes)
            reading.wrong(kind.value, "\"" + kind.key + "\" is counted in h, min, times, sessions or courses");
        if (entries == EntryKind::document && made.counter != Measure::Counter::entries)
            reading.wrong(kind.value, "documents are counted in documents, like at least 3 documents");
    }
    around.names_documents = entries == EntryKind::document;
    made.selection = read_selection(reading, clause, around);
    if (entries == EntryKind::attendance && clause.find("courses") != nullptr)
        reading.wrong(*clause.find("courses"), "attendance is counted by \"units\", not by courses");
    if (const Node* pieces = clause.find("adds up from"))
        made.adds_up_from = read_pieces(reading, *pieces, made.bound.unit, around);
    if (clause.find("of which") != nullptr)
        read_parts(reading, clause, made, around);
    else
        for (const std::string_view word : {"an hour counts in", "surplus"})
            if (const Node* lonely = clause.find(word))
                reading.wrong(*lonely, "\"" + std::string(word) + "\" belongs beside \"of which\"");
    if (const Node* own = clause.find("own clock")) {
        const std::string written = reading.text(*own);
        const Phrase<Span> span = parse_span(std::string_view(written).substr(written.starts_with("every ") ? 6 : 0));
        if (!written.starts_with("every ") || !span.value)
            reading.wrong(*own, "\"own clock\" takes a time like every 6 years");
        made.own_clock = span.value;
    }
    if (const Node* every = clause.find("every"))
        made.every = reading.phrase<Span>(*every, parse_span);
    read_multiples(reading, clause, made, around);
    made.no_gap_when = reading.text_at(clause, "no gap when");
    if (!made.no_gap_when.empty() && !made.every && !made.in_each)
        reading.wrong(*clause.find("no gap when"), "\"no gap when\" belongs beside \"every\" or \"in each\"");
    around.names_documents = false;
    if (entries == EntryKind::ce)
        read_ce(reading, clause, made, around);
    return made;
}

} // namespace peercert::curricula
