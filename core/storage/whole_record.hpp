#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peercert::storage {

class Connection;

/// The record as the tables it is kept in, for taking all of it out. Which tables and columns there are is asked of the
/// migrations, not of a list: whatever is added is given out from its first day on, unless it is named in `left_out`.
class WholeRecord {
public:
    explicit WholeRecord(Connection& connection) : connection_(connection) {}

    struct Column {
        std::string name;
        enum class Kind { text, number, bytes } kind{Kind::text}; ///< bytes are given as hex
    };
    struct Table {
        std::string name;
        std::vector<Column> columns; ///< in the order of the schema, without those left out
        std::string query{};         ///< how it is read
    };
    struct LeftOut {
        std::string_view table;
        std::string_view column; ///< empty: the whole table
        std::string_view because;
    };

    /// By name. The same for either kind of database.
    static const std::vector<Table>& tables();
    static std::span<const LeftOut> left_out();
    /// Number of the newest migration.
    static int schema();

    /// NULL is absent. Valid during the call only.
    using Field = std::optional<std::string_view>;
    /// Every row, in the order of the table's key, one after the other in flat memory; says how many.
    std::int64_t each_row(const Table& table, const std::function<void(std::span<const Field> fields)>& each);
    std::int64_t count(const Table& table);

private:
    Connection& connection_;
};

} // namespace peercert::storage
