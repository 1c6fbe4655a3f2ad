#include "storage/detail/namesakes.hpp"

#include "domain/resemblance.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"

namespace peercert::storage {

namespace {

constexpr FixedSql query = "select id, coalesce(name_key, lower(name)), coalesce(born, ''), coalesce(email, ''), "
                           "coalesce(phone, '') from person ";
constexpr FixedSql of_name = "where coalesce(name_key, lower(name)) = $1 order by id";
constexpr FixedSql of_incomplete_of_name =
    "where (born is null or email is null) and coalesce(name_key, lower(name)) = $1 order by id";
constexpr FixedSql of_incomplete = "where born is null or email is null";

constexpr int chunk = 5000;

template <class Rows>
void read(Rows& rows, const EachNamed& each) {
    while (rows.next())
        each(rows.integer(0), rows.text(1), {rows.text(2), rows.text(3), rows.text(4)});
}

bool differ(std::string_view one, std::string_view other) { return !one.empty() && !other.empty() && one != other; }

} // namespace

bool may_be_one(const Details& one, const Details& other) {
    if (one.complete() && other.complete())
        return false;
    return !differ(one.born, other.born) && !differ(one.email, other.email) &&
           !differ(domain::digits_of(one.phone), domain::digits_of(other.phone));
}

bool same_phone(const Details& one, const Details& other) {
    return !one.phone.empty() && domain::digits_of(one.phone) == domain::digits_of(other.phone);
}

void each_named(Connection& connection, std::string_view name_key, bool only_incomplete, const EachNamed& each) {
    const auto sql = joined_sql(query, only_incomplete ? of_incomplete_of_name : of_name);
    if (connection.backend() == Backend::postgresql) {
        PostgresStatement rows(connection, sql);
        rows.bind(0, name_key);
        read(rows, each);
    } else {
        SqliteStatement rows(connection, sql);
        rows.bind(0, name_key);
        read(rows, each);
    }
}

void each_person(Connection& connection, bool only_incomplete, const EachNamed& each) {
    const auto sql = joined_sql(query, only_incomplete ? of_incomplete : FixedSql(""));
    if (connection.backend() == Backend::postgresql) {
        PostgresCursor rows(connection, sql, chunk);
        read(rows, each);
    } else {
        SqliteStatement rows(connection, sql);
        read(rows, each);
    }
}

} // namespace peercert::storage
