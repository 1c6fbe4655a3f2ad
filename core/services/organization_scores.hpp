#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/organization.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// What an instrument about organizations (FACIT) found. There is no way to score a person with one.
class OrganizationScores {
public:
    OrganizationScores(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    struct NewScore {
        std::string organization; ///< code
        std::string framework;    ///< code; the edition is the one in force on `observed_on`
        std::string item;         ///< code of one of its items
        std::string score;        ///< a word of its scale
        Date observed_on{};       ///< not later than today
    };
    /// Throws Error{invalid_input} for a framework about people, an item or score it does not have, a day to come.
    void add(const Actor& actor, const NewScore& score, Mode mode = Mode::commit);

    /// What stood on `on` (absent: today): the latest line of each item, by edition and item.
    std::vector<domain::OrganizationScore> standing(const Actor& actor, std::string_view organization,
                                                    std::optional<Date> on);

private:
    House& house_;
    const Rulebook& rulebook_;
};

} // namespace peercert::services
