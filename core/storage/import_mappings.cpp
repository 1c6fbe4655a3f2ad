#include "storage/import_mappings.hpp"

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

constexpr FixedSql newest = "select name, kind, columns, typed_by, recorded_at from import_mapping where n = (select "
                            "max(n) from import_mapping later where later.name = import_mapping.name) ";

template <class... Bound>
std::vector<domain::ImportMapping> mappings_where(Connection& connection, FixedSql rest, const Bound&... bound) {
    domain::ImportMapping mapping;
    std::string recorded_at;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    const auto into = [&statement](auto&... variables) { (statement.exchange(soci::into(variables)), ...); };
    into(mapping.name, mapping.kind, mapping.columns, mapping.typed_by, recorded_at);
    statement.alloc();
    statement.prepare(joined_sql(newest, rest));
    statement.define_and_bind();
    statement.execute();
    std::vector<domain::ImportMapping> found;
    while (statement.fetch()) {
        mapping.recorded_at = instant_of(recorded_at);
        found.push_back(mapping);
    }
    return found;
}

} // namespace

std::optional<domain::ImportMapping> ImportMappings::find(std::string_view name) {
    const std::string wanted(name);
    auto found = mappings_where(connection_, "and name = :name", wanted);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<domain::ImportMapping> ImportMappings::list() { return mappings_where(connection_, "order by name"); }

void ImportMappings::remember(const domain::ImportMapping& mapping) {
    connection_.changing();
    const std::string name = domain::clean_word(mapping.name, "name of the mapping");
    const std::string kind = domain::clean_word(mapping.kind, "kind of file");
    const std::string columns = domain::clean_text(mapping.columns, {"names of columns", 8000, false});
    const std::string typed_by = mapping.typed_by.empty() ? connection_.actor() : mapping.typed_by;
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from import_mapping where name = :name", soci::use(name),
        soci::into(n);
    connection_.sql() << "insert into import_mapping (name, n, kind, columns, typed_by, recorded_at, audit) values "
                         "(:name, :n, :kind, :columns, :typed, :now, :audit)",
        soci::use(name), soci::use(n), soci::use(kind), soci::use(columns), soci::use(typed_by), soci::use(now),
        soci::use(audit);
    RowText row("import_mapping");
    row.add(name).add(n).add(kind).add(columns).add(typed_by).add(now);
    connection_.added(row);
}

} // namespace peercert::storage
