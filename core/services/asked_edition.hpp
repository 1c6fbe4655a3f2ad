#pragma once

#include <optional>
#include <string>

#include "domain/credential.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

/// Which edition a question about one person is judged by, and which day it is for it: asked here by assess, plan,
/// whatif, submit, status and the reports alike.
namespace peercert::services {

/// Today in the zone of the edition, or of the installation where it names none.
Date today_for(const House& house, const Edition& edition);
/// Today where that credential was issued.
Date today_for(const House& house, const domain::CredentialRecord& record);
/// Today where the programme with that code is; of the installation where none of its editions names a zone.
Date today_of(const House& house, const Rulebook& rulebook, std::string_view code);

struct StepQuestion {
    std::string track;
    std::optional<Step::Verb> verb{}; ///< absent: how somebody stands
    std::string level{};              ///< may be empty, as in rules::EventQuestion
    std::optional<Date> as_of{};      ///< absent: today where the programme is
    std::optional<Date> received{};   ///< absent: as_of
    std::string edition{};            ///< asked for by name, where there is a choice
};

struct AskedEdition {
    Rulebook::Chosen chosen;
    Date today{}; ///< in the zone of the edition chosen
    Date as_of{}; ///< the asked day, or today
};

/// Throws as Rulebook::choose does; `settled`: also where nobody found which of two editions applies and none is named
/// (else both are answered).
AskedEdition asked_edition(const House& house, const Rulebook& rulebook, const Record& record,
                           const StepQuestion& question, bool settled = true);

} // namespace peercert::services
