#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <peercert/error.hpp>
#include <peercert/kinds.hpp>

#include "rules/rules.hpp"
#include "rules/terms.hpp"

/// Editions and records written as short as a case. Everybody here is invented.
namespace peercert::rules::test {

/// "2024-02-29".
inline Date on(std::string_view text) {
    const auto date = parse_date(text);
    if (!date)
        throw Error(ErrorCode::invalid_input, "no such day: " + std::string(text));
    return *date;
}

constexpr std::int64_t hours(std::int64_t count) { return 60 * count; }

inline DayExpression day(Anchor anchor, std::vector<Span> shifts = {}, std::string word = {}) {
    return {anchor, {}, std::move(word), std::move(shifts), {}};
}
inline DayExpression day(std::string_view text) { return {Anchor::day, on(text), {}, {}, {}}; }
/// The first or last day of a month or year, the later or earlier of two.
inline DayExpression made_of(Anchor anchor, std::vector<DayExpression> of, std::vector<Span> shifts = {}) {
    return {anchor, {}, {}, std::move(shifts), std::move(of)};
}

/// So many business days before (negative) or after a day; `back` says which way "on or after" looks when it is none.
inline DayExpression business(int count, DayExpression of, bool back = false) {
    DayExpression made = made_of(count < 0 || back ? Anchor::business_before : Anchor::business_after, {std::move(of)});
    made.business_days = count < 0 ? -count : count;
    return made;
}
/// Closed at weekends and on New Year's Day, which is listed for these years.
inline ClosedDays office(int first_year, int last_year) {
    ClosedDays made{"office", {0, 6}, {}, {}, "invented"};
    for (int year = first_year; year <= last_year; ++year) {
        made.years.push_back(year);
        made.days.push_back({std::chrono::year{year} / 1 / 1, "New Year's Day"});
    }
    return made;
}

inline Span years(int count) { return {count, CalendarUnit::years}; }
inline Span months(int count) { return {count, CalendarUnit::months}; }
inline Span days(int count) { return {count, CalendarUnit::days}; }
inline Span weeks(int count) { return {count, CalendarUnit::weeks}; }

inline Window window(std::optional<DayExpression> from, std::optional<DayExpression> until,
                     WhenAbsent absent = WhenAbsent::guaranteed) {
    Window made;
    made.from = std::move(from);
    made.until = std::move(until);
    made.absent = absent;
    return made;
}
/// "within SPAN before DAY": both ends included.
inline Window within_before(Span span, Anchor anchor) {
    span.count = -span.count;
    return window(day(anchor, {span}), day(anchor));
}
inline Window in_the_term() {
    Window made;
    made.in_the_term = true;
    return made;
}

inline Requirement clause(std::string name, std::string word, RequirementBody body) {
    Requirement made;
    made.name = std::move(name);
    made.word = std::move(word);
    made.body = std::move(body);
    return made;
}
inline Requirement all_of(std::vector<Requirement> parts, std::string name = "needs") {
    return clause(std::move(name), "all of", Group{Group::Op::all, 0, std::move(parts)});
}
inline Requirement any_of(std::vector<Requirement> parts, std::string name = "any of") {
    return clause(std::move(name), "any of", Group{Group::Op::any, 0, std::move(parts)});
}
inline Requirement entry(EntryKind kind, std::string code, std::optional<Window> dated = std::nullopt) {
    HasEntries rule;
    rule.kind = kind;
    rule.codes = {code};
    rule.selection.dated = std::move(dated);
    return clause(code, "on record", rule);
}
inline Requirement statement(std::string code) { return entry(EntryKind::attestation, std::move(code)); }
inline Requirement age_at_least(int count, Anchor measured_at = Anchor::applying) {
    return clause(
        "age", "age",
        AgeRule{{count, std::nullopt, Unit::years}, day(measured_at), {Knowing::stated, LeapDay::february_28}});
}
inline Measure measure_of(EntryKind kind, std::int64_t at_least) {
    Measure made;
    made.kind = kind;
    made.bound = {at_least, std::nullopt, Unit::minutes};
    return made;
}
inline Part part(std::string name, Bound bound, std::string inside = {}) {
    Part made;
    made.name = name;
    made.selection.only = {std::move(name)};
    made.bound = bound;
    made.inside = std::move(inside);
    return made;
}
inline Bound at_least(std::int64_t amount) { return {amount, std::nullopt, Unit::minutes}; }
inline Bound at_most(std::int64_t amount) { return {std::nullopt, amount, Unit::minutes}; }

/// A small world: words, an edition in the making, people.
struct World {
    Vocabulary words;
    Kinds kinds;
    std::shared_ptr<Edition> edition = std::make_shared<Edition>();
    std::optional<Program> compiled;

    World() {
        edition->kind = Edition::Kind::track;
        edition->code = "made-up";
        edition->edition = "2024";
        edition->titles = {{"Made-up Peer Specialist", {}}};
        edition->file = "made-up.yaml";
        level("certified");
    }

    Level& level(const std::string& name) {
        for (Level& one : edition->levels)
            if (one.name == name)
                return one;
        edition->levels.emplace_back();
        edition->levels.back().name = name;
        return edition->levels.back();
    }
    Lasts& lasts(const std::string& name, std::string clock, std::optional<Span> term,
                 std::vector<std::pair<std::string, std::string>> said = {}) {
        Lasts made;
        made.clock = std::move(clock);
        made.term = term;
        for (auto& [key, text] : said)
            made.parameters.named[key].text = text;
        level(name).lasts = std::move(made);
        return *level(name).lasts;
    }
    Step& step(Step::Verb verb, const std::string& name, std::vector<Requirement> needs) {
        Step made;
        made.verb = verb;
        made.level = name;
        made.needs = all_of(std::move(needs));
        edition->steps.push_back(std::move(made));
        return edition->steps.back();
    }
    const Program& program() {
        if (!compiled)
            compiled.emplace(edition, kinds, words);
        return *compiled;
    }
    Symbol word(const std::string& text) { return words.intern(text); }
};

/// One invented person.
class Person {
public:
    explicit Person(World& world) : world_(&world) {}

    Person& born(std::string_view date) {
        record_.born = on(date);
        return *this;
    }
    Person& has(EntryKind kind, std::string_view first, std::string_view last, std::int64_t amount,
                const std::string& code, const std::vector<std::string>& tags = {},
                EntryResult result = EntryResult::none) {
        Entry entry;
        entry.id = EntryId{static_cast<std::int64_t>(record_.entries.size()) + 1};
        entry.kind = kind;
        entry.first = on(first);
        entry.last = last == "no end" ? no_end : on(last);
        entry.amount = amount;
        entry.code = world_->word(code);
        entry.result = result;
        for (const std::string& tag : tags)
            entry.tags.add(world_->word(tag));
        record_.entries.push_back(entry);
        return *this;
    }
    Person& ce(std::string_view date, std::int64_t amount, const std::vector<std::string>& tags = {},
               const std::string& course = {}) {
        return has(EntryKind::ce, date, date, amount, course, tags);
    }
    Person& practice(std::string_view first, std::string_view last, std::int64_t amount,
                     const std::vector<std::string>& tags = {}) {
        return has(EntryKind::practice, first, last, amount, "", tags);
    }
    Person& supervision(std::string_view date, std::int64_t amount) {
        return has(EntryKind::supervision, date, date, amount, "");
    }
    Person& states(std::string_view date, const std::string& statement) {
        return has(EntryKind::attestation, date, date, 0, statement);
    }
    Person& trained(std::string_view date, const std::string& course) {
        return has(EntryKind::training, date, date, 0, course);
    }
    Person& fact(std::string_view first, std::string_view last, const std::string& fact) {
        return has(EntryKind::fact, first, last, 0, fact);
    }
    Person& sat(std::string_view date, const std::string& exam_part, EntryResult result, std::int64_t score = 0) {
        return has(EntryKind::exam, date, date, score, exam_part, {}, result);
    }
    Person& decided(std::string_view date, const std::string& name, EntryResult result) {
        return has(EntryKind::decision, date, date, 0, name, {}, result);
    }
    /// Who vouched for the last entry, and on which days they held the role.
    Person& by(const std::string& role, std::string_view first, std::string_view last) {
        record_.entries.back().authority = world_->word(world_->edition->code + "/" + role);
        record_.entries.back().authority_held = {on(first), on(last)};
        return *this;
    }
    /// Who gave, or sent, the last entry.
    Person& provider(Symbol who) {
        record_.entries.back().provider = who;
        return *this;
    }
    /// A decision of that track, that day, relied on the last entry.
    Person& used(const std::string& track, std::string_view decided) {
        record_.uses.push_back({record_.entries.back().id, world_->word(track), on(decided)});
        return *this;
    }
    Person& pending() {
        record_.entries.back().result = EntryResult::pending;
        return *this;
    }
    Person& holds(const std::string& level, std::string_view first, std::string_view last) {
        return holds_of(world_->edition->code, level, first, last);
    }
    Person& holds_of(const std::string& track, const std::string& level, std::string_view first,
                     std::string_view last) {
        const Symbol symbol = world_->word(track);
        auto holding = std::find_if(record_.holdings.begin(), record_.holdings.end(),
                                    [symbol](const Holding& one) { return one.track == symbol; });
        if (holding == record_.holdings.end()) {
            record_.holdings.push_back({symbol, {}, {}});
            holding = record_.holdings.end() - 1;
        }
        HeldTerm term;
        term.number = static_cast<int>(holding->terms.size()) + 1;
        term.level = world_->word(level);
        term.first = on(first);
        if (last != "no end")
            term.last = on(last);
        holding->terms.push_back(term);
        return *this;
    }
    Person& out_of_force(std::string_view first, std::string_view last) {
        record_.holdings.back().out_of_force.push_back({on(first), on(last)});
        return *this;
    }
    const Record& record() {
        std::stable_sort(record_.entries.begin(), record_.entries.end(), [](const Entry& a, const Entry& b) {
            return a.last != b.last ? a.last < b.last : a.id < b.id;
        });
        return record_;
    }
    operator const Record&() { return record(); }

private:
    World* world_;
    Record record_;
};

inline Situation asked(std::string_view date) {
    Situation when;
    when.as_of = on(date);
    return when;
}

/// The finding of the clause with that name anywhere in the tree.
inline const Finding* find(const Finding& finding, std::string_view name) {
    if (finding.clause == name)
        return &finding;
    for (const Finding& part : finding.parts)
        if (const Finding* found = find(part, name))
            return found;
    return nullptr;
}

/// Why the entry was not counted in that clause (the first reason given).
inline std::optional<RefusalReason> refusal(const Finding& finding, std::int64_t entry_number) {
    for (const RefusedEntry& one : finding.refused)
        if (one.entry == EntryId{entry_number})
            return one.reason;
    return std::nullopt;
}

} // namespace peercert::rules::test
