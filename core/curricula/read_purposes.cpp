#include "curricula/reading.hpp"

/// `may` and `exceptions`: what a holder may do, and what is otherwise for some people in some days.
namespace peercert::curricula {

namespace {

Purpose::Shown shown_of(const std::string& word) {
    if (word == "everyone")
        return Purpose::Shown::everyone;
    if (word == "with consent")
        return Purpose::Shown::with_consent;
    return word == "nobody" ? Purpose::Shown::nobody : Purpose::Shown::not_said;
}

void read_restriction(Reading& reading, const Node& node, Purpose& purpose) {
    reading.only(node, {Setting::restriction});
    purpose.restriction_levels = reading.texts_at(node, "for");
    reading.use(NameKind::level, purpose.restriction_levels, node);
    purpose.restriction = reading.text_at(node, "says");
    if (purpose.restriction_levels.empty() || purpose.restriction.empty())
        reading.wrong(node, "\"restriction\" wants \"for\" (levels) and \"says\" (the condition)");
}

void read_purpose(Reading& reading, const Pair& one) {
    if (!reading.is_mapping(one.value, "the purpose \"" + one.key + "\""))
        return;
    const Node& node = one.value;
    reading.only(node, {Setting::purpose});
    Purpose purpose;
    purpose.name = one.key;
    purpose.see = reading.see(node, {});
    reading.need_see(node, purpose.see, "this purpose");
    purpose.not_known = reading.text_at(node, "unknown");
    if (const Node* level = node.find("level")) {
        const Reading::Names names = reading.names(*level);
        if (!names.any && names.names.size() > 1)
            reading.wrong(*level, "a list means all of them; write {any of: [a, b]} for either");
        purpose.levels = names.names;
        reading.use(NameKind::level, purpose.levels, *level);
    } else if (purpose.not_known.empty()) {
        reading.wrong(node, "say \"level\" here: who may (or \"unknown\": what nobody found)");
    }
    if (const DayRange days = read_literal_days(reading, node, "dated"); days.first || days.last) {
        const auto day = [](const std::optional<Date>& end) {
            return end ? std::optional(DayExpression{Anchor::day, *end, {}, {}, {}}) : std::nullopt;
        };
        purpose.dated = Window{day(days.first), day(days.last)};
    }
    if (const Node* restriction = node.find("restriction");
        restriction != nullptr && reading.is_mapping(*restriction, "\"restriction\""))
        read_restriction(reading, *restriction, purpose);
    purpose.employer_confirms = reading.texts_at(node, "employer confirms");
    purpose.needs_good_standing = reading.choice_at(node, Setting::purpose, "needs good standing") == "yes";
    purpose.shown_to = shown_of(reading.choice_at(node, Setting::purpose, "shown to"));
    reading.edition.purposes.push_back(std::move(purpose));
}

void read_exception(Reading& reading, const Node& node) {
    reading.only(node, {Setting::exception});
    ExceptionRule rule;
    rule.name = reading.text_at(node, "name");
    rule.cohort_fact = reading.text_at(node, "for fact");
    if (rule.name.empty() || rule.cohort_fact.empty())
        reading.wrong(node, "an exception has a \"name\" and says \"for fact\": who it is for");
    rule.see = reading.see(node, {});
    reading.need_see(node, rule.see, "this exception");
    rule.dated = read_literal_days(reading, node, "dated");
    if (rule.dated.last) {
        const std::string ladder =
            reading.mandatory_choice(node, Setting::exception, "the ladder",
                                     "the days after expiry may be counted from the end of the exception, or run on "
                                     "underneath it");
        rule.ladder = ladder == "begins after it"    ? ExceptionRule::Ladder::begins_after
                      : ladder == "goes on under it" ? ExceptionRule::Ladder::goes_on
                                                     : ExceptionRule::Ladder::not_said;
    }
    rule.last_day = reading.day_at(node, "last day");
    if (rule.last_day) {
        const std::string that_day = reading.mandatory_choice(
            node, Setting::exception, "that day", "a day set for everybody makes some terms longer and others shorter");
        rule.that_day = that_day == "prolongs"   ? ExceptionRule::ThatDay::prolongs
                        : that_day == "shortens" ? ExceptionRule::ThatDay::shortens
                                                 : ExceptionRule::ThatDay::replaces;
    }
    rule.clauses_waived = reading.texts_at(node, "not asked");
    if (!rule.clauses_waived.empty())
        reading.use(NameKind::clause, rule.clauses_waived, *node.find("not asked"));
    rule.fee_waivable = !reading.choice_at(node, Setting::exception, "fee").empty();
    rule.note = reading.text_at(node, "note");
    reading.edition.exceptions.push_back(std::move(rule));
}

} // namespace

void read_purposes_and_exceptions(Reading& reading) {
    const Node* may = reading.root.find("may");
    if (may != nullptr && reading.is_mapping(*may, "\"may\""))
        for (const Pair& one : may->pairs)
            read_purpose(reading, one);
    const Node* exceptions = reading.root.find("exceptions");
    if (exceptions == nullptr || !reading.is_list(*exceptions, "\"exceptions\""))
        return;
    for (const Node& node : exceptions->items)
        if (reading.is_mapping(node, "an exception"))
            read_exception(reading, node);
}

} // namespace peercert::curricula
