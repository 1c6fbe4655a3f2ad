#include "storage/bundles.hpp"

#include <soci/soci.h>

#include <peercert/error.hpp>

#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

using domain::Bundle;
using domain::BundleLine;

template <class... Bound>
std::vector<Bundle> bundles_where(Connection& connection, FixedSql rest, const Bound&... bound) {
    std::string id;
    long long cohort = 0;
    std::string public_key;
    std::string recorded_at;
    long long withdrawn = 0;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    statement.exchange(soci::into(id));
    statement.exchange(soci::into(cohort));
    statement.exchange(soci::into(public_key));
    statement.exchange(soci::into(recorded_at));
    statement.exchange(soci::into(withdrawn));
    statement.alloc();
    statement.prepare(joined_sql("select id, cohort, public_key, recorded_at, (select count(*) from bundle_withdrawn w "
                                 "where w.bundle = bundle.id) from bundle where ",
                                 rest));
    statement.define_and_bind();
    statement.execute();
    std::vector<Bundle> found;
    while (statement.fetch())
        found.push_back({id, CohortId(cohort), public_key, instant_of(recorded_at), withdrawn != 0});
    return found;
}

template <class... Bound>
std::vector<BundleLine> lines_where(Connection& connection, FixedSql rest, const Bound&... bound) {
    BundleLine line;
    long long n = 0;
    long long session = 0;
    long long person = 0;
    long long minutes = 0;
    std::string claimed_at;
    std::string outcome;
    long long settled = 0;
    std::string recorded_at;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    statement.exchange(soci::into(line.bundle));
    statement.exchange(soci::into(n));
    statement.exchange(soci::into(session));
    statement.exchange(soci::into(person));
    statement.exchange(soci::into(minutes));
    statement.exchange(soci::into(claimed_at));
    statement.exchange(soci::into(outcome));
    statement.exchange(soci::into(settled));
    statement.exchange(soci::into(recorded_at));
    statement.alloc();
    statement.prepare(joined_sql("select l.bundle, l.n, l.session, l.person, l.minutes, l.claimed_at, l.outcome, "
                                 "coalesce(s.minutes, -1), l.recorded_at from bundle_line l left join bundle_settled s "
                                 "on s.bundle = l.bundle and s.n = l.n where ",
                                 rest));
    statement.define_and_bind();
    statement.execute();
    std::vector<BundleLine> found;
    while (statement.fetch()) {
        line.n = static_cast<int>(n);
        line.session = SessionId(session);
        line.person = PersonId(person);
        line.minutes = Minutes(minutes);
        line.claimed_at = instant_of(claimed_at);
        line.outcome = word_of(domain::parse_bundle_outcome(outcome));
        line.settled = settled < 0 ? std::nullopt : std::optional(Minutes(settled));
        line.recorded_at = instant_of(recorded_at);
        found.push_back(line);
    }
    return found;
}

} // namespace

void Bundles::add(const Bundle& bundle) {
    connection_.changing();
    const long long cohort = bundle.cohort.value();
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    connection_.sql()
        << "insert into bundle (id, cohort, public_key, recorded_at, audit) values (:id, :cohort, :key, :now, :audit)",
        soci::use(bundle.id), soci::use(cohort), soci::use(bundle.public_key), soci::use(now), soci::use(audit);
    connection_.added(RowText("bundle").add(bundle.id).add(cohort).add(bundle.public_key).add(now));
}

std::optional<Bundle> Bundles::find(std::string_view id) {
    const std::string key(id);
    auto found = bundles_where(connection_, "id = :id", key);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Bundle> Bundles::of_cohort(CohortId cohort) {
    const long long key = cohort.value();
    return bundles_where(connection_, "cohort = :key order by recorded_at, id", key);
}

void Bundles::withdraw(std::string_view id) {
    connection_.changing();
    const std::string key(id);
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    connection_.sql() << "insert into bundle_withdrawn (bundle, recorded_at, audit) values (:id, :now, :audit)",
        soci::use(key), soci::use(now), soci::use(audit);
    connection_.added(RowText("bundle_withdrawn").add(key).add(now));
}

void Bundles::add_line(const BundleLine& line) {
    connection_.changing();
    const long long n = line.n;
    const long long session = line.session.value();
    const long long person = line.person.value();
    const long long minutes = line.minutes.count();
    const std::string claimed_at = domain::to_text(line.claimed_at);
    const std::string outcome(to_text(line.outcome));
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    connection_.sql() << "insert into bundle_line (bundle, n, session, person, minutes, claimed_at, outcome, "
                         "recorded_at, audit) values (:bundle, :n, :session, :person, :minutes, :claimed, :outcome, "
                         ":now, :audit)",
        soci::use(line.bundle), soci::use(n), soci::use(session), soci::use(person), soci::use(minutes),
        soci::use(claimed_at), soci::use(outcome), soci::use(now), soci::use(audit);
    connection_.added(RowText("bundle_line")
                          .add(line.bundle)
                          .add(n)
                          .add(session)
                          .add(person)
                          .add(minutes)
                          .add(claimed_at)
                          .add(outcome)
                          .add(now));
}

std::vector<BundleLine> Bundles::lines(std::string_view bundle) {
    const std::string key(bundle);
    return lines_where(connection_, "l.bundle = :key order by l.n", key);
}

std::vector<BundleLine> Bundles::to_decide(CohortId cohort) {
    const long long key = cohort.value();
    return lines_where(connection_,
                       "l.outcome = 'to_decide' and s.n is null and l.session in (select id from session where cohort "
                       "= :key) order by l.bundle, l.n",
                       key);
}

void Bundles::settle(const BundleLine& line, Minutes minutes) {
    connection_.changing();
    const long long n = line.n;
    const long long amount = minutes.count();
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    connection_.sql()
        << "insert into bundle_settled (bundle, n, minutes, recorded_at, audit) values (:bundle, :n, :minutes, :now, "
           ":audit)",
        soci::use(line.bundle), soci::use(n), soci::use(amount), soci::use(now), soci::use(audit);
    connection_.added(RowText("bundle_settled").add(line.bundle).add(n).add(amount).add(now));
}

} // namespace peercert::storage
