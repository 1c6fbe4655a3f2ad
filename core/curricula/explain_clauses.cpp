#include <algorithm>

#include "curricula/explain.hpp"
#include "curricula/explain_words.hpp"
#include "curricula/phrases.hpp"

namespace peercert::curricula {

namespace {

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

} // namespace

std::string either_text(const Stated<bool>& value, std::string_view yes, std::string_view no, std::string_view about) {
    return known_text(
        value, [&](bool is_so) { return std::string(is_so ? yes : no); }, about);
}

std::string listed(const std::vector<std::string>& words, std::string_view last) {
    std::string text;
    for (std::size_t at = 0; at < words.size(); ++at)
        text += (at == 0 ? "" : at + 1 == words.size() ? " " + std::string(last) + " " : ", ") + words[at];
    return text;
}

std::string selection_text(const Selection& chosen, std::string_view course_word) {
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

namespace {

std::string_view marks(const Passed& rule) { return rule.in_points ? "points" : ""; }

struct Sentence {
    const Requirement& clause;

    std::string operator()(const Group& group) const {
        if (group.parts.empty())
            return clause.word == "everything" ? "nothing of it is asked" : "nothing is asked";
        if (group.op == Group::Op::all)
            return "all of these";
        if (group.op == Group::Op::none)
            return "none of these may be so";
        return group.op == Group::Op::any ? "any one of these"
                                          : "at least " + std::to_string(group.needed) + " of these";
    }
    std::string operator()(const InOrder& order) const {
        return "one after the other, in this order; " + either_text(order.same_day, "two may be on one day",
                                                                    "each on a day of its own",
                                                                    "whether two may be on one day");
    }
    std::string operator()(const Happened& rule) const { return "the day of " + to_text(rule.day); }
    std::string operator()(const Conditional& rule) const {
        return std::string("if the first of these holds, the second is asked") +
               (rule.parts.size() > 2 ? ", otherwise the third" : "");
    }
    std::string operator()(const AgeRule& rule) const {
        return "aged " + to_text(rule.years) + ", on the day of " + to_text(rule.measured_at) + "; " +
               known_text(
                   rule.leap_day,
                   [](LeapDay day) {
                       return "somebody born on 29 February has a birthday in other years on " +
                              std::string(day == LeapDay::march_1 ? "1 March" : "28 February");
                   },
                   "on which day somebody born on 29 February has a birthday in other years");
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
                ? "; " + known_text(
                             rule.leap_day,
                             [](LeapDay day) {
                                 return "what begins on 29 February is over on " +
                                        std::string(day == LeapDay::march_1 ? "1 March" : "28 February");
                             },
                             "when what begins on 29 February is over")
                : std::string();
        return (rule.run == HasEntries::Run::once ? " in a row, at any time" : " in a row, up to the day") + leap;
    }
    std::string operator()(const Passed& rule) const {
        if (rule.together)
            return "the exam passed: " + listed(rule.parts, "and") + " together, with at least " +
                   amount_text(*rule.together, Unit::hundredths, marks(rule)) + " (the best score of each; " +
                   known_text(
                       rule.weights,
                       [](const std::vector<int>& weights) {
                           std::string text;
                           for (const int weight : weights)
                               text += (text.empty() ? "they weigh " : " to ") + std::to_string(weight);
                           return text;
                       },
                       "how much each weighs") +
                   ")" + selection_text(rule.selection);
        return "the exam passed: " + listed(rule.parts, "and") + ", with " + mark_text(rule) +
               selection_text(rule.selection);
    }
    static std::string mark_text(const Passed& rule) {
        switch (rule.mark.knowing) {
        case Knowing::stated:
            return "at least " + amount_text(rule.mark.value.value, rule.mark.value.unit, marks(rule));
        case Knowing::none: return "the mark that the examiner sets";
        case Knowing::unknown: return "a mark that is not known";
        case Knowing::nothing_said: return "a mark that the source does not say";
        }
        return {};
    }
    static std::string hurdles_text(const Attempts& rule) {
        std::string text;
        for (const Attempts::Hurdle& one : rule.after)
            text += ", after " + std::to_string(one.tries) + " the body decides: " + one.question;
        return text;
    }
    std::string operator()(const Attempts& rule) const {
        const std::string at = rule.parts.empty() ? "" : " at " + listed(rule.parts, "and");
        return (rule.at_most.knowing == Knowing::none
                    ? "no limit to the tries" + at
                    : known_text(
                          rule.at_most, [&](int count) { return "at most " + counted(count, "tries") + at; },
                          "how many tries there are" + at)) +
               window_text(rule.counted) + (rule.each_part ? " for each of them" : "") +
               (rule.counted_in.empty() ? "" : " in the same " + rule.counted_in) + hurdles_text(rule) +
               (rule.pause ? ", " + to_text(*rule.pause) + " between two" : "") + "; " +
               either_text(rule.no_show_counts, "not coming uses up a try", "not coming uses up no try",
                           "whether not coming uses up a try") +
               (rule.when_used_up.empty() ? "" : "; when they are used up: " + rule.when_used_up);
    }
    std::string operator()(const Measure& rule) const { return measure_text(rule, clause.word); }
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
        if (lead.starts_with(inside.front().name + ":")) // "then", where its author gave no name
            inside.front().name.clear();
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
