#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/application.hpp"
#include "domain/audit.hpp"

namespace peercert::storage {

class Connection;

/// What an audit row says, in the words of whoever writes it. `before` and `after` are any text; only salted digests of
/// them are kept. Actor and time are the unit's.
struct AuditNote {
    std::string_view action{}; ///< "entry.added"
    std::string object{};      ///< ids only: "entry 40"
    std::string_view before{};
    std::string_view after{};
};

struct AuditVerdict {
    std::int64_t rows{0};
    std::int64_t broken_at{0}; ///< seq of the first row that does not fit; 0 if all do
    std::string problem{};     ///< a sentence; empty if nothing is wrong
    bool intact() const { return problem.empty(); }
};

/// The hash chain: every change writes one row in its own transaction.
class Audit {
public:
    explicit Audit(Connection& connection) : connection_(connection) {}

    void append(const AuditNote& note);
    /// Walks the whole chain, then looks as thoroughly as the doctor: tables, indexes, triggers and the list of
    /// migrations, counters behind or past what was handed out, whether verification answers and duplicates are found
    /// as the chain vouches. Not covered: when a migration was applied. `progress(rows)` is called now and then.
    AuditVerdict verify(const std::function<void(std::int64_t)>& progress = {});
    /// Rows after `after`, oldest first.
    std::vector<domain::AuditRow> list(std::int64_t after, std::size_t limit);
    std::optional<domain::AuditRow> newest();
    /// The first row after that decision which says that this was done to that object; 0: none.
    std::int64_t first_since(domain::DecisionId decision, std::string_view action, std::string_view object);

private:
    Connection& connection_;
};

} // namespace peercert::storage
