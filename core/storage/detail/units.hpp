#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/detail/digest.hpp"
#include "storage/detail/fixed_sql.hpp"

/// Rows that may change and yet stand in the audit chain. A unit is what changes together: a person with names,
/// contacts and roles; a session with who leads it. Its row names the audit row that vouches for its present state;
/// when that changes in due form, the digest of the state before moves to `replaced_state`, so that the earlier audit
/// row still adds up. Only digests are kept, salted for the installation and for each person: nothing stands in the way
/// of erasing a value.
namespace peercert::storage {

class Connection;

enum class Unit { installation, person, organization, cohort, session, enrolment };

/// One of the tables that a unit is made of.
struct UnitPart {
    FixedSql table;
    FixedSql columns; ///< all that is vouched for
    FixedSql from;    ///< the table, joined with the unit's own if it is another
};
struct UnitLayout {
    Unit unit;
    FixedSql table; ///< the unit's own: it has the columns id, audit and mark
    std::vector<UnitPart> parts;
    std::string_view told; ///< what it covers, for a person who reads that it was changed
};
const std::vector<UnitLayout>& unit_layouts();
const UnitLayout& layout_of(Unit unit);

/// The state of a unit as bytes. Lines may come in any order.
class UnitText {
public:
    UnitText(std::string_view unit_table, std::int64_t id) : unit_(unit_table), id_(id) {}
    void add(const RowText& line) { lines_.push_back(line.str()); }
    bool empty() const noexcept { return lines_.empty(); }
    RowText text();

private:
    std::string_view unit_;
    std::int64_t id_;
    std::vector<std::string> lines_;
};

/// What a row remembers of its own state: enough to find which of many was changed, too little to tell what it holds.
std::int64_t mark_of(const Hash& digest);

/// To be called before a unit that exists is changed: its state goes to `replaced_state` with the next audit row.
void note_change(Connection& connection, Unit unit, std::int64_t id);
/// To be called for a unit that this transaction adds.
void note_new(Connection& connection, Unit unit, std::int64_t id);
/// Lets the audit row that is about to be written vouch for every unit noted since the last one.
void vouch_for_noted(Connection& connection);
/// Notes every unit that no audit row vouches for yet: of a database from before there were units. Batch by batch, so
/// that memory does not grow with the record; `vouch(count)` is called after each and writes the audit row for it.
void note_all_unvouched(Connection& connection, const std::function<void(std::int64_t count)>& vouch);

} // namespace peercert::storage
