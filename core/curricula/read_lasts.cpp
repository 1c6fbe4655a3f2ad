#include <algorithm>
#include <array>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>
#include <peercert/plugin.hpp>

#include "curricula/reading.hpp"

/// `lasts`: how long a term is, and the clock that ends it.
namespace peercert::curricula {

namespace {

Setting words_of_clock(std::string_view clock) {
    constexpr std::array<std::pair<std::string_view, Setting>, 6> clocks{{{"anniversary", Setting::anniversary},
                                                                          {"birthday", Setting::birthday},
                                                                          {"fixed day", Setting::fixed_day},
                                                                          {"month start", Setting::month_start},
                                                                          {"calendar year", Setting::calendar_year},
                                                                          {"regime", Setting::regime}}};
    for (const auto& [name, setting] : clocks)
        if (name == clock)
            return setting;
    return Setting::lasts;
}

void read_fixed_day(Reading& reading, const Node& node) {
    if (const Node* day = node.find("day"))
        reading.phrase<PrintedDay>(*day, parse_month_day);
    else
        reading.wrong(node, "say \"day\" here, like October 31");
    const std::string years = reading.choice_at(node, Setting::fixed_day, "years");
    const Node* least = node.find("at least");
    const Node* counted = node.find("counted from");
    if (years.empty()) {
        for (const Node* one : {least, counted})
            if (one != nullptr)
                reading.wrong(*one, "\"at least\" and \"counted from\" belong beside \"years\"");
        return;
    }
    if (least == nullptr)
        reading.wrong(node, "say \"at least\" here (a span like 1 year, none or nothing said): a first term may be "
                            "shorter than the others, and how short cannot be guessed");
    else
        reading.stated<Span>(node, Setting::fixed_day, "at least", parse_span);
    const bool counts = years.starts_with("every ");
    if (counts && !reading.number_at(node, "counted from", last_year))
        reading.wrong(node, "say \"counted from\" here: a year in which terms end, like 2024");
    if (!counts && counted != nullptr)
        reading.wrong(*counted, "\"counted from\" belongs beside every second, every third and so on");
}

/// Which birthday ends the first term has to be said, in one of four ways.
void read_birthday(Reading& reading, const Node& node) {
    reading.mandatory_choice(node, Setting::birthday, "February 29", "a birthday may be that day");
    reading.choice_at(node, Setting::birthday, "last day");
    reading.choice_at(node, Setting::birthday, "years");
    reading.choice_at(node, Setting::birthday, "first term");
    int ways = node.find("first term") != nullptr ? 1 : 0;
    for (const std::string_view word : {"the one after when issued within", "at least", "at most"})
        if (node.find(word) != nullptr) {
            ++ways;
            reading.stated<Span>(node, Setting::birthday, word, parse_span);
        }
    if (ways != 1)
        reading.wrong(node,
                      std::string(ways == 0 ? "say" : "say only one of these: ") +
                          (ways == 0 ? " \"the one after when issued within\" here (90 days, none or nothing said): "
                                       "whether a near birthday ends the first term; or, where first terms are longer, "
                                     : "the one after when issued within, ") +
                          "\"at least: 1 year\", \"at most: 2 years\" or \"first term: to the birthday in the year a "
                          "full term ends\"");
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
    reading.only(node, {Setting::lasts, words_of_clock(made.clock)});
    if (made.clock == "anniversary") {
        reading.mandatory_choice(node, Setting::anniversary, "last day",
                                 "some certificates end on the anniversary, others the day before");
        reading.mandatory_choice(node, Setting::anniversary, "short month", "a term may begin on a 31st");
        reading.mandatory_choice(node, Setting::anniversary, "February 29", "a term may begin on that day");
        reading.choice_at(node, Setting::anniversary, "anchor");
    } else if (made.clock == "birthday") {
        read_birthday(reading, node);
    } else if (made.clock == "fixed day") {
        read_fixed_day(reading, node);
    } else if (made.clock == "month start") {
        reading.mandatory_choice(node, Setting::month_start, "last day",
                                 "some terms end on the first of the month, others the day before");
    } else if (made.clock == "calendar year") {
        reading.mandatory_choice(node, Setting::calendar_year, "year of issue",
                                 "a first term ends in the year of issue or a year later");
    } else if (made.clock == "regime") {
        if (node.find("anchor") == nullptr)
            reading.wrong(node, "say \"anchor\" here: the first day of the regime, like 2023-02-01");
        else if (!parse_date(reading.text_at(node, "anchor")))
            read_literal_days(reading, node, "anchor");
        reading.mandatory_choice(node, Setting::month_start, "last day",
                                 "some cycles end on the first of the month, others the day before");
    }
}

/// `term: 2 years`, or what the holder may choose from.
void read_term(Reading& reading, const Node& node, Lasts& made) {
    if (!node.is_mapping()) {
        made.term = reading.phrase<Span>(node, parse_span);
        return;
    }
    reading.only(node, {Setting::term});
    const Node* offered = node.find("chosen by the holder");
    if (offered == nullptr || !reading.is_list(*offered, "\"chosen by the holder\""))
        return;
    for (const Node& item : offered->items)
        if (const auto span = reading.phrase<Span>(item, parse_span))
            made.chosen.push_back(*span);
    if (offered->items.size() < 2)
        reading.wrong(*offered, "a choice has at least two terms, like [1 year, 2 years]");
}

} // namespace

Lasts read_lasts(Reading& reading, const Node& node, const std::string& inherited) {
    Lasts made;
    if (!reading.is_mapping(node, "\"lasts\""))
        return made;
    made.see = reading.see(node, inherited);
    reading.need_see(node, made.see, "\"lasts\"");
    const Node* term = node.find("term");
    if (const auto knowing =
            term == nullptr ? std::nullopt : reading.knowing_of(*term, find_word(Setting::lasts, "term"))) {
        made.term_known = *knowing;
        reading.only(node, {Setting::lasts});
        return made;
    }
    if (term != nullptr && term->is_text() && term->text == "unchanged") {
        made.clock = "unchanged";
        made.parameters.place = node.place();
        reading.only(node, {Setting::lasts});
        if (const Node* ends = node.find("ends"))
            reading.wrong(*ends, "a term that is left unchanged has no clock of its own");
        return made;
    }
    read_clock(reading, node, made);
    if (term != nullptr)
        read_term(reading, *term, made);
    else if (made.clock != "no end" && made.clock.find(':') == std::string::npos)
        reading.wrong(node, "say \"term\" here, like 2 years");
    if (made.clock == "no end" && term != nullptr)
        reading.wrong(node, "what has no end has no \"term\"");
    made.aligned_with = reading.texts_at(node, "aligned with");
    if (const Node* shown = node.find("shown until")) {
        const auto day = reading.phrase<DayExpression>(*shown, parse_day);
        if (day)
            refuse_business_days(reading, *shown, *day);
        const auto leaves = day ? leaves_of(*day) : std::vector<const DayExpression*>{};
        if (std::any_of(leaves.begin(), leaves.end(),
                        [](const DayExpression* leaf) { return leaf->anchor != Anchor::expiry; }))
            reading.wrong(*shown, "\"shown until\" hangs on expiry, like 30 days after expiry");
        made.shown_until = day;
    }
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

} // namespace peercert::curricula
