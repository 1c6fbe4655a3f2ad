#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace peercert::storage {

class Connection;

/// A result of libpq, one row at a time.
class PostgresResult {
public:
    PostgresResult() = default;
    ~PostgresResult() { drop(); }
    PostgresResult(const PostgresResult&) = delete;
    PostgresResult& operator=(const PostgresResult&) = delete;

    /// Takes ownership of a `PGresult*`; throws PostgresFailure for one that is an error.
    void take(void* result);
    void drop() noexcept;
    bool held() const noexcept { return result_ != nullptr; }
    bool next() { return ++row_ < rows_; }
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
    bool is_null(int column) const;

private:
    void* result_{nullptr};
    int row_{-1};
    int rows_{0};
};

/// The same words as SqliteStatement, so that a path written once serves both. Parameters are `$1`, `$2` ... in the
/// order in which they first appear (SQLite counts them so). All rows are brought over at once.
class PostgresStatement {
public:
    PostgresStatement(Connection& connection, std::string_view sql);

    void bind(int at, std::int64_t value) { put(at, std::to_string(value)); }
    void bind(int at, std::string_view value) { put(at, std::string(value)); }
    void bind_bytes(int at, std::string_view bytes);
    void bind_null(int at);
    bool next();
    void run();
    std::int64_t integer(int column) const { return result_.integer(column); }
    std::string_view text(int column) const { return result_.text(column); }
    bool is_null(int column) const { return result_.is_null(column); }
    std::string bytes(int column) const; ///< of a BYTEA
    void reset() noexcept { result_.drop(); }

private:
    void put(int at, std::string value);
    void execute();

    void* connection_;
    std::string name_;
    std::vector<std::string> values_;
    std::vector<bool> nulls_;
    PostgresResult result_;
};

/// Rows of a query that may be too many for memory, `chunk` at a time, within the current transaction.
class PostgresCursor {
public:
    PostgresCursor(Connection& connection, const std::string& query, int chunk);
    ~PostgresCursor();
    PostgresCursor(const PostgresCursor&) = delete;
    PostgresCursor& operator=(const PostgresCursor&) = delete;

    bool next();
    std::int64_t integer(int column) const { return result_.integer(column); }
    std::string_view text(int column) const { return result_.text(column); }
    bool is_null(int column) const { return result_.is_null(column); }

private:
    void* connection_;
    std::string name_;
    std::string fetch_;
    PostgresResult result_;
};

} // namespace peercert::storage
