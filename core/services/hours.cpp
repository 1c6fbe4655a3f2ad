#include "services/hours.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <peercert/error.hpp>

#include "services/authority.hpp"
#include "services/ledger.hpp"
#include "services/people.hpp"

namespace peercert::services {

namespace {

using domain::ConfirmationStep;

[[noreturn]] void no_such_link() {
    throw Error(ErrorCode::not_found,
                "this link does not work, or no longer; ask the person whose hours they are for a new one");
}

bool waits(const domain::LedgerEntry& line) {
    return line.counts() && line.result == EntryResult::pending &&
           (line.kind == EntryKind::practice || line.kind == EntryKind::supervision);
}

/// How much work is on record for one day already. A line of several days counts with its average: its hours of each
/// day are not known.
std::int64_t minutes_on(const std::vector<domain::LedgerEntry>& lines, Date day) {
    std::int64_t minutes = 0;
    for (const domain::LedgerEntry& line : lines)
        if (line.counts() && line.kind == EntryKind::practice && line.first_day <= day && day <= line.last_day)
            minutes += line.amount / (days_between(line.first_day, line.last_day) + 1);
    return minutes;
}

domain::Authority supervisor_at(const domain::Organization& employer, const domain::Membership& membership) {
    return {employer.code + "/supervisor", "", {membership.first_day, membership.last_day}};
}

/// One range of the supervisor's time at the employer that covers the day.
std::optional<domain::Authority> supervising_on(storage::UnitOfWork& work, PersonId supervisor,
                                                std::string_view employer, Date day) {
    const auto organization = work.organizations.find(employer);
    if (!organization)
        return std::nullopt;
    for (const domain::Membership& membership : work.organizations.memberships(supervisor))
        if (membership.organization == organization->id && membership.role == "supervisor" &&
            membership.first_day <= day && (!membership.last_day || day <= *membership.last_day))
            return supervisor_at(*organization, membership);
    return std::nullopt;
}

} // namespace

std::string_view to_text(ConfirmationView::State state) {
    constexpr std::array<std::string_view, 4> words{"open", "answered", "withdrawn", "expired"};
    return words.at(static_cast<std::size_t>(state));
}

std::string_view to_text(AskedLine::State state) {
    constexpr std::array<std::string_view, 4> words{"open", "confirmed", "not_entitled", "changed"};
    return words.at(static_cast<std::size_t>(state));
}

EntryId Hours::log(const Actor& actor, const NewHours& hours, Mode mode) {
    NewRecord record;
    record.person = hours.person;
    record.kind = hours.is_supervision ? EntryKind::supervision : EntryKind::practice;
    record.first_day = hours.first_day;
    record.last_day = hours.last_day;
    record.amount = hours.minutes;
    record.provider = hours.employer;
    record.code = hours.course;
    record.tags = hours.tags;
    record.result = EntryResult::pending;
    for (const std::string& word : {hours.activity, hours.setting, hours.way})
        if (!word.empty())
            record.tags.push_back(word);
    if (!hours.unusual && !hours.is_supervision)
        house_.store.read([&](storage::UnitOfWork& work) {
            const domain::Person person = person_of(work, actor, hours.person, house_.today());
            authorize(work, actor, Action::log_entry, {person.id, {}}, house_.today());
            const Date last = hours.last_day.value_or(hours.first_day);
            const std::int64_t each_day =
                hours.minutes / std::max<std::int64_t>(1, days_between(hours.first_day, last) + 1);
            const auto lines = work.entries.of_person(person.id);
            for (Date day = hours.first_day; day <= last && day <= house_.today(); day = add_days(day, 1))
                if (const std::int64_t all = minutes_on(lines, day) + each_day; all > usual_minutes_a_day)
                    throw Error(ErrorCode::conflict,
                                "with this line " + peercert::to_text(day) + " has " + std::to_string(all / 60) +
                                    " hours of work; look at `peercert record list`, or say --unusual if it was so");
        });
    return Ledger(house_, rulebook_).add(actor, record, mode);
}

Hours::Entitlement Hours::entitlement(storage::UnitOfWork& work, const domain::Confirmation& request,
                                      const domain::LedgerEntry& line) const {
    Entitlement found;
    for (Date day = line.first_day; day <= line.last_day;) {
        std::optional<domain::Authority> authority;
        if (request.role.empty()) {
            authority = supervising_on(work, request.supervisor, line.provider, day);
        } else {
            AuthorityAnswer answer = authority_on(work, rulebook_, request.supervisor, request.role, day);
            if (answer.entitled)
                authority = std::move(answer.authority);
        }
        if (!authority)
            return {std::nullopt, day};
        const std::optional<Date> until = authority->held.last;
        found.authority = std::move(authority); // the last one stands beside the line
        if (!until || *until >= line.last_day)
            break;
        day = add_days(*until, 1);
    }
    return found;
}

ConfirmationView Hours::view(storage::UnitOfWork& work, const domain::ConfirmationRecord& record) const {
    const domain::Confirmation& request = record.request;
    ConfirmationView view{.id = request.id,
                          .person = work.people.of(request.person).code.str(),
                          .person_name = work.people.name_used(request.person),
                          .supervisor = work.people.of(request.supervisor).code.str(),
                          .supervisor_name = work.people.name_used(request.supervisor),
                          .role = request.role,
                          .asked_at = request.recorded_at,
                          .expires_at = request.expires_at};
    for (const domain::ConfirmationEvent& event : record.events)
        if (event.step == ConfirmationStep::answered)
            view.state = ConfirmationView::State::answered;
        else if (event.step == ConfirmationStep::withdrawn)
            view.state = ConfirmationView::State::withdrawn;
    if (view.state == ConfirmationView::State::open && house_.clock.now() >= request.expires_at)
        view.state = ConfirmationView::State::expired;
    const std::vector<EntryId> confirmed = record.lines(ConfirmationStep::confirmed);
    for (const EntryId id : record.lines(ConfirmationStep::asked)) {
        const domain::LedgerEntry line = work.entries.of(id);
        const auto employer = work.organizations.find(line.provider);
        AskedLine asked{.entry = id,
                        .kind = line.kind,
                        .first_day = line.first_day,
                        .last_day = line.last_day,
                        .minutes = line.amount,
                        .employer = employer ? employer->name : line.provider,
                        .tags = line.tags};
        if (std::find(confirmed.begin(), confirmed.end(), id) != confirmed.end())
            asked.state = AskedLine::State::confirmed;
        else if (!waits(line))
            asked.state = AskedLine::State::changed;
        else if (view.state == ConfirmationView::State::open) {
            asked.not_entitled_on = entitlement(work, request, line).missing_on;
            if (asked.not_entitled_on)
                asked.state = AskedLine::State::not_entitled;
        }
        view.lines.push_back(std::move(asked));
    }
    return view;
}

AskedSupervisor Hours::ask(const Actor& actor, const NewConfirmation& asked, Mode mode) {
    if (asked.days < 1 || asked.days > most_link_days)
        throw Error(ErrorCode::invalid_input, "a link works for 1 to " + std::to_string(most_link_days) +
                                                  " days, not " + std::to_string(asked.days));
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Person person = person_of(work, actor, asked.person, today);
        authorize(work, actor, Action::log_entry, {person.id, {}}, today);
        const domain::Person supervisor = person_of(work, actor, asked.supervisor, today);
        refuse_self(work, supervisor.id, person.id, "confirm hours");
        std::set<EntryId> being_asked;
        for (const domain::ConfirmationRecord& other : work.confirmations.of_person(person.id))
            if (other.open(house_.clock.now()))
                for (const EntryId line : other.lines(ConfirmationStep::asked))
                    being_asked.insert(line);
        std::vector<EntryId> lines;
        for (const domain::LedgerEntry& line : work.entries.of_person(person.id)) {
            if (!waits(line) || being_asked.contains(line.id) || (asked.from && line.first_day < *asked.from) ||
                (asked.until && line.last_day > *asked.until))
                continue;
            if (asked.role.empty() && line.provider.empty())
                throw Error(ErrorCode::invalid_input,
                            "entry " + std::to_string(line.id.value()) +
                                " names no employer; correct it (record correct --provider), or say in which role the "
                                "supervisor confirms (--role)");
            lines.push_back(line.id);
        }
        if (lines.empty())
            throw Error(ErrorCode::not_found, "no hours of these days wait for a supervisor whom nobody has asked yet");
        domain::Confirmation request;
        request.person = person.id;
        request.supervisor = supervisor.id;
        request.role = asked.role;
        request.expires_at = house_.clock.now() + std::chrono::days(asked.days);
        if (!asked.role.empty()) // a role that no rule knows is refused now, not when the link is opened
            (void)authority_on(work, rulebook_, supervisor.id, asked.role, today);
        auto added = work.confirmations.add(request, lines);
        work.audit.append({.action = "hours.asked",
                           .object = "confirmation " + std::to_string(added.id.value()),
                           .after = std::to_string(lines.size())});
        return AskedSupervisor{view(work, work.confirmations.find(added.id).value()), std::move(added.secret)};
    });
}

std::vector<ConfirmationView> Hours::list(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, code, house_.today());
        authorize(work, actor, Action::read_person, {person.id, {}}, house_.today());
        std::vector<ConfirmationView> views;
        for (const domain::ConfirmationRecord& record : work.confirmations.of_person(person.id))
            views.push_back(view(work, record));
        return views;
    });
}

void Hours::withdraw(const Actor& actor, domain::ConfirmationId id, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Error missing(ErrorCode::not_found, "there is no request " + std::to_string(id.value()));
        const auto record = work.confirmations.find(id);
        if (!record)
            throw Error(missing);
        authorize(work, actor, Action::log_entry, {record->request.person, {}}, house_.today(), missing);
        work.confirmations.add_event(id, ConfirmationStep::withdrawn, {});
        work.audit.append({.action = "hours.ask_withdrawn", .object = "confirmation " + std::to_string(id.value())});
    });
}

domain::ConfirmationRecord Hours::usable(storage::UnitOfWork& work, std::string_view secret) const {
    auto record = work.confirmations.find_by_secret(secret);
    if (!record)
        no_such_link();
    for (const domain::ConfirmationEvent& event : record->events)
        if (event.step == ConfirmationStep::withdrawn)
            no_such_link();
    if (!record->closed() && house_.clock.now() >= record->request.expires_at)
        no_such_link();
    return std::move(*record);
}

ConfirmationView Hours::open(std::string_view secret) {
    return house_.store.read([&](storage::UnitOfWork& work) { return view(work, usable(work, secret)); });
}

Answered Hours::answer(std::string_view secret, const std::vector<EntryId>& confirmed, const std::string& through,
                       Mode mode) {
    const std::string by = house_.store.read([&](storage::UnitOfWork& work) {
        const auto request = usable(work, secret).request;
        return "person:" + work.people.of(request.supervisor).code.str() + " by " + through;
    });
    return change(house_, by, mode, [&](storage::UnitOfWork& work) {
        const domain::ConfirmationRecord record = usable(work, secret);
        const domain::Confirmation& request = record.request;
        if (record.closed())
            throw Error(ErrorCode::conflict, "this was answered already; nothing more is needed from you");
        if (const auto gone = work.people.of(request.supervisor).departed_on; gone && *gone <= house_.today())
            no_such_link();
        const std::vector<EntryId> asked = record.lines(ConfirmationStep::asked);
        Answered answered;
        for (const EntryId id : std::set<EntryId>(confirmed.begin(), confirmed.end())) {
            if (std::find(asked.begin(), asked.end(), id) == asked.end())
                throw Error(ErrorCode::invalid_input,
                            "entry " + std::to_string(id.value()) + " is not among the lines you were asked about");
            const domain::LedgerEntry line = work.entries.of(id);
            if (!waits(line))
                throw Error(ErrorCode::conflict,
                            "entry " + std::to_string(id.value()) + " was changed since; open the link again");
            const Entitlement entitled = entitlement(work, request, line);
            if (!entitled.authority)
                throw Error(ErrorCode::conflict,
                            "on " + peercert::to_text(*entitled.missing_on) + " you were not on record as " +
                                (request.role.empty() ? "a supervisor at " + line.provider : request.role) +
                                "; somebody who was has to confirm entry " + std::to_string(id.value()));
            domain::NewEntry better = static_cast<const domain::NewEntry&>(line);
            better.typed_by.clear();
            better.result = EntryResult::none;
            better.asserted_by = request.supervisor;
            better.authority = entitled.authority;
            better.replaces = id;
            work.entries.add(better);
            work.confirmations.add_event(request.id, ConfirmationStep::confirmed, id);
            answered.minutes += line.amount;
        }
        work.confirmations.add_event(request.id, ConfirmationStep::answered, {});
        work.audit.append({.action = "hours.answered",
                           .object = "confirmation " + std::to_string(request.id.value()),
                           .after = std::to_string(confirmed.size()) + " of " + std::to_string(asked.size())});
        answered.view = view(work, work.confirmations.find(request.id).value());
        return answered;
    });
}

} // namespace peercert::services
