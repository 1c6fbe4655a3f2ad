#include "services/ledger.hpp"

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "curricula/phrases.hpp"
#include "domain/text.hpp"
#include "services/assessment.hpp"
#include "services/authority.hpp"
#include "services/departure.hpp"
#include "services/ledger_checks.hpp"
#include "services/people.hpp"

namespace peercert::services {

namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

constexpr std::int64_t most_times = 1000; ///< of an activity, in one line

bool counts_minutes(EntryKind kind) {
    switch (kind) {
    case EntryKind::attendance:
    case EntryKind::practice:
    case EntryKind::supervision:
    case EntryKind::ce: return true;
    case EntryKind::training:
    case EntryKind::sign_off:
    case EntryKind::exam:
    case EntryKind::activity:
    case EntryKind::attestation:
    case EntryKind::document:
    case EntryKind::fact:
    case EntryKind::decision: return false;
    }
    return false;
}

/// What the certifying body decided is entered by who may decide; hours that nobody vouches for yet by the person too.
Action action_for(const NewRecord& record) {
    if (record.kind == EntryKind::decision)
        return Action::decide;
    const bool waits =
        record.result == EntryResult::pending && record.vouched_by.empty() && counts_minutes(record.kind);
    return waits ? Action::log_entry : Action::record_entry;
}

bool needs_code(EntryKind kind) { return !counts_minutes(kind); }

/// What others have seen, given or decided, so that nobody can say it of themselves. Their own hours, learning,
/// documents and statements people may well put down.
bool is_for_others_to_say(EntryKind kind) {
    switch (kind) {
    case EntryKind::training:
    case EntryKind::attendance:
    case EntryKind::exam:
    case EntryKind::sign_off:
    case EntryKind::fact:
    case EntryKind::decision: return true;
    case EntryKind::practice:
    case EntryKind::supervision:
    case EntryKind::ce:
    case EntryKind::activity:
    case EntryKind::attestation:
    case EntryKind::document: return false;
    }
    return true;
}

void refuse_own(storage::UnitOfWork& work, const Actor& actor, PersonId person, EntryKind kind) {
    if (is_for_others_to_say(kind))
        refuse_self(work, actor.person, person, "put down or change trainings, exams, presence, facts or decisions");
}

std::string called(EntryKind kind) {
    return kind == EntryKind::ce ? "continuing education" : std::string(domain::to_text(kind));
}

/// The day by which the person has to have been there: of a fact that lasts, its first.
Date day_lived(const domain::NewEntry& entry) {
    return entry.kind == EntryKind::fact && entry.last_day == no_end ? entry.first_day : entry.last_day;
}

/// For whoever may write in that person's ledger. Throws Error{not_found}, in the same words where the actor may not
/// know the person.
domain::LedgerEntry entry_numbered(storage::UnitOfWork& work, const Actor& actor, EntryId id, Date today) {
    const Error missing(ErrorCode::not_found, "there is no entry " + std::to_string(id.value()));
    auto entry = work.entries.find(id);
    if (!entry)
        throw Error(missing);
    authorize(work, actor, Action::record_entry, {entry->person, {}}, today, missing);
    return std::move(*entry);
}

} // namespace

domain::NewEntry Ledger::entry_of(storage::UnitOfWork& work, const Actor& actor, const NewRecord& record,
                                  PersonId person) const {
    domain::NewEntry entry;
    entry.person = person;
    entry.kind = record.kind;
    entry.result = record.result;
    entry.first_day = record.first_day;
    entry.last_day = record.last_day.value_or(record.kind == EntryKind::fact ? no_end : record.first_day);
    entry.amount = record.amount;
    entry.code = record.code;
    entry.tags = record.tags;
    entry.provider = record.provider.empty() ? "" : organization_of(work, record.provider).code;
    entry.wording = record.wording;
    entry.document_digest = record.document_digest;
    entry.late_reason = record.late_reason;
    if (!record.vouched_by.empty()) {
        const domain::Person voucher = person_of(work, actor, record.vouched_by, house_.today());
        refuse_self(work, voucher.id, person, "vouch for hours or competencies");
        refuse_after_departure(voucher, entry.last_day, "what they vouch for");
        entry.asserted_by = voucher.id;
        if (!record.vouched_as.empty())
            entry.authority = entitled(work, voucher.id, record.vouched_as, entry.last_day);
    }
    return entry;
}

void check_words(const NewRecord& record, const KnownWords& known) {
    known.check_code(record.kind, record.code);
    if (record.kind == EntryKind::exam)
        known.check_score(record.code, record.amount);
    for (const std::string& tag : record.tags)
        known.check_tag(tag);
    if (!record.wording.empty())
        (void)domain::clean_code(record.wording, "version of the wording");
    const bool hex = record.document_digest.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    if (!record.document_digest.empty() && (!hex || record.document_digest.size() != 64))
        refuse("a document's digest is its SHA-256: 64 signs of 0-9 and a-f");
}

void check_record(const NewRecord& record, Date today) {
    const Date last = record.last_day.value_or(record.first_day);
    if (last < record.first_day)
        refuse("the last day " + to_text(last) + " is before the first day " + to_text(record.first_day));
    if (record.kind != EntryKind::fact && last > today)
        refuse("the day " + to_text(last) +
               " is still to come; what is planned is not recorded, only what has happened");
    if (record.first_day > today)
        refuse("the first day " + to_text(record.first_day) + " is still to come; record it when it has come");
    if (needs_code(record.kind) && record.code.empty())
        refuse(std::string(domain::to_text(record.kind)) + " needs a word for what it is (--code)");
    if (record.amount < 0)
        refuse("an amount cannot be less than nothing");
    if (record.kind == EntryKind::activity && (record.amount < 1 || record.amount > most_times))
        refuse("how often? a line says 1 to " + std::to_string(most_times) + " times");
    if (counts_minutes(record.kind)) {
        if (record.amount == 0)
            refuse("how long? give hours or minutes, such as 2.5 h");
        const std::int64_t days = days_between(record.first_day, last) + 1;
        if (record.amount > days * 24 * 60)
            refuse("that is more than 24 hours a day from " + to_text(record.first_day) + " to " + to_text(last) +
                   "; check the days or the amount");
    }
}

std::int64_t Ledger::minutes_of(const NewRecord& record) const {
    const Date day = record.last_day.value_or(record.first_day);
    const Edition& edition = rulebook_.choose(record.units_of, rules::event_days_on(day)).program->edition();
    const std::string named = edition.code + " " + edition.edition;
    if (const OwnUnit* unit = curricula::refused_unit(record.amount_as_written, edition.units))
        refuse(named + " counts nothing in " + unit->name + "; nothing is recorded");
    const auto amount = curricula::parse_amount(curricula::plain_units(record.amount_as_written, edition.units));
    if (amount.value && amount.value->amount.unit == Unit::minutes)
        return amount.value->amount.value;
    std::vector<std::string_view> known;
    for (const OwnUnit& unit : edition.units)
        known.push_back(unit.name);
    const std::size_t blank = record.amount_as_written.find(' ');
    const std::string near =
        blank == std::string::npos ? std::string() : nearest(record.amount_as_written.substr(blank + 1), known);
    std::string all;
    for (const std::string_view one : known)
        all += (all.empty() ? "" : ", ") + std::string(one);
    refuse("\"" + record.amount_as_written + "\" is no whole number of minutes in the units of " + named + " (h, min" +
           (all.empty() ? "" : ", " + all) + ")" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
}

domain::NewEntry Ledger::checked(storage::UnitOfWork& work, const Actor& actor, const NewRecord& record,
                                 const KnownWords& known) const {
    const Date today = house_.today();
    const domain::Person person = person_of(work, actor, record.person, today);
    authorize(work, actor, action_for(record), {person.id, {}}, today);
    refuse_own(work, actor, person.id, record.kind);
    check_record(record, today);
    check_words(record, known);
    domain::NewEntry line = entry_of(work, actor, record, person.id);
    refuse_before_birth(person, line.first_day, called(line.kind));
    refuse_after_departure(person, day_lived(line), called(record.kind));
    return line;
}

EntryId Ledger::add(const Actor& actor, const NewRecord& asked, Mode mode) {
    NewRecord record = asked;
    if (!record.amount_as_written.empty())
        record.amount = minutes_of(record);
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::NewEntry line = checked(work, actor, record, KnownWords(rulebook_.catalogue()));
        if (!record.again)
            refuse_repeated(work, line);
        refuse_longer_than_its_days(work, line);
        const EntryId id = work.entries.add(line);
        work.audit.append({.action = "entry.added",
                           .object = "entry " + std::to_string(id.value()),
                           .after = domain::to_text(record.kind)});
        return id;
    });
}

Replaced Ledger::correct(const Actor& actor, EntryId entry, const Correction& correction, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::LedgerEntry before = entry_numbered(work, actor, entry, today);
        refuse_own(work, actor, before.person, before.kind);
        if (before.kind == EntryKind::sign_off || before.kind == EntryKind::decision)
            refuse(
                "a sign-off or decision is not corrected by typing: `peercert signoff correct` gives another rating; "
                "a decision is withdrawn and made anew");
        if (before.kind == EntryKind::attendance)
            refuse("attendance is corrected at its session: `peercert cohort attend` with the right minutes");
        domain::NewEntry better =
            static_cast<const domain::NewEntry&>(before); // as typed, without its place in the ledger
        better.typed_by.clear();
        better.late_reason = domain::LateReason::correction;
        better.replaces = entry;
        if (correction.first_day) {
            const bool one_day = before.first_day == before.last_day;
            better.first_day = *correction.first_day;
            better.last_day = correction.last_day.value_or(one_day ? better.first_day : before.last_day);
        } else if (correction.last_day) {
            better.last_day = *correction.last_day;
        }
        better.amount = correction.amount.value_or(before.amount);
        better.code = correction.code.value_or(before.code);
        better.tags = correction.tags.value_or(before.tags);
        better.result = correction.result.value_or(before.result);
        if (correction.provider)
            better.provider = organization_of(work, *correction.provider).code;

        NewRecord checked{.kind = better.kind,
                          .first_day = better.first_day,
                          .last_day = better.last_day,
                          .amount = better.amount,
                          .code = better.code,
                          .tags = better.tags};
        check_record(checked, today);
        check_words(checked, KnownWords(rulebook_.catalogue()));
        const domain::Person person = work.people.of(before.person);
        refuse_before_birth(person, better.first_day, called(better.kind));
        refuse_after_departure(person, day_lived(better), called(better.kind));
        refuse_longer_than_its_days(work, better);
        if (better.authority && (correction.first_day || correction.last_day))
            better.authority = entitled(work, better.asserted_by, better.authority->role, better.last_day);
        const EntryId id = work.entries.add(better);
        work.audit.append({.action = "entry.corrected",
                           .object = "entry " + std::to_string(id.value()) + " for " + std::to_string(entry.value()),
                           .before = std::to_string(before.amount),
                           .after = std::to_string(better.amount)});
        return Replaced{id, relying_on(work, before.person, {entry}), std::nullopt};
    });
}

domain::Authority Ledger::entitled(storage::UnitOfWork& work, PersonId voucher, const std::string& role,
                                   Date on) const {
    const AuthorityAnswer answer = authority_on(work, rulebook_, voucher, role, on);
    if (!answer.entitled)
        throw Error(ErrorCode::conflict, "on " + to_text(on) + " the person who vouches was not " + role +
                                             "; somebody entitled on that day has to");
    return answer.authority;
}

Replaced Ledger::withdraw(const Actor& actor, EntryId entry, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::LedgerEntry before = entry_numbered(work, actor, entry, house_.today());
        refuse_own(work, actor, before.person, before.kind);
        if (before.kind == EntryKind::sign_off)
            refuse("a sign-off is taken back with `peercert signoff undo " + std::to_string(entry.value()) + "`");
        domain::NewEntry withdrawal = static_cast<const domain::NewEntry&>(before);
        withdrawal.replaces = entry;
        withdrawal.withdrawn = true;
        withdrawal.typed_by.clear();
        const EntryId id = work.entries.add(withdrawal);
        if (before.kind == EntryKind::training && before.cohort)
            reopen_place(work, before.cohort, before.person, house_.today());
        work.audit.append({.action = "entry.withdrawn",
                           .object = "entry " + std::to_string(entry.value()) + " by " + std::to_string(id.value())});
        Replaced replaced{id, relying_on(work, before.person, {entry}), std::nullopt};
        if (before.kind == EntryKind::attendance && before.cohort)
            replaced.review =
                review_completion(work, rulebook_, work.cohorts.of(before.cohort), before.person, house_.today());
        return replaced;
    });
}

std::vector<LedgerLine> Ledger::of(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, code, house_.today());
        authorize(work, actor, Action::read_person, {person.id, {}}, house_.today());
        std::vector<LedgerLine> lines;
        for (domain::LedgerEntry& entry : work.entries.of_person(person.id)) {
            const std::string by = entry.asserted_by ? work.people.of(entry.asserted_by).code.str() : "";
            lines.push_back({std::move(entry), by});
        }
        return lines;
    });
}

} // namespace peercert::services
