#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/cohort.hpp"

namespace peercert::storage {

class Connection;

/// Cohorts, their sessions and who leads those.
class Cohorts {
public:
    explicit Cohorts(Connection& connection) : connection_(connection) {}

    /// Throws Error{conflict} if the code is taken.
    CohortId add(const domain::Cohort& cohort);
    std::optional<domain::Cohort> find(CohortId id);
    std::optional<domain::Cohort> find(std::string_view code);
    domain::Cohort of(CohortId id);     ///< throws Error{not_found}
    std::vector<domain::Cohort> list(); ///< by code

    /// Throws Error{conflict} if the cohort has a session of that number.
    SessionId add_session(const domain::Session& session);
    std::optional<domain::Session> session(SessionId id);
    std::vector<domain::Session> sessions(CohortId cohort); ///< by number
    /// A session that nobody has attended yet may move. Throws Error{conflict} if somebody has.
    void change_session(const domain::Session& session);

    void add_leader(const domain::SessionLeader& leader); ///< twice is harmless
    void remove_leader(SessionId session, PersonId person);
    std::vector<domain::SessionLeader> leaders(SessionId session);
    std::vector<domain::SessionLeader> leaders_of(CohortId cohort); ///< of every session, by session number
    /// All sessions of cohorts of which one is on that day or later, by cohort and number.
    std::vector<domain::Session> sessions_of_open(Date today);
    std::vector<domain::SessionLeader> leaders_since(Date today);   ///< of sessions on that day or later
    std::vector<domain::Session> led_by(PersonId person, Date day); ///< by cohort and number

private:
    Connection& connection_;
};

} // namespace peercert::storage
