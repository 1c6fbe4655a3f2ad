#pragma once

#include <string>

#include <peercert/error.hpp>

namespace peercert::storage {

/// The one place where database failures become ours. Neither SQL nor a value ever gets into a message.
struct Failure {
    Error error;
    bool retry{false};           ///< the same unit may succeed when it is run again
    bool broken{false};          ///< the session is of no more use
    bool no_more_writing{false}; ///< the disk did not confirm a write: nobody knows what is on it
};

/// Of an extended SQLite result code.
Failure failure_of_sqlite(int code);
/// Of a PostgreSQL SQLSTATE; empty means that the server did not answer at all.
Failure failure_of_postgresql(const std::string& sqlstate);

/// Inside a catch block: what the exception being handled means. Ours and strangers' are rethrown.
Failure current_failure(void* sqlite);

/// Thrown by our own raw paths, so that they take the same way as SOCI's.
class SqliteFailure : public std::exception {
public:
    explicit SqliteFailure(int code) : code_(code) {}
    int code() const noexcept { return code_; }
    const char* what() const noexcept override { return "SQLite refused"; }

private:
    int code_;
};
class PostgresFailure : public std::exception {
public:
    explicit PostgresFailure(std::string sqlstate) : sqlstate_(std::move(sqlstate)) {}
    const std::string& sqlstate() const noexcept { return sqlstate_; }
    const char* what() const noexcept override { return "PostgreSQL refused"; }

private:
    std::string sqlstate_;
};

} // namespace peercert::storage
