#include <algorithm>

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

/// The words that a group and the head of a `course:` file have in common.
void read_running(Reading& reading, const Node& node, Format& format) {
    read_size_and_content(reading, node, format);
    if (const Node* sessions = node.find("sessions"))
        read_sessions(reading, *sessions, format);
    format.units = reading.texts_at(node, "units");
    if (const Node* leaders = node.find("led by"))
        read_leaders(reading, *leaders, format);
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
        if (format.keeps_no_register && (format.completion || !format.completion_word.empty()))
            reading.wrong(one.value, "a group that keeps no register cannot know who completed it");
        if (reading.edition.format(format.name) != nullptr)
            reading.wrong(one, "this group is called like the course itself");
        reading.edition.formats.push_back(std::move(format));
    }
}

void read_purposes_and_exceptions(Reading& reading) {
    const Node* may = reading.root.find("may");
    if (may != nullptr && reading.is_mapping(*may, "\"may\""))
        for (const Pair& one : may->pairs) {
            if (!reading.is_mapping(one.value, "the purpose \"" + one.key + "\""))
                continue;
            const Node& node = one.value;
            reading.only(node, {Setting::purpose});
            Purpose purpose;
            purpose.name = one.key;
            purpose.see = reading.see(node, {});
            reading.need_see(node, purpose.see, "this purpose");
            if (const Node* level = node.find("level")) {
                const Reading::Names names = reading.names(*level);
                if (!names.any && names.names.size() > 1)
                    reading.wrong(*level, "a list means all of them; write {any of: [a, b]} for either");
                purpose.levels = names.names;
                reading.use(NameKind::level, purpose.levels, *level);
            } else {
                reading.wrong(node, "say \"level\" here: who may");
            }
            if (const DayRange days = read_literal_days(reading, node, "dated"); days.first || days.last) {
                const auto day = [](const std::optional<Date>& end) {
                    return end ? std::optional(DayExpression{Anchor::day, *end, {}, {}}) : std::nullopt;
                };
                purpose.dated = Window{day(days.first), day(days.last)};
            }
            if (const Node* restriction = node.find("restriction");
                restriction != nullptr && reading.is_mapping(*restriction, "\"restriction\"")) {
                reading.only(*restriction, {Setting::restriction});
                purpose.restriction_levels = reading.texts_at(*restriction, "for");
                reading.use(NameKind::level, purpose.restriction_levels, *restriction);
                purpose.restriction = reading.text_at(*restriction, "says");
                if (purpose.restriction_levels.empty() || purpose.restriction.empty())
                    reading.wrong(*restriction, "\"restriction\" wants \"for\" (levels) and \"says\" (the condition)");
            }
            purpose.employer_confirms = reading.texts_at(node, "employer confirms");
            reading.edition.purposes.push_back(std::move(purpose));
        }
    const Node* exceptions = reading.root.find("exceptions");
    if (exceptions == nullptr || !reading.is_list(*exceptions, "\"exceptions\""))
        return;
    for (const Node& node : exceptions->items) {
        if (!reading.is_mapping(node, "an exception"))
            continue;
        reading.only(node, {Setting::exception});
        ExceptionRule rule;
        rule.name = reading.text_at(node, "name");
        rule.cohort_fact = reading.text_at(node, "for fact");
        if (rule.name.empty() || rule.cohort_fact.empty())
            reading.wrong(node, "an exception has a \"name\" and says \"for fact\": who it is for");
        rule.see = reading.see(node, {});
        reading.need_see(node, rule.see, "this exception");
        rule.dated = read_literal_days(reading, node, "dated");
        rule.last_day = reading.day_at(node, "last day");
        rule.clauses_waived = reading.texts_at(node, "not asked");
        if (!rule.clauses_waived.empty())
            reading.use(NameKind::clause, rule.clauses_waived, *node.find("not asked"));
        rule.fee_waivable = !reading.choice_at(node, Setting::exception, "fee").empty();
        rule.note = reading.text_at(node, "note");
        reading.edition.exceptions.push_back(std::move(rule));
    }
}

} // namespace peercert::curricula
