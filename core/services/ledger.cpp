#include "services/ledger.hpp"

#include <peercert/error.hpp>

#include "services/authority.hpp"
#include "services/people.hpp"

namespace peercert::services {

namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

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

bool needs_code(EntryKind kind) { return !counts_minutes(kind); }

} // namespace

domain::NewEntry Ledger::entry_of(storage::UnitOfWork& work, const NewRecord& record, PersonId person) const {
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
        const domain::Person voucher = person_of(work, record.vouched_by);
        refuse_self(voucher.id, person, "vouch for hours or competencies");
        entry.asserted_by = voucher.id;
        if (!record.vouched_as.empty()) {
            const AuthorityAnswer answer = authority_on(work, rulebook_, voucher.id, record.vouched_as, entry.last_day);
            if (!answer.entitled)
                throw Error(ErrorCode::conflict, "on " + to_text(entry.last_day) + " the person who vouches was not " +
                                                     record.vouched_as + "; somebody entitled on that day has to");
            entry.authority = answer.authority;
        }
    }
    return entry;
}

void check_record(const NewRecord& record, Date today) {
    const Date last = record.last_day.value_or(record.first_day);
    if (last < record.first_day)
        refuse("the last day " + to_text(last) + " is before the first day " + to_text(record.first_day));
    if (record.kind != EntryKind::fact && last > today)
        refuse("the day " + to_text(last) + " is still to come; what is planned is not recorded, only what has happened");
    if (record.first_day > today)
        refuse("the first day " + to_text(record.first_day) + " is still to come; record it when it has come");
    if (needs_code(record.kind) && record.code.empty())
        refuse(std::string(domain::to_text(record.kind)) + " needs a word for what it is (--code)");
    if (record.amount < 0)
        refuse("an amount cannot be less than nothing");
    if (counts_minutes(record.kind)) {
        if (record.amount == 0)
            refuse("how long? give hours or minutes, such as 2.5 h");
        const std::int64_t days = days_between(record.first_day, last) + 1;
        if (record.amount > days * 24 * 60)
            refuse("that is more than 24 hours a day from " + to_text(record.first_day) + " to " + to_text(last) +
                   "; check the days or the amount");
    }
}

EntryId Ledger::add(const Actor& actor, const NewRecord& record, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Person person = person_of(work, record.person);
        authorize(work, actor, Action::record_entry, {person.id, {}}, today);
        check_record(record, today);
        const EntryId id = work.entries.add(entry_of(work, record, person.id));
        work.audit.append({.action = "entry.added", .object = "entry " + std::to_string(id.value()),
                           .after = domain::to_text(record.kind)});
        return id;
    });
}

EntryId Ledger::correct(const Actor& actor, EntryId entry, const NewRecord& record, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::LedgerEntry before = work.entries.of(entry);
        authorize(work, actor, Action::record_entry, {before.person, {}}, today);
        if (before.kind == EntryKind::sign_off || before.kind == EntryKind::decision)
            refuse("a sign-off or decision is not corrected by typing; withdraw it and let the person concerned sign again");
        NewRecord corrected = record;
        corrected.kind = before.kind;
        if (corrected.code.empty())
            corrected.code = before.code;
        check_record(corrected, today);
        domain::NewEntry added = entry_of(work, corrected, before.person);
        added.session = before.session;
        added.cohort = before.cohort;
        added.replaces = entry;
        const EntryId id = work.entries.add(added);
        work.audit.append({.action = "entry.corrected",
                           .object = "entry " + std::to_string(id.value()) + " for " + std::to_string(entry.value()),
                           .before = std::to_string(before.amount),
                           .after = std::to_string(added.amount)});
        return id;
    });
}

EntryId Ledger::withdraw(const Actor& actor, EntryId entry, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::LedgerEntry before = work.entries.of(entry);
        authorize(work, actor, Action::record_entry, {before.person, {}}, house_.today());
        domain::NewEntry withdrawal = before;
        withdrawal.replaces = entry;
        withdrawal.withdrawn = true;
        withdrawal.typed_by.clear();
        const EntryId id = work.entries.add(withdrawal);
        work.audit.append({.action = "entry.withdrawn",
                           .object = "entry " + std::to_string(entry.value()) + " by " + std::to_string(id.value())});
        return id;
    });
}

std::vector<LedgerLine> Ledger::of(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, code);
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
