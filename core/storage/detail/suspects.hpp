#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/detail/digest.hpp"
#include "storage/detail/units.hpp"

namespace peercert::storage {

class Connection;

/// Units that do not have the mark that they carry, as the walk along the chain met them.
struct UnitSuspects {
    static constexpr std::size_t most_named = 5;
    std::vector<std::pair<Unit, std::int64_t>> named; ///< the first of them
    std::size_t count{0};
    void add(Unit unit, std::int64_t id) {
        if (++count <= most_named)
            named.emplace_back(unit, id);
    }
};

/// Which of the rows that an audit row vouches for are not what they were, and in which column where that can be found
/// out: a clause for a person to read. Only asked when they do not fit, since it reads the tables once more; memory
/// does not grow with the number of rows. `vouched` is what the audit row says of them, `found` what they are now.
std::string difference(Connection& connection, std::int64_t seq, std::string_view vouched, const RowsDigest& found,
                       const UnitSuspects& units);

} // namespace peercert::storage
