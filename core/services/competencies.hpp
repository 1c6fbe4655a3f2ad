#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/actor.hpp"
#include "services/authority.hpp"
#include "services/house.hpp"

namespace peercert::services {

/// A competency seen: by whom, on which day, how. The day that decides who may sign is the day observed.
struct NewSignOff {
    std::string person;
    std::string curriculum;                ///< whose rule says who may sign: "ecpr"
    std::vector<std::string> competencies; ///< "framework/code", or a code of the curriculum's own
    std::string rating;                    ///< a word of the scale; empty: shown
    std::string method;                    ///< role play, direct observation ...
    std::optional<Date> observed_on;       ///< absent: the session's day
    std::string cohort;                    ///< with `session`: where it was seen; empty: another occasion
    int session{0};
    std::vector<std::string> assessors; ///< person codes
    std::optional<domain::LateReason> late_reason;
};

/// One assessor's entitlement on the day observed.
struct AssessorAnswer {
    std::string assessor; ///< person code
    std::string name;     ///< the name they use
    bool entitled{false};
    Finding finding; ///< of the level that was nearest to entitling them
};

/// What signing off answered. A refusal is an answer with reasons, and stores nothing.
struct SignedOff {
    std::vector<EntryId> entries; ///< empty: refused
    std::vector<AssessorAnswer> assessors;
    std::vector<std::string> reasons; ///< why it was refused, beyond the assessors' findings
    Date observed_on{};
    bool accepted() const { return !entries.empty(); }
};

class Competencies {
public:
    Competencies(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    SignedOff sign_off(const Actor& actor, const NewSignOff& request, Mode mode = Mode::commit);

private:
    House& house_;
    const Rulebook& rulebook_;
};

} // namespace peercert::services
