#include "services/signatures.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <peercert/error.hpp>

#include "services/assessment.hpp"
#include "services/signing.hpp"

namespace peercert::services {

namespace {

using domain::LedgerEntry;
using domain::SignOff;
using domain::SignOffState;

std::string called(EntryId id) { return "entry " + std::to_string(id.value()); }

/// Code and edition of "code edition".
std::pair<std::string, std::string> parts_of(const std::string& edition) {
    const std::size_t blank = edition.find(' ');
    return blank == std::string::npos ? std::pair(edition, std::string())
                                      : std::pair(edition.substr(0, blank), edition.substr(blank + 1));
}

Rulebook::ProgramPtr kept_edition(storage::UnitOfWork& work, const Rulebook& rulebook, const std::string& named) {
    const auto [code, edition] = parts_of(named);
    return rulebook.edition(work, code, edition);
}

/// The signature was signed then; nothing if it never was.
std::optional<domain::Instant> signed_at(storage::UnitOfWork& work, const LedgerEntry& line) {
    std::optional<domain::Instant> first;
    for (auto one = std::optional(line); one; one = work.entries.find(one->replaces)) {
        if (!one->withdrawn && detail_of(work, *one).state == SignOffState::signed_off)
            first = one->recorded_at;
        if (!one->replaces)
            break;
    }
    return first;
}

bool is_actor(storage::UnitOfWork& work, const Actor& actor, PersonId person) {
    return actor.person && work.merges.same(actor.person, person);
}

/// Whose signature it is may change it, and whoever keeps the learner's record; of anything else nobody hears.
void authorize_change(storage::UnitOfWork& work, const Actor& actor, const LedgerEntry& line, Date today) {
    refuse_self(work, actor.person, line.person, "change sign-offs");
    if (line.asserted_by && may(work, actor, Action::vouch, {line.asserted_by, {}}, today))
        return;
    authorize(work, actor, Action::record_entry, {line.person, {}}, today, no_such_signature(line.id));
}

std::vector<SignatureView> views_of(storage::UnitOfWork& work, const std::vector<EntryId>& lines) {
    std::vector<SignatureView> views;
    for (const EntryId id : lines)
        views.push_back(view_of(work, work.entries.of(id)));
    return views;
}

std::string object_of(EntryId before, EntryId after) {
    return called(after) + " for " + std::to_string(before.value());
}

} // namespace

domain::SignOff detail_of(storage::UnitOfWork& work, const LedgerEntry& line) {
    if (auto detail = work.sign_offs.find(line.id))
        return *detail;
    SignOff detail{line.id, line.id, line.id, SignOffState::signed_off, "shown", ""};
    if (line.result == EntryResult::not_yet)
        detail.rating = "not yet";
    if (line.result == EntryResult::not_observed)
        detail.rating = "not observed";
    return detail;
}

SignatureView view_of(storage::UnitOfWork& work, const LedgerEntry& line) {
    SignatureView view;
    view.line = line;
    view.detail = detail_of(work, line);
    view.learner = work.people.of(line.person).code.str();
    view.learner_name = work.people.name_used(line.person);
    if (line.asserted_by) {
        view.assessor = work.people.of(line.asserted_by).code.str();
        view.assessor_name = work.people.name_used(line.asserted_by);
    }
    view.response = work.sign_offs.response(view.detail.root);
    if (line.counts() && view.detail.state != SignOffState::under_review)
        if (const auto at = signed_at(work, line))
            view.undo_until = *at + undo_within;
    return view;
}

domain::LedgerEntry signature_of(storage::UnitOfWork& work, EntryId entry) {
    auto line = work.entries.find(entry);
    if (!line || line->kind != EntryKind::sign_off)
        throw no_such_signature(entry);
    return std::move(*line);
}

Error no_such_signature(EntryId id) { return Error(ErrorCode::not_found, "there is no sign-off with " + called(id)); }

void refuse_what_does_not_stand(const LedgerEntry& line) {
    if (line.withdrawn)
        throw Error(ErrorCode::conflict, called(line.id) + " takes a sign-off back; sign anew");
    if (line.superseded_by)
        throw Error(ErrorCode::conflict, called(line.superseded_by) + " stands in the place of " + called(line.id));
}

std::vector<LedgerEntry> signed_together(storage::UnitOfWork& work, const LedgerEntry& line) {
    std::vector<LedgerEntry> lines;
    for (const SignOff& one : work.sign_offs.of_act(detail_of(work, line).act)) {
        LedgerEntry other = work.entries.of(one.entry);
        if (other.counts() && other.code == line.code && work.merges.same(other.person, line.person))
            lines.push_back(std::move(other));
    }
    if (lines.empty() && line.counts()) // recorded by an older program
        lines.push_back(line);
    return lines;
}

EntryId replace_signature(storage::UnitOfWork& work, const LedgerEntry& before, const NextSignature& next) {
    const SignOff was = detail_of(work, before);
    auto entry = static_cast<const domain::NewEntry&>(before);
    entry.typed_by.clear();
    entry.replaces = before.id;
    entry.withdrawn = next.withdrawn;
    if (!next.withdrawn)
        entry.result = result_in(next.state, next.rated);
    if (next.reason)
        entry.late_reason = next.reason;
    if (next.authority)
        entry.authority = next.authority;
    const EntryId id = work.entries.add(entry);
    work.sign_offs.add({id, was.act, was.root, next.withdrawn ? was.state : next.state,
                        next.rating.empty() ? was.rating : next.rating, was.framework});
    return id;
}

EntryResult rated_result(storage::UnitOfWork& work, const Rulebook& rulebook, const LedgerEntry& line) {
    const SignOff detail = detail_of(work, line);
    if (detail.framework.empty())
        return line.result == EntryResult::pending ? EntryResult::shown : line.result;
    return result_of(kept_edition(work, rulebook, detail.framework)->edition(), detail.rating);
}

Confirmed Signatures::confirm(const Actor& actor, const std::vector<EntryId>& entries,
                              std::optional<domain::LateReason> late, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        Confirmed answer;
        std::vector<std::pair<LedgerEntry, domain::Authority>> mine;
        for (const EntryId id : entries) {
            LedgerEntry line = signature_of(work, id);
            if (!line.asserted_by)
                throw no_such_signature(id);
            authorize(work, actor, Action::vouch, {line.asserted_by, {}}, today, no_such_signature(id));
            refuse_what_does_not_stand(line);
            const std::string code = work.people.of(line.asserted_by).code.str();
            if (!is_actor(work, actor, line.asserted_by)) // the operator types; nobody signs for somebody else
                throw Error(ErrorCode::forbidden, "only " + code +
                                                      " can confirm what was signed in their name; with --as " + code +
                                                      " if that is you");
            const SignOff detail = detail_of(work, line);
            if (detail.state != SignOffState::draft && detail.state != SignOffState::awaiting_assessor)
                throw Error(ErrorCode::conflict, called(id) + " does not wait for you");
            const auto program = kept_edition(work, rulebook_, line.edition);
            const Edition& curriculum = program->edition();
            if (detail.state == SignOffState::draft && !late && !line.late_reason &&
                days_between(line.last_day, today) > curriculum.sign_off->enter_within_days)
                throw Error(ErrorCode::invalid_input, "seen on " + to_text(line.last_day) + ", more than " +
                                                          std::to_string(curriculum.sign_off->enter_within_days) +
                                                          " days ago; a late entry needs a stated reason (--late)");
            if (work.sign_offs.in_conflict(line.asserted_by, line.person, line.last_day))
                throw Error(ErrorCode::conflict, "a conflict of interest between " + code +
                                                     " and the learner is declared "
                                                     "for " +
                                                     to_text(line.last_day) + "; somebody else has to see it and sign");
            if (!is_from_accepted_issuer(work, line.asserted_by, curriculum))
                throw Error(ErrorCode::conflict, "what " + code + " holds in " + curriculum.code +
                                                     " was not issued by whom its sign-off accepts");
            const AuthorityAnswer authority =
                best_authority(work, rulebook_, curriculum, line.asserted_by, line.last_day);
            if (!authority.entitled)
                answer.not_entitled.push_back(
                    {code, work.people.name_used(line.asserted_by), false, authority.finding});
            mine.emplace_back(std::move(line), authority.authority);
        }
        if (!answer.accepted() || mine.empty())
            return answer;
        std::vector<EntryId> made;
        for (const auto& [line, authority] : mine) {
            const EntryResult rated = rated_result(work, rulebook_, line);
            auto together = signed_together(work, line);
            const bool last = std::all_of(together.begin(), together.end(), [&, own = line.id](const LedgerEntry& one) {
                const SignOffState state = detail_of(work, one).state;
                return one.id == own || state == SignOffState::awaiting_cosignature ||
                       state == SignOffState::signed_off;
            });
            const SignOffState state = last ? SignOffState::signed_off : SignOffState::awaiting_cosignature;
            for (const LedgerEntry& one : together) {
                if (one.id == line.id)
                    made.push_back(replace_signature(
                        work, one,
                        {.state = state, .rating = {}, .rated = rated, .reason = late, .authority = authority}));
                else if (last && detail_of(work, one).state == SignOffState::awaiting_cosignature)
                    made.push_back(replace_signature(
                        work, one, {.state = state, .rating = {}, .rated = rated, .reason = {}, .authority = {}}));
                else
                    continue;
                work.audit.append({.action = "competency.confirmed", .object = object_of(one.id, made.back())});
            }
        }
        answer.lines = views_of(work, made);
        return answer;
    });
}

Changed Signatures::correct(const Actor& actor, EntryId entry, const std::string& rating, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const LedgerEntry line = signature_of(work, entry);
        authorize_change(work, actor, line, house_.today());
        refuse_what_does_not_stand(line);
        const SignOff detail = detail_of(work, line);
        if (detail.state == SignOffState::under_review)
            throw Error(ErrorCode::conflict, called(entry) + " is under review; a person decides that first");
        if (detail.framework.empty())
            throw Error(ErrorCode::conflict,
                        called(entry) + " was recorded without its scale; take it back and sign anew");
        if (rating == detail.rating)
            throw Error(ErrorCode::conflict, called(entry) + " says \"" + rating + "\" already");
        const EntryResult rated = result_of(kept_edition(work, rulebook_, detail.framework)->edition(), rating);
        const bool late = detail.state == SignOffState::signed_off &&
                          work.now() > signed_at(work, line).value_or(line.recorded_at) + undo_within;
        Changed changed;
        std::vector<EntryId> made;
        std::set<EntryId> before;
        const auto together = signed_together(work, line);
        for (const LedgerEntry& one : together) {
            const SignOffState was = detail_of(work, one).state;
            const bool theirs = one.asserted_by && is_actor(work, actor, one.asserted_by);
            const SignOffState state = was == SignOffState::draft ? SignOffState::draft
                                       : !theirs                  ? SignOffState::awaiting_assessor
                                       : together.size() == 1     ? SignOffState::signed_off
                                                                  : SignOffState::awaiting_cosignature;
            made.push_back(
                replace_signature(work, one,
                                  {.state = state,
                                   .rating = rating,
                                   .rated = rated,
                                   .reason = late ? std::optional(domain::LateReason::correction) : std::nullopt,
                                   .authority = {}}));
            before.insert(one.id);
            work.audit.append({.action = "competency.corrected",
                               .object = object_of(one.id, made.back()),
                               .before = detail.rating,
                               .after = rating});
        }
        changed.lines = views_of(work, made);
        changed.relying = relying_on(work, line.person, before);
        return changed;
    });
}

Changed Signatures::take_back(const Actor& actor, EntryId entry, std::optional<domain::LateReason> reason, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const LedgerEntry line = signature_of(work, entry);
        authorize_change(work, actor, line, house_.today());
        refuse_what_does_not_stand(line);
        const SignOff detail = detail_of(work, line);
        if (detail.state == SignOffState::under_review)
            throw Error(ErrorCode::conflict, called(entry) + " is under review; a person decides that first");
        const auto at = signed_at(work, line);
        const bool free = !at || work.now() <= *at + undo_within;
        if (!free && !reason)
            throw Error(ErrorCode::invalid_input, called(entry) + " was signed more than " +
                                                      std::to_string(undo_within.count()) +
                                                      " hours ago; taking it back is a correction and says why "
                                                      "(--because)");
        Changed changed;
        std::vector<EntryId> made;
        const EntryResult rated = rated_result(work, rulebook_, line);
        for (const LedgerEntry& one : signed_together(work, line)) {
            if (one.id == line.id)
                made.push_back(replace_signature(
                    work, one,
                    {.state = {}, .rating = {}, .rated = rated, .reason = reason, .authority = {}, .withdrawn = true}));
            else if (detail_of(work, one).state == SignOffState::signed_off) // one signature of two is not enough
                made.push_back(replace_signature(work, one,
                                                 {.state = SignOffState::awaiting_cosignature,
                                                  .rating = {},
                                                  .rated = rated,
                                                  .reason = {},
                                                  .authority = {}}));
            else
                continue;
            work.audit.append({.action = free ? "competency.undone" : "competency.taken_back",
                               .object = object_of(one.id, made.back())});
        }
        changed.lines = views_of(work, made);
        changed.relying = relying_on(work, line.person, {line.id});
        return changed;
    });
}

void Signatures::respond(const Actor& actor, EntryId entry, domain::Response response, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const LedgerEntry line = signature_of(work, entry);
        authorize(work, actor, Action::vouch, {line.person, {}}, house_.today(), no_such_signature(entry));
        const std::string code = work.people.of(line.person).code.str();
        if (!is_actor(work, actor, line.person))
            throw Error(ErrorCode::forbidden,
                        "only " + code + " answers for themselves; with --as " + code + " if that is you");
        const SignOff detail = detail_of(work, line);
        if (response == domain::Response::taken_back && !work.sign_offs.response(detail.root))
            throw Error(ErrorCode::conflict, "there is no answer to take back");
        work.sign_offs.respond(detail.root, response);
        work.audit.append({.action = "competency.answered", .object = called(detail.root)});
    });
}

std::vector<SignatureView> Signatures::of(const Actor& actor, std::string_view code, bool history) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Person person = person_of(work, actor, code, today);
        if (!may(work, actor, Action::sign_off, {person.id, {}}, today)) // whoever teaches them
            authorize(work, actor, Action::read_person, {person.id, {}}, today);
        std::vector<SignatureView> views;
        for (const LedgerEntry& line : work.entries.of_person(person.id))
            if (line.kind == EntryKind::sign_off && (history || line.counts()))
                views.push_back(view_of(work, line));
        return views;
    });
}

std::vector<SignatureView> Signatures::waiting_for(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Person person = person_of(work, actor, code, today);
        authorize(work, actor, Action::vouch, {person.id, {}}, today);
        std::vector<SignatureView> views;
        for (const LedgerEntry& line : work.entries.vouched_for_by(person.id, {})) {
            if (line.kind != EntryKind::sign_off || !line.counts())
                continue;
            const SignOffState state = detail_of(work, line).state;
            if (state == SignOffState::draft || state == SignOffState::awaiting_assessor)
                views.push_back(view_of(work, line));
        }
        return views;
    });
}

} // namespace peercert::services
