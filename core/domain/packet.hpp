#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/installation.hpp"
#include "domain/instant.hpp"

namespace peercert::domain {

/// A value of a packet: text, a whole number as its digits, or nothing.
struct PacketValue {
    std::optional<std::string> text{};
    bool number{false};
    bool operator==(const PacketValue&) const = default;
};

struct PacketRow {
    std::vector<std::pair<std::string, PacketValue>> fields{};

    const PacketValue* find(std::string_view name) const {
        for (const auto& [known, value] : fields)
            if (known == name)
                return &value;
        return nullptr;
    }
    /// Empty where it says nothing.
    std::string get(std::string_view name) const {
        const PacketValue* value = find(name);
        return value != nullptr ? value->text.value_or("") : std::string{};
    }
};

struct PacketTable {
    std::string name{};
    std::vector<PacketRow> rows{};
};

/// Everything one installation holds about one person, in the words of its record, to be taken along. Rows refer to one
/// another by numbers of the packet's own (1, 2, 3 ... in each table), so that nothing of the installation is in it;
/// "order" says in which order they were recorded. Of other people there is what a line needs: the code and present
/// name of who signed it.
struct Packet {
    int schema{0}; ///< number of the newest migration of the program that made it
    InstallationKind kind{InstallationKind::live};
    std::string installation{}; ///< a mark by which an installation is recognised and nothing else is learned
    std::vector<PacketTable> tables{};

    const std::vector<PacketRow>& rows(std::string_view name) const {
        static const std::vector<PacketRow> none;
        for (const PacketTable& table : tables)
            if (table.name == name)
                return table.rows;
        return none;
    }
};

/// Where somebody's record came from.
struct PacketOrigin {
    std::string digest{};       ///< SHA-256 of the packet's file
    std::string installation{}; ///< its mark
    std::string code{};         ///< what the person was called there
    Instant recorded_at{};      ///< when it came
};

} // namespace peercert::domain
