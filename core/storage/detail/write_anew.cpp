#include "storage/detail/write_anew.hpp"

#include "storage/detail/connection.hpp"
#include "storage/detail/sqlite_statement.hpp"

namespace peercert::storage {

bool write_anew(Connection& connection) {
    connection.forget_statements(); // none may be under way
    if (connection.backend() == Backend::postgresql) {
        connection.run("vacuum full place_paper");
        connection.run("vacuum full place_score");
        return true;
    }
    connection.run("vacuum");
    return empty_log(connection);
}

bool empty_log(Connection& connection) {
    if (connection.backend() == Backend::postgresql)
        return true; // its log is the server's
    connection.forget_statements();
    SqliteStatement checkpoint(connection, "pragma wal_checkpoint(truncate)");
    return checkpoint.next() && checkpoint.integer(0) == 0;
}

} // namespace peercert::storage
