#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/completion.hpp"
#include "services/house.hpp"

/// How many hours somebody has left in a cohort, by its curriculum's own rule; and what of what they missed can still
/// be made up.
namespace peercert::services {

/// A session that was held and that somebody did not attend from beginning to end.
struct MissedSession {
    domain::Session session;
    Minutes missed{0};   ///< of its length, less what was made up
    std::string why_not; ///< why it cannot be made up; empty: it can
};

struct HoursLeft {
    Progress progress;
    Minutes to_come{0};              ///< of sessions that are still to be held
    std::optional<Minutes> wanted;   ///< still to be attended, so that the rule is met; 0: nothing more
    std::optional<Minutes> may_miss; ///< of what is to come; negative: so much has to be made up
    std::vector<MissedSession> missed;
};

class CohortHours {
public:
    CohortHours(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// Of one person (also by themself), or of everybody in the cohort, those who moved on among them. Throws
    /// Error{forbidden} where the curriculum keeps no register.
    std::vector<HoursLeft> of(const Actor& actor, std::string_view cohort, std::string_view person);

private:
    House& house_;
    const Rulebook& rulebook_;
};

/// Why what was missed of that unit cannot be made up by the rule of the format; empty where it can, or where the rule
/// does not say and people decide.
std::string why_not_made_up(const Format& format, const std::string& unit);

} // namespace peercert::services
