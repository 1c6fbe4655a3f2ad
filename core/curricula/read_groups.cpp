#include <algorithm>
#include <utility>

#include "curricula/reading.hpp"

namespace peercert::curricula {

namespace {

void read_levels_of(Reading& reading, const Pair& one) {
    Level level;
    level.name = one.key;
    const Node& node = one.value;
    if (!reading.is_mapping(node, "the level \"" + one.key + "\" (write {} when there is nothing to say)"))
        return;
    reading.only(node, {Setting::level});
    level.see = reading.see(node, {});
    level.may = reading.texts_at(node, "may");
    level.may_not = reading.texts_at(node, "may not");
    level.why_not = reading.text_at(node, "because");
    if (!level.why_not.empty() && level.may_not.empty())
        reading.wrong(*node.find("because"), "\"because\" belongs beside \"may not\"");
    if (!level.may.empty() || !level.may_not.empty())
        reading.need_see(node, level.see, "this level");
    if (const Node* current = node.find("stays current")) {
        Surroundings around;
        level.stays_current = read_clause_or_list(reading, *current, level.see, around, "stays current");
    }
    if (const Node* eligible = node.find("eligible while")) {
        Surroundings around;
        level.eligible_while = read_clause_or_list(reading, *eligible, level.see, around, "eligible while");
        const std::string then =
            reading.mandatory_choice(node, Setting::level, "when no longer eligible",
                                     "some credentials end at once, others are kept to their last day");
        level.when_no_longer_eligible = then == "ends"             ? Level::NoLonger::ends
                                        : then == "keep to expiry" ? Level::NoLonger::keeps_to_expiry
                                                                   : Level::NoLonger::not_said;
    } else if (const Node* then = node.find("when no longer eligible")) {
        reading.wrong(*then, "\"when no longer eligible\" belongs beside \"eligible while\"");
    }
    if (const Node* lasts = node.find("lasts"))
        level.lasts = read_lasts(reading, *lasts, level.see);
    reading.edition.levels.push_back(std::move(level));
}

void read_leaders(Reading& reading, const Node& node, Format& format) {
    if (node.is_text() && node.text.starts_with("anyone ")) {
        format.led_by_invitation = node.text;
        return;
    }
    const auto slot = [&](const Node& item) {
        const Reading::Names names = reading.names(item);
        reading.use(NameKind::level, names.names, item);
        if (!names.any && names.names.size() > 1)
            reading.wrong(item, "one leader holds one level; write {any of: [a, b]} for either");
        format.led_by.push_back(names.names);
    };
    if (node.is_list())
        for (const Node& item : node.items)
            slot(item);
    else
        slot(node);
}

void read_sessions(Reading& reading, const Node& node, Format& format) {
    if (reading.knowing_of(node, find_word(Setting::group, "sessions")))
        return;
    const std::string written = reading.text(node);
    const std::size_t of = written.find(" of ");
    const auto count = parse_amount(std::string_view(written).substr(0, of), BareNumber::count);
    const auto length =
        of == std::string::npos ? Phrase<AmountPhrase>{} : parse_amount(std::string_view(written).substr(of + 4));
    const bool good = count.value && count.value->amount.unit == Unit::count && count.value->amount.value >= 1 &&
                      count.value->amount.value <= 1000 &&
                      (of == std::string::npos || (length.value && length.value->amount.unit == Unit::minutes));
    if (!good) {
        reading.wrong(node, "\"sessions\" takes a number, and how long each is, like 8 of 2.5 h");
        return;
    }
    format.sessions = static_cast<int>(count.value->amount.value);
    if (length.value)
        format.session_length = Minutes{length.value->amount.value};
}

void read_size_and_content(Reading& reading, const Node& node, Format& format) {
    const auto size = reading.stated<BoundPhrase>(
        node, Setting::group, "size", [](std::string_view text) { return parse_bound(text, BareNumber::count); });
    if (size && size->is_stated()) {
        if (size->value.bound.unit != Unit::count)
            reading.wrong(*node.find("size"), "a size is a number of people, like 8 to 12 people");
        format.size = size->value.bound;
    }
    const auto content = reading.stated<BoundPhrase>(node, Setting::group, "content",
                                                     [](std::string_view text) { return parse_bound(text); });
    if (content && content->is_stated()) {
        if (content->value.bound.unit != Unit::minutes || !content->value.bound.at_least)
            reading.wrong(*node.find("content"), "the content is at least so many hours, like at least 16 h");
        else
            format.content_at_least = Minutes{*content->value.bound.at_least};
    }
}

/// "at most 10".
std::optional<std::int64_t> bound_at(Reading& reading, const Node& node, std::string_view word) {
    const Node* found = node.find(word);
    if (found == nullptr)
        return std::nullopt;
    const auto bound =
        reading.phrase<BoundPhrase>(*found, [](std::string_view text) { return parse_bound(text, BareNumber::count); });
    if (bound && bound->bound.unit == Unit::count && bound->bound.at_most && !bound->bound.at_least &&
        *bound->bound.at_most > 0)
        return bound->bound.at_most;
    if (bound)
        reading.wrong(*found, "\"" + std::string(word) + "\" takes a limit like at most 10");
    return std::nullopt;
}

void read_outcomes(Reading& reading, const Node& node, Format& format) {
    if (!reading.is_list(node, "\"outcomes\""))
        return;
    bool completed = false; // one that asks nothing more has been met
    for (const Node& item : node.items) {
        if (!reading.is_mapping(item, "an outcome"))
            continue;
        reading.only(item, {Setting::outcome});
        Format::Outcome outcome;
        outcome.called = reading.text_at(item, "called");
        if (outcome.called.empty())
            reading.wrong(item, "an outcome says what it is \"called\"");
        Surroundings around;
        if (const Node* needs = item.find("needs"))
            outcome.needs = read_clause_or_list(reading, *needs, reading.see(item, format.see), around, outcome.called);
        else if (&item != &node.items.back() && std::exchange(completed, true))
            reading.wrong(item, "an outcome without \"needs\" is for everybody who completed it, and there is one "
                                "already; only the last may be for everybody else");
        for (const Format::Outcome& one : format.outcomes)
            if (one.called == outcome.called)
                reading.wrong(item, "two outcomes are called \"" + outcome.called + "\"");
        format.outcomes.push_back(std::move(outcome));
    }
}

/// How much may be missed, and what makes it up.
void read_attendance(Reading& reading, const Node& node, Format& format) {
    if (const Node* missed = node.find("missed at most")) {
        const auto amount =
            reading.phrase<AmountPhrase>(*missed, [](std::string_view text) { return parse_amount(text); });
        if (amount && amount->amount.unit != Unit::minutes)
            reading.wrong(*missed, "\"missed at most\" takes hours, like 5 h: lateness counts too");
        else if (amount)
            format.missed_at_most = Minutes{amount->amount.value};
        // Where the source does not print the whole, saying so is enough: a cohort's own sessions tell it.
        const Node* sessions = node.find("sessions");
        const bool not_known =
            sessions != nullptr && reading.knowing_of(*sessions, find_word(Setting::group, "sessions"));
        if (format.held_by_plan().count() == 0 && !not_known)
            reading.wrong(*missed, "what is missed is counted from the whole; say \"sessions: 8 of 2.5 h\" or "
                                   "\"content: at least 20 h\" here, or \"sessions: unknown\"");
    }
    format.never_missed = reading.texts_at(node, "never missed");
    for (const std::string& unit : format.never_missed)
        if (std::find(format.units.begin(), format.units.end(), unit) == format.units.end())
            reading.wrong(*node.find("never missed"), "\"" + unit + "\" is no unit of this group; units: " +
                                                          one_of({format.units.begin(), format.units.end()}));
    const bool asked = format.missed_at_most || !format.never_missed.empty();
    if (asked) {
        const std::string made_up = reading.mandatory_choice(
            node, Setting::group, "made up by", "whether what was missed can be made up decides about a certificate");
        if (made_up == "next round" || made_up == "make-up session")
            format.made_up_by = {Knowing::stated, made_up};
        else
            format.made_up_by.knowing = made_up == "nothing"   ? Knowing::none
                                        : made_up == "unknown" ? Knowing::unknown
                                                               : Knowing::nothing_said;
    } else if (const Node* made_up = node.find("made up by")) {
        reading.wrong(*made_up, "\"made up by\" belongs beside \"missed at most\" or \"never missed\"");
    }
    if (const Node* outcomes = node.find("outcomes"))
        read_outcomes(reading, *outcomes, format);
}

/// The words that a group and the head of a `course:` file have in common.
void read_running(Reading& reading, const Node& node, Format& format) {
    read_size_and_content(reading, node, format);
    if (const Node* sessions = node.find("sessions"))
        read_sessions(reading, *sessions, format);
    format.units = reading.texts_at(node, "units");
    if (const Node* leaders = node.find("led by"))
        read_leaders(reading, *leaders, format);
    if (const Node* others = node.find("others"); others != nullptr) {
        format.others_may_lead_along = !reading.choice_at(node, Setting::group, "others").empty();
        if (format.led_by.empty())
            reading.wrong(*others, "\"others\" belongs beside \"led by\" with levels");
    }
    if (const auto ratio = bound_at(reading, node, "learners for each leader"))
        format.learners_for_each_leader = static_cast<int>(*ratio);
    read_attendance(reading, node, format);
    if (const Node* completed = node.find("completed by")) {
        Surroundings around;
        format.completion = read_clause_or_list(reading, *completed, format.see, around, "completed by");
    }
    format.completion_word = reading.text_at(node, "completion");
    if (!format.completion_word.empty())
        reading.define(NameKind::course, format.completion_word);
}

} // namespace

void read_levels(Reading& reading) {
    const Node* node = reading.root.find("levels");
    if (node == nullptr)
        return;
    if (node->is_mapping()) {
        for (const Pair& one : node->pairs)
            reading.define(NameKind::level, one.key);
        for (const Pair& one : node->pairs)
            read_levels_of(reading, one);
        return;
    }
    for (const std::string& name : reading.texts(*node)) {
        reading.define(NameKind::level, name);
        Level level;
        level.name = name;
        reading.edition.levels.push_back(std::move(level));
    }
}

void read_groups(Reading& reading) {
    const Node& root = reading.root;
    if (root.find("course") != nullptr) {
        Format own;
        own.name = reading.edition.code;
        read_running(reading, root, own);
        own.gives = reading.text_at(root, "everyone who comes gets");
        if (own.completion_word.empty())
            own.completion_word = reading.edition.code;
        reading.edition.formats.push_back(std::move(own));
    }
    const Node* groups = root.find("groups");
    if (groups == nullptr || !reading.is_mapping(*groups, "\"groups\""))
        return;
    for (const Pair& one : groups->pairs) {
        if (!reading.is_mapping(one.value, "the group \"" + one.key + "\""))
            continue;
        reading.only(one.value, {Setting::group});
        Format format;
        format.name = one.key;
        format.see = reading.see(one.value, {});
        reading.need_see(one.value, format.see, "this group");
        read_running(reading, one.value, format);
        format.gives = reading.text_at(one.value, "gives");
        format.keeps_no_register = reading.choice_at(one.value, Setting::group, "keeps no register") == "yes";
        format.never_recorded = reading.texts_at(one.value, "never recorded");
        reading.text_at(one.value, "note");
        const bool looks_at_attendance =
            format.missed_at_most || !format.never_missed.empty() || !format.outcomes.empty();
        if (format.keeps_no_register && (format.completion || !format.completion_word.empty() || looks_at_attendance))
            reading.wrong(one.value, "a group that keeps no register cannot know who completed it");
        if (reading.edition.format(format.name) != nullptr)
            reading.wrong(one, "this group is called like the course itself");
        reading.edition.formats.push_back(std::move(format));
    }
}

} // namespace peercert::curricula
