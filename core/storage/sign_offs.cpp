#include "storage/sign_offs.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

using domain::DeclaredConflict;
using domain::SelfRating;
using domain::SignOff;

std::string clean_rating(const std::string& rating) { return domain::clean_text(rating, {"rating", 60, false}); }

std::vector<SignOff> sign_offs_where(Connection& connection, FixedSql rest, const long long& key) {
    long long entry = 0;
    long long act = 0;
    long long root = 0;
    std::string state;
    SignOff one;
    soci::statement statement =
        (connection.sql().prepare << joined_sql(
             "select s.entry, s.act, s.root, s.state, s.rating, s.framework from sign_off s ", rest),
         soci::use(key), soci::into(entry), soci::into(act), soci::into(root), soci::into(state),
         soci::into(one.rating), soci::into(one.framework));
    statement.execute();
    std::vector<SignOff> found;
    while (statement.fetch()) {
        one.entry = EntryId(entry);
        one.act = EntryId(act);
        one.root = EntryId(root);
        one.state = word_of(domain::parse_sign_off_state(state));
        found.push_back(one);
    }
    return found;
}

long long next_n(Connection& connection, FixedSql query, const long long& key) {
    long long n = 0;
    connection.sql() << std::string(query.text()), soci::use(key), soci::into(n);
    return n;
}

} // namespace

void SignOffs::add(const SignOff& sign_off) {
    connection_.changing();
    const long long entry = sign_off.entry.value();
    const long long act = sign_off.act ? sign_off.act.value() : entry;
    const long long root = sign_off.root ? sign_off.root.value() : entry;
    const std::string state(to_text(sign_off.state));
    const std::string rating = clean_rating(sign_off.rating);
    const std::string framework = domain::clean_text(sign_off.framework, {"framework", 120, true});
    const long long audit = connection_.next_audit();
    connection_.sql() << "insert into sign_off (entry, act, root, state, rating, framework, audit) values (:entry, "
                         ":act, :root, :state, :rating, :framework, :audit)",
        soci::use(entry), soci::use(act), soci::use(root), soci::use(state), soci::use(rating), soci::use(framework),
        soci::use(audit);
    connection_.added(RowText("sign_off").add(entry).add(act).add(root).add(state).add(rating).add(framework));
}

std::optional<SignOff> SignOffs::find(EntryId entry) {
    const long long key = entry.value();
    auto found = sign_offs_where(connection_, "where s.entry = :key", key);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<SignOff> SignOffs::of_act(EntryId act) {
    const long long key = act.value();
    return sign_offs_where(connection_, "where s.act = :key order by s.entry", key);
}

std::vector<SignOff> SignOffs::of_person(PersonId person) {
    std::vector<SignOff> found;
    for (const PersonId one : group_of(connection_, person)) {
        const long long key = one.value();
        auto own = sign_offs_where(connection_, "join entry e on e.id = s.entry where e.person = :key", key);
        std::move(own.begin(), own.end(), std::back_inserter(found));
    }
    std::sort(found.begin(), found.end(), [](const SignOff& a, const SignOff& b) { return a.entry < b.entry; });
    return found;
}

std::vector<SignOffs::Rating> SignOffs::signed_ratings(std::string_view framework) {
    const std::string key(framework);
    long long act = 0;
    long long learner = 0;
    long long assessor = 0;
    long long session = 0;
    std::string day;
    Rating one;
    soci::statement statement =
        (connection_.sql().prepare
             << "select s.act, e.person, e.asserted_by, coalesce(e.session, 0), e.code, s.rating, e.last_day from "
                "sign_off s join entry e on e.id = s.entry left join entry later on later.replaces = e.id where "
                "s.framework = :key and s.state = 'signed' and e.withdrawn = 0 and later.id is null and e.asserted_by "
                "is not null order by e.id",
         soci::use(key), soci::into(act), soci::into(learner), soci::into(assessor), soci::into(session),
         soci::into(one.competency), soci::into(one.rating), soci::into(day));
    statement.execute();
    std::vector<Rating> found;
    while (statement.fetch()) {
        one.act = EntryId(act);
        one.learner = PersonId(learner);
        one.assessor = PersonId(assessor);
        one.session = SessionId(session);
        one.observed_on = day_of(day);
        found.push_back(one);
    }
    for (Rating& rating : found) { // two records of one human are one learner, one assessor
        rating.learner = kept_of(connection_, rating.learner);
        rating.assessor = kept_of(connection_, rating.assessor);
    }
    std::stable_sort(found.begin(), found.end(), [](const Rating& x, const Rating& y) {
        return std::tie(x.learner, x.competency, x.observed_on, x.session) <
               std::tie(y.learner, y.competency, y.observed_on, y.session);
    });
    return found;
}

std::vector<std::string> SignOffs::editions_rated(std::string_view framework_code) {
    const std::string prefix = std::string(framework_code) + " ";
    const long long length = static_cast<long long>(prefix.size());
    std::string framework;
    soci::statement statement =
        (connection_.sql().prepare << "select distinct framework from sign_off where substr(framework, 1, :length) = "
                                      ":prefix order by framework",
         soci::use(length), soci::use(prefix), soci::into(framework));
    statement.execute();
    std::vector<std::string> found;
    while (statement.fetch())
        found.push_back(framework);
    return found;
}

void SignOffs::respond(EntryId root, domain::Response response) {
    connection_.changing();
    const long long key = root.value();
    const long long n =
        next_n(connection_, "select coalesce(max(n), 0) + 1 from sign_off_response where root = :key", key);
    const std::string word(to_text(response));
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    connection_.sql() << "insert into sign_off_response (root, n, response, recorded_at, audit) values (:root, :n, "
                         ":response, :now, :audit)",
        soci::use(key), soci::use(n), soci::use(word), soci::use(now), soci::use(audit);
    connection_.added(RowText("sign_off_response").add(key).add(n).add(word).add(now));
}

std::optional<domain::LearnerResponse> SignOffs::response(EntryId root) {
    const long long key = root.value();
    std::string word;
    std::string at;
    soci::statement statement = (connection_.sql().prepare << "select response, recorded_at from sign_off_response "
                                                              "where root = :key order by n desc limit 1",
                                 soci::use(key), soci::into(word), soci::into(at));
    statement.execute();
    if (!statement.fetch())
        return std::nullopt;
    const domain::LearnerResponse found{root, word_of(domain::parse_response(word)), instant_of(at)};
    return found.response == domain::Response::taken_back ? std::nullopt : std::optional(found);
}

void SignOffs::add_self_rating(const SelfRating& rating) {
    connection_.changing();
    const long long person = rating.person.value();
    const long long n =
        next_n(connection_, "select coalesce(max(n), 0) + 1 from self_rating where person = :key", person);
    const std::string competency = domain::clean_word(rating.competency, "competency");
    const std::string framework = domain::clean_text(rating.framework, {"framework", 120, false});
    const std::string word = clean_rating(rating.rating);
    const std::string day = to_text(rating.rated_on);
    const long long shared = rating.shared ? 1 : 0;
    const long long withdrawn = rating.withdrawn ? 1 : 0;
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    connection_.sql() << "insert into self_rating (person, n, competency, framework, rating, rated_on, shared, "
                         "withdrawn, recorded_at, audit) values (:person, :n, :competency, :framework, :rating, :day, "
                         ":shared, :withdrawn, :now, :audit)",
        soci::use(person), soci::use(n), soci::use(competency), soci::use(framework), soci::use(word), soci::use(day),
        soci::use(shared), soci::use(withdrawn), soci::use(now), soci::use(audit);
    connection_.added(RowText("self_rating")
                          .add(person)
                          .add(n)
                          .add(competency)
                          .add(framework)
                          .add(word)
                          .add(day)
                          .add(shared)
                          .add(withdrawn)
                          .add(now));
}

std::vector<SelfRating> SignOffs::self_ratings(PersonId person) {
    std::vector<std::pair<long long, SelfRating>> found; // by the audit row that vouches for it: as recorded
    for (const PersonId member : group_of(connection_, person)) {
        const long long key = member.value();
        long long n = 0;
        long long shared = 0;
        long long withdrawn = 0;
        long long audit = 0;
        std::string day;
        SelfRating one;
        one.person = member;
        soci::statement statement =
            (connection_.sql().prepare << "select n, competency, framework, rating, rated_on, shared, withdrawn, audit "
                                          "from self_rating where person = :key order by n",
             soci::use(key), soci::into(n), soci::into(one.competency), soci::into(one.framework),
             soci::into(one.rating), soci::into(day), soci::into(shared), soci::into(withdrawn), soci::into(audit));
        statement.execute();
        while (statement.fetch()) {
            one.n = static_cast<int>(n);
            one.rated_on = day_of(day);
            one.shared = shared != 0;
            one.withdrawn = withdrawn != 0;
            found.emplace_back(audit, one);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<SelfRating> ratings;
    for (auto& [audit, rating] : found)
        ratings.push_back(std::move(rating));
    return ratings;
}

void SignOffs::declare_conflict(DeclaredConflict conflict) {
    connection_.changing();
    if (conflict.other < conflict.person)
        std::swap(conflict.person, conflict.other);
    if (conflict.person == conflict.other)
        throw Error(ErrorCode::invalid_input, "a conflict of interest is between two people");
    if (!conflict.days.first || !conflict.days.first->ok())
        throw Error(ErrorCode::invalid_input, "since which day?");
    if (conflict.days.last && *conflict.days.last < *conflict.days.first)
        throw Error(ErrorCode::invalid_input, "the last day is before the first");
    const long long person = conflict.person.value();
    const long long other = conflict.other.value();
    const std::string first = to_text(*conflict.days.first);
    const OptionalDay last(conflict.days.last);
    const long long withdrawn = conflict.withdrawn ? 1 : 0;
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from declared_conflict where person = :person and other = "
                         ":other",
        soci::use(person), soci::use(other), soci::into(n);
    connection_.sql() << "insert into declared_conflict (person, other, n, first_day, last_day, withdrawn, "
                         "recorded_at, audit) values (:person, :other, :n, :first, :last, :withdrawn, :now, :audit)",
        soci::use(person), soci::use(other), soci::use(n), soci::use(first), soci::use(last.value, last.state),
        soci::use(withdrawn), soci::use(now), soci::use(audit);
    connection_.added(
        RowText("declared_conflict").add(person).add(other).add(n).add(first).add(last.value).add(withdrawn).add(now));
}

std::vector<DeclaredConflict> SignOffs::conflicts(PersonId person) {
    using Row = std::tuple<long long, long long, DeclaredConflict>; // audit row, n
    std::vector<Row> rows;
    for (const PersonId member : group_of(connection_, person)) {
        const long long key = member.value();
        long long one = 0;
        long long other = 0;
        long long n = 0;
        long long withdrawn = 0;
        long long audit = 0;
        std::string first;
        std::string last;
        soci::statement statement =
            (connection_.sql().prepare
                 << "select person, other, n, first_day, coalesce(last_day, ''), withdrawn, audit from "
                    "declared_conflict where person = :key or other = :same",
             soci::use(key), soci::use(key), soci::into(one), soci::into(other), soci::into(n), soci::into(first),
             soci::into(last), soci::into(withdrawn), soci::into(audit));
        statement.execute();
        while (statement.fetch())
            rows.emplace_back(audit, n,
                              DeclaredConflict{person,
                                               PersonId(one == key ? other : one),
                                               {day_of(first), optional_day_of(last)},
                                               withdrawn != 0});
    }
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return std::pair(std::get<0>(a), std::get<1>(a)) < std::pair(std::get<0>(b), std::get<1>(b));
    });
    std::map<std::pair<Date, PersonId>, DeclaredConflict> newest; // whichever record of theirs it was declared under
    for (auto& [audit, n, conflict] : rows) {
        conflict.other = kept_of(connection_, conflict.other);
        newest.insert_or_assign({*conflict.days.first, conflict.other}, conflict);
    }
    std::vector<DeclaredConflict> found;
    for (auto& [at, conflict] : newest)
        if (!conflict.withdrawn)
            found.push_back(conflict);
    return found;
}

bool SignOffs::in_conflict(PersonId one, PersonId other, Date on) {
    const PersonId kept = kept_of(connection_, other);
    const auto all = conflicts(one);
    return std::any_of(all.begin(), all.end(), [&](const DeclaredConflict& conflict) {
        return conflict.other == kept && conflict.days.contains(on);
    });
}

} // namespace peercert::storage
