#include <algorithm>

#include "curricula/reading.hpp"

/// `after expiry`: the rungs that follow the last day of a term.
namespace peercert::curricula {

namespace {

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

/// One word, or a list of words by day that follow each other.
void read_called(Reading& reading, const Node& node, Rung& rung) {
    if (!node.is_list()) {
        rung.called = reading.text(node);
        return;
    }
    rung.called_by_day = read_titles_by_day(reading, node);
    const auto& words = rung.called_by_day;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const bool first_open = (at == 0) == !words[at].dated.first;
        const bool last_open = (at + 1 == words.size()) == !words[at].dated.last;
        if (!first_open || !last_open ||
            (at > 0 && words[at - 1].dated.last && words[at].dated.first &&
             add_days(*words[at - 1].dated.last, 1) != *words[at].dated.first)) {
            reading.wrong(node.items[at], "the words of a rung follow each other without gap: the first has only "
                                          "\"until\", the next begins the day after, the last has only \"from\"");
            return;
        }
    }
    if (!words.empty())
        rung.called = words.front().called;
}

Rung read_rung(Reading& reading, const Node& node, const std::string& inherited, const Node* holder_may_default) {
    reading.only(node, {Setting::rung});
    Rung rung;
    if (const Node* end = node.find("up to")) {
        if (auto read = reading.phrase<Rung>(*end, parse_rung_end)) {
            rung = std::move(*read);
            refuse_business_days(reading, *end, rung.until);
        }
    } else {
        reading.wrong(node, "say \"up to\" here: the last day of this rung, no limit or unknown");
    }
    rung.see = reading.see(node, inherited);
    reading.need_see(node, rung.see, "this rung");
    const Node* arithmetic = node.find("arithmetic says");
    if (arithmetic != nullptr) {
        if (const auto day = reading.phrase<DayExpression>(*arithmetic, parse_day)) {
            rung.until = *day;
            refuse_business_days(reading, *arithmetic, *day);
        }
        rung.arithmetic = reading.text(*arithmetic);
    }
    if ((rung.until_kind == Rung::Until::printed) != (arithmetic != nullptr))
        reading.wrong(
            node,
            "\"arithmetic says: 6 months after expiry\" belongs beside a day as printed, so that the year is known");
    if (const Node* called = node.find("called"))
        read_called(reading, *called, rung);
    else
        reading.wrong(node, "say \"called\" here: the word that people are shown for this time");
    if (const Node* may = node.find("holder may"))
        rung.holder_may = read_holder_may(reading, *may);
    else if (holder_may_default != nullptr)
        rung.holder_may = read_holder_may(reading, *holder_may_default);
    else
        reading.wrong(node, "say \"holder may\" here (nothing, a list of purposes, nothing said or unknown): whether "
                            "somebody may still work cannot be guessed");
    Surroundings around;
    around.place = Surroundings::Place::renew;
    around.has_term = true;
    for (const Level& level : reading.edition.levels)
        around.held_levels.push_back(level.name);
    if (const Node* fee = node.find("fee"))
        rung.fees = read_fee(reading, *fee, rung.see, around);
    if (const Node* back = node.find("to come back")) {
        rung.to_come_back = read_clause_or_list(reading, *back, rung.see, around, "to come back");
    }
    rung.only_to_come_back = reading.choice_at(node, Setting::rung, "instead of renewal") == "yes";
    if (rung.only_to_come_back && !rung.to_come_back)
        reading.wrong(node, "\"instead of renewal\" belongs beside \"to come back\"");
    rung.decides = reading.text_at(node, "decides");
    return rung;
}

} // namespace

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
