#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/sqlite_statement.hpp"

namespace peercert::storage {

/// One row as SQLite hands it to a function: columns as in SqliteStatement.
class SqliteRow {
public:
    explicit SqliteRow(sqlite3_value** values) : values_(values) {}
    std::int64_t integer(int column) const { return sqlite3_value_int64(values_[column]); }
    std::string_view text(int column) const {
        const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values_[column]));
        return text == nullptr ? std::string_view{}
                               : std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(values_[column])));
    }

private:
    sqlite3_value** values_;
};

/// A query whose rows SQLite pushes out in one go, instead of being asked for each: where a whole state is read, asking
/// costs as much as reading. The rows go through a function in the query's "where" that takes every column and accepts
/// none. Not to be included together with SOCI's own SQLite header.
class SqlitePush {
public:
    /// `columns`: as many as `count`, without "select"; `from`: the rest after them, up to and with "where CONDITION"
    /// (parameters $1 and $2); `order`: the order, which an index must give already.
    SqlitePush(Connection& connection, const std::string& columns, int count, FixedSql from, FixedSql order)
        : registered_(static_cast<sqlite3*>(connection.raw()), count, this),
          // fixed text: columns and the rest stand in our own source
          statement_(connection, "select 1" + std::string(from.text()) + " and peercert_push(" + columns + ")" +
                                     std::string(order.text())) {}
    SqlitePush(const SqlitePush&) = delete;
    SqlitePush& operator=(const SqlitePush&) = delete;

    /// Calls `take(row)` for each row. What it throws ends the query and is thrown here.
    template <class Take>
    void run(std::int64_t first, std::int64_t second, Take& take) {
        if (target_ != nullptr)
            throw Error(ErrorCode::internal, "a reading of everybody within itself");
        target_ = &take;
        call_ = [](void* target, const SqliteRow& row) { (*static_cast<Take*>(target))(row); };
        const Ending ending(*this);
        statement_.bind(0, first);
        statement_.bind(1, second);
        try {
            while (statement_.next()) {
            }
        } catch (...) {
            if (failure_)
                std::rethrow_exception(failure_);
            throw;
        }
    }

private:
    /// The function, as long as the query that calls it.
    struct Registered {
        Registered(sqlite3* database, int count, SqlitePush* self) : database_(database), count_(count) {
            const int code =
                sqlite3_create_function_v2(database, "peercert_push", count, SQLITE_UTF8 | SQLITE_DIRECTONLY, self,
                                           &SqlitePush::called, nullptr, nullptr, nullptr);
            if (code != SQLITE_OK)
                throw SqliteFailure(code);
        }
        ~Registered() {
            sqlite3_create_function_v2(database_, "peercert_push", count_, SQLITE_UTF8, nullptr, nullptr, nullptr,
                                       nullptr, nullptr);
        }
        Registered(const Registered&) = delete;
        Registered& operator=(const Registered&) = delete;
        sqlite3* database_;
        int count_;
    };
    struct Ending {
        explicit Ending(SqlitePush& push) : push_(push) { push_.failure_ = nullptr; }
        ~Ending() {
            push_.statement_.reset();
            push_.target_ = nullptr;
        }
        Ending(const Ending&) = delete;
        Ending& operator=(const Ending&) = delete;
        SqlitePush& push_;
    };

    /// No exception may pass through SQLite.
    static void called(sqlite3_context* context, int, sqlite3_value** values) {
        auto& self = *static_cast<SqlitePush*>(sqlite3_user_data(context));
        if (self.target_ == nullptr) // somebody else's query
            return sqlite3_result_error(context, "peercert_push is peercert's own", -1);
        try {
            self.call_(self.target_, SqliteRow(values));
            sqlite3_result_int(context, 0);
        } catch (...) {
            self.failure_ = std::current_exception();
            sqlite3_result_error(context, "the reader refused", -1);
        }
    }

    void* target_{nullptr};
    void (*call_)(void*, const SqliteRow&){nullptr};
    std::exception_ptr failure_;
    Registered registered_; ///< outlives the statement that calls it
    SqliteStatement statement_;
};

} // namespace peercert::storage
