#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/sign_off.hpp"
#include "services/actor.hpp"
#include "services/authority.hpp"
#include "services/house.hpp"
#include "services/people.hpp"

namespace peercert::services {

/// A competency seen: by whom, on which day, how. The day that decides who may sign is the day observed.
struct NewSignOff {
    std::string person;
    std::string curriculum;                ///< whose rule says who may sign: "ecpr"; empty: the cohort's
    std::vector<std::string> competencies; ///< "framework/code", or a code of the curriculum's own
    std::string rating;                    ///< a word of the scale the competency belongs to; empty: shown
    std::string method;                    ///< role play, direct observation ...
    std::optional<Date> observed_on;       ///< absent: the session's day
    std::string cohort;                    ///< with `session`: where it was seen; empty: another occasion
    int session{0};
    std::vector<std::string> assessors; ///< person codes
    std::optional<domain::LateReason> late_reason;
    bool draft{false}; ///< kept, counting for nothing, until each assessor signs
};

/// The same for everybody of a cohort who was at one session, with exceptions.
struct NewGroupSignOff {
    NewSignOff seen; ///< cohort and session given; `person` is not read
    struct Exception {
        std::string person;
        std::string rating; ///< empty: nothing is recorded of them
    };
    std::vector<Exception> exceptions;
};

/// One assessor's entitlement on the day observed.
struct AssessorAnswer {
    std::string assessor; ///< person code
    std::string name;     ///< the name they use
    bool entitled{false};
    Finding finding; ///< of the level that was nearest to entitling them
};

/// A line that was made: one signature for one competency.
struct SignedLine {
    EntryId entry;
    std::string competency;
    std::string assessor; ///< person code
    std::string rating;
    domain::SignOffState state{domain::SignOffState::signed_off};
};

/// What signing off answered. A refusal is an answer with reasons, and stores nothing.
struct SignedOff {
    std::vector<EntryId> entries; ///< empty: refused
    std::vector<SignedLine> lines;
    std::vector<AssessorAnswer> assessors;
    std::vector<std::string> reasons; ///< why it was refused, beyond the assessors' findings
    Date observed_on{};
    bool accepted() const { return !entries.empty(); }
};

/// What signing off a group answered: all of it or nothing.
struct GroupSignedOff {
    struct Member {
        PersonLine person;
        std::vector<SignedLine> lines;    ///< empty: left out, or the whole was refused
        std::vector<std::string> reasons; ///< what stands against it, or why they were left out
        bool left_out{false};
    };
    std::vector<Member> members; ///< by place in the cohort
    std::vector<AssessorAnswer> assessors;
    std::vector<std::string> reasons; ///< against the whole
    Date observed_on{};
    bool accepted{false};
};

class Competencies {
public:
    Competencies(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// Who types for another lets the line wait for that assessor's confirmation (Signatures::confirm).
    SignedOff sign_off(const Actor& actor, const NewSignOff& request, Mode mode = Mode::commit);

    /// Everybody with a place in the cohort who is not recorded as not there. In one transaction: if anything stands
    /// against one of them, nothing is stored, and the answer says what.
    GroupSignedOff sign_off_group(const Actor& actor, const NewGroupSignOff& request, Mode mode = Mode::commit);

private:
    House& house_;
    const Rulebook& rulebook_;
};

} // namespace peercert::services
