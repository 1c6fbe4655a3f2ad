#include "storage/detail/derived.hpp"

#include "storage/detail/counters.hpp"
#include "storage/detail/kept_answers.hpp"
#include "storage/detail/likeness.hpp"
#include "storage/detail/person_group.hpp"

namespace peercert::storage {

void derive_everything(Connection& connection) {
    group_everybody(connection); // answers rest on it
    recognise_everybody(connection);
    keep_all_answers(connection);
    advance_counters(connection);
}

std::vector<std::string> derived_problems(Connection& connection) {
    std::vector<std::string> problems;
    for (std::string problem :
         {groups_problem(connection), recognition_problem(connection), answers_problem(connection)})
        if (!problem.empty())
            problems.push_back(std::move(problem));
    return problems;
}

} // namespace peercert::storage
