#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <vector>

#include "storage/detail/connection.hpp"

namespace peercert::storage {

/// One thing by which a person can be recognised, as a hash (see Likeness), and whose it is.
struct Match {
    std::int64_t key{0};
    std::int64_t person{0};
    auto operator<=>(const Match&) const = default;
};

/// The table person_match: every match of the record in order of its key, up to some hundreds to a row. An import adds
/// a hundred thousand of them in the time in which a b-tree takes some thousand, and asking is one row and a bisection.
/// What is derived from the record only: whoever changes a name, a birthday or an address changes it in the same unit.
class MatchIndex : public KeptStatement {
public:
    static MatchIndex& of(Connection& connection);

    using Found = std::function<void(std::size_t at, std::int64_t person)>;
    /// For each of `keys`, which are in order, calls `found` with its place and every person under it, by id.
    virtual void find(const std::vector<std::int64_t>& keys, const Found& found) = 0;
    /// Both in order. What is there already is not added twice; what is not there is not missed.
    virtual void add(const std::vector<Match>& matches) = 0;
    virtual void remove(const std::vector<Match>& matches) = 0;
    virtual void clear() = 0;
    virtual std::int64_t count() = 0;
};

} // namespace peercert::storage
