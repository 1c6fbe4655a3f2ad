#include "storage/audit.hpp"

#include <soci/soci.h>

#include "storage/detail/audit_hash.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

struct AddRow final : KeptStatement {
    explicit AddRow(Connection& connection)
        : statement(
              (
                  connection.sql().prepare
                      << "insert into audit (seq, at, actor, action, object, before_digest, after_digest, rows_digest, "
                         "previous_hash, hash) values (:seq, :at, :actor, :action, :object, :before, :after, :rows, "
                         ":previous, :hash)",
                  soci::use(seq), soci::use(at), soci::use(row.actor), soci::use(row.action), soci::use(row.object),
                  soci::use(row.before_digest), soci::use(row.after_digest), soci::use(rows_digest),
                  soci::use(row.previous_hash), soci::use(row.hash))) {}
    long long seq{0};
    std::string at;
    domain::AuditRow row;
    std::string rows_digest;
    soci::statement statement;
};

std::string salted(const domain::CodeBook::Key& salt, std::string_view text) {
    if (text.empty())
        return {};
    Hasher hasher(salt);
    hasher.add(text);
    return to_hex(hasher.finish());
}

} // namespace

std::string audit_hash(const domain::AuditRow& row, std::string_view rows_digest) {
    RowText text("audit");
    text.add(row.seq).add(domain::to_text(row.at)).add(row.actor).add(row.action).add(row.object);
    text.add(row.before_digest).add(row.after_digest).add(rows_digest).add(row.previous_hash);
    Hasher hasher;
    hasher.add(text.str());
    return to_hex(hasher.finish());
}

void Audit::append(const AuditNote& note) {
    connection_.changing();
    vouch_for_noted(connection_);
    const auto& salt = connection_.installation().audit_salt;
    auto& kept = connection_.kept<AddRow>();
    kept.row.seq = kept.seq = connection_.next_audit();
    kept.row.at = connection_.now();
    kept.at = connection_.now_text();
    kept.row.actor = connection_.actor();
    kept.row.action = note.action;
    kept.row.object = note.object;
    kept.row.before_digest = salted(salt, note.before);
    kept.row.after_digest = salted(salt, note.after);
    kept.rows_digest = connection_.unvouched().str();
    kept.row.previous_hash = connection_.last_audit_hash();
    kept.row.hash = audit_hash(kept.row, kept.rows_digest);
    kept.statement.execute(true);
    connection_.audited(kept.seq, kept.row.hash);
}

std::vector<domain::AuditRow> Audit::list(std::int64_t after, std::size_t limit) {
    const long long from = after;
    const long long most = static_cast<long long>(limit);
    long long seq = 0;
    std::string at;
    domain::AuditRow row;
    std::vector<domain::AuditRow> rows;
    soci::statement statement =
        (connection_.sql().prepare
             << "select seq, at, actor, action, object, before_digest, after_digest, previous_hash, hash "
                "from audit where seq > :from order by seq limit :most",
         soci::use(from), soci::use(most), soci::into(seq), soci::into(at), soci::into(row.actor),
         soci::into(row.action), soci::into(row.object), soci::into(row.before_digest), soci::into(row.after_digest),
         soci::into(row.previous_hash), soci::into(row.hash));
    statement.execute();
    while (statement.fetch()) {
        row.seq = seq;
        row.at = instant_of(at);
        rows.push_back(row);
    }
    return rows;
}

std::optional<domain::AuditRow> Audit::newest() {
    long long seq = 0;
    connection_.sql() << "select coalesce(max(seq), 0) from audit", soci::into(seq);
    auto rows = list(seq - 1, 1);
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

std::int64_t Audit::first_since(domain::DecisionId decision, std::string_view action, std::string_view object) {
    const long long key = decision.value();
    const std::string what(action);
    const std::string to_what(object);
    long long first = 0;
    connection_.sql()
        << "select coalesce(min(seq), 0) from audit where seq > (select audit from decision where id = :id) and "
           "action = :action and object = :object",
        soci::use(key), soci::use(what), soci::use(to_what), soci::into(first);
    return first;
}

} // namespace peercert::storage
