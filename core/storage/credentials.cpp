#include "storage/credentials.hpp"

#include <algorithm>
#include <iterator>

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/kept_answers.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/timeline.hpp"
#include "storage/detail/values.hpp"
#include "storage/numbers.hpp"

namespace peercert::storage {

namespace {

using domain::CredentialEvent;
using domain::CredentialRecord;
using domain::DecisionId;
using domain::Term;
using domain::TermPlace;

std::vector<Term> terms_of(Connection& connection, const long long& credential) {
    Term term;
    long long n = 0;
    std::string first_day;
    std::string last_day;
    std::string timeline;
    long long decision = 0;
    std::string recorded_at;
    std::string place;
    std::string shown_to;
    std::string shown_until;
    std::string eligibility;
    soci::statement statement =
        (connection.sql().prepare
             << "select n, first_day, coalesce(last_day, ''), level, title, public_title, name_as_issued, "
                "edition, edition_digest, zone, timeline, coalesce(decision, 0), recorded_at, place, shown_to, "
                "coalesce(shown_until, ''), eligibility from term where credential = :credential order by n",
         soci::use(credential), soci::into(n), soci::into(first_day), soci::into(last_day), soci::into(term.level),
         soci::into(term.title), soci::into(term.public_title), soci::into(term.name_as_issued),
         soci::into(term.edition), soci::into(term.edition_digest), soci::into(term.zone), soci::into(timeline),
         soci::into(decision), soci::into(recorded_at), soci::into(place), soci::into(shown_to),
         soci::into(shown_until), soci::into(eligibility));
    statement.execute();
    std::vector<Term> terms;
    while (statement.fetch()) {
        term.n = static_cast<int>(n);
        term.first_day = day_of(first_day);
        term.last_day = optional_day_of(last_day);
        term.timeline = timeline_of(timeline);
        term.decision = DecisionId(decision);
        term.recorded_at = instant_of(recorded_at);
        term.place = word_of(domain::parse_term_place(place));
        term.shown_to = word_of(domain::parse_register_access(shown_to));
        term.shown_until = optional_day_of(shown_until);
        term.ends_with_eligibility = !eligibility.empty();
        terms.push_back(term);
    }
    return terms;
}

std::vector<CredentialEvent> events_of(Connection& connection, const long long& credential) {
    CredentialEvent event;
    long long n = 0;
    std::string kind;
    std::string effective_day;
    std::string recorded_at;
    long long decision = 0;
    soci::statement statement =
        (connection.sql().prepare
             << "select n, kind, effective_day, recorded_at, coalesce(decision, 0), actor, condition, level "
                "from credential_event where credential = :credential order by n",
         soci::use(credential), soci::into(n), soci::into(kind), soci::into(effective_day), soci::into(recorded_at),
         soci::into(decision), soci::into(event.actor), soci::into(event.condition), soci::into(event.level));
    statement.execute();
    std::vector<CredentialEvent> events;
    while (statement.fetch()) {
        event.n = static_cast<int>(n);
        event.kind = word_of(domain::parse_credential_event_kind(kind));
        event.effective_day = day_of(effective_day);
        event.recorded_at = instant_of(recorded_at);
        event.decision = DecisionId(decision);
        events.push_back(event);
    }
    return events;
}

/// Credentials with their holders, one page after the other, terms and events filled in by the caller.
template <class... Bound>
std::vector<CredentialRecord> heads_where(Connection& connection, FixedSql rest, const Bound&... bound) {
    CredentialRecord record;
    long long id = 0;
    std::string number;
    long long person = 0;
    long long issuer = 0;
    std::string created_at;
    std::string departed_on;
    long long hidden = 0;
    long long consent = 0;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    const auto into = [&statement](auto&... variables) { (statement.exchange(soci::into(variables)), ...); };
    into(id, number, person, record.credential.track, issuer, created_at, departed_on, hidden, consent);
    statement.alloc();
    // fixed text: columns and joins from person_group.hpp
    statement.prepare("select credential.id, number, credential.person, track, coalesce(issuer, 0), "
                      "credential.created_at, " +
                      joined_sql(holder_departed, ", ", holder_hidden) +
                      joined_sql(", coalesce(", holder_consent, ", -1)") +
                      joined_sql(" from credential ", holder_join, rest));
    statement.define_and_bind();
    statement.execute();
    std::vector<CredentialRecord> found;
    while (statement.fetch()) {
        const auto parsed = domain::CredentialNumber::parse(number);
        if (!parsed)
            damaged("credential number");
        record.credential.id = CredentialId(id);
        record.credential.number = *parsed;
        record.credential.person = PersonId(person);
        record.credential.issuer = OrganizationId(issuer);
        record.credential.created_at = instant_of(created_at);
        record.departed_on = optional_day_of(departed_on);
        record.hidden = hidden != 0;
        record.consent = consent < 0 ? std::nullopt : std::optional(consent != 0);
        found.push_back(record);
    }
    return found;
}

void fill(Connection& connection, CredentialRecord& record) {
    const long long id = record.credential.id.value();
    record.terms = terms_of(connection, id);
    record.events = events_of(connection, id);
}

std::optional<CredentialRecord> only(Connection& connection, std::vector<CredentialRecord> found) {
    if (found.empty())
        return std::nullopt;
    fill(connection, found.front());
    return std::move(found.front());
}

[[noreturn]] void refuse(const char* why) { throw Error(ErrorCode::invalid_input, why); }

/// Whether the term can stand where it says among those issued before.
void check_place(const std::vector<Term>& before, const Term& term) {
    if (term.last_day && *term.last_day < term.first_day)
        refuse("the term ends before it begins");
    const Term* newest = domain::newest_in_row(before);
    const auto begins_within = [&term](const Term& one) {
        return one.first_day <= term.first_day && (!one.last_day || term.first_day <= *one.last_day);
    };
    if (term.place == TermPlace::beside) {
        bool borne = false;
        for (const Term& one : before) {
            const bool is_beside = one.place == TermPlace::beside;
            borne = borne || (!is_beside && begins_within(one));
            if (is_beside && one.level == term.level && term.first_day <= one.first_day)
                refuse("a further term of an added level begins after the one before it began");
            if (!is_beside && one.level == term.level && begins_within(one))
                refuse("a level is added beside another one, not beside itself");
        }
        if (!borne)
            refuse("a level is added to a term that is in force when it begins");
        return;
    }
    if (newest == nullptr)
        return;
    if (term.first_day <= newest->first_day)
        refuse("a term begins after the one before it began");
    if (term.place == TermPlace::moved) {
        if (term.level != newest->level || !begins_within(*newest))
            refuse("a term is moved while it lasts, at its own level");
        return;
    }
    if (term.level == newest->level && begins_within(*newest))
        refuse("a further term of the same level begins after the one before it ended");
}

std::string short_text(const std::string& text, std::string_view what, bool may_be_empty) {
    return domain::clean_text(text, {what, 200, may_be_empty});
}

} // namespace

domain::Credential Credentials::add(PersonId person, std::string_view track, OrganizationId issuer) {
    connection_.changing();
    if (find(person, track))
        throw Error(ErrorCode::conflict,
                    "this person holds a credential of " + std::string(track) + " already; renew it");
    domain::Credential credential;
    credential.number = Numbers(connection_).next_credential();
    credential.id = CredentialId(domain::CodeBook(connection_.installation().number_key).counter(credential.number));
    credential.person = person;
    credential.track = domain::clean_code(track, "track");
    credential.issuer = issuer;
    credential.created_at = connection_.now();
    const long long id = credential.id.value();
    const std::string number = credential.number.str();
    const long long person_key = person.value();
    const OptionalKey issuer_key(issuer);
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    connection_.sql()
        << "insert into credential (id, number, person, track, issuer, created_at, audit) values (:id, :number, "
           ":person, :track, :issuer, :now, :audit)",
        soci::use(id), soci::use(number), soci::use(person_key), soci::use(credential.track),
        soci::use(issuer_key.value, issuer_key.state), soci::use(now), soci::use(audit);
    RowText row("credential");
    row.add(id).add(number).add(person_key).add(credential.track).add_key(issuer_key.value).add(now);
    connection_.added(row);
    keep_answer(connection_, credential.id);
    return credential;
}

void Credentials::add_term(CredentialId credential, const Term& term) {
    connection_.changing();
    const auto before = of(credential).terms;
    if (term.n != static_cast<int>(before.size()) + 1)
        throw Error(ErrorCode::conflict, "term " + std::to_string(term.n) +
                                             " is not the next one; the credential has " +
                                             std::to_string(before.size()));
    check_place(before, term);
    const long long id = credential.value();
    const long long n = term.n;
    const std::string first_day = to_text(term.first_day);
    const OptionalDay last_day(term.last_day);
    const std::string level = short_text(term.level, "level", true);
    const std::string title = short_text(term.title, "title", false);
    const std::string public_title =
        short_text(term.public_title.empty() ? term.title : term.public_title, "title", false);
    const std::string name = domain::clean_text(term.name_as_issued, domain::person_name_rule);
    const std::string edition = short_text(term.edition, "edition", true);
    const std::string digest = short_text(term.edition_digest, "digest", true);
    const std::string zone = short_text(term.zone, "time zone", true);
    const std::string timeline = text_of(term.timeline);
    const std::string place(to_text(term.place));
    const std::string shown_to(to_text(term.shown_to));
    const OptionalDay shown_until(term.shown_until);
    const std::string eligibility = term.ends_with_eligibility ? "ends" : "";
    const OptionalKey decision(term.decision);
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    connection_.sql()
        << "insert into term (credential, n, first_day, last_day, level, title, public_title, name_as_issued, "
           "edition, edition_digest, zone, timeline, decision, recorded_at, place, shown_to, shown_until, eligibility, "
           "audit) values (:credential, :n, :first, :last, :level, :title, :public, :name, :edition, :digest, :zone, "
           ":timeline, :decision, :now, :place, :shown, :until, :eligibility, :audit)",
        soci::use(id), soci::use(n), soci::use(first_day), soci::use(last_day.value, last_day.state), soci::use(level),
        soci::use(title), soci::use(public_title), soci::use(name), soci::use(edition), soci::use(digest),
        soci::use(zone), soci::use(timeline), soci::use(decision.value, decision.state), soci::use(now),
        soci::use(place), soci::use(shown_to), soci::use(shown_until.value, shown_until.state), soci::use(eligibility),
        soci::use(audit);
    RowText row("term");
    row.add(id)
        .add(n)
        .add(first_day)
        .add(last_day.value)
        .add(level)
        .add(title)
        .add(public_title)
        .add(name)
        .add(edition);
    row.add(digest).add(zone).add(timeline).add_key(decision.value).add(now);
    connection_.added(row);
    if (!place.empty() || !shown_to.empty() || term.shown_until || !eligibility.empty()) {
        row.restart("term_rule");
        row.add(id).add(n).add(place).add(shown_to).add(shown_until.value).add(eligibility);
        connection_.added(row);
    }
    keep_answer(connection_, credential);
}

int Credentials::add_event(CredentialId credential, const CredentialEvent& event) {
    connection_.changing();
    const long long id = credential.value();
    const std::string kind(to_text(event.kind));
    const std::string effective_day = to_text(event.effective_day);
    const std::string& now = connection_.now_text();
    const OptionalKey decision(event.decision);
    const std::string actor = event.actor.empty() ? connection_.actor() : short_text(event.actor, "actor", false);
    const std::string condition =
        event.condition.empty() ? std::string{} : domain::clean_word(event.condition, "condition");
    const std::string level = short_text(event.level, "level", true);
    const long long audit = connection_.next_audit();
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from credential_event where credential = :id", soci::use(id),
        soci::into(n);
    connection_.sql()
        << "insert into credential_event (credential, n, kind, effective_day, recorded_at, decision, actor, "
           "condition, level, audit) values (:id, :n, :kind, :day, :now, :decision, :actor, :condition, :level, "
           ":audit)",
        soci::use(id), soci::use(n), soci::use(kind), soci::use(effective_day), soci::use(now),
        soci::use(decision.value, decision.state), soci::use(actor), soci::use(condition), soci::use(level),
        soci::use(audit);
    RowText row("credential_event");
    row.add(id).add(n).add(kind).add(effective_day).add(now).add_key(decision.value).add(actor).add(condition);
    connection_.added(row);
    if (!level.empty()) {
        row.restart("credential_event_level");
        row.add(id).add(n).add(level);
        connection_.added(row);
    }
    keep_answer(connection_, credential);
    return static_cast<int>(n);
}

std::optional<CredentialRecord> Credentials::find(CredentialId id) {
    const long long key = id.value();
    return only(connection_, heads_where(connection_, "where credential.id = :id", key));
}

std::optional<CredentialRecord> Credentials::find(domain::CredentialNumber number) {
    auto found = find(CredentialId(domain::CodeBook(connection_.installation().number_key).counter(number)));
    return found && found->credential.number == number ? std::move(found) : std::nullopt;
}

std::optional<CredentialRecord> Credentials::find(PersonId person, std::string_view track) {
    const std::string word(track);
    // What is held under the very person that is asked about comes before what comes from a merge.
    Group group = group_of(connection_, person);
    std::stable_partition(group.begin(), group.end(), [person](PersonId one) { return one == person; });
    for (const PersonId one : group) {
        const long long key = one.value();
        auto found = heads_where(connection_, "where credential.person = :person and track = :track", key, word);
        if (!found.empty())
            return only(connection_, std::move(found));
    }
    return std::nullopt;
}

CredentialRecord Credentials::of(CredentialId id) {
    if (auto found = find(id))
        return *found;
    throw Error(ErrorCode::not_found, "no such credential");
}

std::vector<CredentialRecord> Credentials::of_person(PersonId person) {
    std::vector<CredentialRecord> found;
    for (const PersonId one : group_of(connection_, person)) {
        const long long key = one.value();
        auto own = heads_where(connection_, "where credential.person = :person order by credential.id", key);
        std::move(own.begin(), own.end(), std::back_inserter(found));
    }
    std::sort(found.begin(), found.end(),
              [](const CredentialRecord& a, const CredentialRecord& b) { return a.credential.id < b.credential.id; });
    for (auto& record : found)
        fill(connection_, record);
    return found;
}

void Credentials::each_of_track(std::string_view track, const std::function<void(const CredentialRecord&)>& each) {
    const std::string word(track);
    constexpr std::size_t page = 1000;
    const long long most = page;
    long long after = 0;
    for (;;) {
        auto found = heads_where(connection_,
                                 "where track = :track and credential.id > :after order by credential.id limit :most",
                                 word, after, most);
        for (auto& record : found) {
            fill(connection_, record);
            each(record);
        }
        if (found.size() < page)
            return;
        after = found.back().credential.id.value();
    }
}

std::int64_t Credentials::count() {
    long long count = 0;
    connection_.sql() << "select count(*) from credential", soci::into(count);
    return count;
}

std::vector<OrganizationId> Credentials::issuers_of(std::string_view track) {
    const std::string key(track);
    long long issuer = 0;
    soci::statement statement =
        (connection_.sql().prepare
             << "select distinct issuer from credential where track = :track and issuer is not null order by issuer",
         soci::use(key), soci::into(issuer));
    statement.execute();
    std::vector<OrganizationId> found;
    while (statement.fetch())
        found.emplace_back(issuer);
    return found;
}

} // namespace peercert::storage
