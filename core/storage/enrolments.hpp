#pragma once

#include <map>
#include <optional>
#include <vector>

#include "domain/cohort.hpp"

namespace peercert::storage {

class Connection;

class Enrolments {
public:
    explicit Enrolments(Connection& connection) : connection_(connection) {}

    /// Throws Error{conflict} if the person has a place in the cohort already (then `record` says what changed).
    domain::EnrolmentId add(CohortId cohort, PersonId person, Date day);
    void record(domain::EnrolmentId enrolment, domain::EnrolmentState state, Date day);
    std::optional<domain::Enrolment> find(CohortId cohort, PersonId person);
    std::vector<domain::Enrolment> of_cohort(CohortId cohort); ///< by enrolment
    std::map<CohortId, int> numbers_of_people(); ///< who has a place and has not moved on, of every cohort
    std::vector<domain::Enrolment> of_person(PersonId person);

private:
    Connection& connection_;
};

} // namespace peercert::storage
