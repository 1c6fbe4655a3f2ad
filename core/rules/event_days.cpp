#include <algorithm>
#include <set>

#include "rules/editions.hpp"

/// The days by which editions are chosen, as one person's record has them.
namespace peercert::rules {

namespace {

/// The exam parts that some clause of an edition asks for.
void gather_exams(const Requirement& clause, std::set<std::string>& parts) {
    const auto of_all = [&parts](const std::vector<Requirement>& clauses) {
        for (const Requirement& one : clauses)
            gather_exams(one, parts);
    };
    of_all(clause.unless);
    if (const auto* group = std::get_if<Group>(&clause.body))
        of_all(group->parts);
    else if (const auto* order = std::get_if<InOrder>(&clause.body))
        of_all(order->parts);
    else if (const auto* choice = std::get_if<Conditional>(&clause.body))
        of_all(choice->parts);
    else if (const auto* passed = std::get_if<Passed>(&clause.body))
        parts.insert(passed->parts.begin(), passed->parts.end());
    else if (const auto* attempts = std::get_if<Attempts>(&clause.body))
        parts.insert(attempts->parts.begin(), attempts->parts.end());
}

std::set<std::string> exams_of(std::span<const Edition* const> editions) {
    std::set<std::string> parts;
    for (const Edition* edition : editions) {
        for (const Step& step : edition->steps)
            gather_exams(step.needs, parts);
        for (const Requirement& meaning : edition->meanings)
            gather_exams(meaning, parts);
    }
    return parts;
}

std::set<std::string> courses_of(std::span<const Edition* const> editions) {
    std::set<std::string> courses;
    for (const Edition* edition : editions) {
        courses.insert(edition->courses.begin(), edition->courses.end());
        for (const Format& format : edition->formats)
            if (!format.completion_word.empty())
                courses.insert(format.completion_word);
    }
    return courses;
}

/// Entries are sorted by their last day.
template <class Wanted>
const Entry* latest_entry(const Record& record, EntryKind kind, Date by, Wanted wanted) {
    const Entry* latest = nullptr;
    for (const Entry& entry : record.entries)
        if (entry.kind == kind && entry.last <= by && wanted(entry))
            latest = &entry;
    return latest;
}

/// The day a course began: of a cohort its first session that is on record, else as the entry has it.
Date begun(const Record& record, const Entry& completed) {
    Date first = completed.first;
    for (const Entry& entry : record.entries)
        if (completed.cohort != 0 && entry.kind == EntryKind::attendance && entry.cohort == completed.cohort)
            first = std::min(first, entry.first);
    return first;
}

} // namespace

std::optional<HeldTerm> term_held(const Record& record, Symbol track, Symbol level, Date day) {
    std::optional<HeldTerm> latest;
    for (const Holding& holding : record.holdings)
        if (holding.track == track)
            for (const HeldTerm& term : holding.terms)
                if (term.first <= day && (level == Symbol::none || term.level == level) &&
                    (!latest || latest->first <= term.first))
                    latest = term;
    return latest;
}

int term_number(const Record& record, Symbol track, const HeldTerm& term) {
    int number = 0;
    for (const Holding& holding : record.holdings)
        if (holding.track == track)
            for (const HeldTerm& one : holding.terms)
                number += one.level == term.level && one.first <= term.first ? 1 : 0;
    return number;
}

std::optional<PresentTerm> term_granted_ahead(const Record& record, Symbol track, Symbol level, Date day) {
    std::optional<HeldTerm> last;
    for (const Holding& holding : record.holdings)
        if (holding.track == track)
            for (const HeldTerm& term : holding.terms)
                if (term.first > day && term.decided && *term.decided <= day &&
                    (level == Symbol::none || term.level == level) && (!last || last->first <= term.first))
                    last = term;
    if (!last)
        return std::nullopt;
    return PresentTerm{term_number(record, track, *last), last->first, last->last};
}

EventDays event_days_on(Date day) {
    EventDays days;
    for (const char* event : {"applying", "deadline", "issue", "asked", "attempt", "observed", "first session",
                              "training completed", "exam passed"})
        days.emplace(event, day);
    return days;
}

namespace {

/// The days of events that the record has; what it does not have is left out.
EventDays recorded_days(const Record& record, const Vocabulary& words, std::span<const Edition* const> editions,
                        const EventQuestion& question) {
    const Situation& when = question.when;
    EventDays days;
    const bool of_what_is_held =
        !question.verb || *question.verb == Step::Verb::renew || *question.verb == Step::Verb::extend;
    if (of_what_is_held && !editions.empty()) {
        const Symbol level = question.level.empty() ? Symbol::none : words.find(question.level);
        const bool never_held = !question.level.empty() && level == Symbol::none;
        const Symbol track = words.find(editions.front()->code);
        const auto held = never_held ? std::nullopt : term_held(record, track, level, when.as_of);
        const auto ahead = never_held ? std::nullopt : term_granted_ahead(record, track, level, when.as_of);
        if (const auto last = ahead ? ahead->last : held ? held->last : std::nullopt)
            days["deadline"] = *last;
        if (held)
            days["issue"] = held->decided.value_or(held->first);
    }
    if (when.issue)
        days["issue"] = *when.issue;
    const auto among = [&words](const std::set<std::string>& names) {
        return [&words, &names](const Entry& entry) { return names.count(words.text(entry.code)) != 0; };
    };
    const std::set<std::string> exams = exams_of(editions), courses = courses_of(editions);
    if (const Entry* tried = latest_entry(record, EntryKind::exam, when.as_of, among(exams)))
        days["attempt"] = tried->last;
    const Entry* passed = latest_entry(record, EntryKind::exam, when.as_of, [&](const Entry& entry) {
        return entry.result == EntryResult::passed && among(exams)(entry);
    });
    if (passed != nullptr)
        days["exam passed"] = passed->last;
    if (when.passing)
        days["attempt"] = days["exam passed"] = *when.passing;
    if (const Entry* completed = latest_entry(record, EntryKind::training, when.as_of, among(courses))) {
        days["training completed"] = completed->last;
        days["first session"] = begun(record, *completed);
    }
    const Entry* observed = latest_entry(record, EntryKind::sign_off, when.as_of, [&](const Entry& entry) {
        const std::string& code = words.text(entry.code);
        return std::any_of(editions.begin(), editions.end(),
                           [&code](const Edition* one) { return code.starts_with(one->code + "/"); });
    });
    if (observed != nullptr)
        days["observed"] = observed->last;
    return days;
}

} // namespace

EventDays event_days(const Record& record, const Vocabulary& words, std::span<const Edition* const> editions,
                     const EventQuestion& question) {
    EventDays days = event_days_on(question.when.as_of);
    days["applying"] = days["deadline"] = question.when.applying.value_or(question.when.as_of);
    for (const auto& [event, day] : recorded_days(record, words, editions, question))
        days[event] = day;
    return days;
}

std::string event_that_chose(const std::string& event, const Record& record, const Vocabulary& words,
                             std::span<const Edition* const> editions, const EventQuestion& question) {
    if (event == "applying" || event == "asked" || event == "issue" ||
        recorded_days(record, words, editions, question).contains(event))
        return event;
    return event == "deadline" ? "applying" : "asked";
}

} // namespace peercert::rules
