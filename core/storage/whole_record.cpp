#include "storage/whole_record.hpp"

#include <algorithm>

#include "storage/detail/connection.hpp"
#include "storage/detail/digest.hpp"
#include "storage/detail/migrations.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/scratch_schema.hpp"
#include "storage/detail/sqlite_statement.hpp"

namespace peercert::storage {

namespace {

constexpr std::string_view secret = "a secret of this installation";
constexpr std::string_view derived = "worked out of the other tables";

constexpr WholeRecord::LeftOut not_given_out[] = {
    {"installation", "number_key", secret},    // whoever has it can list every credential number
    {"installation", "audit_salt", secret},    // whoever has it can try names against the digests of the audit chain
    {"person", "salt", secret},                // the same, for one person
    {"confirmation", "secret_digest", secret}, // of what is in a link that somebody still has
    {"self_rating", "", "what people say of themselves is theirs: it stands in their own packet"},
    {"person_group", "", derived},
    {"place_call", "seed", secret}, // until the order is made, whoever has it can foretell the lot
    {"place_paper", "", "deleted on its day; a copy would outlive it"},
    {"place_score", "", "deleted when the order is made from it"},
    {"person_match", "", derived},
    {"verification", "", derived}};

bool left_out_whole(std::string_view table) {
    return std::any_of(std::begin(not_given_out), std::end(not_given_out),
                       [&](const auto& one) { return one.table == table && one.column.empty(); });
}

bool left_out_column(std::string_view table, std::string_view column) {
    return std::any_of(std::begin(not_given_out), std::end(not_given_out),
                       [&](const auto& one) { return one.table == table && one.column == column; });
}

WholeRecord::Column::Kind kind_of(std::string_view type) {
    if (type == "INTEGER")
        return WholeRecord::Column::Kind::number;
    return type == "BLOB" ? WholeRecord::Column::Kind::bytes : WholeRecord::Column::Kind::text;
}

std::vector<WholeRecord::Table> tables_of_the_schema() {
    std::vector<WholeRecord::Table> tables;
    with_scratch_schema([&](sqlite3* scratch) {
        std::vector<std::string> names;
        rows_of(scratch,
                "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order "
                "by name",
                [&](sqlite3_stmt* row) { names.push_back(text_of(row, 0)); });
        for (const std::string& name : names) {
            if (left_out_whole(name))
                continue;
            WholeRecord::Table table{name, {}, {}};
            std::string columns;
            // fixed text: tables from our own schema
            rows_of(scratch, "select name, type from pragma_table_info('" + name + "') order by cid",
                    [&](sqlite3_stmt* row) {
                        const std::string column = text_of(row, 0);
                        if (left_out_column(name, column))
                            return;
                        columns += (columns.empty() ? "" : ", ") + column;
                        table.columns.push_back({column, kind_of(text_of(row, 1))});
                    });
            std::string key;
            // fixed text: tables from our own schema
            rows_of(scratch, "select name from pragma_table_info('" + name + "') where pk > 0 order by pk",
                    [&](sqlite3_stmt* row) { key += (key.empty() ? "" : ", ") + text_of(row, 0); });
            // fixed text: tables and columns from our own schema
            table.query = "select " + columns + " from " + name + " order by " + (key.empty() ? columns : key);
            tables.push_back(std::move(table));
        }
    });
    return tables;
}

/// A column of bytes as hex; the server writes them so by itself, with two characters before.
std::string hex_of(const SqliteStatement& row, int column) {
    const std::string_view bytes = row.bytes(column);
    return to_hex(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}
std::string hex_of(const PostgresCursor& row, int column) { return std::string(row.text(column).substr(2)); }

template <class Rows>
std::int64_t give_out(Rows& rows, const WholeRecord::Table& table,
                      const std::function<void(std::span<const WholeRecord::Field>)>& each) {
    std::vector<WholeRecord::Field> fields(table.columns.size());
    std::vector<std::string> hex(table.columns.size());
    std::int64_t count = 0;
    while (rows.next()) {
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const int column = static_cast<int>(i);
            if (rows.is_null(column))
                fields[i].reset();
            else if (table.columns[i].kind == WholeRecord::Column::Kind::bytes)
                fields[i] = hex[i] = hex_of(rows, column);
            else
                fields[i] = rows.text(column);
        }
        each(fields);
        ++count;
    }
    return count;
}

} // namespace

const std::vector<WholeRecord::Table>& WholeRecord::tables() {
    static const std::vector<Table> once = tables_of_the_schema();
    return once;
}

std::span<const WholeRecord::LeftOut> WholeRecord::left_out() { return not_given_out; }

int WholeRecord::schema() { return newest_schema(); }

std::int64_t WholeRecord::each_row(const Table& table, const std::function<void(std::span<const Field>)>& each) {
    if (connection_.backend() == Backend::sqlite) {
        SqliteStatement rows(connection_, table.query);
        return give_out(rows, table, each);
    }
    constexpr int chunk = 2000;
    PostgresCursor rows(connection_, table.query, chunk);
    return give_out(rows, table, each);
}

std::int64_t WholeRecord::count(const Table& table) {
    // fixed text: tables from our own schema
    const std::string query = "select count(*) from " + table.name;
    if (connection_.backend() == Backend::sqlite) {
        SqliteStatement row(connection_, query);
        return row.next() ? row.integer(0) : 0;
    }
    PostgresStatement row(connection_, query);
    return row.next() ? row.integer(0) : 0;
}

} // namespace peercert::storage
