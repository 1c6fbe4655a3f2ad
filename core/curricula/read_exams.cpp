#include <algorithm>

#include "curricula/reading.hpp"

/// Exams and how often they may be tried.
namespace peercert::curricula {

namespace {

bool is_points(const BoundPhrase& mark) { return mark.unit == "points" || mark.unit == "point"; }

/// `pass together: at least 80 %` with what each part weighs.
void read_together(Reading& reading, const Node& node, Passed& rule) {
    const Node& mark = *node.find("pass together");
    if (const auto bound = reading.phrase<BoundPhrase>(mark, [](std::string_view text) { return parse_bound(text); })) {
        if (bound->bound.unit != Unit::hundredths || !bound->bound.at_least || bound->bound.at_most)
            reading.wrong(mark, "a mark is at least so many % or points");
        else
            rule.together = *bound->bound.at_least;
        rule.in_points = is_points(*bound);
    }
    if (rule.parts.size() < 2)
        reading.wrong(mark, "\"pass together\" takes an exam of two parts or more");
    rule.mark.knowing = Knowing::none;
    const Node* weights = node.find("weights");
    if (weights == nullptr) {
        reading.wrong(node, "say \"weights\" here, like {oral: 1, written: 1} (unknown or nothing said): how much each "
                            "part weighs");
        return;
    }
    if (const auto knowing = reading.knowing_of(*weights, find_word(Setting::exam, "weights"))) {
        rule.weights.knowing = *knowing;
        return;
    }
    if (!reading.is_mapping(*weights, "\"weights\""))
        return;
    rule.weights.knowing = Knowing::stated;
    reading.only(*weights, {}, {rule.parts.begin(), rule.parts.end()});
    for (const std::string& part : rule.parts) {
        if (weights->find(part) == nullptr)
            reading.wrong(*weights, "say how much \"" + part + "\" weighs");
        rule.weights.value.push_back(reading.number_at(*weights, part, 1000).value_or(1));
    }
}

/// In which time attempts are counted: a window, or the period of a calendar that the asked day lies in.
void read_counted(Reading& reading, const Node& node, Attempts& rule, const Surroundings& around) {
    const Node* counted = node.find("counted");
    constexpr std::string_view in_the_same = "in the same ";
    if (counted == nullptr || !counted->is_text() || !counted->text.starts_with(in_the_same)) {
        rule.counted = read_window(reading, node, "counted", around);
        refuse_business_days(reading, counted == nullptr ? node : *counted, rule.counted);
        return;
    }
    rule.counted_in = counted->text.substr(in_the_same.size());
    reading.use(NameKind::calendar, rule.counted_in, *counted);
    if (const Node* absent = node.find("absent"))
        reading.wrong(*absent, "between two periods no attempt is counted; leave \"absent\" out");
}

/// `{3: whether remediation is done}`.
void read_hurdles(Reading& reading, const Node& node, Attempts& rule) {
    if (!reading.is_mapping(node, "\"after\""))
        return;
    for (const Pair& one : node.pairs) {
        const auto tries = parse_amount(one.key, BareNumber::count);
        if (!tries.value || tries.value->amount.value < 1 || tries.value->amount.value > 1000)
            reading.wrong(one, "\"after\" takes numbers of tries, each with what the body decides then");
        else
            rule.after.push_back({static_cast<int>(tries.value->amount.value), reading.text(one.value)});
    }
    std::stable_sort(rule.after.begin(), rule.after.end(),
                     [](const auto& left, const auto& right) { return left.tries < right.tries; });
}

} // namespace

RequirementBody read_exam(Reading& reading, const Node& node, const Pair& kind, const Surroundings& around) {
    Passed rule;
    rule.parts = reading.texts(kind.value);
    for (const std::string& one : rule.parts)
        reading.define(NameKind::part, one);
    rule.selection.dated = read_window(reading, node, "dated", around);
    const Node* pass = node.find("pass");
    if (node.find("pass together") != nullptr) {
        if (pass != nullptr)
            reading.wrong(*pass, "an exam has \"pass\" for each part or \"pass together\" for all, not both");
        read_together(reading, node, rule);
        return rule;
    }
    if (const Node* weights = node.find("weights"))
        reading.wrong(*weights, "\"weights\" belongs beside \"pass together\"");
    if (pass == nullptr) {
        reading.wrong(node, "say \"pass\" here (at least 85 %, as the examiner says, unknown or nothing said)");
    } else if (pass->is_text() && pass->text == "as the examiner says") {
        rule.mark.knowing = Knowing::none;
    } else if (const auto mark = reading.stated<BoundPhrase>(node, Setting::exam, "pass",
                                                             [](std::string_view text) { return parse_bound(text); })) {
        rule.mark.knowing = mark->knowing;
        if (mark->is_stated() &&
            (mark->value.bound.unit != Unit::hundredths || !mark->value.bound.at_least || mark->value.bound.at_most))
            reading.wrong(*pass, "a mark is at least so many % or points");
        else if (mark->is_stated())
            rule.mark.value = {*mark->value.bound.at_least, Unit::hundredths};
        rule.in_points = mark->is_stated() && is_points(mark->value);
    }
    return rule;
}

RequirementBody read_attempts(Reading& reading, const Pair& kind, const Surroundings& around) {
    Attempts rule;
    const Node& node = kind.value;
    if (!reading.is_mapping(node, "\"attempts\""))
        return rule;
    reading.only(node, {Setting::attempts});
    if (const Node* most = node.find("at most")) {
        if (const auto knowing = reading.knowing_of(*most, find_word(Setting::attempts, "at most")))
            rule.at_most.knowing = *knowing;
        else if (const auto count = reading.phrase<AmountPhrase>(
                     *most, [](std::string_view text) { return parse_amount(text, BareNumber::count); })) {
            if (count->amount.unit != Unit::count || count->amount.value < 1 || count->amount.value > 1000)
                reading.wrong(*most, "\"at most\" takes a number of attempts");
            else
                rule.at_most = {Knowing::stated, static_cast<int>(count->amount.value)};
        }
    } else {
        reading.wrong(node, "say \"at most\" here (a number, none, unknown or nothing said)");
    }
    rule.parts = reading.texts_at(node, "part");
    reading.use(NameKind::part, rule.parts, node);
    rule.each_part = reading.choice_at(node, Setting::attempts, "each part on its own") == "yes";
    if (rule.each_part && rule.parts.empty())
        reading.wrong(node, "\"each part on its own\" belongs beside \"part\"");
    read_counted(reading, node, rule, around);
    if (const Node* after = node.find("after"))
        read_hurdles(reading, *after, rule);
    if (const Node* pause = node.find("pause"))
        rule.pause = reading.phrase<Span>(*pause, parse_span);
    rule.no_show_counts =
        Reading::yes_or_no(reading.mandatory_choice(node, Setting::attempts, "a no-show",
                                                    "staying away is an attempt for some bodies and none for others"),
                           "counts");
    rule.when_used_up = reading.text_at(node, "when used up");
    return rule;
}

} // namespace peercert::curricula
