#include "services/ledger_checks.hpp"

#include <algorithm>

#include <peercert/error.hpp>

namespace peercert::services {

namespace {

constexpr std::int64_t minutes_of_a_day = 24 * 60;

bool lies_within(const domain::NewEntry& line, const domain::NewEntry& days) {
    return days.first_day <= line.first_day && line.last_day <= days.last_day;
}

bool is_hours(EntryKind kind) { return kind == EntryKind::practice || kind == EntryKind::supervision; }

std::string hours_of(std::int64_t minutes) {
    const std::string rest = minutes % 60 == 0 ? "" : " " + std::to_string(minutes % 60) + " min";
    return std::to_string(minutes / 60) + " h" + rest;
}

} // namespace

void refuse_before_birth(const domain::Person& person, Date day, const std::string& what) {
    if (person.born && day < *person.born)
        throw Error(ErrorCode::invalid_input, what + " on " + to_text(day) + " would be before " + person.code.str() +
                                                  " was born, on " + to_text(*person.born) + "; check the year");
}

void refuse_repeated(storage::UnitOfWork& work, const domain::NewEntry& line) {
    if (!is_hours(line.kind) && line.kind != EntryKind::ce && line.kind != EntryKind::activity)
        return;
    auto tags = line.tags;
    std::sort(tags.begin(), tags.end());
    for (const domain::LedgerEntry& one : work.entries.counting_on(line.person, line.kind, line.last_day)) {
        auto others = one.tags;
        std::sort(others.begin(), others.end());
        if (one.first_day == line.first_day && one.amount == line.amount && one.code == line.code && others == tags &&
            one.provider == line.provider)
            throw Error(ErrorCode::conflict, "the same is here already as entry " + std::to_string(one.id.value()) +
                                                 "; if it happened twice, say so with --again");
    }
}

void refuse_longer_than_its_days(storage::UnitOfWork& work, const domain::NewEntry& line) {
    if (is_hours(line.kind))
        refuse_longer_than_its_days(work.entries.of_person(line.person), line);
}

void refuse_longer_than_its_days(const std::vector<domain::LedgerEntry>& beside, const domain::NewEntry& line) {
    if (!is_hours(line.kind))
        return;
    std::vector<const domain::LedgerEntry*> lines;
    for (const domain::LedgerEntry& one : beside)
        if (one.kind == line.kind && one.counts() && one.id != line.replaces)
            lines.push_back(&one);
    const auto check = [&](const domain::NewEntry& days) {
        std::int64_t sum = line.amount;
        for (const domain::LedgerEntry* one : lines)
            if (lies_within(*one, days))
                sum += one->amount;
        if (sum > (days_between(days.first_day, days.last_day) + 1) * minutes_of_a_day)
            throw Error(ErrorCode::invalid_input,
                        "with what is recorded already that would be " + hours_of(sum) + " of " +
                            std::string(domain::to_text(line.kind)) +
                            (days.first_day == days.last_day
                                 ? " on " + to_text(days.first_day)
                                 : " from " + to_text(days.first_day) + " to " + to_text(days.last_day)) +
                            ", more than 24 hours a day; look at `peercert record list`");
    };
    check(line);
    for (const domain::LedgerEntry* one : lines)
        if (lies_within(line, *one))
            check(*one);
}

} // namespace peercert::services
