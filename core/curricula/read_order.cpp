#include "curricula/reading.hpp"

/// `in this order: [{training: core}, applying]`.
namespace peercert::curricula {

namespace {

bool has_a_day(const Requirement& part) {
    if (const auto* group = std::get_if<Group>(&part.body)) {
        bool all = group->op == Group::Op::any;
        for (const Requirement& one : group->parts)
            all = all && has_a_day(one) && !std::holds_alternative<Group>(one.body);
        return all;
    }
    if (const auto* entries = std::get_if<HasEntries>(&part.body))
        return entries->kind != EntryKind::fact;
    return std::holds_alternative<Passed>(part.body) || std::holds_alternative<BodyDecides>(part.body);
}

Requirement read_named_day(Reading& reading, const Node& node, const std::string& see, const Surroundings& around) {
    Requirement made;
    made.name = node.text;
    made.word = "day";
    made.see = see;
    made.place = node.place();
    if (const auto day = reading.phrase<DayExpression>(node, parse_day)) {
        refuse_business_days(reading, node, *day);
        check_day(reading, node, *day);
        made.body = Happened{*day};
        if (day->anchor == Anchor::day || day->anchor == Anchor::asked ||
            (around.place == Surroundings::Place::elsewhere && day->anchor != Anchor::birth))
            reading.wrong(node, "in an order only a day of the step itself makes sense, like applying");
    }
    return made;
}

} // namespace

RequirementBody read_order(Reading& reading, const Node& clause, const Pair& kind, const std::string& see,
                           Surroundings& around) {
    InOrder order;
    order.same_day =
        Reading::yes_or_no(reading.mandatory_choice(clause, Setting::in_order, "same day",
                                                    "two of them may be dated on one day, and bodies differ"),
                           "allowed");
    if (!reading.is_list(kind.value, "\"in this order\""))
        return order;
    for (const Node& item : kind.value.items) {
        if (item.is_text()) {
            order.parts.push_back(read_named_day(reading, item, see, around));
            continue;
        }
        order.parts.push_back(read_clause(reading, item, see, around));
        if (!has_a_day(order.parts.back()) || !order.parts.back().unless.empty())
            reading.wrong(item, "what stands in an order has a day of its own: a statement, document, training, "
                                "competency, exam or decision, \"any of\" these, or applying");
    }
    if (kind.value.items.size() < 2)
        reading.wrong(kind.value, "an order has two parts or more");
    return order;
}

} // namespace peercert::curricula
