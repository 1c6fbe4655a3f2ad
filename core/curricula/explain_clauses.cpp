#include <algorithm>

#include "curricula/explain.hpp"
#include "curricula/phrases.hpp"

namespace peercert::curricula {

namespace {

std::string listed(const std::vector<std::string>& words, std::string_view last) {
    std::string text;
    for (std::size_t at = 0; at < words.size(); ++at)
        text += (at == 0 ? "" : at + 1 == words.size() ? " " + std::string(last) + " " : ", ") + words[at];
    return text;
}

std::string absent_text(WhenAbsent absent) {
    switch (absent) {
    case WhenAbsent::guaranteed: return {};
    case WhenAbsent::empty: return " (until that day has come nothing counts)";
    case WhenAbsent::not_begun: return " (until that day has come the limit does not bite)";
    case WhenAbsent::open: return " (until that day has come there is no such limit)";
    }
    return {};
}

std::string window_text(const std::optional<Window>& window) {
    return window ? " dated " + to_text(*window) + absent_text(window->absent) : std::string();
}

/// Everything a selection says, each part with a comma before it.
std::string selection_text(const Selection& chosen, std::string_view course_word = "course") {
    std::string text;
    if (!chosen.only.empty())
        text += ", only what is " + listed(chosen.only, "and");
    if (!chosen.any_of.empty())
        text += ", only what is " + listed(chosen.any_of, "or");
    if (!chosen.courses.empty())
        text += ", only the " + std::string(course_word) + " " + listed(chosen.courses, "or");
    if (!chosen.providers.empty())
        text += ", only from " + listed(chosen.providers, "or");
    if (!chosen.does_not_count.empty())
        text += ", but nothing that is " + listed(chosen.does_not_count, "or");
    if (!chosen.except.empty())
        text += " (unless it is also " + listed(chosen.except, "or") + ")";
    if (!chosen.while_level.empty())
        text += ", while at the level " + chosen.while_level;
    if (!chosen.vouched_by.empty())
        text += ", confirmed by somebody who is " + chosen.vouched_by + " on that day";
    if (!chosen.proof.empty())
        text += ", with proof: " + listed(chosen.proof, "and");
    for (const NotUsedBy& rule : chosen.not_used_by)
        text += ", not what a decision of " + rule.track + " relied on" +
                (rule.only.empty() && rule.any_of.empty()
                     ? ""
                     : " (of what is " +
                           listed(rule.only.empty() ? rule.any_of : rule.only, rule.only.empty() ? "or" : "and") + ")");
    if (!chosen.letter.empty())
        text += ", only where the same provider sent: " + chosen.letter;
    text += chosen.dated ? "," + window_text(chosen.dated) : "";
    if (chosen.same_course != Selection::Repeats::allowed)
        text += std::string(", the same course once ") +
                (chosen.same_course == Selection::Repeats::once_ever ? "ever" : "a term");
    return text;
}

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

std::string kind_noun(EntryKind kind, const std::string& word) {
    switch (kind) {
    case EntryKind::training: return word == "training hours" ? "training" : "the course";
    case EntryKind::attendance: return "attendance";
    case EntryKind::sign_off: return "a sign-off of";
    case EntryKind::practice: return "peer support practice";
    case EntryKind::supervision: return "supervision";
    case EntryKind::ce: return "continuing education";
    case EntryKind::activity: return "activity";
    case EntryKind::attestation: return "a signed statement:";
    case EntryKind::document: return "on file:";
    case EntryKind::fact: return "on record:";
    case EntryKind::exam: return "the exam";
    case EntryKind::decision: return "a decision on";
    }
    return {};
}

std::string count_word(const Measure& rule) {
    return rule.counter == Measure::Counter::distinct_codes ? "courses"
           : rule.kind == EntryKind::attendance             ? "sessions"
           : rule.kind == EntryKind::document               ? "documents"
                                                            : "times";
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
                     : to_text(part.bound, rule.kind == EntryKind::document ? "documents" : std::string_view{})) +
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
        text += ", each of at least " + amount_text(*rule.each_at_least, rule.bound.unit);
    if (rule.whole)
        text += ", each entry in whole units of " + amount_text(*rule.whole, rule.bound.unit);
    if (rule.from_at_least)
        text += ", from at least " + std::to_string(*rule.from_at_least) + " different courses";
    if (rule.from_different_providers)
        text += ", of one provider one only";
    if (rule.for_every)
        text += ", once for every " + amount_text(rule.for_every->amount, rule.for_every->unit) +
                " of: " + rule.for_every->clause + " (a part of it asks for one more: " +
                stated_text(rule.for_every->a_part_asks_one_more,
                            [](bool yes) -> std::string { return yes ? "yes" : "no"; }) +
                ")";
    if (rule.for_each_year)
        text += ", once for each year of the term that is asked for";
    if (rule.in_each)
        text += ", and in each calendar " + std::string(rule.in_each->piece == InEach::Piece::week ? "week" : "month") +
                " " +
                to_text(rule.in_each->bound, rule.in_each->bound.unit == Unit::count ? "times" : std::string_view{}) +
                (rule.in_each->piece == InEach::Piece::week
                     ? " (a week begins on Monday: " +
                           stated_text(rule.in_each->week_begins_on_monday,
                                       [](bool yes) -> std::string { return yes ? "yes" : "no, on Sunday"; }) +
                           ")"
                     : "");
    return text;
}

std::string renewal_text(const Measure& rule) {
    std::string text;
    if (rule.first_renewal)
        text += "; first renewal: " + stated_text(*rule.first_renewal, [](FirstRenewal first) -> std::string {
                    switch (first) {
                    case FirstRenewal::asked_in_full: return "asked in full";
                    case FirstRenewal::not_before_first_full_term: return "not before the first full term";
                    case FirstRenewal::not_asked: return "not asked";
                    case FirstRenewal::prorated: return "prorated";
                    }
                    return {};
                });
    if (rule.carry_over)
        text += "; carried over into the next term: " + stated_text(*rule.carry_over, [](const Amount& amount) {
                    return amount_text(amount.value, amount.unit);
                });
    if (rule.counts_in_total)
        text += "; also hours of the total: " +
                stated_text(*rule.counts_in_total, [](bool yes) -> std::string { return yes ? "yes" : "no"; });
    return text;
}

struct Sentence {
    const Requirement& clause;

    std::string operator()(const Group& group) const {
        if (group.parts.empty())
            return "nothing is asked (" + clause.word + ": none)";
        if (group.op == Group::Op::all)
            return "all of these";
        if (group.op == Group::Op::none)
            return "none of these may be so";
        return group.op == Group::Op::any ? "any one of these"
                                          : "at least " + std::to_string(group.needed) + " of these";
    }
    std::string operator()(const InOrder& order) const {
        return "one after the other, in this order; two on one day are in order: " +
               stated_text(order.same_day, [](bool yes) -> std::string { return yes ? "yes" : "no"; });
    }
    std::string operator()(const Happened& rule) const { return "the day of " + to_text(rule.day); }
    std::string operator()(const Conditional&) const { return "if the first of these holds, the second is asked"; }
    std::string operator()(const AgeRule& rule) const {
        return "aged " + to_text(rule.years) + ", on the day of " + to_text(rule.measured_at) +
               "; somebody born on 29 February turns in other years on: " +
               stated_text(rule.leap_day, [](LeapDay day) -> std::string {
                   return day == LeapDay::march_1 ? "1 March" : "28 February";
               });
    }
    std::string operator()(const HasEntries& rule) const {
        std::string text =
            kind_noun(rule.kind, clause.word) + " " + listed(rule.codes, "and") + selection_text(rule.selection);
        if (rule.held_for)
            text += ", for at least " + to_text(*rule.held_for) + run_text(rule);
        if (rule.absent == Absence::open)
            text += "; silence of the record means that somebody has to look";
        if (rule.absent == Absence::met)
            text += "; silence of the record means yes";
        return text;
    }
    static std::string run_text(const HasEntries& rule) {
        if (rule.run == HasEntries::Run::in_all)
            return " in all";
        const std::string leap =
            rule.held_for->unit == CalendarUnit::months || rule.held_for->unit == CalendarUnit::years
                ? "; a stretch from 29 February on is over on: " +
                      stated_text(rule.leap_day,
                                  [](LeapDay day) -> std::string {
                                      return day == LeapDay::march_1 ? "1 March" : "28 February";
                                  })
                : std::string();
        return (rule.run == HasEntries::Run::once ? " in a row, at any time" : " in a row, up to the day") + leap;
    }
    std::string operator()(const Passed& rule) const {
        const std::string_view scale = rule.in_points ? "points" : "";
        if (rule.together)
            return "the exam passed: " + listed(rule.parts, "and") + " together, with at least " +
                   amount_text(*rule.together, Unit::hundredths, scale) + " (the best score of each; they weigh: " +
                   stated_text(rule.weights,
                               [](const std::vector<int>& weights) {
                                   std::string text;
                                   for (const int weight : weights)
                                       text += (text.empty() ? "" : " to ") + std::to_string(weight);
                                   return text;
                               }) +
                   ")" + selection_text(rule.selection);
        return "the exam passed: " + listed(rule.parts, "and") + ", with " +
               (rule.mark.knowing == Knowing::none
                    ? "the mark that the examiner sets"
                    : "at least " + stated_text(rule.mark,
                                                [scale](const Amount& amount) {
                                                    return amount_text(amount.value, amount.unit, scale);
                                                })) +
               selection_text(rule.selection);
    }
    static std::string hurdles_text(const Attempts& rule) {
        std::string text;
        for (const Attempts::Hurdle& one : rule.after)
            text += ", after " + std::to_string(one.tries) + " the body decides: " + one.question;
        return text;
    }
    std::string operator()(const Attempts& rule) const {
        return "attempts" + (rule.parts.empty() ? "" : " at " + listed(rule.parts, "and")) + ": " +
               stated_text(rule.at_most, [](int count) { return "at most " + std::to_string(count); }) +
               window_text(rule.counted) + (rule.each_part ? " for each of them" : "") +
               (rule.counted_in.empty() ? "" : " in the same " + rule.counted_in) + hurdles_text(rule) +
               (rule.pause ? ", " + to_text(*rule.pause) + " between two" : "") + "; a no-show counts: " +
               stated_text(rule.no_show_counts, [](bool yes) -> std::string { return yes ? "yes" : "no"; }) +
               (rule.when_used_up.empty() ? "" : "; when they are used up: " + rule.when_used_up);
    }
    std::string operator()(const Measure& rule) const {
        std::string text =
            rule.total == Knowing::unknown ? "an amount that nobody knows"
            : rule.total == Knowing::nothing_said
                ? "an amount that the source does not say"
                : to_text(rule.bound, rule.bound.unit == Unit::count ? count_word(rule) : std::string()) + " of " +
                      kind_noun(rule.kind, clause.word) +
                      selection_text(rule.selection, rule.kind == EntryKind::attendance ? "unit" : "course");
        if (!rule.adds_up_from.empty()) {
            text += ", added up from: ";
            for (std::size_t at = 0; at < rule.adds_up_from.size(); ++at) {
                const Part& piece = rule.adds_up_from[at];
                text +=
                    (at == 0 ? "" : "; ") + std::string("(") + std::to_string(at + 1) + ") " + piece.name +
                    (piece.fact.empty() ? "" : ", on record: " + piece.fact) +
                    (piece.held_for ? " for at least " + to_text(*piece.held_for) : "") +
                    selection_text(piece.selection) +
                    (piece.worth ? ", worth " + amount_text(*piece.worth, rule.bound.unit) : "") +
                    (piece.bound.at_most ? ", counting at most " + amount_text(*piece.bound.at_most, rule.bound.unit)
                                         : "");
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
    std::string operator()(const HoldsCredential& rule) const {
        return "holds " + (rule.track.empty() ? std::string() : rule.track + (rule.level.empty() ? "" : ", ")) +
               (rule.level.empty() ? "" : "the level " + rule.level) + " on the day: " + to_text(rule.on) +
               (rule.held_for ? ", for at least " + to_text(*rule.held_for) : "") +
               (rule.good_standing ? ", in good standing (no complaint pending)" : "");
    }
    std::string operator()(const BodyDecides& rule) const { return "the body decides: " + rule.question; }
    std::string operator()(const UseMeaning& rule) const { return "is " + rule.name + " (see meanings)"; }
    std::string operator()(const PluginRule& rule) const {
        const std::string plugin = rule.kind.substr(0, rule.kind.find(':'));
        return "as the plugin " + plugin + " says: " + rule.kind.substr(plugin.size() + 1) +
               parameters_text(rule.parameters);
    }
    std::string operator()(const NotKnown& rule) const {
        return rule.knowing == Knowing::unknown ? "there must be a rule here; nobody has found it"
                                                : "the source was read and does not say";
    }
    std::string operator()(const AskedOn& rule) const {
        return std::string(rule.applying ? "applied on a day" : "on the asked day") +
               (rule.days.first ? " from " + peercert::to_text(*rule.days.first) : "") +
               (rule.days.last ? " until " + peercert::to_text(*rule.days.last) : "");
    }

    static std::string parameters_text(const Parameters& parameters) {
        std::string text = parameters.text.empty() ? "" : " " + parameters.text;
        for (std::size_t at = 0; at < parameters.items.size(); ++at)
            text += (at == 0 ? " " : ", ") + parameters_text(parameters.items[at]).substr(1);
        std::string_view comma;
        for (const auto& [name, value] : parameters.named) {
            text += std::string(comma) + " " + name + ":" + parameters_text(value);
            comma = ";";
        }
        return text.empty() ? " " : text;
    }
};

} // namespace

std::vector<ExplainedLine> explain(const Requirement& clause, int depth) {
    // a name that was only made from the words of the clause says nothing new
    const bool made_up = clause.name.starts_with(clause.word) && !std::holds_alternative<Group>(clause.body);
    std::vector<ExplainedLine> lines{{depth, made_up || clause.name == clause.word ? std::string() : clause.name,
                                      std::visit(Sentence{clause}, clause.body), clause.note, clause.see,
                                      clause.place}};
    const auto add = [&](const Requirement& part, std::string_view lead) {
        std::vector<ExplainedLine> inside = explain(part, depth + 1);
        inside.front().sentence = std::string(lead) + inside.front().sentence;
        lines.insert(lines.end(), std::make_move_iterator(inside.begin()), std::make_move_iterator(inside.end()));
    };
    const auto* conditional = std::get_if<Conditional>(&clause.body);
    for (std::size_t at = 0; at < parts_of(clause).size(); ++at)
        add(parts_of(clause)[at], conditional == nullptr ? "" : at == 0 ? "if: " : at == 1 ? "then: " : "otherwise: ");
    for (const Requirement& one : clause.unless)
        add(one, "not asked when: ");
    return lines;
}

} // namespace peercert::curricula
