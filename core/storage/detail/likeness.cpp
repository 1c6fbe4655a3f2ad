#include "storage/detail/likeness.hpp"

#include <algorithm>
#include <iterator>
#include <memory>

#include <sodium/crypto_shorthash.h>

#include "domain/person.hpp"
#include "domain/resemblance.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/use_of.hpp"

namespace peercert::storage {

namespace {

constexpr FixedSql people_query =
    "select id, coalesce(name_key, lower(name)), coalesce(born, ''), coalesce(email, ''), coalesce(phone, '') from "
    "person ";
constexpr FixedSql names_query = "select person, search_key from person_name ";
constexpr FixedSql contacts_query = "select person, value, kind from person_contact ";

constexpr std::int64_t nobody = INT64_MAX;
const std::string_view email_word = domain::to_text(domain::ContactKind::email);

/// Rows of one query by person, one ahead.
template <class Rows>
class Texts {
public:
    explicit Texts(Rows& rows) : rows_(rows) { advance(); }
    std::int64_t person() const { return person_; }
    Rows& row() { return rows_; }
    void advance() { person_ = rows_.next() ? rows_.integer(0) : nobody; }
    void take(std::int64_t person, std::vector<std::string>& into) {
        for (; person_ == person; advance())
            into.emplace_back(rows_.text(1));
    }
    void take(std::int64_t person, Likeness& into) {
        for (; person_ == person; advance())
            if (rows_.text(2) == email_word)
                into.emails.emplace_back(rows_.text(1));
            else
                into.phones.push_back(domain::digits_of(rows_.text(1)));
    }

private:
    Rows& rows_;
    std::int64_t person_{nobody};
};

/// One person after the other, from three queries in order of the person.
template <class Rows>
class Likenesses {
public:
    Likenesses(Rows& people, Rows& names, Rows& contacts) : people_(people), names_(names), contacts_(contacts) {}
    bool next(Likeness& likeness) {
        person_ = people_.person();
        if (person_ == nobody)
            return false;
        likeness.name_keys.assign(1, std::string(people_.row().text(1)));
        likeness.born = people_.row().text(2);
        likeness.emails.clear();
        if (const auto email = people_.row().text(3); !email.empty())
            likeness.emails.emplace_back(email);
        likeness.phones.clear();
        if (const auto phone = people_.row().text(4); !phone.empty())
            likeness.phones.push_back(domain::digits_of(phone));
        people_.advance();
        names_.take(person_, likeness.name_keys);
        contacts_.take(person_, likeness);
        return true;
    }
    std::int64_t person() const { return person_; }

private:
    std::int64_t person_{nobody};
    Texts<Rows> people_;
    Texts<Rows> names_;
    Texts<Rows> contacts_;
};

template <class Statement>
struct OneLikeness final : KeptStatement {
    explicit OneLikeness(Connection& connection)
        : people(connection, joined_sql(people_query, "where id = $1")),
          names(connection, joined_sql(names_query, "where person = $1")),
          contacts(connection, joined_sql(contacts_query, "where person = $1")) {}
    Statement people;
    Statement names;
    Statement contacts;
};

template <class Statement>
Likeness read_one(Connection& connection, PersonId person) {
    auto& kept = connection.kept<OneLikeness<Statement>>();
    for (Statement* statement : {&kept.people, &kept.names, &kept.contacts})
        statement->bind(0, person.value());
    const UseOf people(kept.people);
    const UseOf names(kept.names);
    const UseOf contacts(kept.contacts);
    Likeness likeness;
    (void)Likenesses(kept.people, kept.names, kept.contacts).next(likeness);
    return likeness;
}

template <class Rows, class Fn, class... Argument>
void walk(Connection& connection, Fn&& each, Argument... argument) {
    Rows people(connection, joined_sql(people_query, "order by id"), argument...);
    Rows names(connection, joined_sql(names_query, "order by person"), argument...);
    Rows contacts(connection, joined_sql(contacts_query, "order by person"), argument...);
    Likenesses all(people, names, contacts);
    Likeness likeness;
    while (all.next(likeness))
        each(all.person(), likeness);
}

template <class Fn>
void each_likeness(Connection& connection, Fn&& each) {
    constexpr int chunk = 5000;
    if (connection.backend() == Backend::postgresql)
        walk<PostgresCursor>(connection, each, chunk);
    else
        walk<SqliteStatement>(connection, each);
}

std::vector<Match> without(const std::vector<Match>& all, const std::vector<Match>& these) {
    std::vector<Match> rest;
    std::set_difference(all.begin(), all.end(), these.begin(), these.end(), std::back_inserter(rest));
    return rest;
}

constexpr std::size_t matches_at_once = 1'000'000; // 16 MB

} // namespace

std::int64_t MatchKeys::hash(char pair, std::string_view one, std::string_view other) {
    buffer_ = pair;
    buffer_ += one;
    buffer_ += '\0'; // neither text holds one
    buffer_ += other;
    std::int64_t key = 0;
    static_assert(crypto_shorthash_BYTES == sizeof key);
    crypto_shorthash(reinterpret_cast<unsigned char*>(&key), reinterpret_cast<const unsigned char*>(buffer_.data()),
                     buffer_.size(), salt_.data());
    return key;
}

bool Likeness::has_name(std::string_view key) const {
    return std::find(name_keys.begin(), name_keys.end(), key) != name_keys.end();
}

bool Likeness::has_email(std::string_view email) const {
    return std::find(emails.begin(), emails.end(), email) != emails.end();
}

std::vector<Match> Likeness::matches(MatchKeys& keys, std::int64_t person) const {
    std::vector<Match> found;
    if (!born.empty()) {
        for (const auto& name : name_keys) {
            found.push_back({keys.name_and_birthday(name, born), person});
            if (const auto shorter = domain::short_name(name))
                found.push_back({keys.name_and_birthday(*shorter, born), person});
        }
        for (const auto& email : emails)
            found.push_back({keys.email_and_birthday(email, born), person});
    }
    for (const auto& email : emails)
        for (const auto& name : name_keys)
            found.push_back({keys.email_and_name(email, name), person});
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

Likeness likeness_of(Connection& connection, PersonId person) {
    return connection.backend() == Backend::postgresql ? read_one<PostgresStatement>(connection, person)
                                                       : read_one<SqliteStatement>(connection, person);
}

namespace {

std::vector<Match> matches_of(Connection& connection, PersonId person) {
    MatchKeys keys(connection.installation().audit_salt);
    return likeness_of(connection, person).matches(keys, person.value());
}

} // namespace

Recognition::Recognition(Connection& connection, PersonId person)
    : connection_(connection), person_(person), before_(matches_of(connection, person)) {}

void recognise(Connection& connection, PersonId person) {
    MatchIndex::of(connection).add(matches_of(connection, person));
}

void Recognition::finish() {
    const auto after = matches_of(connection_, person_);
    auto& index = MatchIndex::of(connection_);
    index.remove(without(before_, after));
    index.add(without(after, before_));
}

std::vector<PersonId> people_alike(Connection& connection, const Likeness& wanted) {
    MatchKeys keys(connection.installation().audit_salt);
    std::vector<std::int64_t> asked;
    for (const auto& match : wanted.matches(keys, 0))
        asked.push_back(match.key);
    std::vector<PersonId> found;
    MatchIndex::of(connection).find(asked, [&](std::size_t, std::int64_t person) { found.emplace_back(person); });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    const auto differs = [&](PersonId person) {
        const Likeness there = likeness_of(connection, person);
        const bool birthday = !wanted.born.empty() && there.born == wanted.born;
        const auto same_name = [&](const std::string& key) { return there.has_name(key); };
        const auto same_email = [&](const std::string& email) { return there.has_email(email); };
        const bool by_name = birthday && std::any_of(wanted.name_keys.begin(), wanted.name_keys.end(), same_name);
        const bool by_email = (birthday || there.has_name(wanted.name_keys.front())) &&
                              std::any_of(wanted.emails.begin(), wanted.emails.end(), same_email);
        return !by_name && !by_email;
    };
    found.erase(std::remove_if(found.begin(), found.end(), differs), found.end());
    return found;
}

void recognise_everybody(Connection& connection) {
    auto& index = MatchIndex::of(connection);
    index.clear();
    std::vector<Match> waiting;
    const auto write = [&] {
        std::sort(waiting.begin(), waiting.end());
        index.add(waiting);
        waiting.clear();
    };
    std::optional<MatchKeys> keys; // a database that is being made has no salt yet, and nobody
    each_likeness(connection, [&](std::int64_t person, const Likeness& likeness) {
        if (!keys)
            keys.emplace(connection.installation().audit_salt);
        const auto matches = likeness.matches(*keys, person);
        waiting.insert(waiting.end(), matches.begin(), matches.end());
        if (waiting.size() >= matches_at_once)
            write();
    });
    write();
}

std::string recognition_problem(Connection& connection) {
    auto& index = MatchIndex::of(connection);
    MatchKeys keys(connection.installation().audit_salt);
    std::vector<Match> waiting;
    std::int64_t expected = 0;
    std::int64_t lost = 0;
    const auto compare = [&] {
        std::sort(waiting.begin(), waiting.end());
        std::vector<std::int64_t> asked;
        for (const auto& match : waiting)
            asked.push_back(match.key);
        std::vector<char> there(waiting.size(), 0);
        index.find(asked, [&](std::size_t at, std::int64_t person) {
            if (waiting[at].person == person)
                there[at] = 1;
        });
        for (std::size_t i = 0; i < waiting.size() && lost == 0; ++i)
            if (there[i] == 0)
                lost = waiting[i].person;
        waiting.clear();
    };
    each_likeness(connection, [&](std::int64_t person, const Likeness& likeness) {
        const auto matches = likeness.matches(keys, person);
        expected += static_cast<std::int64_t>(matches.size());
        waiting.insert(waiting.end(), matches.begin(), matches.end());
        if (waiting.size() >= matches_at_once)
            compare();
    });
    compare();
    if (lost != 0)
        return "person " + std::to_string(lost) +
               " would not be recognised when somebody alike is added; run peercert db derive";
    if (const auto count = index.count(); count != expected)
        return "the table person_match holds " + std::to_string(count) + " matches, " + std::to_string(expected) +
               " belong there; run peercert db derive";
    return {};
}

} // namespace peercert::storage
