#include "services/merging.hpp"

#include <algorithm>
#include <set>

#include <peercert/error.hpp>

namespace peercert::services {

namespace {

std::string key_text(PersonId person) { return "person " + std::to_string(person.value()); }

/// A record under its own code and name, whoever it is read as.
PersonLine own_line(storage::UnitOfWork& work, const domain::Person& person) {
    return {person.merged.value_or(person.code), work.people.name_used(person.id), person.born, {}};
}

void add_to(RecordShare& share, storage::UnitOfWork& work, const storage::Merges::Recorded& recorded) {
    share.entries.insert(share.entries.end(), recorded.entries.begin(), recorded.entries.end());
    share.applications.insert(share.applications.end(), recorded.applications.begin(), recorded.applications.end());
    for (const CredentialId id : recorded.credentials) {
        const domain::CredentialRecord record = work.credentials.of(id);
        share.credentials.push_back({record.credential.number.str(), record.credential.track});
    }
    for (const CohortId id : recorded.places)
        share.places.push_back(work.cohorts.of(id).code);
}

RecordShare recorded_from(storage::UnitOfWork& work, const std::vector<PersonId>& people, std::int64_t audit) {
    RecordShare share;
    for (const PersonId person : people)
        add_to(share, work, work.merges.recorded_under(person, audit));
    std::sort(share.entries.begin(), share.entries.end());
    return share;
}

/// All of the human that the person is by now.
RecordShare share_of(storage::UnitOfWork& work, PersonId person) {
    RecordShare share = recorded_from(work, work.merges.group(person), 0);
    for (const domain::Membership& one : work.organizations.memberships(person))
        share.roles.push_back({work.organizations.of(one.organization).code, one.role, one.first_day, one.last_day});
    return share;
}

/// How many lines of the one somebody of the other vouched for.
std::size_t vouched(storage::UnitOfWork& work, PersonId whose, PersonId by) {
    const auto lines = work.entries.of_person(whose);
    return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [&](const domain::LedgerEntry& line) {
        return line.counts() && line.asserted_by && work.merges.same(line.asserted_by, by);
    }));
}

std::vector<MergeConflict> conflicts_of(storage::UnitOfWork& work, const domain::Person& kept,
                                        const domain::Person& other) {
    using Kind = MergeConflict::Kind;
    std::vector<MergeConflict> found;
    for (const domain::CredentialRecord& one : work.credentials.of_person(kept.id))
        for (const domain::CredentialRecord& two : work.credentials.of_person(other.id))
            if (one.credential.track == two.credential.track)
                found.push_back(
                    {Kind::same_track, one.credential.track, one.credential.number.str(), two.credential.number.str()});
    if (kept.born && other.born && *kept.born != *other.born)
        found.push_back({Kind::birthday, "", to_text(*kept.born), to_text(*other.born)});
    for (const domain::Enrolment& one : work.enrolments.of_person(kept.id))
        for (const domain::Enrolment& two : work.enrolments.of_person(other.id))
            if (one.cohort == two.cohort)
                found.push_back({Kind::same_cohort, work.cohorts.of(one.cohort).code,
                                 std::string(domain::to_text(one.state())), std::string(domain::to_text(two.state()))});
    const std::size_t of_kept = vouched(work, kept.id, other.id), of_other = vouched(work, other.id, kept.id);
    if (of_kept + of_other > 0)
        found.push_back({Kind::vouched, "", std::to_string(of_kept), std::to_string(of_other)});
    const auto yes = [](bool is) { return std::string(is ? "yes" : "no"); };
    if (kept.hidden != other.hidden)
        found.push_back({Kind::hidden, "", yes(kept.hidden), yes(other.hidden)});
    if (kept.departed_on != other.departed_on) {
        const auto day = [](const std::optional<Date>& one) { return one ? to_text(*one) : std::string(); };
        found.push_back({Kind::departed, "", day(kept.departed_on), day(other.departed_on)});
    }
    if (work.duplicates.are_apart(kept.id, other.id))
        found.push_back({Kind::apart, "", "", ""});
    return found;
}

/// Both have to be in the record of the organization for which the actor does this, and neither be the actor.
void authorize_for(storage::UnitOfWork& work, const Actor& actor, const domain::Person& person, Date today) {
    authorize(work, actor, Action::merge_people, {person.id, {}}, today);
    refuse_self(work, actor.person, person.id, "say that two records are one human, or that they are not,");
}

} // namespace

std::string_view word_of(MergeConflict::Kind kind) {
    switch (kind) {
    case MergeConflict::Kind::same_track: return "same_track";
    case MergeConflict::Kind::birthday: return "birthday";
    case MergeConflict::Kind::same_cohort: return "same_cohort";
    case MergeConflict::Kind::vouched: return "vouched";
    case MergeConflict::Kind::hidden: return "hidden";
    case MergeConflict::Kind::departed: return "departed";
    case MergeConflict::Kind::apart: return "apart";
    }
    return "";
}

Merged Merging::merge(const Actor& actor, std::string_view kept_code, std::string_view other_code, bool conflicts_seen,
                      Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Person kept = work.people.of(person_of(work, actor, kept_code, today).kept);
        const domain::Person other = person_of(work, actor, other_code, today);
        authorize_for(work, actor, kept, today);
        authorize_for(work, actor, other, today);
        if (other.merged)
            throw Error(ErrorCode::conflict, other.merged->str() + " was merged into " + other.code.str() +
                                                 " already; `peercert person unmerge` takes that apart");
        if (kept.id == other.id)
            throw Error(ErrorCode::invalid_input,
                        "both codes are " + kept.code.str() + "; a person cannot be merged with themselves");
        Merged merged{own_line(work, kept), own_line(work, other), share_of(work, other.id),
                      conflicts_of(work, kept, other)};
        if (!merged.conflicts.empty() && !conflicts_seen && mode == Mode::commit)
            throw Error(ErrorCode::conflict,
                        "people have to look at this first: " + std::to_string(merged.conflicts.size()) +
                            (merged.conflicts.size() == 1 ? " thing does" : " things do") +
                            " not fit together; --dry-run lists them, and --conflicts-seen says that you have looked");
        work.merges.merge(other.id, kept.id, today);
        work.audit.append({.action = "person.merged",
                           .object = key_text(other.id) + " into " + key_text(kept.id),
                           .after = other.code.str() + " " + kept.code.str()});
        return merged;
    });
}

Unmerged Merging::unmerge(const Actor& actor, std::string_view other_code, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Person before = person_of(work, actor, other_code, today);
        authorize_for(work, actor, before, today);
        const auto standing = work.merges.standing(before.id);
        if (!standing)
            throw Error(ErrorCode::conflict,
                        before.code.str() + " is not merged into anybody; give the code that redirects");
        work.merges.unmerge(before.id, today);
        work.audit.append({.action = "person.unmerged",
                           .object = key_text(before.id) + " from " + key_text(standing->kept),
                           .after = before.merged->str() + " " + before.code.str()});
        Unmerged apart;
        apart.kept = own_line(work, work.people.of(work.merges.kept(standing->kept)));
        apart.other = own_line(work, work.people.of(before.id));
        apart.leaves = share_of(work, before.id);
        apart.of_other = recorded_from(work, work.merges.group(before.id), standing->audit);
        apart.of_kept = recorded_from(work, work.merges.group(standing->kept), standing->audit);
        return apart;
    });
}

std::vector<Redirect> merged_into(storage::UnitOfWork& work, PersonId person) {
    std::vector<Redirect> all;
    for (const PersonId member : work.merges.group(person)) {
        const domain::Person one = work.people.of(member);
        if (one.merged)
            all.push_back({*one.merged, one.code, work.merges.standing(member).value().day});
    }
    return all;
}

std::optional<Redirect> Merging::redirect(const Actor& actor, std::string_view typed) {
    const auto code = domain::PersonCode::parse(typed);
    if (!code)
        return std::nullopt;
    return house_.store.read([&](storage::UnitOfWork& work) -> std::optional<Redirect> {
        const auto person = work.people.find(*code);
        if (!person || !person->merged || !may_know(work, actor, person->id, house_.today()))
            return std::nullopt;
        return Redirect{*person->merged, person->code, work.merges.standing(person->id).value().day};
    });
}

} // namespace peercert::services
