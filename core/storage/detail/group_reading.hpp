#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/detail/person_group.hpp"
#include "storage/detail/record_queries.hpp"
#include "storage/detail/record_reading.hpp"
#include "storage/entries.hpp"

/// The records of several people who are one human, read as one.
namespace peercert::storage {

/// Rows of several people as rows of the one who was kept: the first column is the person.
template <class Statement>
class AsOne {
public:
    AsOne(Connection& connection, PersonId kept, const std::string& sql)
        : statement_(connection, sql), kept_(kept.value()) {}
    bool next() { return statement_.next(); }
    std::int64_t integer(int column) const { return column == 0 ? kept_ : statement_.integer(column); }
    std::string_view text(int column) const { return statement_.text(column); }

private:
    Statement statement_;
    std::int64_t kept_;
};

/// To the row as if everything had been recorded under one key. Such people are few, so their statements are made when
/// they are needed. Nothing, if there is no line and no credential, unless `empty_too`.
template <class Statement>
std::optional<Record> record_of_group(Connection& connection, const Group& group, Vocabulary& vocabulary,
                                      const Known& known, bool empty_too) {
    using namespace record_rows;
    const PersonId kept = group.front();
    std::string members;
    for (const PersonId one : group)
        members += (members.empty() ? "(" : ", ") + std::to_string(one.value());
    members += ")";
    const auto rows = [&](FixedSql columns, FixedSql of, FixedSql order) {
        // fixed text: queries of our own, and keys of people
        return AsOne<Statement>(connection, kept, joined_sql(columns, of) + members + std::string(order.text()));
    };
    // Whoever was kept says when they were born, else any other who does.
    AsOne<Statement> person(connection, kept,
                            // fixed text: queries of our own, and keys of people
                            joined_sql(person_query, "where id in ") + members +
                                " order by born is null, id = " + std::to_string(kept.value()) + " desc, id limit 1");
    AsOne<Statement> entries(connection, kept,
                             // fixed text: columns of this room, and keys of people
                             "select " + joined_sql(entry_columns, place_columns, known_columns) +
                                 " from entry where person in " + members + " order by last_day, id");
    AsOne<Statement> more = rows(more_columns, "where (replaces is not null or authority_role <> '') and person in ",
                                 " order by last_day, id");
    AsOne<Statement> terms = rows(term_query, "where credential.person in ", " order by credential.id, n");
    AsOne<Statement> events = rows(event_query, "where credential.person in ", " order by credential.id, n");
    AsOne<Statement> uses = rows(use_query, "in ", " order by decision.id");
    std::optional<Record> found;
    const RecordParts all;
    const auto take = [&found](PersonId, const Record& record) { found = record; };
    Reading reading(Sources<AsOne<Statement>>{person, more, terms, events, &uses}, vocabulary, known, all, take);
    if (empty_too)
        reading.give_out_empty_ones();
    while (entries.next())
        reading(entries);
    reading.end();
    return found;
}

/// Gives out everybody as `Reading` does, but those who are one human with somebody: they are read apart, and given out
/// once, in its place, as the one who was kept.
template <class Statement>
class WithGroups {
public:
    WithGroups(Connection& connection, Vocabulary& vocabulary, const std::vector<Group>& groups, PersonId after,
               PersonId last, const RecordParts& parts, const Entries::EachRecord& each)
        : parts_(parts), each_(each) {
        for (const Group& group : groups) {
            grouped_.insert(group.begin(), group.end());
            if (group.front() <= after || group.front() > last)
                continue;
            if (auto record = record_of_group<Statement>(connection, group, vocabulary, Known{}, false))
                kept_.emplace(group.front(), *std::move(record));
        }
        wrapped.uses = parts.uses;
        wrapped.places = parts.places;
        wrapped.kinds = [this](PersonId person, const Record& holdings) {
            give_out_until(person);
            if (grouped_.contains(person))
                return std::uint16_t{0};
            return parts_.kinds ? parts_.kinds(person, holdings) : std::uint16_t{0xffff};
        };
        take = [this](PersonId person, const Record& record) {
            give_out_until(person);
            if (!grouped_.contains(person))
                each_(person, record);
        };
    }
    WithGroups(const WithGroups&) = delete;
    WithGroups& operator=(const WithGroups&) = delete;

    /// Those before that person who were not given out yet.
    void give_out_until(PersonId person) {
        for (auto next = kept_.begin(); next != kept_.end() && next->first < person; next = kept_.erase(next)) {
            if (parts_.kinds)
                (void)parts_.kinds(next->first, next->second);
            each_(next->first, next->second);
        }
    }

    RecordParts wrapped;
    Entries::EachRecord take;

private:
    const RecordParts& parts_;
    const Entries::EachRecord& each_;
    std::set<PersonId> grouped_;
    std::map<PersonId, Record> kept_;
};

} // namespace peercert::storage
