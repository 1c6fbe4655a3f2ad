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
/// costs as much as reading. Two functions stand in the query's "where": the first is told two columns and says whether
/// the row is wanted, so that the others are only taken out where it is; the second takes all and accepts none. Not to
/// be included together with SOCI's own SQLite header.
class SqlitePush {
public:
    /// `columns`: as many as `count`, without "select"; `looked_at`: the two told first; `from`: the rest after them,
    /// up to and with "where CONDITION" (parameters $1 and $2); `order`: the order, which an index must give already.
    SqlitePush(Connection& connection, const std::string& columns, int count, FixedSql looked_at, FixedSql from,
               FixedSql order)
        : wants_(static_cast<sqlite3*>(connection.raw()), "peercert_wants_" + std::to_string(count), 2, this,
                 &SqlitePush::asked),
          pushes_(static_cast<sqlite3*>(connection.raw()), "peercert_push_" + std::to_string(count), count, this,
                  &SqlitePush::called),
          // fixed text: columns and the rest stand in our own source
          statement_(connection, "select 1" + std::string(from.text()) + " and " + wants_.name + "(" +
                                     std::string(looked_at.text()) + ") and " + pushes_.name + "(" + columns + ")" +
                                     std::string(order.text())) {}
    SqlitePush(const SqlitePush&) = delete;
    SqlitePush& operator=(const SqlitePush&) = delete;

    /// Calls `take(row)` for each row of which `take.wants(first, second)` of the columns looked at. What they throw
    /// ends the query and is thrown here.
    template <class Take>
    void run(std::int64_t first, std::int64_t second, Take& take) {
        if (target_ != nullptr)
            throw Error(ErrorCode::internal, "a reading of everybody within itself");
        target_ = &take;
        ask_ = [](void* target, const SqliteRow& row) {
            return static_cast<Take*>(target)->wants(row.integer(0), row.text(1));
        };
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
    using Function = void (*)(sqlite3_context*, int, sqlite3_value**);
    /// A function, as long as the query that calls it.
    struct Registered {
        Registered(sqlite3* database, std::string called, int count, SqlitePush* self, Function function)
            : name(std::move(called)), database_(database), count_(count) {
            const int code = sqlite3_create_function_v2(database, name.c_str(), count, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                                        self, function, nullptr, nullptr, nullptr);
            if (code != SQLITE_OK)
                throw SqliteFailure(code);
        }
        ~Registered() {
            sqlite3_create_function_v2(database_, name.c_str(), count_, SQLITE_UTF8, nullptr, nullptr, nullptr, nullptr,
                                       nullptr);
        }
        Registered(const Registered&) = delete;
        Registered& operator=(const Registered&) = delete;
        std::string name;

    private:
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
    template <class Work>
    static void guarded(sqlite3_context* context, const Work& work) {
        auto& self = *static_cast<SqlitePush*>(sqlite3_user_data(context));
        if (self.target_ == nullptr) // somebody else's query
            return sqlite3_result_error(context, "this function is peercert's own", -1);
        try {
            sqlite3_result_int(context, work(self) ? 1 : 0);
        } catch (...) {
            self.failure_ = std::current_exception();
            sqlite3_result_error(context, "the reader refused", -1);
        }
    }
    static void asked(sqlite3_context* context, int, sqlite3_value** values) {
        guarded(context, [values](SqlitePush& self) { return self.ask_(self.target_, SqliteRow(values)); });
    }
    static void called(sqlite3_context* context, int, sqlite3_value** values) {
        guarded(context, [values](SqlitePush& self) {
            self.call_(self.target_, SqliteRow(values));
            return false;
        });
    }

    void* target_{nullptr};
    bool (*ask_)(void*, const SqliteRow&){nullptr};
    void (*call_)(void*, const SqliteRow&){nullptr};
    std::exception_ptr failure_;
    Registered wants_; ///< both outlive the statement that calls them
    Registered pushes_;
    SqliteStatement statement_;
};

} // namespace peercert::storage
