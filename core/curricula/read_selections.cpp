#include <algorithm>

#include "curricula/reading.hpp"

namespace peercert::curricula {

namespace {

WhenAbsent absent_of(const std::string& word) {
    return word == "not begun" ? WhenAbsent::not_begun : word == "open" ? WhenAbsent::open : WhenAbsent::empty;
}

} // namespace

bool exists_for_certain(const DayExpression& day, const Surroundings& around) {
    switch (day.anchor) {
    case Anchor::day:
    case Anchor::asked:
    case Anchor::birth: return true;
    case Anchor::applying:
    case Anchor::issue: return around.place != Surroundings::Place::elsewhere;
    case Anchor::expiry:
    case Anchor::term_start:
    case Anchor::first_issue:
    case Anchor::last_certification: return around.has_term;
    case Anchor::passing: return around.place == Surroundings::Place::renew;
    case Anchor::becoming:
        return std::find(around.held_levels.begin(), around.held_levels.end(), day.word) != around.held_levels.end();
    case Anchor::month_start:
    case Anchor::month_end:
    case Anchor::year_start:
    case Anchor::year_end:
    case Anchor::later_of:
    case Anchor::earlier_of:
    case Anchor::quarter_start:
    case Anchor::quarter_end:
    case Anchor::business_after:
    case Anchor::business_before:
        return std::all_of(day.of.begin(), day.of.end(),
                           [&around](const DayExpression& one) { return exists_for_certain(one, around); });
    case Anchor::completing:
    case Anchor::starting:
    case Anchor::first_attempt:
    case Anchor::entry:
    case Anchor::approval:
    case Anchor::last_renewal:
    case Anchor::previous_start:
    case Anchor::previous_end: return false;
    }
    return false;
}

void check_day(Reading& reading, const Node& at, const DayExpression& day) {
    if (day.anchor == Anchor::completing || day.anchor == Anchor::starting)
        reading.use(NameKind::course, day.word, at);
    else if (day.anchor == Anchor::becoming)
        reading.use(NameKind::level, day.word, at);
    else if (day.anchor == Anchor::first_attempt)
        reading.use(NameKind::part, day.word, at);
    if ((day.anchor == Anchor::business_after || day.anchor == Anchor::business_before) &&
        reading.edition.business_days.empty())
        reading.wrong(at, "business days are counted by a calendar: say \"closed days: NAME\" in the head");
    for (const DayExpression& one : day.of)
        check_day(reading, at, one);
}

void refuse_business_days(Reading& reading, const Node& at, const DayExpression& day) {
    if (day.anchor == Anchor::business_after || day.anchor == Anchor::business_before)
        reading.wrong(at, "business days can be counted in \"dated\", in \"file\" and in \"stays open\"; here the day "
                          "has to be known for every year, like 14 days before expiry");
    for (const DayExpression& one : day.of)
        refuse_business_days(reading, at, one);
}

void refuse_business_days(Reading& reading, const Node& at, const std::optional<Window>& window) {
    for (const auto* end : {window ? &window->from : nullptr, window ? &window->until : nullptr})
        if (end != nullptr && *end)
            refuse_business_days(reading, at, **end);
}

std::vector<const DayExpression*> leaves_of(const DayExpression& day) {
    if (day.of.empty())
        return {&day};
    std::vector<const DayExpression*> leaves;
    for (const DayExpression& one : day.of)
        for (const DayExpression* leaf : leaves_of(one))
            leaves.push_back(leaf);
    return leaves;
}

std::optional<Window> read_window(Reading& reading, const Node& mapping, std::string_view word,
                                  const Surroundings& around) {
    const Node* node = mapping.find(word);
    if (node == nullptr) {
        if (const Node* absent = mapping.find("absent"))
            reading.wrong(*absent, "\"absent\" belongs beside \"" + std::string(word) + "\", and there is none here");
        return std::nullopt;
    }
    auto window = reading.phrase<Window>(*node, parse_dated);
    if (!window)
        return std::nullopt;
    if (!window->in_the_term && !window->from && !window->until)
        return std::nullopt; // ever
    bool guaranteed = !window->in_the_term || around.has_term;
    for (const auto* end : {&window->from, &window->until})
        if (*end) {
            check_day(reading, *node, **end);
            guaranteed = guaranteed && exists_for_certain(**end, around);
        }
    const std::string absent = reading.choice_at(mapping, Setting::measure, "absent");
    if (!absent.empty())
        window->absent = absent_of(absent);
    else if (!guaranteed && mapping.find("absent") == nullptr)
        reading.wrong(*node, "the day in \"" + node->text +
                                 "\" may not exist yet; say what holds then: \"absent: nothing counts yet\", "
                                 "\"absent: not begun\" (the limit does not bite) or \"absent: open\"");
    return window;
}

DayRange read_literal_days(Reading& reading, const Node& mapping, std::string_view word) {
    const Node* node = mapping.find(word);
    const auto window = node == nullptr ? std::nullopt : reading.phrase<Window>(*node, parse_dated);
    if (!window)
        return {};
    DayRange days;
    const auto literal = [](const std::optional<DayExpression>& end) {
        return !end || (end->anchor == Anchor::day && end->shifts.empty());
    };
    if (window->in_the_term || !literal(window->from) || !literal(window->until) || (!window->from && !window->until))
        reading.wrong(*node, "literal days are wanted here, like from 2021-02-28 until 2021-08-30");
    if (window->from)
        days.first = window->from_excluded ? add_days(window->from->day, 1) : window->from->day;
    if (window->until)
        days.last = window->until_excluded ? add_days(window->until->day, -1) : window->until->day;
    return days;
}

namespace {

NotUsedBy read_not_used_by(Reading& reading, const Node& node) {
    NotUsedBy made;
    if (node.is_text()) {
        made.track = reading.text(node);
        return made;
    }
    if (!reading.is_mapping(node, "\"not used by\""))
        return made;
    reading.only(node, {Setting::not_used_by});
    made.track = reading.text_at(node, "track");
    if (node.find("track") == nullptr)
        reading.wrong(node, "say whose decisions: {track: wi-cps, only: [ethics]}");
    if (const Node* only = node.find("only")) {
        Reading::Names names = reading.names(*only);
        reading.use(NameKind::topic, names.names, *only);
        (names.any ? made.any_of : made.only) = std::move(names.names);
    }
    return made;
}

} // namespace

Selection read_selection(Reading& reading, const Node& mapping, const Surroundings& around) {
    Selection made;
    const auto topics = [&](std::string_view word) {
        std::vector<std::string> words = reading.texts_at(mapping, word);
        if (!words.empty())
            reading.use(NameKind::topic, words, *mapping.find(word));
        return words;
    };
    if (const Node* only = mapping.find("only")) {
        Reading::Names names = reading.names(*only);
        reading.use(NameKind::topic, names.names, *only);
        (names.any ? made.any_of : made.only) = std::move(names.names);
    }
    made.does_not_count = topics("does not count");
    made.except = topics("except");
    if (!made.except.empty() && made.does_not_count.empty())
        reading.wrong(*mapping.find("except"), "\"except\" belongs beside \"does not count\"");
    made.providers = topics("providers");
    made.proof = topics("proof");
    made.courses = reading.texts_at(mapping, "courses");
    if (!made.courses.empty() && !around.names_documents)
        reading.use(NameKind::course, made.courses, *mapping.find("courses"));
    if (mapping.find("units") != nullptr) {
        const std::vector<std::string> units = reading.texts_at(mapping, "units");
        made.courses.insert(made.courses.end(), units.begin(), units.end());
    }
    made.while_level = reading.text_at(mapping, "while");
    if (!made.while_level.empty())
        reading.use(NameKind::level, made.while_level, *mapping.find("while"));
    made.vouched_by = reading.text_at(mapping, "by");
    if (!made.vouched_by.empty())
        reading.use(NameKind::role, made.vouched_by, *mapping.find("by"));
    if (const Node* used = mapping.find("not used by")) {
        if (used->is_list())
            for (const Node& one : used->items)
                made.not_used_by.push_back(read_not_used_by(reading, one));
        else
            made.not_used_by.push_back(read_not_used_by(reading, *used));
    }
    made.letter = reading.text_at(mapping, "letter of each provider");
    made.dated = read_window(reading, mapping, "dated", around);
    const std::string repeats = reading.choice_at(mapping, Setting::measure, "same course");
    if (!repeats.empty())
        made.same_course = repeats == "once ever" ? Selection::Repeats::once_ever : Selection::Repeats::once_per_term;
    return made;
}

std::optional<Span> read_held_for(Reading& reading, const Node& mapping) {
    const Node* node = mapping.find("held for");
    if (node == nullptr)
        return std::nullopt;
    const std::string written = reading.text(*node);
    const std::string_view least = "at least ";
    const Phrase<Span> span =
        parse_span(std::string_view(written).substr(written.starts_with(least) ? least.size() : 0));
    if (!written.starts_with(least) || !span.value)
        reading.wrong(*node, "\"held for\" takes a time like at least 1 year (in all, breaks or not)");
    return span.value;
}

namespace {

/// `in a row`, and what 29 February does to a stretch of months or years.
void read_run(Reading& reading, const Node& clause, HasEntries& made) {
    const std::string run = reading.choice_at(clause, Setting::fact, "in a row");
    if (run.empty()) {
        if (const Node* leap = clause.find("February 29"))
            reading.wrong(*leap, "\"February 29\" belongs beside \"in a row\"");
        return;
    }
    made.run = run == "once" ? HasEntries::Run::once : HasEntries::Run::up_to_the_day;
    if (!made.held_for) {
        reading.wrong(*clause.find("in a row"), "\"in a row\" belongs beside \"held for\"");
        return;
    }
    if (made.held_for->unit == CalendarUnit::months || made.held_for->unit == CalendarUnit::years)
        made.leap_day = leap_day_of(
            reading.mandatory_choice(clause, Setting::fact, "February 29", "a stretch may begin on that day"));
}

} // namespace

RequirementBody read_entries(Reading& reading, const Node& clause, const Pair& kind, EntryKind entries,
                             Surroundings& around) {
    HasEntries made;
    made.kind = entries;
    const Reading::Names codes = reading.names(kind.value);
    if (entries == EntryKind::training)
        reading.use(NameKind::course, codes.names, kind.value);
    if (entries == EntryKind::sign_off)
        for (const std::string& code : codes.names)
            if (code.find('/') == std::string::npos)
                reading.wrong(kind.value, "a competency is written as FRAMEWORK/CODE, like ecpr/ECPR.C");
    made.selection = read_selection(reading, clause, around);
    made.held_for = read_held_for(reading, clause);
    if (entries == EntryKind::fact) {
        read_run(reading, clause, made);
        refuse_business_days(reading, clause, made.selection.dated);
    }
    if (entries == EntryKind::fact && around.under_none_of && clause.find("not on record means") == nullptr)
        reading.wrong(clause, "under \"none of\" say \"not on record means\" here (not met, needs a decision or met): "
                              "nothing is proven because nobody looked");
    if (const std::string silence = reading.choice_at(clause, Setting::fact, "not on record means"); !silence.empty())
        made.absent = silence == "met" ? Absence::met : silence == "needs a decision" ? Absence::open : Absence::unmet;
    if (!reading.choice_at(clause, Setting::entries, "signed").empty()) {
        if (made.selection.dated)
            reading.wrong(*clause.find("signed"), "\"signed: again\" says when already; leave \"dated\" out");
        if (!around.has_term)
            reading.wrong(*clause.find("signed"), "\"signed: again\" belongs to a renewal; here there is no term yet");
        Window window;
        window.from = around.filing != nullptr && around.filing->opens.is_stated()
                          ? around.filing->opens.value
                          : DayExpression{Anchor::term_start, {}, {}, {}, {}};
        made.selection.dated = window;
    }
    if (!codes.any) {
        made.codes = codes.names;
        return made;
    }
    Group group;
    group.op = Group::Op::any;
    for (const std::string& code : codes.names) {
        made.codes = {code};
        Requirement one;
        one.name = kind.key + " " + code;
        one.word = kind.key;
        one.see = reading.see(clause, {});
        one.place = kind.value.place();
        one.body = made;
        group.parts.push_back(std::move(one));
    }
    return group;
}

} // namespace peercert::curricula
