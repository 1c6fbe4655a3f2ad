#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/terms.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

/// What a change of rules would do to the people in the record, before anybody decides on it.
namespace peercert::services {

enum class Effect : std::uint8_t {
    gains,       ///< everything would be there, and is not now
    loses,       ///< everything is there, and would not be
    opens,       ///< settled now, a decision of somebody then
    settles,     ///< a decision now, "not yet" then
    changes_date ///< both pass, and the term would end on another day
};

struct PreviewedPerson {
    domain::PersonCode code{0};
    Effect effect{Effect::gains};
    std::optional<Date> last_day_now; ///< of the term that would follow; only for changes_date
    std::optional<Date> last_day_then;
};

/// One step that both editions have.
struct PreviewedStep {
    std::string step; ///< "to renew certified"
    std::int64_t gain{0};
    std::int64_t lose{0};
    std::int64_t open{0};
    std::int64_t settle{0};
    std::int64_t change_date{0};
    std::vector<PreviewedPerson> people; ///< those the actor may see, by code; empty unless asked for
};

struct Preview {
    Date as_of{};
    std::string now;        ///< "wi-cps 2024"
    std::string then;       ///< "wi-cps 2026"
    std::int64_t people{0}; ///< with something on record; all were judged by both
    std::vector<PreviewedStep> steps;
    std::vector<std::string> new_steps;     ///< nobody can take them now
    std::vector<std::string> steps_no_more; ///< nobody could take them then
};

/// Judges everybody by both editions in one pass over the ledger, about twice the work of one assessment. `then` need
/// not be in force or in the catalogue. Needs Action::report; people are named only to who may read them.
Preview preview(House& house, const Rulebook& rulebook, const Actor& actor, const rules::Program& now,
                const rules::Program& then, Date as_of, bool with_people);

/// The edition of the same code that applies on the day. Throws Error{not_found}.
Rulebook::ProgramPtr edition_on(const Rulebook& rulebook, const std::string& code, Date day);

} // namespace peercert::services
