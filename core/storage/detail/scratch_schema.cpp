#include "storage/detail/scratch_schema.hpp"

#include <memory>

#include <sqlite3.h>

#include "storage/detail/errors.hpp"
#include "storage/detail/migrations.hpp"

namespace peercert::storage {

namespace {

struct CloseSqlite {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

} // namespace

void with_scratch_schema(const std::function<void(sqlite3* database)>& look) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
    const std::unique_ptr<sqlite3, CloseSqlite> scratch(raw);
    if (code != SQLITE_OK)
        throw SqliteFailure(code);
    for (const Migration& migration : migrations(Backend::sqlite))
        for (const std::string& statement : migration.statements)
            if (sqlite3_exec(raw, statement.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
                throw SqliteFailure(sqlite3_extended_errcode(raw));
    look(raw);
}

void rows_of(sqlite3* database, const std::string& query, const std::function<void(sqlite3_stmt*)>& row) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, query.c_str(), -1, &statement, nullptr) != SQLITE_OK)
        throw SqliteFailure(sqlite3_extended_errcode(database));
    while (sqlite3_step(statement) == SQLITE_ROW)
        row(statement);
    sqlite3_finalize(statement);
}

std::string text_of(sqlite3_stmt* row, int column) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
    return text == nullptr ? std::string{} : std::string(text);
}

} // namespace peercert::storage
