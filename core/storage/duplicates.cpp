#include "storage/duplicates.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <type_traits>
#include <utility>

#include "domain/text.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/likeness.hpp"
#include "storage/detail/namesakes.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/use_of.hpp"
#include "storage/detail/values_plain.hpp"

namespace peercert::storage {

namespace {

using domain::Resemblance;
using domain::Traits;
using Candidate = Duplicates::Candidate;
using Pair = Duplicates::Pair;

void add_once(std::vector<std::string>& values, std::string value) {
    if (!value.empty() && std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(std::move(value));
}

Traits traits_of(const domain::NewPerson& person) {
    Traits traits;
    add_once(traits.names, domain::search_key(domain::clean_text(person.name_used, domain::person_name_rule)));
    for (const auto* name : {&person.name_on_certificate, &person.legal_name})
        if (*name)
            add_once(traits.names, domain::search_key(domain::clean_text(**name, domain::person_name_rule)));
    traits.born = person.born;
    if (person.email)
        add_once(traits.emails, domain::clean_email(*person.email));
    if (person.phone)
        add_once(traits.phones, domain::digits_of(*person.phone));
    return traits;
}

/// Of all records that are one human.
Traits traits_of(Connection& connection, const Group& group) {
    Traits traits;
    for (const PersonId one : group) {
        Likeness likeness = likeness_of(connection, one);
        for (std::string& name : likeness.name_keys)
            add_once(traits.names, std::move(name));
        for (std::string& email : likeness.emails)
            add_once(traits.emails, std::move(email));
        for (std::string& phone : likeness.phones)
            add_once(traits.phones, std::move(phone));
        if (!traits.born && !likeness.born.empty())
            traits.born = day_of(likeness.born);
    }
    return traits;
}

void likest_first(std::vector<Candidate>& found) {
    std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
        return std::pair(-a.resemblance.points, a.person) < std::pair(-b.resemblance.points, b.person);
    });
}

/// Everybody under a key that says the same as two traits together, or nearly.
class Lookups {
public:
    explicit Lookups(Connection& connection) : connection_(connection), keys_(connection.installation().audit_salt) {}

    void ask(const Traits& traits, bool misspelt) {
        const std::string born = traits.born ? to_text(*traits.born) : std::string{};
        std::vector<std::string> names = traits.names;
        for (const std::string& name : traits.names) {
            for (std::string& other : domain::name_variants(name, misspelt))
                names.push_back(std::move(other));
            if (auto shorter = domain::short_name(name))
                names.push_back(std::move(*shorter));
        }
        for (const std::string& name : names) {
            if (traits.born)
                asked_.insert(keys_.name_and_birthday(name, born));
            for (const std::string& email : traits.emails)
                asked_.insert(keys_.email_and_name(email, name));
        }
        if (!traits.born)
            return;
        for (const Date day : domain::birthday_variants(*traits.born))
            for (const std::string& name : traits.names)
                asked_.insert(keys_.name_and_birthday(name, to_text(day)));
        for (const std::string& email : traits.emails)
            asked_.insert(keys_.email_and_birthday(email, born));
    }

    std::set<PersonId> found() {
        std::set<PersonId> people;
        MatchIndex::of(connection_).find({asked_.begin(), asked_.end()}, [&](std::size_t, std::int64_t person) {
            people.emplace(person);
        });
        return people;
    }

private:
    Connection& connection_;
    MatchKeys keys_;
    std::set<std::int64_t> asked_;
};

/// Whom the index does not know by two things, since too little is known: by the name, also in another order.
void add_namesakes(Connection& connection, const Traits& traits, bool thorough, std::set<PersonId>& people) {
    const bool complete = traits.born && !traits.emails.empty();
    for (const std::string& name : traits.names) {
        std::vector<std::string> keys = domain::name_variants(name, false);
        keys.push_back(name);
        for (const std::string& key : keys)
            each_named(connection, key, true,
                       [&](std::int64_t person, std::string_view, const Details&) { people.emplace(person); });
        if (!complete && thorough) // reads everybody
            each_named(connection, name, false,
                       [&](std::int64_t person, std::string_view, const Details&) { people.emplace(person); });
    }
}

std::vector<Candidate> candidates(Connection& connection, const Traits& traits, Duplicates::Look look,
                                  const Group& self) {
    Lookups lookups(connection);
    lookups.ask(traits, look == Duplicates::Look::thorough);
    std::set<PersonId> people = lookups.found();
    add_namesakes(connection, traits, look == Duplicates::Look::thorough, people);
    std::vector<Candidate> found;
    std::set<PersonId> seen(self.begin(), self.end());
    for (const PersonId person : people) {
        const Group group = group_of(connection, person);
        if (!seen.insert(group.front()).second)
            continue;
        Candidate one{group.front(), domain::resemblance(traits, traits_of(connection, group))};
        if (one.resemblance.worth_a_look())
            found.push_back(std::move(one));
    }
    likest_first(found);
    return found;
}

// Pairs of people set apart, as the newest row of each says.
constexpr FixedSql apart_query =
    "select person, other from person_distinct stands where apart = 1 and not exists (select 1 from person_distinct "
    "later where later.person = stands.person and later.other = stands.other and later.n > stands.n) ";

template <class Statement>
struct ApartStatements final : KeptStatement {
    explicit ApartStatements(Connection& connection)
        : newest(connection, "select n, apart from person_distinct where person = $1 and other = $2 order by n desc "
                             "limit 1"),
          add(connection, "insert into person_distinct (person, other, n, apart, day, typed_by, recorded_at, audit) "
                          "values ($1, $2, $3, $4, $5, $6, $7, $8)") {}
    Statement newest;
    Statement add;
};

struct Apart {
    std::int64_t n{0};
    bool apart{false};
};

template <class Statement>
Apart newest(Connection& connection, PersonId one, PersonId other) {
    auto& statement = connection.kept<ApartStatements<Statement>>().newest;
    const UseOf use(statement);
    statement.bind(0, one.value());
    statement.bind(1, other.value());
    return statement.next() ? Apart{statement.integer(0), statement.integer(1) != 0} : Apart{};
}

Apart newest_of(Connection& connection, PersonId one, PersonId other) {
    return connection.backend() == Backend::postgresql ? newest<PostgresStatement>(connection, one, other)
                                                       : newest<SqliteStatement>(connection, one, other);
}

template <class Statement>
void add_row(Connection& connection, PersonId one, PersonId other, std::int64_t n, bool apart, const std::string& day) {
    auto& statement = connection.kept<ApartStatements<Statement>>().add;
    const std::int64_t audit = connection.next_audit();
    statement.bind(0, one.value());
    statement.bind(1, other.value());
    statement.bind(2, n);
    statement.bind(3, std::int64_t{apart ? 1 : 0});
    statement.bind(4, std::string_view(day));
    statement.bind(5, std::string_view(connection.actor()));
    statement.bind(6, std::string_view(connection.now_text()));
    statement.bind(7, audit);
    statement.run();
}

template <class Rows>
class Blocks {
public:
    Blocks(Connection& connection, std::size_t limit) : connection_(connection), limit_(limit) { read_apart(); }

    /// People of each value of the first column, in order of it; the second is the person.
    void compare(const std::string& query) {
        Rows rows = rows_of(query);
        std::string value;
        std::vector<PersonId> block;
        while (rows.next()) {
            if (rows.text(0) != value) {
                compare_each_other(block);
                value = rows.text(0);
                block.clear();
            }
            block.emplace_back(rows.integer(1));
        }
        compare_each_other(block);
    }

    std::vector<Pair> likest() {
        std::vector<Pair> found;
        for (auto& [pair, resemblance] : pairs_)
            found.push_back({pair.first, pair.second, std::move(resemblance)});
        std::sort(found.begin(), found.end(), [](const Pair& a, const Pair& b) {
            return std::tuple(-a.resemblance.points, a.one, a.other) <
                   std::tuple(-b.resemblance.points, b.one, b.other);
        });
        if (found.size() > limit_)
            found.resize(limit_);
        return found;
    }

private:
    Rows rows_of(const std::string& query) {
        if constexpr (std::is_same_v<Rows, PostgresCursor>)
            return Rows(connection_, query, 5000);
        else
            return Rows(connection_, query);
    }

    void read_apart() {
        Rows rows = rows_of(std::string(apart_query.text()));
        while (rows.next())
            apart_.insert(in_order(kept_of(connection_, PersonId(rows.integer(0))),
                                   kept_of(connection_, PersonId(rows.integer(1)))));
    }

    static std::pair<PersonId, PersonId> in_order(PersonId one, PersonId other) { return std::minmax(one, other); }

    void compare_each_other(const std::vector<PersonId>& block) {
        if (block.size() < 2 || block.size() > Duplicates::most_of_one)
            return;
        std::map<PersonId, Traits> people; // who was kept: each human once
        for (const PersonId person : block) {
            const Group group = group_of(connection_, person);
            if (!people.contains(group.front()))
                people.emplace(group.front(), traits_of(connection_, group));
        }
        for (auto one = people.begin(); one != people.end(); ++one)
            for (auto other = std::next(one); other != people.end(); ++other) {
                const std::pair<PersonId, PersonId> pair(one->first, other->first);
                if (pairs_.contains(pair) || apart_.contains(pair))
                    continue;
                Resemblance found = domain::resemblance(one->second, other->second);
                if (found.worth_a_look())
                    pairs_.emplace(pair, std::move(found));
            }
    }

    Connection& connection_;
    std::size_t limit_;
    std::set<std::pair<PersonId, PersonId>> apart_;
    std::map<std::pair<PersonId, PersonId>, Resemblance> pairs_;
};

constexpr FixedSql of_one_birthday = "select born, id from person where born is not null order by born, id";
constexpr FixedSql of_one_email =
    "select value, person from (select email as value, id as person from person where email is not null union select "
    "value, person from person_contact where kind = 'email') addresses order by value, person";
constexpr FixedSql of_one_phone =
    "select value, person from (select replace(replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '(', "
    "''), ')', ''), '.', ''), '+', '') as value, id as person from person where phone is not null) numbers order by "
    "value, person";
constexpr FixedSql of_one_name =
    "select coalesce(name_key, lower(name)), id from person where coalesce(name_key, lower(name)) in (select "
    "coalesce(name_key, lower(name)) from person where born is null or email is null) order by 1, 2";

template <class Rows>
std::vector<Pair> all_pairs(Connection& connection, std::size_t limit) {
    Blocks<Rows> blocks(connection, limit);
    for (const FixedSql query : {of_one_birthday, of_one_email, of_one_phone, of_one_name})
        blocks.compare(std::string(query.text()));
    return blocks.likest();
}

} // namespace

std::vector<Candidate> Duplicates::of(const domain::NewPerson& person, Look look) {
    return candidates(connection_, traits_of(person), look, {});
}

std::vector<Candidate> Duplicates::of(PersonId person, Look look) {
    const Group group = group_of(connection_, person);
    auto found = candidates(connection_, traits_of(connection_, group), look, group);
    found.erase(
        std::remove_if(found.begin(), found.end(), [&](const Candidate& one) { return are_apart(person, one.person); }),
        found.end());
    return found;
}

std::vector<Pair> Duplicates::all(std::size_t limit) {
    return connection_.backend() == Backend::postgresql ? all_pairs<PostgresCursor>(connection_, limit)
                                                        : all_pairs<SqliteStatement>(connection_, limit);
}

bool Duplicates::are_apart(PersonId one, PersonId other) {
    for (const PersonId a : group_of(connection_, one))
        for (const PersonId b : group_of(connection_, other)) {
            const auto [low, high] = std::minmax(a, b);
            if (newest_of(connection_, low, high).apart)
                return true;
        }
    return false;
}

void Duplicates::set_apart(PersonId one, PersonId other, bool apart, Date day) {
    connection_.changing();
    if (kept_of(connection_, one) == kept_of(connection_, other))
        throw Error(ErrorCode::conflict, "the two are one human by now; take that apart first");
    if (are_apart(one, other) == apart)
        throw Error(ErrorCode::conflict, apart ? "that the two are two people is on record already"
                                               : "nobody said that the two are two people");
    const std::string on = to_text(day);
    // Taken back wherever it was said: under whichever of their records.
    for (const PersonId a : apart ? Group{one} : group_of(connection_, one))
        for (const PersonId b : apart ? Group{other} : group_of(connection_, other)) {
            const auto [low, high] = std::minmax(a, b);
            const Apart before = newest_of(connection_, low, high);
            if (before.apart == apart)
                continue;
            if (connection_.backend() == Backend::postgresql)
                add_row<PostgresStatement>(connection_, low, high, before.n + 1, apart, on);
            else
                add_row<SqliteStatement>(connection_, low, high, before.n + 1, apart, on);
            connection_.added(RowText("person_distinct")
                                  .add(low.value())
                                  .add(high.value())
                                  .add(before.n + 1)
                                  .add(std::int64_t{apart ? 1 : 0})
                                  .add(on)
                                  .add(connection_.actor())
                                  .add(connection_.now_text()));
        }
}

} // namespace peercert::storage
