#include "services/standing.hpp"

#include <algorithm>
#include <set>

#include <peercert/error.hpp>

#include "rules/editions.hpp"
#include "services/asked_edition.hpp"
#include "services/eligibility.hpp"
#include "services/gone.hpp"
#include "services/issuing.hpp"
#include "services/people.hpp"

namespace peercert::services {

namespace {

/// What can be asked of somebody at this level: the edition's purposes, then what the level itself may and may not.
std::vector<std::string> purposes_of(const Edition& edition, const std::string& level) {
    std::vector<std::string> names;
    const auto add = [&names](const std::string& name) {
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    };
    for (const Purpose& one : edition.purposes)
        add(one.name);
    if (const Level* held = edition.level(level)) {
        for (const std::string& one : held->may)
            add(one);
        for (const std::string& one : held->may_not)
            add(one);
    }
    return names;
}

/// Days on which what a holder may do can change.
std::set<Date> days_of_change(const rules::Program& program, const Record& record, Symbol track) {
    std::set<Date> days;
    for (const Holding& holding : record.holdings) {
        if (holding.track != track)
            continue;
        for (const HeldTerm& term : holding.terms) {
            days.insert(term.first);
            for (const rules::Stretch& stretch :
                 rules::timeline(program, {term.number, term.first, term.last}, record)) {
                days.insert(stretch.first);
                if (stretch.last)
                    days.insert(add_days(*stretch.last, 1));
            }
        }
        for (const DayRange& out : holding.out_of_force) {
            if (out.first)
                days.insert(*out.first);
            if (out.last)
                days.insert(add_days(*out.last, 1));
        }
    }
    for (const Purpose& one : program.edition().purposes)
        if (one.dated)
            for (const auto* end : {&one.dated->from, &one.dated->until})
                if (*end && (*end)->anchor == Anchor::day) {
                    days.insert((*end)->day);
                    days.insert(add_days((*end)->day, 1));
                }
    return days;
}

std::optional<Date> anchor_called(const Finding& finding, std::string_view kind, std::string_view name) {
    if (finding.kind == kind)
        for (const AnchorDay& anchor : finding.anchors)
            if (anchor.name == name)
                return anchor.day;
    for (const Finding& part : finding.parts)
        if (const auto found = anchor_called(part, kind, name))
            return found;
    return std::nullopt;
}

void gather_deadlines(const rules::Program& program, const Record& record, const std::vector<rules::Stretch>& line,
                      Date on, TermStanding& standing) {
    const rules::PresentTerm& term = standing.next ? *standing.next : standing.term;
    const bool renewable = program.edition().step(Step::Verb::renew, standing.level) != nullptr;
    const auto fee_on = [&](Date day) -> std::optional<rules::FeeAnswer> {
        if (!renewable)
            return std::nullopt;
        rules::FeeAnswer fee =
            rules::fee(program, Step::Verb::renew, standing.level, record, {.as_of = day, .term = term});
        return fee.lines.empty() ? std::nullopt : std::optional(std::move(fee));
    };
    const auto add = [&](Deadline::Kind kind, Date day, std::string called = {}, std::string decides = {}) {
        if (day >= on)
            standing.deadlines.push_back({kind, day, std::move(called), fee_on(day), std::move(decides)});
    };
    if (renewable) {
        const Finding asked = rules::explain(program, program.step(Step::Verb::renew, standing.level), record,
                                             {.as_of = on, .term = term});
        if (const auto opens = anchor_called(asked, "filing", "opens"))
            add(Deadline::Kind::renewal_opens, *opens);
        if (const auto closes = anchor_called(asked, "filing", "until"))
            if (closes != term.last)
                add(Deadline::Kind::renewal_closes, *closes);
    }
    if (term.last)
        add(Deadline::Kind::last_day, *term.last);
    for (const rules::Stretch& stretch : line)
        if (stretch.first > term.first)
            add(Deadline::Kind::stretch, stretch.first, stretch.called, stretch.decides);
    std::stable_sort(standing.deadlines.begin(), standing.deadlines.end(),
                     [](const Deadline& a, const Deadline& b) { return a.day < b.day; });
}

} // namespace

std::optional<TermStanding> term_standing(const rules::Program& program, const Vocabulary& words, const Record& record,
                                          const std::string& level, Date on) {
    const Symbol track = words.find(program.edition().code);
    const Symbol wanted = words.find(level);
    const auto held = wanted == Symbol::none ? std::nullopt : rules::term_held(record, track, wanted, on);
    if (!held)
        return std::nullopt;
    TermStanding standing;
    standing.level = level;
    standing.term = {rules::term_number(record, track, *held), held->first, held->last};
    standing.next = rules::term_granted_ahead(record, track, wanted, on);
    const auto line = rules::timeline(program, standing.term, record);
    standing.now = line.front();
    for (const rules::Stretch& stretch : line)
        if (stretch.first <= on && (!stretch.last || on <= *stretch.last))
            standing.now = stretch;
    standing.shown_until = rules::shown_until(program, level, standing.next.value_or(standing.term));
    standing.follows = rules::certifications_followed(program, level, record, on);
    const std::set<Date> changes = days_of_change(program, record, track);
    for (const std::string& purpose : purposes_of(program.edition(), level)) {
        PurposeAnswer one{purpose, rules::may(program, purpose, record, on), std::nullopt};
        if (one.answer.verdict.is_met())
            for (auto day = changes.upper_bound(on); day != changes.end(); ++day)
                if (!rules::may(program, purpose, record, *day).verdict.is_met()) {
                    one.until = add_days(*day, -1);
                    break;
                }
        standing.purposes.push_back(std::move(one));
    }
    gather_deadlines(program, record, standing.next ? rules::timeline(program, *standing.next, record) : line, on,
                     standing);
    return standing;
}

Rulebook::ProgramPtr Standings::rules_of(storage::UnitOfWork& work, const domain::CredentialRecord& held,
                                         const domain::Term& term, const Record& record, Date on) const {
    try {
        return asked_edition(house_, rulebook_, record,
                             {.track = held.credential.track, .level = term.level, .as_of = on})
            .chosen.program;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::invalid_input)
            throw;
        return rulebook_.edition(work, held.credential.track, term.edition);
    }
}

Standing Standings::standing(storage::UnitOfWork& work, const domain::CredentialRecord& held, std::optional<Date> on,
                             std::optional<domain::Instant> known_at) const {
    Standing answer;
    answer.number = held.credential.number.str();
    answer.person = work.people.of(held.credential.person).code.str();
    answer.name = work.people.name_used(held.credential.person);
    answer.track = held.credential.track;
    answer.issuer = held.credential.issuer ? work.organizations.of(held.credential.issuer).code : "";
    answer.known_at = known_at;
    const Date today = today_for(house_, held);
    answer.on = on.value_or(today);
    answer.projection = answer.on > today;
    answer.status = status_on(work, rulebook_, held, answer.on, known_at);
    const domain::Term* meant = nullptr;
    const domain::Term* before = nullptr;
    for (const domain::Term& term : held.terms) {
        if (term.n == answer.status.term)
            meant = &term;
        else if (meant == nullptr && term.place != domain::TermPlace::beside)
            before = &term;
    }
    if (meant == nullptr)
        return answer;
    if (meant->place == domain::TermPlace::moved && before != nullptr)
        answer.moved = MovedLastDay{meant->first_day, before->last_day, meant->last_day};
    if (answer.status.yes())
        answer.added = credentials::added_levels(held, answer.on, known_at);
    answer.edition = meant->edition;
    answer.title = meant->title;
    Record record = work.entries.record(held.credential.person, rulebook_.words(), known_at);
    end_with(record, held.departed_on);
    answer.term = term_standing(*rules_of(work, held, *meant, record, answer.on), rulebook_.words(), record,
                                meant->level, answer.on);
    if (!answer.status.yes() && answer.term) {
        answer.term->now.in_force = false;
        if (is_gone(held.departed_on, answer.on)) {
            answer.gone_since = held.departed_on;
            answer.term->deadlines.clear();                  // nothing is ahead of it any more
            for (PurposeAnswer& one : answer.term->purposes) // nor is anything left for others to confirm or decide
                one = {one.purpose, {}, std::nullopt};
        }
    }
    return answer;
}

std::vector<Standing> Standings::of(const Actor& actor, std::string_view who, std::optional<Date> on,
                                    std::optional<domain::Instant> known_at) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        std::vector<domain::CredentialRecord> credentials;
        const bool is_person = who.size() > 2 && (who[0] == 'P' || who[0] == 'p') && who[1] == '-';
        if (!is_person && domain::CredentialNumber::parse(who)) {
            credentials.push_back(credential_numbered(work, who));
            authorize(work, actor, Action::read_person, {credentials.front().credential.person, {}}, house_.today(),
                      no_such_credential(who));
        } else {
            const domain::Person person = person_of(work, actor, who, house_.today());
            authorize(work, actor, Action::read_person, {person.id, {}}, house_.today());
            credentials = work.credentials.of_person(person.id);
        }
        std::vector<Standing> answers;
        for (domain::CredentialRecord& credential : credentials) {
            if (known_at)
                credential.departed_on = work.people.departed_as_known(credential.credential.person, *known_at);
            answers.push_back(standing(work, credential, on, known_at));
        }
        return answers;
    });
}

} // namespace peercert::services
