#include "storage/proposals.hpp"

#include <soci/soci.h>

#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

using domain::Proposal;
using domain::ProposalEvent;
using domain::ProposalId;
using domain::ProposalRecord;
using domain::ProposalStep;
using domain::PublishedEdition;

constexpr FixedSql whole = "body, cases";
constexpr FixedSql without_texts = "'', ''";

template <class... Bound>
std::vector<Proposal> proposals_where(Connection& connection, FixedSql texts, FixedSql rest, const Bound&... bound) {
    Proposal proposal;
    long long id = 0;
    std::string kind;
    long long organization = 0;
    long long proposed_by = 0;
    std::string recorded_at;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    statement.exchange(soci::into(id));
    statement.exchange(soci::into(kind));
    statement.exchange(soci::into(proposal.edition.code));
    statement.exchange(soci::into(proposal.edition.edition));
    statement.exchange(soci::into(proposal.edition.digest));
    statement.exchange(soci::into(organization));
    statement.exchange(soci::into(proposed_by));
    statement.exchange(soci::into(proposal.because));
    statement.exchange(soci::into(proposal.typed_by));
    statement.exchange(soci::into(recorded_at));
    statement.exchange(soci::into(proposal.edition.text));
    statement.exchange(soci::into(proposal.cases));
    statement.alloc();
    statement.prepare(joined_sql("select id, kind, code, edition, digest, organization, proposed_by, because, "
                                 "typed_by, recorded_at, ",
                                 texts, " from edition_proposal ") +
                      std::string(rest.text()));
    statement.define_and_bind();
    statement.execute();
    std::vector<Proposal> found;
    while (statement.fetch()) {
        proposal.id = ProposalId(id);
        proposal.edition.kind = word_of(domain::parse_edition_kind(kind));
        proposal.body = OrganizationId(organization);
        proposal.proposed_by = PersonId(proposed_by);
        proposal.recorded_at = instant_of(recorded_at);
        found.push_back(proposal);
    }
    return found;
}

template <class... Bound>
std::vector<PublishedEdition> published_where(Connection& connection, FixedSql text, FixedSql rest,
                                              const Bound&... bound) {
    PublishedEdition one;
    long long id = 0;
    std::string kind;
    std::string day;
    long long organization = 0;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    statement.exchange(soci::into(id));
    statement.exchange(soci::into(kind));
    statement.exchange(soci::into(one.edition.code));
    statement.exchange(soci::into(one.edition.edition));
    statement.exchange(soci::into(one.edition.digest));
    statement.exchange(soci::into(one.edition.text));
    statement.exchange(soci::into(day));
    statement.exchange(soci::into(organization));
    statement.alloc();
    statement.prepare(joined_sql("select p.id, p.kind, p.code, p.edition, p.digest, ", text,
                                 ", e.day, p.organization from edition_proposal p join edition_event e on e.proposal = "
                                 "p.id and e.step = 'published' where not exists (select 1 from edition_event w where "
                                 "w.proposal = p.id and w.step = 'withdrawn') ") +
                      std::string(rest.text()));
    statement.define_and_bind();
    statement.execute();
    std::vector<PublishedEdition> found;
    while (statement.fetch()) {
        one.proposal = ProposalId(id);
        one.edition.kind = word_of(domain::parse_edition_kind(kind));
        one.first_day = day_of(day);
        one.body = OrganizationId(organization);
        found.push_back(one);
    }
    return found;
}

void refuse_nul(const std::string& text) {
    if (text.find('\0') != std::string::npos)
        throw Error(ErrorCode::invalid_input, "the text of the edition or of its cases holds a NUL");
}

std::string free_text(const std::string& text, std::string_view what) {
    constexpr std::size_t most = 500;
    return domain::clean_text(text, {what, most, true});
}

} // namespace

ProposalId Proposals::add(const Proposal& proposal) {
    connection_.changing();
    const std::string kind(to_text(proposal.edition.kind));
    const std::string code = domain::clean_code(proposal.edition.code, "edition code");
    const std::string edition = domain::clean_code(proposal.edition.edition, "edition");
    refuse_nul(proposal.edition.text);
    refuse_nul(proposal.cases);
    const std::string because = free_text(proposal.because, "reason");
    const long long organization = proposal.body.value();
    const long long person = proposal.proposed_by.value();
    const std::string& actor = connection_.actor();
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long id = 0;
    connection_.sql() << "select coalesce(max(id), 0) + 1 from edition_proposal", soci::into(id);
    connection_.sql() << "insert into edition_proposal (id, kind, code, edition, digest, body, cases, organization, "
                         "proposed_by, because, typed_by, recorded_at, audit) values (:id, :kind, :code, :edition, "
                         ":digest, :body, :cases, :organization, :person, :because, :actor, :now, :audit)",
        soci::use(id), soci::use(kind), soci::use(code), soci::use(edition), soci::use(proposal.edition.digest),
        soci::use(proposal.edition.text), soci::use(proposal.cases), soci::use(organization), soci::use(person),
        soci::use(because), soci::use(actor), soci::use(now), soci::use(audit);
    connection_.added(RowText("edition_proposal")
                          .add(id)
                          .add(kind)
                          .add(code)
                          .add(edition)
                          .add(proposal.edition.digest)
                          .add(proposal.edition.text)
                          .add(proposal.cases)
                          .add(organization)
                          .add(person)
                          .add(because)
                          .add(actor)
                          .add(now));
    return ProposalId(id);
}

void Proposals::add_event(ProposalId id, const ProposalEvent& event) {
    connection_.changing();
    const long long proposal = id.value();
    const std::string step(to_text(event.step));
    const OptionalKey person(event.person);
    const std::string day = to_text(event.day);
    const std::string reason = free_text(event.reason, "reason");
    const std::string& actor = connection_.actor();
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    for (const ProposalEvent& one : events_of(id))
        if (one.step == event.step && (one.step != ProposalStep::approved || one.person == event.person))
            throw Error(ErrorCode::conflict, one.step == ProposalStep::approved
                                                 ? "this person approved this text already; a second one has to"
                                                 : "this text was " + step + " already");
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from edition_event where proposal = :proposal",
        soci::use(proposal), soci::into(n);
    connection_.sql() << "insert into edition_event (proposal, n, step, person, day, reason, typed_by, recorded_at, "
                         "audit) values (:proposal, :n, :step, :person, :day, :reason, :actor, :now, :audit)",
        soci::use(proposal), soci::use(n), soci::use(step), soci::use(person.value, person.state), soci::use(day),
        soci::use(reason), soci::use(actor), soci::use(now), soci::use(audit);
    connection_.added(RowText("edition_event")
                          .add(proposal)
                          .add(n)
                          .add(step)
                          .add_key(person.value)
                          .add(day)
                          .add(reason)
                          .add(actor)
                          .add(now));
}

std::vector<ProposalEvent> Proposals::events_of(ProposalId proposal) {
    const long long key = proposal.value();
    long long n = 0;
    std::string step;
    long long person = 0;
    std::string day;
    ProposalEvent event;
    std::string recorded_at;
    soci::statement statement =
        (connection_.sql().prepare << "select n, step, coalesce(person, 0), day, reason, typed_by, recorded_at from "
                                      "edition_event where proposal = :key order by n",
         soci::use(key), soci::into(n), soci::into(step), soci::into(person), soci::into(day), soci::into(event.reason),
         soci::into(event.typed_by), soci::into(recorded_at));
    statement.execute();
    std::vector<ProposalEvent> found;
    while (statement.fetch()) {
        event.n = static_cast<int>(n);
        event.step = word_of(domain::parse_proposal_step(step));
        event.person = PersonId(person);
        event.day = day_of(day);
        event.recorded_at = instant_of(recorded_at);
        found.push_back(event);
    }
    return found;
}

std::optional<ProposalRecord> Proposals::newest(std::string_view code, std::string_view edition) {
    const std::string code_word(code);
    const std::string edition_word(edition);
    auto found =
        proposals_where(connection_, whole, "where code = :code and edition = :edition order by id desc limit 1",
                        code_word, edition_word);
    if (found.empty())
        return std::nullopt;
    auto events = events_of(found.front().id);
    return ProposalRecord{std::move(found.front()), std::move(events)};
}

std::vector<ProposalRecord> Proposals::list(std::string_view code) {
    const std::string key(code);
    std::vector<ProposalRecord> records;
    for (Proposal& one : key.empty()
                             ? proposals_where(connection_, without_texts, "order by id")
                             : proposals_where(connection_, without_texts, "where code = :code order by id", key)) {
        auto events = events_of(one.id);
        records.push_back({std::move(one), std::move(events)});
    }
    return records;
}

std::vector<PublishedEdition> Proposals::published() {
    return published_where(connection_, "p.body", "order by p.code, e.day, p.id");
}

std::vector<PublishedEdition> Proposals::published(std::string_view code) {
    const std::string key(code);
    return published_where(connection_, "''", "and p.code = :code order by e.day, p.id", key);
}

} // namespace peercert::storage
