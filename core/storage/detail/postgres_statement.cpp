#include "storage/detail/postgres_statement.hpp"

#include <charconv>

#include <libpq-fe.h>

#include "storage/detail/connection.hpp"
#include "storage/detail/digest.hpp"
#include "storage/detail/errors.hpp"

namespace peercert::storage {

namespace {

PGconn* server(void* connection) { return static_cast<PGconn*>(connection); }

} // namespace

void PostgresResult::take(void* result) {
    drop();
    auto* mine = static_cast<PGresult*>(result);
    const auto status = PQresultStatus(mine);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        const char* state = PQresultErrorField(mine, PG_DIAG_SQLSTATE);
        const std::string sqlstate = state == nullptr ? std::string{} : std::string(state);
        PQclear(mine);
        throw PostgresFailure(sqlstate);
    }
    result_ = result;
    row_ = -1;
    rows_ = PQntuples(mine);
}

void PostgresResult::drop() noexcept {
    PQclear(static_cast<PGresult*>(result_));
    result_ = nullptr;
    row_ = -1;
    rows_ = 0;
}

std::int64_t PostgresResult::integer(int column) const {
    const std::string_view digits = text(column);
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

std::string_view PostgresResult::text(int column) const {
    auto* result = static_cast<PGresult*>(result_);
    return {PQgetvalue(result, row_, column), static_cast<std::size_t>(PQgetlength(result, row_, column))};
}

bool PostgresResult::is_null(int column) const {
    return PQgetisnull(static_cast<PGresult*>(result_), row_, column) != 0;
}

PostgresStatement::PostgresStatement(Connection& connection, std::string_view sql)
    : connection_(connection.raw()), name_(connection.new_name()) {
    PostgresResult().take(PQprepare(server(connection_), name_.c_str(), std::string(sql).c_str(), 0, nullptr));
}

void PostgresStatement::put(int at, std::string value) {
    const auto index = static_cast<std::size_t>(at);
    if (values_.size() <= index) {
        values_.resize(index + 1);
        nulls_.resize(index + 1, true);
    }
    values_[index] = std::move(value);
    nulls_[index] = false;
}

void PostgresStatement::bind_null(int at) {
    put(at, {});
    nulls_[static_cast<std::size_t>(at)] = true;
}

void PostgresStatement::bind_bytes(int at, std::string_view bytes) {
    put(at, "\\x" + to_hex(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

std::string PostgresStatement::bytes(int column) const {
    const std::string_view hex = result_.text(column); // the server writes \x and digits
    const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 2; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(digit(hex[i]) << 4U | digit(hex[i + 1]));
    return bytes;
}

void PostgresStatement::execute() {
    std::vector<const char*> pointers;
    pointers.reserve(values_.size());
    for (std::size_t i = 0; i < values_.size(); ++i)
        pointers.push_back(nulls_[i] ? nullptr : values_[i].c_str());
    result_.take(PQexecPrepared(server(connection_), name_.c_str(), static_cast<int>(pointers.size()), pointers.data(),
                                nullptr, nullptr, 0));
}

bool PostgresStatement::next() {
    if (!result_.held())
        execute();
    return result_.next();
}

void PostgresStatement::run() {
    execute();
    result_.drop();
}

PostgresCursor::PostgresCursor(Connection& connection, const std::string& query, int chunk)
    : connection_(connection.raw()), name_(connection.new_name()) {
    fetch_ = "fetch forward " + std::to_string(chunk) + " from " + name_;
    PostgresResult().take(PQexec(server(connection_), ("declare " + name_ + " no scroll cursor for " + query).c_str()));
}

PostgresCursor::~PostgresCursor() {
    // In a transaction that was aborted the cursor is gone already, and the answer does not matter.
    if (PQtransactionStatus(server(connection_)) == PQTRANS_INTRANS)
        PQclear(PQexec(server(connection_), ("close " + name_).c_str()));
}

bool PostgresCursor::next() {
    if (result_.held() && result_.next())
        return true;
    result_.take(PQexec(server(connection_), fetch_.c_str()));
    return result_.next();
}

} // namespace peercert::storage
