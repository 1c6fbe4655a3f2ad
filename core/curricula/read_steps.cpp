#include <algorithm>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>
#include <peercert/plugin.hpp>

#include "curricula/reading.hpp"

namespace peercert::curricula {

namespace {

Fee read_one_fee(Reading& reading, const Node& node, const std::string& name, const std::string& see,
                 const Word* word) {
    Fee fee;
    fee.name = name;
    fee.see = see;
    if (const auto knowing = reading.knowing_of(node, word)) {
        fee.cents.knowing = *knowing;
    } else if (const auto amount =
                   reading.phrase<AmountPhrase>(node, [](std::string_view text) { return parse_amount(text); })) {
        if (amount->amount.unit != Unit::cents)
            reading.wrong(node, "a fee is an amount of money, like 55 USD");
        fee.cents = {Knowing::stated, amount->amount.value};
    }
    reading.need_see(node, see, "this fee");
    return fee;
}

/// {amount: 50 USD, name: application} or {renewal: 55 USD, late: 25 USD}
void read_fee_words(Reading& reading, const Node& node, const std::string& inherited, std::vector<Fee>& fees) {
    const std::string see = reading.see(node, inherited);
    const Word* word = find_word(Setting::fee, "amount");
    if (const Node* amount = node.find("amount")) {
        reading.only(node, {Setting::fee});
        const std::string name = reading.text_at(node, "name");
        fees.push_back(read_one_fee(reading, *amount, name.empty() ? "fee" : name, see, word));
        return;
    }
    for (const Pair& one : node.pairs)
        if (one.key != "see")
            fees.push_back(read_one_fee(reading, one.value, one.key, see, word));
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
    return filing;
}

void read_clock(Reading& reading, const Node& node, Lasts& made) {
    const Node* ends = node.find("ends");
    if (ends == nullptr) {
        reading.wrong(node, "say \"ends\" here: " + one_of(split_words(find_word(Setting::lasts, "ends")->allowed)) +
                                ", or a plugin's clock");
        return;
    }
    made.clock = reading.text(*ends);
    const auto pass_on = [&] {
        for (const Pair& one : node.pairs)
            if (find_word(Setting::lasts, one.key) == nullptr)
                made.parameters.named.emplace(one.key, reading.parameters(one.value));
    };
    made.parameters.place = node.place();
    if (made.clock.find(':') != std::string::npos) {
        pass_on();
        const TermClock* clock = reading.kinds == nullptr ? nullptr : reading.kinds->clock(made.clock);
        if (reading.kinds != nullptr && clock == nullptr) {
            const std::string near = nearest(made.clock, reading.kinds->clock_names());
            reading.wrong(*ends, "no plugin brings the clock \"" + made.clock + "\"" +
                                     (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
        } else if (clock != nullptr) {
            try {
                clock->check(made.parameters);
            } catch (const Error& refused) {
                const std::string sentence = refused.what();
                const std::string lead = made.parameters.place + ": ";
                reading.wrong(node, sentence.starts_with(lead) ? sentence.substr(lead.size()) : sentence);
            }
        }
        return;
    }
    if (reading.choice_at(node, Setting::lasts, "ends").empty())
        return;
    pass_on();
    if (made.clock == "anniversary") {
        reading.only(node, {Setting::lasts, Setting::anniversary});
        reading.mandatory_choice(node, Setting::anniversary, "last day",
                                 "some certificates end on the anniversary, others the day before");
        reading.mandatory_choice(node, Setting::anniversary, "short month", "a term may begin on a 31st");
        reading.mandatory_choice(node, Setting::anniversary, "February 29", "a term may begin on that day");
        reading.choice_at(node, Setting::anniversary, "anchor");
    } else if (made.clock == "birthday") {
        reading.only(node, {Setting::lasts, Setting::birthday});
        reading.mandatory_choice(node, Setting::birthday, "February 29", "a birthday may be that day");
        if (node.find("the one after when issued within") == nullptr)
            reading.wrong(node, "say \"the one after when issued within\" here (90 days, none or nothing said): "
                                "whether a near birthday ends the first term");
        else
            reading.stated<Span>(node, Setting::birthday, "the one after when issued within", parse_span);
    } else if (made.clock == "fixed day") {
        reading.only(node, {Setting::lasts, Setting::fixed_day});
        if (const Node* day = node.find("day"))
            reading.phrase<PrintedDay>(*day, parse_month_day);
        else
            reading.wrong(node, "say \"day\" here, like October 31");
    } else {
        reading.only(node, {Setting::lasts});
    }
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
                const Anchor anchor = day->value.anchor;
                if (!has_term &&
                    (anchor == Anchor::expiry || anchor == Anchor::term_start || anchor == Anchor::first_issue))
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
    if (const Node* fee = node.find("fee"))
        step.fees = read_fee(reading, *fee, see);
    if (const Node* lasts = node.find("lasts")) {
        const auto level = std::find_if(reading.edition.levels.begin(), reading.edition.levels.end(),
                                        [&](const Level& one) { return one.name == level_name; });
        if (level != reading.edition.levels.end() && level->lasts)
            reading.wrong(*lasts,
                          "how long \"" + level_name + "\" lasts is said already; say it once, where the level begins");
        else if (level != reading.edition.levels.end())
            level->lasts = read_lasts(reading, *lasts, see);
        if (verb != Step::Verb::become)
            reading.wrong(*lasts, "\"lasts\" stands where the level begins (to become " + level_name + ")");
    }
    reading.edition.steps.push_back(std::move(step));
}

Stated<std::vector<std::string>> read_holder_may(Reading& reading, const Node& node) {
    if (node.is_text() && node.text == "nothing")
        return {Knowing::none, {}};
    if (const auto knowing = reading.knowing_of(node, find_word(Setting::rung, "holder may")))
        return {*knowing, {}};
    return {Knowing::stated, reading.texts(node)};
}

/// A day as printed that arithmetic contradicts is kept, and said. Only known where terms end on one day of the year.
void compare_with_print(Reading& reading, const Node& node, const Rung& rung) {
    const Phrase<PrintedDay> printed = parse_month_day(rung.printed);
    if (rung.until_kind != Rung::Until::printed || !printed.value || rung.until.anchor != Anchor::expiry)
        return;
    for (const Level& level : reading.edition.levels)
        for (const char* word : {"day", "last day"}) {
            if (!level.lasts || !level.lasts->parameters.has(word))
                continue;
            const Phrase<PrintedDay> ends = parse_month_day(level.lasts->parameters.at(word).text);
            if (!ends.value)
                continue;
            constexpr int some_common_year = 2022;
            Date day =
                add_months(Date{std::chrono::year{some_common_year}, std::chrono::month{1}, std::chrono::day{31}},
                           ends.value->month - 1);
            day = Date{day.year(), day.month(),
                       std::min(day.day(), std::chrono::day{static_cast<unsigned>(ends.value->day)})};
            int months = 0, days = 0;
            for (const Span& shift : rung.until.shifts)
                switch (shift.unit) {
                case CalendarUnit::years: months += 12 * shift.count; break;
                case CalendarUnit::months: months += shift.count; break;
                case CalendarUnit::weeks: days += 7 * shift.count; break;
                case CalendarUnit::days: days += shift.count; break;
                }
            day = add_days(add_months(day, months), days);
            const PrintedDay computed{static_cast<int>(unsigned{day.month()}), static_cast<int>(unsigned{day.day()})};
            if (computed != *printed.value)
                reading.warn(node, rung.printed + " is printed, but " + rung.arithmetic + " is " +
                                       month_day_text(computed) + " for a term that ends on " +
                                       month_day_text(*ends.value) + "; the printed day is kept");
            return;
        }
}

Rung read_rung(Reading& reading, const Node& node, const std::string& inherited, const Node* holder_may_default) {
    reading.only(node, {Setting::rung});
    Rung rung;
    if (const Node* end = node.find("up to")) {
        if (auto read = reading.phrase<Rung>(*end, parse_rung_end))
            rung = std::move(*read);
    } else {
        reading.wrong(node, "say \"up to\" here: the last day of this rung, no limit or unknown");
    }
    rung.see = reading.see(node, inherited);
    reading.need_see(node, rung.see, "this rung");
    const Node* arithmetic = node.find("arithmetic says");
    if (arithmetic != nullptr) {
        if (const auto day = reading.phrase<DayExpression>(*arithmetic, parse_day))
            rung.until = *day;
        rung.arithmetic = reading.text(*arithmetic);
    }
    if ((rung.until_kind == Rung::Until::printed) != (arithmetic != nullptr))
        reading.wrong(
            node,
            "\"arithmetic says: 6 months after expiry\" belongs beside a day as printed, so that the year is known");
    rung.called = reading.text_at(node, "called");
    if (rung.called.empty())
        reading.wrong(node, "say \"called\" here: the word that people are shown for this time");
    if (const Node* may = node.find("holder may"))
        rung.holder_may = read_holder_may(reading, *may);
    else if (holder_may_default != nullptr)
        rung.holder_may = read_holder_may(reading, *holder_may_default);
    else
        reading.wrong(node, "say \"holder may\" here (nothing, a list of purposes, nothing said or unknown): whether "
                            "somebody may still work cannot be guessed");
    if (const Node* fee = node.find("fee"))
        rung.fees = read_fee(reading, *fee, rung.see);
    if (const Node* back = node.find("to come back")) {
        Surroundings around;
        around.place = Surroundings::Place::renew;
        around.has_term = true;
        for (const Level& level : reading.edition.levels)
            around.held_levels.push_back(level.name);
        rung.to_come_back = read_clause_or_list(reading, *back, rung.see, around, "to come back");
    }
    rung.only_to_come_back = reading.choice_at(node, Setting::rung, "instead of renewal") == "yes";
    if (rung.only_to_come_back && !rung.to_come_back)
        reading.wrong(node, "\"instead of renewal\" belongs beside \"to come back\"");
    rung.decides = reading.text_at(node, "decides");
    return rung;
}

} // namespace

std::vector<Fee> read_fee(Reading& reading, const Node& node, const std::string& see) {
    std::vector<Fee> fees;
    if (node.is_text())
        fees.push_back(read_one_fee(reading, node, "fee", see, find_word(Setting::fee, "amount")));
    else if (node.is_mapping())
        read_fee_words(reading, node, see, fees);
    else
        for (const Node& item : node.items)
            if (reading.is_mapping(item, "a fee"))
                read_fee_words(reading, item, see, fees);
    std::erase_if(fees, [](const Fee& fee) { return fee.cents.knowing == Knowing::none; });
    return fees;
}

Lasts read_lasts(Reading& reading, const Node& node, const std::string& inherited) {
    Lasts made;
    if (!reading.is_mapping(node, "\"lasts\""))
        return made;
    made.see = reading.see(node, inherited);
    reading.need_see(node, made.see, "\"lasts\"");
    read_clock(reading, node, made);
    if (const Node* term = node.find("term"))
        made.term = reading.phrase<Span>(*term, parse_span);
    else if (made.clock != "no end" && made.clock.find(':') == std::string::npos)
        reading.wrong(node, "say \"term\" here, like 2 years");
    if (made.clock == "no end" && made.term)
        reading.wrong(node, "what has no end has no \"term\"");
    if (const Node* renewals = node.find("renewals")) {
        const std::string written = reading.text(*renewals);
        const auto most =
            parse_amount(std::string_view(written).substr(written.starts_with("at most ") ? 8 : 0), BareNumber::count);
        if (!written.starts_with("at most ") || !most.value || most.value->amount.unit != Unit::count ||
            most.value->amount.value > 1000)
            reading.wrong(*renewals, "\"renewals\" takes a limit like at most 4");
        else
            made.renewals_at_most = static_cast<int>(most.value->amount.value);
    }
    return made;
}

void read_steps(Reading& reading) {
    for (const Pair& one : reading.root.pairs)
        if (const auto step = step_of(one.key))
            read_step(reading, one, step->first, step->second);
}

void read_after_expiry(Reading& reading) {
    const Node* node = reading.root.find("after expiry");
    if (node == nullptr)
        return;
    if (reading.knowing_of(*node, find_word(Setting::head, "after expiry"))) {
        Rung rung;
        rung.until_kind = Rung::Until::unknown;
        rung.called = "expired";
        reading.edition.after_expiry.push_back(std::move(rung));
        return;
    }
    if (!reading.is_mapping(*node, "\"after expiry\""))
        return;
    reading.only(*node, {Setting::after_expiry});
    reading.edition.after_expiry_see = reading.see(*node, {});
    const Node* rungs = node->find("rungs");
    if (rungs == nullptr || !rungs->is_list() || rungs->items.empty()) {
        reading.wrong(*node, "\"after expiry\" wants a list of \"rungs\"");
        return;
    }
    for (const Node& item : rungs->items)
        if (reading.is_mapping(item, "a rung"))
            reading.edition.after_expiry.push_back(
                read_rung(reading, item, reading.edition.after_expiry_see, node->find("holder may")));
    const std::vector<Rung>& all = reading.edition.after_expiry;
    for (std::size_t at = 0; at < all.size() && all.size() == rungs->items.size(); ++at)
        compare_with_print(reading, rungs->items[at], all[at]);
    for (std::size_t at = 0; at < all.size(); ++at) {
        const bool open = all[at].until_kind == Rung::Until::no_limit || all[at].until_kind == Rung::Until::unknown;
        if (open != (at + 1 == all.size()))
            reading.wrong(rungs->items[at], open ? "nothing can follow a rung that goes up to " +
                                                       reading.text_at(rungs->items[at], "up to")
                                                 : "the last rung goes up to no limit or unknown");
    }
}

} // namespace peercert::curricula
