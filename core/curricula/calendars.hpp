#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include <peercert/edition.hpp>

#include "curricula/edition_reader.hpp"
#include "curricula/node.hpp"

/// Calendars of closed days beside the editions that name them. Private to the room.
namespace peercert::curricula {

class Reading;

/// The calendar of that name as a file says it; nullptr when there is none.
using FindCalendar = std::function<const Node*(std::string_view name)>;

/// Calendars as `find_base` has them, read once each and kept as long as this.
class Calendars {
public:
    explicit Calendars(FindBase find_base) : find_base_(std::move(find_base)) {}
    /// What is wrong in a calendar goes to `problems`.
    const Node* find(std::string_view name, std::vector<Problem>& problems);
    /// Only one that was read already.
    const Node* known(std::string_view name) const;

private:
    FindBase find_base_;
    std::map<std::string, std::pair<SourceText, Node>, std::less<>> read_; ///< nodes point into their texts
};

bool is_calendar(const Node& root);
/// A file of its own.
std::optional<ClosedDays> read_calendar(const Node& root, std::vector<Problem>& problems);
/// Copies each calendar that the document names into it, so that what was decided by it replays when the calendar's
/// file has changed. True when something was copied.
bool embed_calendars(Node& root, const FindCalendar& find, std::vector<Problem>& problems);
/// Those of an edition.
void read_closed_day_calendars(Reading& reading);

} // namespace peercert::curricula
