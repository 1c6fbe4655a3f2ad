#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/detail/fixed_sql.hpp"

/// What of the record belongs to one person, table by table. tests/storage/packets_test.cpp asks of every table of the
/// schema whether it stands here or among those that a packet has no business with: a new one cannot be forgotten.
namespace peercert::storage {

struct PacketPart {
    FixedSql table;
    std::string which;        ///< "where ...", $1 is the person
    FixedSql order;           ///< columns
    bool stepped{false};      ///< its rows are about the person and were recorded one after the other
    bool generated{false};    ///< its keys are made by the database
    FixedSql numbered_by{""}; ///< where "n" only tells rows apart: what it counts within
};
/// Those that are referred to before those that refer.
const std::vector<PacketPart>& packet_parts();

/// Tables that no packet holds, and why.
struct NoPacket {
    std::string_view table;
    std::string_view because;
};
const std::vector<NoPacket>& not_in_packets();

struct PacketReference {
    std::string_view table;
    std::string_view column;
    std::string_view to;
};
/// Which table a column refers to; nothing if it is no reference.
std::optional<std::string_view> packet_reference(std::string_view table, std::string_view column);

struct PacketColumn {
    std::string name;
    bool number{false};
    bool may_be_null{false};
    std::optional<std::string> otherwise; ///< its default
};
/// Every column of the table, as the migrations make it.
const std::vector<PacketColumn>& packet_columns(std::string_view table);

/// Columns that stay where they are: whose row it is, what vouches for it, what is worked out of the rest.
bool stays_home(std::string_view table, std::string_view column);

} // namespace peercert::storage
