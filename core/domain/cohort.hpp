#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

#include "domain/instant.hpp"

namespace peercert::domain {

using EnrolmentId = Id<struct EnrolmentTag>;

/// A curriculum being run.
struct Cohort {
    CohortId id{};
    std::string code{};       ///< given by people, unique
    std::string curriculum{}; ///< code of the curriculum, "wrap"
    std::string edition{};    ///< its edition
    std::string course{};     ///< the course or level within it, "seminar-1"
    std::string format{};     ///< a word of the edition; empty if it has none
    OrganizationId organization{};
    std::string title{};
    std::string county{};
};

/// The length of a session that nobody gave one: as long as a day can be, so that any attendance fits.
inline constexpr Minutes length_not_given{24 * 60};

/// One meeting.
struct Session {
    SessionId id{};
    CohortId cohort{};
    int number{1}; ///< 1, 2, 3 ... within the cohort
    Date held_on{};
    Minutes length{0};
    std::string unit{}; ///< the unit of the curriculum held that day, empty if none is named
};

struct SessionLeader {
    SessionId session{};
    PersonId person{};
    std::string role{}; ///< a word: "facilitator", "co-facilitator", "observer"
};

enum class EnrolmentState { enrolled, paused, returned, moved_on, completed };

/// What happened to somebody's place. There is no reason and there never will be one (practice.md N5).
struct EnrolmentEvent {
    EnrolmentState state{EnrolmentState::enrolled};
    Date day{};
    Instant recorded_at{};
};

/// One person's place in a cohort; `history` is never empty and sorted as recorded.
struct Enrolment {
    EnrolmentId id{};
    CohortId cohort{};
    PersonId person{};
    std::vector<EnrolmentEvent> history{};
    EnrolmentState state() const { return history.back().state; }
};

std::string_view to_text(EnrolmentState state);
std::optional<EnrolmentState> parse_enrolment_state(std::string_view text);

} // namespace peercert::domain
