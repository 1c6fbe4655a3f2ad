#include <algorithm>

#include "curricula/reading.hpp"

namespace peercert::curricula {

namespace {

/// A clause of a fee, about the person and the day of the step.
std::vector<Requirement> read_fee_clause(Reading& reading, const Node& node, std::string_view word,
                                         const std::string& see, const Surroundings& around) {
    const Node* clause = node.find(word);
    if (clause == nullptr)
        return {};
    Surroundings own = around;
    own.is_renewal_step = false; // what a first renewal asks has nothing to do with a fee
    return {read_clause_or_list(reading, *clause, see, own, word)};
}

/// "month after expiry".
void read_fee_months(Reading& reading, const Node& node, Fee& fee, const Surroundings& around) {
    const Node* each = node.find("for each");
    if (each == nullptr) {
        if (const Node* lonely = node.find("a part of it"))
            reading.wrong(*lonely, "\"a part of it\" belongs beside \"for each\"");
        return;
    }
    constexpr std::string_view month_after = "month after ";
    const std::string written = reading.text(*each);
    if (!written.starts_with(month_after)) {
        reading.wrong(*each, "a fee can be asked for each month after a day, like month after expiry");
        return;
    }
    const Phrase<DayExpression> day = parse_day(std::string_view(written).substr(month_after.size()));
    if (!day.value) {
        reading.wrong(*each, day.wrong);
    } else {
        check_day(reading, *each, *day.value);
        refuse_business_days(reading, *each, *day.value);
        if (!exists_for_certain(*day.value, around))
            reading.wrong(*each, "the day in \"" + written +
                                     "\" may not exist; a fee hangs on one that does, like "
                                     "month after expiry");
    }
    fee.each_month_after = day.value;
    fee.a_part_counts = Reading::yes_or_no(
        reading.mandatory_choice(node, Setting::fee, "a part of it", "whether a month that has begun is paid for"),
        "counts");
}

Fee read_one_fee(Reading& reading, const Node& node, const std::string& name, const std::string& inherited,
                 const Surroundings& around) {
    Fee fee;
    fee.name = name;
    fee.see = inherited;
    const Node* amount = &node;
    if (node.is_mapping()) {
        reading.only(node, {Setting::fee});
        fee.see = reading.see(node, inherited);
        fee.asked_when = read_fee_clause(reading, node, "asked when", fee.see, around);
        fee.waived_when = read_fee_clause(reading, node, "waived when", fee.see, around);
        read_fee_months(reading, node, fee, around);
        amount = node.find("amount");
        if (amount == nullptr)
            reading.wrong(node, "a fee has an amount, like {amount: 25 USD, waived when: {fact: fee waiver granted}}");
    }
    if (amount == nullptr) {
        // said already
    } else if (const auto knowing = reading.knowing_of(*amount, find_word(Setting::fee, "amount"))) {
        fee.cents.knowing = *knowing;
    } else if (const auto read =
                   reading.phrase<AmountPhrase>(*amount, [](std::string_view text) { return parse_amount(text); })) {
        if (read->amount.unit != Unit::cents)
            reading.wrong(*amount, "a fee is an amount of money, like 55 USD");
        fee.cents = {Knowing::stated, read->amount.value};
    }
    reading.need_see(node, fee.see, "this fee");
    return fee;
}

/// {amount: 50 USD, name: application} or {renewal: 55 USD, late: 25 USD}
void read_fee_words(Reading& reading, const Node& node, const std::string& inherited, const Surroundings& around,
                    std::vector<Fee>& fees) {
    if (node.find("amount") != nullptr) {
        const std::string name = reading.text_at(node, "name");
        fees.push_back(read_one_fee(reading, node, name.empty() ? "fee" : name, inherited, around));
        return;
    }
    const std::string see = reading.see(node, inherited);
    for (const Pair& one : node.pairs)
        if (one.key != "see")
            fees.push_back(read_one_fee(reading, one.value, one.key, see, around));
    if (node.pairs.empty() || (node.pairs.size() == 1 && node.find("see") != nullptr))
        reading.wrong(node, "a fee has an amount, like {renewal: 55 USD}");
}

std::optional<Stated<std::string>> stated_choice(Reading& reading, const Node& mapping, std::string_view word) {
    const std::string written = reading.choice_at(mapping, Setting::filing, word);
    if (written.empty())
        return std::nullopt;
    if (written == "unknown" || written == "nothing said")
        return Stated<std::string>{written == "unknown" ? Knowing::unknown : Knowing::nothing_said, {}};
    return Stated<std::string>{Knowing::stated, written};
}

std::optional<Filing> read_filing(Reading& reading, const Node& node, const std::string& inherited) {
    Filing filing;
    if (const auto knowing = reading.knowing_of(node, find_word(Setting::step, "file"))) {
        if (*knowing == Knowing::none)
            return std::nullopt;
        filing.opens.knowing = filing.until.knowing = filing.filed_means.knowing = filing.closed_day.knowing = *knowing;
        return filing;
    }
    if (!reading.is_mapping(node, "\"file\""))
        return std::nullopt;
    reading.only(node, {Setting::filing});
    filing.see = reading.see(node, inherited);
    reading.need_see(node, filing.see, "\"file\"");
    filing.opens =
        reading.stated<DayExpression>(node, Setting::filing, "opens", parse_day).value_or(Stated<DayExpression>{});
    filing.until =
        reading.stated<DayExpression>(node, Setting::filing, "until", parse_day).value_or(Stated<DayExpression>{});
    if (node.find("until") != nullptr)
        reading.mandatory_choice(node, Setting::filing, "filed means", "a postmark and a receipt are different days");
    filing.filed_means = stated_choice(reading, node, "filed means").value_or(Stated<std::string>{});
    filing.closed_day = stated_choice(reading, node, "closed day").value_or(Stated<std::string>{});
    filing.closed_days = reading.text_at(node, "closed days");
    const bool gives_way =
        filing.closed_day.value == "next business day" || filing.closed_day.value == "previous business day";
    if (const Node* named = node.find("closed days")) {
        const auto& known = reading.edition.closed_days;
        if (!gives_way)
            reading.wrong(*named, "\"closed days\" belongs beside \"closed day: next business day\" or \"previous "
                                  "business day\"");
        else if (!filing.closed_days.empty() && std::none_of(known.begin(), known.end(), [&](const ClosedDays& one) {
                     return one.name == filing.closed_days;
                 }))
            reading.wrong(*named, "no calendar is called \"" + filing.closed_days +
                                      "\"; calendars stand under calendars/NAME.yaml");
    } else if (gives_way) {
        filing.closed_days = reading.edition.business_days;
    }
    const std::string late = reading.choice_at(node, Setting::filing, "filed late");
    filing.filed_late = late == "unknown"        ? Knowing::unknown
                        : late == "nothing said" ? Knowing::nothing_said
                                                 : Knowing::none;
    if (!late.empty() && node.find("until") == nullptr)
        reading.wrong(*node.find("filed late"), "\"filed late\" belongs beside \"until\"");
    return filing;
}

/// "12 months after approval", or "from" for "after"; with what is left when it has closed.
void read_stays_open(Reading& reading, const Node& step_node, Step& step) {
    const Node* node = step_node.find("stays open");
    if (node == nullptr) {
        if (const Node* then = step_node.find("then"))
            reading.wrong(*then, "\"then\" belongs beside \"stays open\"");
        return;
    }
    std::string written = reading.text(*node);
    if (const auto from = written.find(" from "); from != std::string::npos)
        written.replace(from, 6, " after ");
    const Phrase<DayExpression> day = parse_day(written);
    if (!day.value) {
        if (!written.empty())
            reading.wrong(*node, day.wrong);
        return;
    }
    check_day(reading, *node, *day.value);
    for (const DayExpression* leaf : leaves_of(*day.value))
        if (leaf->anchor != Anchor::applying && leaf->anchor != Anchor::approval && leaf->anchor != Anchor::day)
            reading.wrong(*node, "an application stays open for a time after applying or approval, like 12 months "
                                 "after approval");
    step.stays_open = day.value;
    const std::string then =
        reading.mandatory_choice(step_node, Setting::step, "then", "what somebody has left whose application closed");
    step.when_closed = then == "a new application" ? Stated<std::string>{Knowing::stated, then}
                       : then == "unknown"         ? Stated<std::string>{Knowing::unknown, {}}
                                                   : Stated<std::string>{};
}

/// "60 days", or "45 business days".
void read_decided_within(Reading& reading, const Node& node, Step& step) {
    std::string written = reading.text(node);
    const std::size_t business = written.find(" business day");
    if (business == std::string::npos) {
        step.decided_within = reading.phrase<Span>(node, parse_span);
        return;
    }
    written.erase(business, std::string_view(" business").size());
    const Phrase<Span> days = parse_span(written);
    if (!days.value || days.value->unit != CalendarUnit::days)
        reading.wrong(node, "business days are counted like 45 business days");
    else if (reading.edition.business_days.empty())
        reading.wrong(node, "business days are counted by a calendar: say \"closed days: NAME\" in the head");
    step.decided_within = days.value;
    step.decided_in_business_days = true;
}

void read_effects(Reading& reading, const Node& node, Step& step) {
    read_stays_open(reading, node, step);
    if (const Node* afterwards = node.find("afterwards");
        afterwards != nullptr && reading.is_mapping(*afterwards, "\"afterwards\"")) {
        reading.only(*afterwards, {Setting::afterwards});
        step.flags = reading.texts_at(*afterwards, "fact");
        if (step.flags.empty())
            reading.wrong(*afterwards, "say which \"fact\" is recorded with the decision");
    }
    if (const Node* within = node.find("decided within"))
        read_decided_within(reading, *within, step);
}

Surroundings surroundings_of(const Step& step) {
    Surroundings around;
    around.place = step.verb == Step::Verb::become ? Surroundings::Place::become : Surroundings::Place::renew;
    around.held_levels = step.coming_from;
    if (step.verb == Step::Verb::renew || step.verb == Step::Verb::extend)
        around.held_levels.push_back(step.level);
    around.has_term = around.place == Surroundings::Place::renew || !step.coming_from.empty();
    around.is_renewal_step = step.verb == Step::Verb::renew;
    around.filing = step.filing ? &*step.filing : nullptr;
    return around;
}

void read_step(Reading& reading, const Pair& pair, Step::Verb verb, const std::string& level_name) {
    Step step;
    step.verb = verb;
    step.level = level_name;
    step.place = (pair.value.file == nullptr ? std::string() : *pair.value.file) + ":" + std::to_string(pair.line) +
                 ":" + std::to_string(pair.column);
    const Node& node = pair.value;
    if (!reading.is_mapping(node, "\"" + pair.key + "\""))
        return;
    reading.only(node, {Setting::step});
    reading.use(NameKind::level, level_name, node);
    const std::string see = reading.see(node, {});
    step.coming_from = reading.texts_at(node, "coming from");
    if (!step.coming_from.empty())
        reading.use(NameKind::level, step.coming_from, *node.find("coming from"));
    if (const Node* file = node.find("file")) {
        step.filing = read_filing(reading, *file, see);
        const bool has_term = verb != Step::Verb::become || !step.coming_from.empty();
        for (const auto* day :
             {step.filing ? &step.filing->opens : nullptr, step.filing ? &step.filing->until : nullptr})
            if (day != nullptr && day->is_stated()) {
                check_day(reading, *file, day->value);
                for (const DayExpression* leaf : leaves_of(day->value))
                    if (!has_term && (leaf->anchor == Anchor::expiry || leaf->anchor == Anchor::term_start ||
                                      leaf->anchor == Anchor::first_issue))
                        reading.wrong(*file, "there is no term yet in \"" + pair.key + "\", so nothing can hang on " +
                                                 to_text(day->value));
            }
    }
    step.needs.name = pair.key;
    step.needs.word = "needs";
    step.needs.see = see;
    step.needs.place = step.place;
    Group needs;
    if (const Node* clauses = node.find("needs")) {
        Surroundings around = surroundings_of(step);
        reading.expanding = {pair.key};
        needs.parts = read_clauses(reading, *clauses, see, around);
        reading.expanding.clear();
    }
    step.needs.body = std::move(needs);
    read_effects(reading, node, step);
    if (const Node* fee = node.find("fee"))
        step.fees = read_fee(reading, *fee, see, surroundings_of(step));
    if (const Node* lasts = node.find("lasts")) {
        const auto level = std::find_if(reading.edition.levels.begin(), reading.edition.levels.end(),
                                        [&](const Level& one) { return one.name == level_name; });
        if (level != reading.edition.levels.end() && level->lasts)
            reading.wrong(*lasts,
                          "how long \"" + level_name + "\" lasts is said already; say it once, where the level begins");
        else if (level != reading.edition.levels.end())
            level->lasts = read_lasts(reading, *lasts, see);
        if (verb != Step::Verb::become && verb != Step::Verb::add)
            reading.wrong(*lasts, "\"lasts\" stands where the level begins (to become or to add " + level_name + ")");
        const bool unchanged =
            level != reading.edition.levels.end() && level->lasts && level->lasts->clock == "unchanged";
        if (unchanged && verb != Step::Verb::add)
            reading.wrong(*lasts, "only what is added leaves a term unchanged");
    }
    reading.edition.steps.push_back(std::move(step));
}

} // namespace

std::vector<Fee> read_fee(Reading& reading, const Node& node, const std::string& see, const Surroundings& around) {
    std::vector<Fee> fees;
    if (node.is_text())
        fees.push_back(read_one_fee(reading, node, "fee", see, around));
    else if (node.is_mapping())
        read_fee_words(reading, node, see, around, fees);
    else
        for (const Node& item : node.items)
            if (reading.is_mapping(item, "a fee"))
                read_fee_words(reading, item, see, around, fees);
    std::erase_if(fees, [](const Fee& fee) { return fee.cents.knowing == Knowing::none; });
    return fees;
}

void read_steps(Reading& reading) {
    for (const Pair& one : reading.root.pairs)
        if (const auto step = step_of(one.key))
            read_step(reading, one, step->first, step->second);
}

} // namespace peercert::curricula
