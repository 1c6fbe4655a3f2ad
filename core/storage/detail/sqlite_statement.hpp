#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "storage/detail/connection.hpp"
#include "storage/detail/errors.hpp"

/// Not to be included together with SOCI, which has sqlite3.h in a namespace of its own.
namespace peercert::storage {

/// A prepared statement without SOCI, for the few paths where the public or a whole state waits. Columns and parameters
/// are counted from 0. Text given to `bind` must live until `reset`; text read lives until the next `next` or `reset`.
class SqliteStatement {
public:
    SqliteStatement(Connection& connection, std::string_view sql) : database_(static_cast<sqlite3*>(connection.raw())) {
        check(sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                 &statement_, nullptr));
    }
    ~SqliteStatement() { sqlite3_finalize(statement_); }
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;

    void bind(int at, std::int64_t value) { check(sqlite3_bind_int64(statement_, at + 1, value)); }
    void bind(int at, std::string_view value) {
        check(sqlite3_bind_text(statement_, at + 1, value.data(), static_cast<int>(value.size()), SQLITE_STATIC));
    }
    /// Bytes that must live until `reset`.
    void bind_bytes(int at, std::string_view bytes) {
        check(sqlite3_bind_blob(statement_, at + 1, bytes.empty() ? "" : bytes.data(), static_cast<int>(bytes.size()),
                                SQLITE_STATIC));
    }
    void bind_null(int at) { check(sqlite3_bind_null(statement_, at + 1)); }

    bool next() {
        const int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW)
            return true;
        if (code != SQLITE_DONE)
            fail();
        return false;
    }
    /// Runs a statement that gives no rows.
    void run() {
        (void)next();
        sqlite3_reset(statement_);
    }

    std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
    bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::string_view text(int column) const {
        // One check of the column instead of two. Values need no lock of their own: a connection belongs to one thread.
        sqlite3_value* value = sqlite3_column_value(statement_, column);
        const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
        return text == nullptr ? std::string_view{}
                               : std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
    }

    std::string_view bytes(int column) const {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

    void reset() noexcept { sqlite3_reset(statement_); }

private:
    void check(int code) const {
        if (code != SQLITE_OK)
            throw SqliteFailure(sqlite3_extended_errcode(database_));
    }
    [[noreturn]] void fail() {
        const int code = sqlite3_extended_errcode(database_);
        sqlite3_reset(statement_);
        throw SqliteFailure(code);
    }

    sqlite3* database_;
    sqlite3_stmt* statement_{nullptr};
};

} // namespace peercert::storage
