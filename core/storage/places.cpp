#include "storage/places.hpp"

#include <charconv>
#include <iterator>

#include <soci/soci.h>

#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

using domain::Criterion;
using domain::PlaceCall;
using domain::PlaceEvent;
using domain::PlaceRequest;
using domain::PlaceRequestId;

/// "listening 5, availability 3": the words of rules hold no comma.
std::string text_of(const std::vector<Criterion>& criteria) {
    std::string text;
    for (const Criterion& one : criteria)
        text +=
            (text.empty() ? "" : ", ") + domain::clean_word(one.called, "criterion") + " " + std::to_string(one.most);
    return text;
}

std::vector<Criterion> criteria_of(std::string_view text) {
    std::vector<Criterion> criteria;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view one = text.substr(0, comma);
        const std::size_t blank = one.rfind(' ');
        Criterion criterion;
        if (blank == std::string_view::npos ||
            std::from_chars(one.data() + blank + 1, one.data() + one.size(), criterion.most).ec != std::errc{})
            damaged("criterion");
        criterion.called = std::string(one.substr(0, blank));
        criteria.push_back(std::move(criterion));
        text.remove_prefix(std::min(comma + 2, text.size()));
    }
    return criteria;
}

std::vector<PlaceEvent> events_of(Connection& connection, PlaceRequestId request) {
    const long long key = request.value();
    long long n = 0;
    std::string step;
    std::string day;
    std::string until;
    long long position = 0;
    std::string why;
    long long reviewer = 0;
    std::string recorded_at;
    long long sequence = 0;
    soci::statement statement =
        (connection.sql().prepare
             << "select n, step, day, until, position, why, coalesce(reviewer, 0), recorded_at, audit "
                "from place_event where request = :key order by n",
         soci::use(key), soci::into(n), soci::into(step), soci::into(day), soci::into(until), soci::into(position),
         soci::into(why), soci::into(reviewer), soci::into(recorded_at), soci::into(sequence));
    statement.execute();
    std::vector<PlaceEvent> found;
    while (statement.fetch())
        found.push_back({static_cast<int>(n), word_of(domain::parse_place_step(step)), day_of(day),
                         optional_day_of(until), static_cast<int>(position), word_of(domain::parse_place_free(why)),
                         PersonId(reviewer), instant_of(recorded_at), sequence});
    return found;
}

template <class... Bound>
std::vector<PlaceRequest> requests_where(Connection& connection, FixedSql rest, const Bound&... bound) {
    long long id = 0;
    long long cohort = 0;
    long long person = 0;
    long long number = 0;
    std::string received_on;
    std::string recorded_at;
    std::vector<PlaceRequest> found;
    {
        soci::statement statement(connection.sql());
        (statement.exchange(soci::use(bound)), ...);
        statement.exchange(soci::into(id));
        statement.exchange(soci::into(cohort));
        statement.exchange(soci::into(person));
        statement.exchange(soci::into(number));
        statement.exchange(soci::into(received_on));
        statement.exchange(soci::into(recorded_at));
        statement.alloc();
        statement.prepare(
            joined_sql("select id, cohort, person, number, received_on, recorded_at from place_request where ", rest));
        statement.define_and_bind();
        statement.execute();
        while (statement.fetch())
            found.push_back({PlaceRequestId(id),
                             CohortId(cohort),
                             PersonId(person),
                             static_cast<int>(number),
                             day_of(received_on),
                             instant_of(recorded_at),
                             {}});
    }
    for (PlaceRequest& request : found)
        request.history = events_of(connection, request.id);
    return found;
}

} // namespace

void Places::add_call(const PlaceCall& call) {
    connection_.changing();
    const long long cohort = call.cohort.value();
    const long long capacity = call.capacity;
    const std::string closes_on = to_text(call.closes_on);
    const std::string given_by(to_text(call.given_by));
    const std::string criteria = text_of(call.criteria);
    const long long reviewers = call.reviewers;
    const long long offer_days = call.offer_days;
    const long long keep_days = call.keep_days;
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from place_call where cohort = :cohort", soci::use(cohort),
        soci::into(n);
    connection_.sql()
        << "insert into place_call (cohort, n, capacity, closes_on, given_by, criteria, reviewers, offer_days, "
           "keep_days, seed, recorded_at, audit) values (:cohort, :n, :capacity, :closes, :given, :criteria, "
           ":reviewers, :offer, :keep, :seed, :now, :audit)",
        soci::use(cohort), soci::use(n), soci::use(capacity), soci::use(closes_on), soci::use(given_by),
        soci::use(criteria), soci::use(reviewers), soci::use(offer_days), soci::use(keep_days), soci::use(call.seed),
        soci::use(now), soci::use(audit);
    connection_.added(RowText("place_call")
                          .add(cohort)
                          .add(n)
                          .add(capacity)
                          .add(closes_on)
                          .add(given_by)
                          .add(criteria)
                          .add(reviewers)
                          .add(offer_days)
                          .add(keep_days)
                          .add(call.seed)
                          .add(now));
}

std::optional<PlaceCall> Places::call(CohortId cohort) {
    const long long key = cohort.value();
    PlaceCall call;
    long long n = 0;
    long long capacity = 0;
    std::string closes_on;
    std::string given_by;
    std::string criteria;
    long long reviewers = 0;
    long long offer_days = 0;
    long long keep_days = 0;
    std::string recorded_at;
    soci::statement statement =
        (connection_.sql().prepare << "select n, capacity, closes_on, given_by, criteria, "
                                      "reviewers, offer_days, keep_days, seed, recorded_at "
                                      "from place_call where cohort = :key order by n desc "
                                      "limit 1",
         soci::use(key), soci::into(n), soci::into(capacity), soci::into(closes_on), soci::into(given_by),
         soci::into(criteria), soci::into(reviewers), soci::into(offer_days), soci::into(keep_days),
         soci::into(call.seed), soci::into(recorded_at));
    statement.execute();
    if (!statement.fetch())
        return std::nullopt;
    call.cohort = cohort;
    call.n = static_cast<int>(n);
    call.capacity = static_cast<int>(capacity);
    call.closes_on = day_of(closes_on);
    call.given_by = word_of(domain::parse_given_by(given_by));
    call.criteria = criteria_of(criteria);
    call.reviewers = static_cast<int>(reviewers);
    call.offer_days = static_cast<int>(offer_days);
    call.keep_days = static_cast<int>(keep_days);
    call.recorded_at = instant_of(recorded_at);
    while (statement.fetch()) {
    }
    return call;
}

std::vector<CohortId> Places::cohorts_with_calls() {
    long long cohort = 0;
    soci::statement statement =
        (connection_.sql().prepare << "select cohort from place_call where n = 1 order by cohort", soci::into(cohort));
    statement.execute();
    std::vector<CohortId> found;
    while (statement.fetch())
        found.emplace_back(cohort);
    return found;
}

PlaceRequest Places::add_request(CohortId cohort, PersonId person, Date received_on) {
    connection_.changing();
    if (find(cohort, person))
        throw Error(ErrorCode::conflict, "this person has asked for a place in that cohort already");
    const long long cohort_key = cohort.value();
    const long long person_key = person.value();
    const std::string day = to_text(received_on);
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long id = 0;
    connection_.sql() << "select coalesce(max(id), 0) + 1 from place_request", soci::into(id);
    long long number = 0;
    connection_.sql() << "select coalesce(max(number), 0) + 1 from place_request where cohort = :cohort",
        soci::use(cohort_key), soci::into(number);
    connection_.sql() << "insert into place_request (id, cohort, person, number, received_on, recorded_at, audit) "
                         "values (:id, :cohort, :person, :number, :day, :now, :audit)",
        soci::use(id), soci::use(cohort_key), soci::use(person_key), soci::use(number), soci::use(day), soci::use(now),
        soci::use(audit);
    connection_.added(RowText("place_request").add(id).add(cohort_key).add(person_key).add(number).add(day).add(now));
    return {PlaceRequestId(id), cohort, person, static_cast<int>(number), received_on, connection_.now(), {}};
}

std::optional<PlaceRequest> Places::find(CohortId cohort, PersonId person) {
    const long long cohort_key = cohort.value();
    for (const PersonId one : group_of(connection_, person)) {
        const long long person_key = one.value();
        auto found = requests_where(connection_, "cohort = :cohort and person = :person", cohort_key, person_key);
        if (!found.empty())
            return std::move(found.front());
    }
    return std::nullopt;
}

std::vector<PlaceRequest> Places::of_cohort(CohortId cohort) {
    const long long key = cohort.value();
    return requests_where(connection_, "cohort = :key order by number", key);
}

std::vector<PlaceRequest> Places::of_person(PersonId person) {
    std::vector<PlaceRequest> found;
    for (const PersonId one : group_of(connection_, person)) {
        const long long key = one.value();
        auto own = requests_where(connection_, "person = :key order by id", key);
        std::move(own.begin(), own.end(), std::back_inserter(found));
    }
    return found;
}

void Places::add_event(PlaceRequestId request, const PlaceEvent& event) {
    connection_.changing();
    const long long key = request.value();
    const std::string step(to_text(event.step));
    const std::string day = to_text(event.day);
    const std::string until = event.until ? to_text(*event.until) : std::string{};
    const long long position = event.position;
    const std::string why(to_text(event.why));
    const OptionalKey reviewer(event.reviewer);
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from place_event where request = :request", soci::use(key),
        soci::into(n);
    connection_.sql() << "insert into place_event (request, n, step, day, until, position, why, reviewer, recorded_at, "
                         "audit) values (:request, :n, :step, :day, :until, :position, :why, :reviewer, :now, :audit)",
        soci::use(key), soci::use(n), soci::use(step), soci::use(day), soci::use(until), soci::use(position),
        soci::use(why), soci::use(reviewer.value, reviewer.state), soci::use(now), soci::use(audit);
    connection_.added(RowText("place_event")
                          .add(key)
                          .add(n)
                          .add(step)
                          .add(day)
                          .add(until)
                          .add(position)
                          .add(why)
                          .add_key(reviewer.value)
                          .add(now));
}

} // namespace peercert::storage
