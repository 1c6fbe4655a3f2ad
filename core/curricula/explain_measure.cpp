#include "curricula/explain_words.hpp"
#include "curricula/phrases.hpp"

/// Hours, counts and shares, read aloud.
namespace peercert::curricula {

namespace {

/// What a count counts, in the plural: "documents on file", "different units attended".
std::string counted_noun(const Measure& rule, const std::string& word) {
    const std::string noun = kind_noun(rule.kind, word);
    if (rule.counter == Measure::Counter::distinct_codes)
        return rule.kind == EntryKind::attendance ? "different units attended" : "different courses of " + noun;
    switch (rule.kind) {
    case EntryKind::attendance: return "sessions attended";
    case EntryKind::document: return "documents on file";
    case EntryKind::activity: return "activities";
    case EntryKind::sign_off: return "sign-offs";
    case EntryKind::attestation: return "signed statements";
    case EntryKind::fact: return "facts on record";
    case EntryKind::exam: return "exams passed";
    case EntryKind::decision: return "decisions";
    case EntryKind::training:
    case EntryKind::practice:
    case EntryKind::supervision:
    case EntryKind::ce: break;
    }
    return "entries of " + noun;
}

/// What the words after "only the" name.
std::string_view code_noun(EntryKind kind) {
    return kind == EntryKind::attendance ? "unit"
           : kind == EntryKind::document ? "document"
           : kind == EntryKind::activity ? "activity"
                                         : "course";
}

/// "at least 10 credits", "at least 30 h", "at least 3 documents on file".
std::string bound_of(const Measure& rule, const Bound& bound, std::string_view count_word) {
    return bound.unit == Unit::count ? to_text(bound, count_word) : to_text(bound, rule.own_unit, rule.own_unit_size);
}

std::string amount_of(const Measure& rule, std::int64_t amount) {
    return rule.bound.unit == Unit::minutes ? own_amount_text(amount, rule.own_unit, rule.own_unit_size)
                                            : amount_text(amount, rule.bound.unit);
}

std::string share_text(const Part& part) {
    const auto share = [](std::int64_t hundredths) { return amount_text(hundredths, Unit::hundredths); };
    std::string text;
    if (part.share_at_least)
        text = "at least " + share(*part.share_at_least);
    if (part.share_at_most)
        text += (text.empty() ? "at most " : " and at most ") + share(*part.share_at_most);
    return text + (part.share_of == Part::ShareOf::required
                       ? " of what is required"
                       : " of what is claimed (all that counts before such shares are looked at)");
}

std::string parts_text(const Measure& rule) {
    std::string text;
    for (const Part& part : rule.of_which) {
        Selection others = part.selection; // the word that the part is called says itself
        if (others.only == std::vector{part.name})
            others.only.clear();
        const std::string known_by = selection_text(others);
        text += (text.empty() ? "" : "; ") + part.name + " " +
                (part.minimum == Knowing::unknown        ? "an amount that nobody knows"
                 : part.minimum == Knowing::nothing_said ? "an amount that the source does not say"
                 : part.share_at_least || part.share_at_most
                     ? share_text(part)
                     : bound_of(rule, part.bound, rule.kind == EntryKind::document ? "documents" : "times")) +
                (part.inside.empty() ? "" : " (inside " + part.inside + ")") +
                (known_by.empty() ? "" : " (" + known_by.substr(2) + ")");
    }
    if (text.empty())
        return text;
    return ", of which: " + text +
           (rule.kind == EntryKind::document
                ? "; one document fills one part"
                : std::string("; an hour counts in ") + (rule.several_parts ? "several parts" : "one part")) +
           ", what a part has over its minimum " +
           (rule.surplus == Knowing::unknown        ? "counts or not, nobody knows"
            : rule.surplus == Knowing::nothing_said ? "counts or not, the source does not say"
            : rule.surplus_in_total                 ? "counts in the total"
                                                    : "counts for nothing");
}

std::string multiples_text(const Measure& rule) {
    std::string text;
    if (rule.each_at_least)
        text += ", each of at least " + amount_of(rule, *rule.each_at_least);
    if (rule.whole)
        text += ", each entry in whole units of " + amount_of(rule, *rule.whole);
    if (rule.from_at_least)
        text += ", from at least " + counted(*rule.from_at_least, "different courses");
    if (rule.from_different_providers)
        text += ", of one provider one only";
    if (rule.for_every)
        text += ", once for every " + amount_text(rule.for_every->amount, rule.for_every->unit) +
                " of: " + rule.for_every->clause + " (" +
                either_text(rule.for_every->a_part_asks_one_more, "a part of it asks for one more",
                            "a part of it asks for nothing", "what a part of it asks for") +
                ")";
    if (rule.for_each_year)
        text += ", once for each year of the term that is asked for";
    if (rule.in_each)
        text += ", and in each calendar " +
                std::string(rule.in_each->piece == InEach::Piece::week    ? "week"
                            : rule.in_each->piece == InEach::Piece::month ? "month"
                                                                          : "quarter") +
                " " + bound_of(rule, rule.in_each->bound, "times") +
                (rule.in_each->piece == InEach::Piece::week
                     ? " (" +
                           either_text(rule.in_each->week_begins_on_monday, "a week begins on Monday",
                                       "a week begins on Sunday", "on which day a week begins") +
                           ")"
                     : "");
    return text;
}

std::string renewal_text(const Measure& rule) {
    std::string text;
    if (rule.first_renewal)
        text += "; " + known_text(
                           *rule.first_renewal,
                           [](FirstRenewal first) -> std::string {
                               switch (first) {
                               case FirstRenewal::asked_in_full: return "the first renewal asks for all of it";
                               case FirstRenewal::not_before_first_full_term:
                                   return "it is not asked before the first full term";
                               case FirstRenewal::not_asked: return "the first renewal does not ask for it";
                               case FirstRenewal::prorated:
                                   return "the first renewal asks for a share of it, by the days of a shorter first "
                                          "term";
                               }
                               return {};
                           },
                           "how much of it the first renewal asks for");
    if (rule.carry_over)
        text += "; " + (rule.carry_over->knowing == Knowing::none
                            ? "nothing is carried over into the next term"
                            : known_text(
                                  *rule.carry_over,
                                  [&](const Amount& amount) {
                                      return "at most " +
                                             (amount.unit == rule.bound.unit ? amount_of(rule, amount.value)
                                                                             : amount_text(amount.value, amount.unit)) +
                                             " are carried over into the next term";
                                  },
                                  "how much is carried over into the next term"));
    if (rule.counts_in_total)
        text += "; " + either_text(*rule.counts_in_total, "it counts in the total too", "it comes on top of the total",
                                   "whether it counts in the total too");
    return text;
}

} // namespace

std::string measure_text(const Measure& rule, const std::string& word) {
    std::string text =
        rule.total == Knowing::unknown        ? "an amount that nobody knows"
        : rule.total == Knowing::nothing_said ? "an amount that the source does not say"
        : rule.bound.unit == Unit::count
            ? to_text(rule.bound, counted_noun(rule, word)) + selection_text(rule.selection, code_noun(rule.kind))
            : bound_of(rule, rule.bound, {}) + " of " + kind_noun(rule.kind, word) +
                  selection_text(rule.selection, code_noun(rule.kind));
    if (!rule.adds_up_from.empty()) {
        text += ", added up from: ";
        for (std::size_t at = 0; at < rule.adds_up_from.size(); ++at) {
            const Part& piece = rule.adds_up_from[at];
            text +=
                (at == 0 ? "" : "; ") + std::string("(") + std::to_string(at + 1) + ") " + piece.name +
                (piece.fact.empty() ? "" : ", on record: " + piece.fact) +
                (piece.held_for ? " for at least " + to_text(*piece.held_for) : "") + selection_text(piece.selection) +
                (piece.worth ? ", worth " + amount_of(rule, *piece.worth) : "") +
                (piece.weight ? ", each hour worth " + amount_text(*piece.weight, Unit::hundredths) + " of one" : "") +
                (piece.bound.at_most ? ", counting at most " + amount_of(rule, *piece.bound.at_most) : "");
        }
    }
    text += parts_text(rule) + multiples_text(rule);
    if (rule.own_clock)
        text += ", once in every " + to_text(*rule.own_clock) + ", whatever the term";
    if (rule.every)
        text += ", with no stretch of " + to_text(*rule.every) + " without one";
    if (!rule.no_gap_when.empty())
        text += " (unless: " + rule.no_gap_when + ")";
    return text + renewal_text(rule);
}

} // namespace peercert::curricula
