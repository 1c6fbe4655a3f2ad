#include <soci/soci.h>

#include "domain/entry.hpp"
#include "storage/detail/group_reading.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/record_reading.hpp"
#include "storage/detail/sqlite_push.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/use_of.hpp"
#include "storage/entries.hpp"
#include "storage/people.hpp"

/// From rows to what rules see. One reading serves one person and a whole state, SQLite and PostgreSQL.
namespace peercert::storage {

namespace {

using namespace record_rows;

template <class Statement>
struct OnePerson final : KeptStatement {
    explicit OnePerson(Connection& connection)
        : person(connection, joined_sql(person_query, "where id = $1")),
          // fixed text: columns from above
          entries(connection, "select " + joined_sql(entry_columns, place_columns, known_columns) +
                                  " from entry where person = $1 order by person, last_day, id"),
          more(connection, joined_sql(more_columns, "where person = $1 and (replaces is not null or authority_role <> "
                                                    "'') order by last_day, id")),
          terms(connection, joined_sql(term_query, "where credential.person = $1 order by credential.id, n")),
          events(connection, joined_sql(event_query, "where credential.person = $1 order by credential.id, n")),
          uses(connection, joined_sql(use_query, "= $1 order by decision.id")) {}
    Statement person;
    Statement entries;
    Statement more;
    Statement terms;
    Statement events;
    Statement uses;
};

constexpr FixedSql from_many = " from entry where person > $1 and person <= $2";
constexpr FixedSql in_order = " order by person, last_day, id";

/// The lines of everybody whose key is greater than $1 and at most $2, as each database gives them fastest.
template <class Statement>
class Lines {
public:
    static constexpr FixedSql through_index = "";
    Lines(Connection& connection, const std::string& columns, int)
        // fixed text: columns from above
        : statement_(connection, "select " + columns + joined_sql(from_many, in_order)) {}
    template <class Take>
    void run(PersonId after, PersonId last, Take& take) {
        statement_.bind(0, after.value());
        statement_.bind(1, last.value());
        const UseOf use(statement_);
        while (statement_.next())
            if (take.wants(statement_.integer(0), statement_.text(3)))
                take(statement_);
    }

private:
    Statement statement_;
};
template <>
class Lines<SqliteStatement> {
public:
    static constexpr FixedSql through_index = "indexed by entry_more "; // it would rather read all lines twice
    Lines(Connection& connection, const std::string& columns, int count)
        : push_(connection, columns, count, "person, kind", from_many, in_order) {}
    template <class Take>
    void run(PersonId after, PersonId last, Take& take) {
        push_.run(after.value(), last.value(), take);
    }

private:
    SqlitePush push_;
};

/// Everybody whose key is greater than $1 and at most $2.
template <class Statement>
struct ManyPeople final : KeptStatement {
    explicit ManyPeople(Connection& connection)
        : people(connection, joined_sql(person_query, "where id > $1 and id <= $2 order by id")),
          lines(connection, joined_sql(entry_columns, ""), 10),
          placed_lines(connection, joined_sql(entry_columns, place_columns), 12),
          more(connection, joined_sql(more_columns, Lines<Statement>::through_index, more_of_many)),
          terms(connection, joined_sql(term_query, "where credential.person > $1 and credential.person <= $2 order by "
                                                   "credential.person, credential.id, n")),
          events(connection,
                 joined_sql(event_query, "where credential.person > $1 and credential.person <= $2 order by "
                                         "credential.person, credential.id, n")),
          uses(connection, joined_sql(use_query, "> $1 and application.person <= $2 order by application.person, "
                                                 "decision.id")) {}
    Statement people;
    Lines<Statement> lines;
    Lines<Statement> placed_lines;
    Statement more;
    Statement terms;
    Statement events;
    Statement uses;
};

template <class Statement>
void read_many(Connection& connection, Vocabulary& vocabulary, PersonId after, PersonId last, const RecordParts& parts,
               const Entries::EachRecord& each) {
    auto& kept = connection.kept<ManyPeople<Statement>>();
    for (Statement* statement : {&kept.people, &kept.more, &kept.terms, &kept.events, &kept.uses}) {
        statement->bind(0, after.value());
        statement->bind(1, last.value());
    }
    const UseOf people_use(kept.people);
    const UseOf more_use(kept.more);
    const UseOf terms_use(kept.terms);
    const UseOf events_use(kept.events);
    const UseOf uses_use(kept.uses);
    Reading reading(
        Sources<Statement>{kept.people, kept.more, kept.terms, kept.events, parts.uses ? &kept.uses : nullptr},
        vocabulary, Known{}, parts, each);
    (parts.places ? kept.placed_lines : kept.lines).run(after, last, reading);
    reading.end();
}

template <class Statement>
void read_all(Connection& connection, Vocabulary& vocabulary, PersonId after, PersonId last, const RecordParts& parts,
              const Entries::EachRecord& each) {
    const auto groups = groups_between(connection, after, last);
    if (groups.empty()) {
        read_many<Statement>(connection, vocabulary, after, last, parts, each);
        return;
    }
    WithGroups<Statement> folding(connection, vocabulary, groups, after, last, parts, each);
    read_many<Statement>(connection, vocabulary, after, last, folding.wrapped, folding.take);
    folding.give_out_until(PersonId(nobody));
}

template <class Statement>
Record record_of(Connection& connection, PersonId person, Vocabulary& vocabulary, const Known& known) {
    auto& kept = connection.kept<OnePerson<Statement>>();
    const std::int64_t id = person.value();
    for (Statement* statement : {&kept.person, &kept.entries, &kept.more, &kept.terms, &kept.events, &kept.uses})
        statement->bind(0, id);
    const UseOf person_use(kept.person);
    const UseOf entries_use(kept.entries);
    const UseOf more_use(kept.more);
    const UseOf terms_use(kept.terms);
    const UseOf events_use(kept.events);
    const UseOf uses_use(kept.uses);
    std::optional<Record> found;
    const RecordParts all;
    const auto take = [&found](PersonId, const Record& record) { found = record; };
    Reading reading(Sources<Statement>{kept.person, kept.more, kept.terms, kept.events, &kept.uses}, vocabulary, known,
                    all, take);
    reading.give_out_empty_ones();
    while (kept.entries.next())
        reading(kept.entries);
    reading.end();
    if (!found)
        throw Error(ErrorCode::not_found, "no such person");
    return *std::move(found);
}

/// The day of birth as it was known then: what the first correction of later replaced, else what stands.
void put_born_then(Connection& connection, PersonId person, const Known& known, std::optional<Date>& stands) {
    const long long id = person.value();
    const long long from_audit = known.before_audit != 0 ? known.before_audit : INT64_MAX;
    const std::string instant = known.at ? domain::to_text(*known.at) : std::string("9999");
    std::string born;
    connection.sql() << "select coalesce(born, '') from former_birthday where person = :id and (audit >= :audit or "
                        "recorded_at > :instant) order by n limit 1",
        soci::use(id), soci::use(from_audit), soci::use(instant), soci::into(born);
    if (connection.sql().got_data())
        stands = quick_optional_day(born);
}

/// Of one human with several records: who was kept says it, else any other who does.
std::optional<Date> born_then(Connection& connection, const Group& group, const Known& known) {
    for (const PersonId member : group) {
        const long long id = member.value();
        std::string born;
        connection.sql() << "select coalesce(born, '') from person where id = :id", soci::use(id), soci::into(born);
        auto then = quick_optional_day(born);
        put_born_then(connection, member, known, then);
        if (then)
            return then;
    }
    return std::nullopt;
}

Record record_known(Connection& connection, PersonId person, Vocabulary& vocabulary, const Known& known) {
    const bool postgresql = connection.backend() == Backend::postgresql;
    const Group group = group_known(connection, person, known);
    if (group.size() > 1) {
        auto found = postgresql ? record_of_group<PostgresStatement>(connection, group, vocabulary, known, true)
                                : record_of_group<SqliteStatement>(connection, group, vocabulary, known, true);
        if (!known.everything())
            found.value().born = born_then(connection, group, known);
        return *std::move(found);
    }
    Record record = postgresql ? record_of<PostgresStatement>(connection, person, vocabulary, known)
                               : record_of<SqliteStatement>(connection, person, vocabulary, known);
    if (!known.everything())
        put_born_then(connection, person, known, record.born);
    return record;
}

} // namespace

Record Entries::record(PersonId person, Vocabulary& vocabulary, std::optional<domain::Instant> known_at) {
    return record_known(connection_, person, vocabulary, {known_at, 0});
}

Record Entries::record_before(PersonId person, Vocabulary& vocabulary, domain::DecisionId decision) {
    const long long key = decision.value();
    long long audit = 0;
    connection_.sql() << "select audit from decision where id = :id", soci::use(key), soci::into(audit);
    if (!connection_.sql().got_data())
        throw Error(ErrorCode::not_found, "there is no decision " + std::to_string(decision.value()));
    return record_known(connection_, person, vocabulary, {std::nullopt, audit});
}

void Entries::each_record(Vocabulary& vocabulary, PersonId after, PersonId last, const RecordParts& parts,
                          const EachRecord& each) {
    if (connection_.backend() == Backend::postgresql)
        read_all<PostgresStatement>(connection_, vocabulary, after, last, parts, each);
    else
        read_all<SqliteStatement>(connection_, vocabulary, after, last, parts, each);
}

void Entries::each_record(Vocabulary& vocabulary, const EachRecord& each) {
    const std::int64_t last = People(connection_).last().value();
    for (std::int64_t after = 0; after < last; after += people_at_once)
        each_record(vocabulary, PersonId(after), PersonId(after + people_at_once), {}, each);
}

} // namespace peercert::storage
