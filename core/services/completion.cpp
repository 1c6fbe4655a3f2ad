#include "services/completion.hpp"

#include <algorithm>
#include <set>

namespace peercert::services {

namespace {

using domain::EnrolmentState;

const Format& no_format() {
    static const Format none{};
    return none;
}

std::string object_of(const domain::Cohort& cohort, PersonId person) {
    return "cohort " + std::to_string(cohort.id.value()) + " person " + std::to_string(person.value());
}

/// The newest line about the person's completion of the cohort.
std::optional<domain::LedgerEntry> newest_completion(storage::UnitOfWork& work, CohortId cohort, PersonId person) {
    std::optional<domain::LedgerEntry> newest;
    for (domain::LedgerEntry& entry : work.entries.of_person(person))
        if (entry.kind == EntryKind::training && entry.cohort == cohort && (!newest || newest->id < entry.id))
            newest = std::move(entry);
    return newest;
}

CompletionState state_of(const std::optional<domain::LedgerEntry>& newest) {
    if (!newest)
        return CompletionState::none;
    if (newest->withdrawn)
        return CompletionState::withdrawn;
    return newest->result == EntryResult::pending ? CompletionState::under_review : CompletionState::complete;
}

/// A line in the place of `before`, of the same person and kind.
domain::NewEntry in_place_of(const domain::LedgerEntry& before) {
    auto entry = static_cast<const domain::NewEntry&>(before);
    entry.replaces = before.id;
    entry.typed_by.clear();
    entry.late_reason = domain::LateReason::correction;
    return entry;
}

} // namespace

std::string_view word_of(CompletionState state) {
    switch (state) {
    case CompletionState::none: return "none";
    case CompletionState::complete: return "complete";
    case CompletionState::under_review: return "under_review";
    case CompletionState::withdrawn: return "withdrawn";
    }
    return "none";
}

std::string_view word_of(CompletionReview::Outcome outcome) {
    switch (outcome) {
    case CompletionReview::Outcome::stands: return "stands";
    case CompletionReview::Outcome::corrected: return "corrected";
    case CompletionReview::Outcome::under_review: return "under_review";
    case CompletionReview::Outcome::withdrawn: return "withdrawn";
    }
    return "stands";
}

const Format& format_of(const rules::Program& program, const domain::Cohort& cohort) {
    const Format* format = program.edition().format(cohort.format);
    return format == nullptr ? no_format() : *format;
}

Progress progress_of(storage::UnitOfWork& work, const Rulebook& rulebook, const rules::Program& program,
                     const domain::Cohort& cohort, const domain::Enrolment& place, Date today) {
    const domain::Person person = work.people.of(place.person);
    Progress one;
    one.person = {person.code, work.people.name_used(person.id), person.born};
    one.state = place.state();
    const Record record = work.entries.record(place.person, rulebook.words());
    std::set<Symbol> units; // a session that was made up in part is one session
    for (const Entry& entry : record.entries)
        if (entry.kind == EntryKind::attendance && entry.cohort == cohort.id.value() && entry.amount > 0) {
            one.present += Minutes{entry.amount};
            const bool makes_up = entry.tags.has(rulebook.words().find(make_up_word));
            if (makes_up)
                one.made_up += Minutes{entry.amount};
            if (entry.session != 0 || units.insert(entry.code).second)
                ++one.sessions;
            if (entry.session != 0)
                units.insert(entry.code);
        }
    one.completion.verdict = Verdict::not_applicable();
    const Format& format = format_of(program, cohort);
    std::vector<rules::HeldSession> sessions;
    for (const domain::Session& session : work.cohorts.sessions(cohort.id))
        sessions.push_back({session.id.value(), session.held_on,
                            session.length == domain::length_not_given ? Minutes{0} : session.length,
                            rulebook.words().intern(session.unit)});
    const rules::Situation when{.as_of = today, .cohort = cohort.id.value(), .sessions = sessions};
    if (format.asks_for_completion())
        one.completion = rules::explain(program, program.completion(cohort.format), record, when);
    if (!format.outcomes.empty())
        one.outcome = rules::outcome(program, cohort.format, record, when).called;
    const auto newest = newest_completion(work, cohort.id, place.person);
    one.stands = state_of(newest);
    one.entry = newest ? newest->id : EntryId{};
    return one;
}

std::optional<CompletionReview> review_completion(storage::UnitOfWork& work, const Rulebook& rulebook,
                                                  const domain::Cohort& cohort, PersonId person, Date today) {
    const auto before = newest_completion(work, cohort.id, person);
    if (!before || before->withdrawn)
        return std::nullopt;
    const auto place = work.enrolments.find(cohort.id, person);
    if (!place)
        return std::nullopt;
    const auto program = rulebook.edition(work, cohort.curriculum, cohort.edition);
    CompletionReview review;
    review.cohort = cohort.code;
    review.before = before->id;
    review.now = progress_of(work, rulebook, *program, cohort, *place, today);
    const Verdict verdict = review.now.completion.verdict;
    domain::NewEntry entry = in_place_of(*before);
    entry.amount = review.now.present.count();
    if (verdict.is_unmet()) {
        review.outcome = CompletionReview::Outcome::withdrawn;
        entry.amount = before->amount;
        entry.withdrawn = true;
    } else if (!verdict.passes()) {
        review.outcome = CompletionReview::Outcome::under_review;
        entry.result = EntryResult::pending;
    } else if (before->result == EntryResult::pending) {
        review.outcome = CompletionReview::Outcome::under_review; // a person confirms it: `complete`
    } else if (before->amount != entry.amount) {
        review.outcome = CompletionReview::Outcome::corrected;
    }
    const bool same = before->amount == entry.amount && before->result == entry.result && !entry.withdrawn;
    if (!same) {
        const EntryId id = work.entries.add(entry);
        if (!verdict.passes())
            reopen_place(work, cohort.id, person, today);
        work.audit.append({.action = "cohort.completion_" + std::string(word_of(review.outcome)),
                           .object = object_of(cohort, person) + " entry " + std::to_string(before->id.value()) +
                                     " by " + std::to_string(id.value()),
                           .before = std::to_string(before->amount),
                           .after = std::to_string(review.now.present.count())});
        review.now = progress_of(work, rulebook, *program, cohort, *work.enrolments.find(cohort.id, person), today);
    }
    review.relying = relying_on(work, person, {before->id});
    return review;
}

void reopen_place(storage::UnitOfWork& work, CohortId cohort, PersonId person, Date today) {
    const auto place = work.enrolments.find(cohort, person);
    if (place && place->state() == EnrolmentState::completed)
        work.enrolments.record(place->id, EnrolmentState::returned, std::max(today, place->history.back().day));
}

std::vector<Relying> relying_on(storage::UnitOfWork& work, PersonId person, const std::set<EntryId>& entries) {
    std::set<EntryId> all;
    for (EntryId id : entries)
        for (auto line = work.entries.find(id); line; line = work.entries.find(line->replaces)) {
            all.insert(line->id);
            if (!line->replaces)
                break;
        }
    std::vector<Relying> found;
    for (const domain::CredentialRecord& record : work.credentials.of_person(person))
        for (const domain::Term& term : record.terms) {
            const auto decision = work.applications.decision(term.decision);
            if (!decision)
                continue;
            Relying one{record.credential.number.str(), record.credential.track, term.n, decision->decided_on, {}};
            std::copy_if(decision->evidence.begin(), decision->evidence.end(), std::back_inserter(one.entries),
                         [&](EntryId id) { return all.count(id) != 0; });
            if (!one.entries.empty())
                found.push_back(std::move(one));
        }
    return found;
}

} // namespace peercert::services
