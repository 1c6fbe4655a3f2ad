#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <peercert/id.hpp>

#include "domain/packet.hpp"
#include "storage/detail/digest.hpp"

/// Rows of a packet on their way into the tables of this database, by the schema: used by Packets::receive only.
namespace peercert::storage {

class Connection;

class PacketRows {
public:
    /// A row as it will be stored, column by column; absent is NULL.
    using Values = std::map<std::string, std::optional<std::string>, std::less<>>;

    explicit PacketRows(Connection& connection);
    ~PacketRows();
    PacketRows(const PacketRows&) = delete;
    PacketRows& operator=(const PacketRows&) = delete;

    /// Whose rows they are, from now on.
    void belong_to(PersonId person) { person_ = person; }

    /// The row with every column that its table has, its references in keys of this database, to be vouched for by the
    /// next audit row; who typed or decided is said to have done so elsewhere.
    Values taken(std::string_view table, const domain::PacketRow& row) const;
    /// Stores the row and lets the next audit row vouch for it, where rows of its table are vouched for. The key that
    /// the database made, or 0.
    std::int64_t add(std::string_view table, Values& values);

    /// The row's own number in the packet has this key here.
    void remember(std::string_view table, const domain::PacketRow& row, std::int64_t key);
    /// Throws Error{invalid_input} for a number that stands for nothing yet.
    std::int64_t key_of(std::string_view table, const std::string& number) const;

private:
    class Insert;
    template <class Statement>
    class InsertInto;
    Insert& into(std::string_view table);
    std::optional<Hash> vouch(std::string_view table, const Values& values);

    Connection& connection_;
    PersonId person_{};
    std::map<std::string, std::unique_ptr<Insert>, std::less<>> inserts_;
    std::map<std::string, std::map<std::int64_t, std::int64_t>, std::less<>> keys_;
};

/// A whole number of a packet's row. Throws Error{invalid_input}.
std::int64_t packet_number(const domain::PacketRow& row, std::string_view name);
/// Throws Error{invalid_input}: the packet says something that cannot be.
[[noreturn]] void packet_cannot_be(std::string_view what);

} // namespace peercert::storage
